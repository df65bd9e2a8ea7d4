//! The program as an operator and a tester meet it: files in and out, the demo, the calendar, what every answer carries.

mod calendar;
mod demo;
mod files;
mod place;
mod server;
