//! The single-page app: a library, and two programs that mount it, one for citizens and one for employees.

pub mod api;
pub mod app;
pub mod demo;
pub mod failure;
pub mod form;
pub mod frame;
pub mod help;
pub mod history;
pub mod home;
pub mod i18n;
pub mod load;
pub mod meetings;
pub mod plan;
pub mod preparation;
pub mod profile;
pub mod route;
pub mod save;
pub mod session;
pub mod sign_in;
pub mod staff_app;
pub mod ui;
pub mod when;
pub mod words;
