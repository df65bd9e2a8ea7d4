//! The API as a browser meets it: the whole router, in process. One file for each part of the address.

#[path = "../support/town.rs"]
mod town;

mod profile;
mod requests;
