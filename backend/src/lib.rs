//! The server: the API, the data, and the programs that load and save them.

pub mod app;
pub mod audit;
pub mod clock;
pub mod config;
pub mod db;
pub mod entity;
pub mod error;
pub mod events;
pub mod migration;
pub mod people;
pub mod policy;
pub mod profile;
pub mod receipt;
pub mod request;
pub mod session;
pub mod values;
