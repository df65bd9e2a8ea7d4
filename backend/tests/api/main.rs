//! The API as a browser meets it: the whole router, in process. One file for each part of the address.

#[path = "../support/town.rs"]
mod town;
#[path = "../support/words.rs"]
mod words;

mod arrange;
mod assessment;
mod brief;
mod caseload;
mod efforts;
mod made;
mod meetings;
mod minutes;
mod openapi;
mod openings;
mod plan;
mod preparation;
mod profile;
mod requests;
