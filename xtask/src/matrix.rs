//! `cargo xtask matrix`: every operation of the API, by every kind of user.

use anyhow::{Result, bail};

use crate::check::cargo;
use crate::tools;

/// Shows what the test prints; its last line is the sum.
pub fn run() -> Result<()> {
    tools::for_checking()?;
    let output = cargo("test --quiet --package roed-traad --test matrix -- --nocapture").output()?;
    let words = String::from_utf8_lossy(&output.stdout);
    let lines = words.lines().filter(|line| line.starts_with("operations ") || line.contains("/api/"));
    lines.for_each(|line| println!("{line}"));
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
