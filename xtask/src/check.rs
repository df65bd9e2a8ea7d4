//! `cargo xtask check`: format, lints, dependencies and the fast tests.

use std::process::Command;

use anyhow::{Result, bail};

use crate::summary::{Count, Summary};
use crate::{dependencies, tools};

pub fn run() -> Result<()> {
    tools::for_checking()?;
    let mut summary = Summary::default();
    form(&mut summary)?;
    summary.part("Contract", &Count::Cargo, &mut cargo("test --package contract"))?;
    // The names of those that need a PostgreSQL begin with it; the matrix takes most of a minute, and has a command.
    summary.part(
        "Server",
        &Count::Cargo,
        &mut cargo("test --package roed-traad -- --skip postgres --skip nobody_gets"),
    )?;
    summary.part(
        "Texts and boundaries",
        &Count::Cargo,
        &mut cargo("test --package xtask --bins --test texts --test boundaries"),
    )?;
    if summary.close() { Ok(()) } else { bail!("There is something to mend.") }
}

/// Format, lints, and what everything is built from.
pub fn form(summary: &mut Summary) -> Result<()> {
    summary.part("Format", &Count::Whole, &mut cargo("fmt --all --check"))?;
    let host = "clippy --workspace --exclude roed-traad-spa --all-targets -- --deny warnings";
    summary.part("Clippy, server and tools", &Count::Whole, &mut cargo(host))?;
    let browser =
        "clippy --package roed-traad-spa --lib --bins --tests --target wasm32-unknown-unknown -- --deny warnings";
    summary.part("Clippy, browser", &Count::Whole, cargo(browser).env("CARGO_TARGET_DIR", browser_target()))?;
    dependencies::check(summary)?;
    // As somebody would ask for it; it fails when something is missing in it.
    let xtask = std::env::current_exe()?;
    summary.part("Bill of materials", &Count::Whole, tools::command(&xtask.to_string_lossy()).arg("bom"))
}

/// The browser's debug builds, apart from the server's.
pub fn browser_target() -> std::path::PathBuf {
    crate::paths::target().join("spa")
}

/// Cargo with these words.
pub fn cargo(words: &str) -> Command {
    let mut cargo = tools::command("cargo");
    cargo.args(words.split_whitespace());
    cargo
}
