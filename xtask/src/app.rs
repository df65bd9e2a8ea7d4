//! Builds what is served: the two apps by Trunk, and the server by cargo.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::{compress, paths, step, tools};

/// Everything that the two apps are made of.
const INPUTS: [&str; 21] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "build.rs",
    "contract/Cargo.toml",
    "contract/src",
    "index.html",
    "locales",
    "markup",
    "page",
    "public",
    "rust-toolchain.toml",
    "src",
    "staff.html",
    "style",
    "xtask/src/app.rs",
    "xtask/src/compress.rs",
    "xtask/src/split.rs",
    "xtask/src/tools.rs",
    "xtask/Cargo.toml",
];

/// The server, as it would be installed.
pub fn server_program() -> PathBuf {
    paths::target().join("server/roed-traad")
}

/// Builds what has changed.
pub fn build() -> Result<()> {
    build_pages()?;
    build_server()
}

fn build_server() -> Result<()> {
    step::run(
        "Building the server",
        tools::command("cargo").args(["build", "--package", "roed-traad", "--profile", "server"]),
    )
    .map(drop)
}

/// Builds the two apps, if anything that they are made of has changed.
pub fn build_pages() -> Result<()> {
    let stamp = paths::target().join("spa/built-from");
    let inputs = hash_of_inputs()?;
    let is_there = paths::dist().join("index.html").exists() && paths::dist().join("staff/index.html").exists();
    if is_there && fs::read_to_string(&stamp).is_ok_and(|built_from| built_from == inputs) {
        step::say("✓ The apps are up to date");
        return Ok(());
    }
    let staging = paths::target().join("spa/dist");
    if staging.exists() {
        fs::remove_dir_all(&staging).with_context(|| format!("could not empty {}", staging.display()))?;
    }
    trunk("Building the citizens' app", "index.html", "/", &staging)?;
    trunk("Building the caseworkers' app", "staff.html", "/medarbejder/", &staging.join("staff"))?;
    step::work("Compressing", || compress::folder(&staging))?;
    replace(&paths::dist(), &staging)?;
    fs::write(&stamp, inputs).with_context(|| format!("could not write {}", stamp.display()))
}

fn trunk(title: &str, page: &str, url: &str, dist: &Path) -> Result<()> {
    step::run(
        title,
        tools::command("trunk")
            .args(["build", page, "--release", "--offline", "--color", "never", "--public-url", url, "--dist"])
            .arg(dist)
            // Its own folder, so that the server's build and the app's do not undo each other.
            .env("CARGO_TARGET_DIR", paths::target().join("spa"))
            // Trunk reads this as a boolean and stops at the usual "1".
            .env_remove("NO_COLOR")
            .env("RUST_BACKTRACE", "0"),
    )
    .map(drop)
}

fn replace(old: &Path, new: &Path) -> Result<()> {
    if old.exists() {
        fs::remove_dir_all(old).with_context(|| format!("could not empty {}", old.display()))?;
    }
    fs::rename(new, old).with_context(|| format!("could not make {}", old.display()))
}

fn hash_of_inputs() -> Result<String> {
    let mut hash = Sha256::new();
    for input in INPUTS {
        for entry in WalkDir::new(paths::root().join(input)).sort_by_file_name() {
            // A missing input is the build's to complain about.
            let Ok(entry) = entry else { continue };
            if entry.file_type().is_file() {
                hash.update(entry.path().to_string_lossy().as_bytes());
                hash.update(fs::read(entry.path()).with_context(|| entry.path().display().to_string())?);
            }
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
