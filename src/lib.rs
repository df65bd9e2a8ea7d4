//! The single-page app: a library, and two programs that mount it, one for citizens and one for employees.

// `view!` names this crate as others see it.
extern crate self as roed_traad_spa;

pub mod administration;
pub mod api;
pub mod arrange;
pub mod brief;
pub mod case_history;
pub mod case_plan;
pub mod cases;
pub mod choices;
pub mod data;
pub mod demo;
pub mod efforts;
pub mod everywhere;
pub mod failure;
pub mod form;
pub mod frame;
pub mod help;
pub mod history;
pub mod home;
pub mod i18n;
pub mod later;
pub mod load;
pub mod looks;
pub mod markup;
pub mod meetings;
pub mod minutes;
pub mod plan;
pub mod preparation;
pub mod profile;
pub mod representatives;
pub mod route;
pub mod save;
pub mod session;
pub mod sign_in;
pub mod staff_app;
pub mod staying;
pub mod team;
pub mod ui;
pub mod versions;
pub mod when;
pub mod words;
