//! Signing in at a provider, from the link to the session: against two small providers that can break every token.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test, that is how to fail")]

#[path = "../support/described.rs"]
mod described;
#[path = "../support/town.rs"]
mod town;

mod both;
mod broken;
mod good;
mod house;
mod issuer;
mod logout;
mod providers;
mod representative;
