//! The API as a browser meets it: the whole router, in process. One file for each part of the address.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test, that is how to fail")]

#[path = "../support/described.rs"]
mod described;
#[path = "../support/made.rs"]
mod made;
#[path = "../support/town.rs"]
mod town;
#[path = "../support/words.rs"]
mod words;

mod administration;
mod arrange;
mod assessment;
mod brief;
mod caseload;
mod choices;
mod closed;
mod data;
mod efforts;
mod foreign;
mod forgotten;
mod headers;
mod history;
mod limits;
mod looks;
mod meetings;
mod minutes;
mod openapi;
mod openings;
mod plan;
mod preparation;
mod profile;
mod representatives;
mod requests;
mod robust;
mod session;
mod team;
