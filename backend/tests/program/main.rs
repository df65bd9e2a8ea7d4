//! The program as an operator and a tester meet it: files in and out, the demo, the calendar, what every answer carries.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test, that is how to fail")]

mod calendar;
mod commands;
mod demo;
mod files;
mod logins;
mod metrics;
mod place;
mod process;
mod sealed;
mod server;
