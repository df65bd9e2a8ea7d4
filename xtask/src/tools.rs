//! Set-up: what is missing is installed, what is there is left alone.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{paths, step};

const WASM: &str = "wasm32-unknown-unknown";
// 0.22 asks for a newer Rust than the one this repository pins.
const TRUNK: &str = "0.21.14";
const GRASS: &str = "0.13.4";
const DENY: &str = "0.20.2";
const AUDIT: &str = "0.22.2";
const CYCLONEDX: &str = "0.5.9";
const FIREFOX: u32 = 153;
/// Programs that come from npm: `wasm-opt`, and what makes one small script of several.
const FROM_NPM: [(&str, &str); 2] = [("binaryen", "132.0.0"), ("esbuild", "0.28.2")];

const SASS: &str = r#"#!/bin/sh
for word in "$@"; do
  shift
  case "$word" in *-source-map) ;; *) set -- "$@" "$word" ;; esac
done
exec "$(dirname "$0")/grass" "$@"
"#;

/// What it takes to build and serve.
pub fn for_building() -> Result<()> {
    need_node()?;
    wasm_target()?;
    fetch_crates()?;
    cargo_tool("trunk", TRUNK, "trunk", &["--locked", "--no-default-features", "--features", "rustls"])?;
    // Without its own lock file, which names a version that registries may have withdrawn.
    cargo_tool("wasm-bindgen-cli", &locked_version("wasm-bindgen")?, "wasm-bindgen", &[])?;
    cargo_tool("grass", GRASS, "grass", &["--locked"])?;
    grass_as_sass()?;
    npm_tools()
}

/// What the tests need besides: browsers, a database server, and Playwright.
pub fn for_testing() -> Result<()> {
    debian_packages()?;
    playwright()
}

/// What a login beside the app needs: the providers of the journeys.
pub fn for_login() -> Result<()> {
    playwright()
}

/// What the measurements need besides.
pub fn for_measuring() -> Result<()> {
    if !Path::new("/usr/bin/chromium").exists() {
        apt_install(&["chromium"])?;
    }
    playwright()
}

/// Clippy and the browser's target, and what looks at the dependencies.
pub fn for_checking() -> Result<()> {
    wasm_target()?;
    fetch_crates()?;
    cargo_tool("cargo-deny", DENY, "cargo-deny", &["--locked"])?;
    // Without what reads finished programs: it looks at the lock file.
    cargo_tool("cargo-audit", AUDIT, "cargo-audit", &["--locked", "--no-default-features"])
}

/// What writes the bill of materials.
pub fn for_the_bill() -> Result<()> {
    wasm_target()?;
    fetch_crates()?;
    cargo_tool("cargo-cyclonedx", CYCLONEDX, "cargo-cyclonedx", &["--locked"])
}

/// `PATH` with our tools first.
pub fn path() -> OsString {
    let mut folders = vec![paths::tools().join("bin"), paths::tools().join("npm/node_modules/.bin")];
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    std::env::join_paths(folders).unwrap_or_default()
}

/// A command that finds our tools, standing in the repository.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(paths::root()).env("PATH", path());
    if let Ok(xtask) = std::env::current_exe() {
        // Trunk.toml's hook looks for it here.
        command.env("ROED_TRAAD_XTASK", xtask);
    }
    command
}

fn need_node() -> Result<()> {
    for program in ["node", "npm"] {
        if said_by(program, &["--version"]).is_none() {
            bail!("{program} is missing. Install Node 20 or newer, then try again.");
        }
    }
    Ok(())
}

fn wasm_target() -> Result<()> {
    let Some(installed) = said_by("rustup", &["target", "list", "--installed"]) else {
        // Without rustup, the Rust that came otherwise has to bring the target; the build says so if it does not.
        return Ok(());
    };
    if !installed.lines().any(|line| line == WASM) {
        step::run("Rust for the browser", command("rustup").args(["target", "add", WASM]))?;
    }
    let components = said_by("rustup", &["component", "list", "--installed"]).unwrap_or_default();
    if !(components.contains("clippy") && components.contains("rustfmt")) {
        step::run("Clippy and rustfmt", command("rustup").args(["component", "add", "clippy", "rustfmt"]))?;
    }
    Ok(())
}

fn fetch_crates() -> Result<()> {
    let offline = command("cargo").args(["fetch", "--offline", "--quiet"]).output()?;
    if offline.status.success() {
        return Ok(());
    }
    step::run("Fetching crates", command("cargo").arg("fetch")).map(drop)
}

fn cargo_tool(package: &str, version: &str, program: &str, flags: &[&str]) -> Result<()> {
    let installed = paths::tools().join("bin").join(program);
    // What cargo calls hears its own name first.
    let named: Vec<&str> = program.strip_prefix("cargo-").into_iter().chain(["--version"]).collect();
    let is_right = said_by(&installed.to_string_lossy(), &named)
        .is_some_and(|said| said.split_whitespace().any(|word| word == version));
    if is_right {
        return Ok(());
    }
    let build = paths::tools().join("build");
    // They only orchestrate: optimising them takes three times as long and gains nothing.
    step::run(
        &format!("Installing {package} {version}"),
        command("cargo")
            .args(["install", package, "--version", version, "--force", "--root"])
            .arg(paths::tools())
            .args(flags)
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_PROFILE_RELEASE_LTO", "false")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    )?;
    fs::remove_dir_all(&build).or_else(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })?;
    Ok(())
}

// Trunk looks for a program called `sass`, and asks for source maps or none, of which grass makes none anyway.
fn grass_as_sass() -> Result<()> {
    let sass = paths::tools().join("bin/sass");
    if fs::read_to_string(&sass).is_ok_and(|script| script == SASS) {
        return Ok(());
    }
    // An earlier set-up may have left a link here, through which one would write into grass itself.
    let _ = fs::remove_file(&sass);
    fs::write(&sass, SASS)
        .and_then(|()| fs::set_permissions(&sass, fs::Permissions::from_mode(0o755)))
        .with_context(|| format!("could not make {}", sass.display()))
}

fn npm_tools() -> Result<()> {
    let folder = paths::tools().join("npm");
    let is_there = |(package, version): &(&str, &str)| {
        npm_version(&folder.join("node_modules").join(package)).as_deref() == Some(version)
    };
    if FROM_NPM.iter().all(is_there) {
        return Ok(());
    }
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("package.json"), "{\"private\": true}\n")?;
    let packages = FROM_NPM.map(|(package, version)| format!("{package}@{version}"));
    step::run(
        &format!("Installing {}", packages.join(" and ")),
        command("npm")
            .current_dir(&folder)
            .args(["install", "--no-audit", "--no-fund", "--save-exact"])
            .args(&packages),
    )
    .map(drop)
}

fn playwright() -> Result<()> {
    need_node()?;
    let folder = paths::e2e();
    let wanted = fs::read_to_string(folder.join("package-lock.json")).context("tests/e2e/package-lock.json")?;
    let stamp = folder.join("node_modules/.roed-traad");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    step::run(
        "Installing Playwright",
        command("npm")
            .current_dir(&folder)
            .args(["ci", "--no-audit", "--no-fund"])
            // The browser is Debian's.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )?;
    fs::write(&stamp, wanted).with_context(|| format!("could not write {}", stamp.display()))
}

fn debian_packages() -> Result<()> {
    let mut missing = Vec::new();
    if !Path::new("/usr/bin/chromium").exists() {
        missing.push("chromium");
    }
    if !Path::new("/usr/bin/chromedriver").exists() {
        missing.push("chromium-driver");
    }
    // Playwright cannot drive an older one.
    if firefox_version().is_none_or(|version| version < FIREFOX) {
        missing.push("firefox-esr");
    }
    if postgres_programs().is_none() {
        missing.push("postgresql");
    }
    if missing.is_empty() { Ok(()) } else { apt_install(&missing) }
}

fn apt_install(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if !nix::unistd::Uid::effective().is_root() {
        bail!("Some Debian packages are missing, and only root can install them: apt-get install {list}");
    }
    let apt = |words: &[&str]| {
        let mut apt = command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "DPkg::Lock::Timeout=300", "-y"]).args(words);
        apt
    };
    let install: Vec<&str> = [&["install", "--no-install-recommends"], packages].concat();
    // An old list names packages that are gone, and browsers that are too old. Without a connection it is all there is.
    step::attempt("Reading Debian's list of packages", &mut apt(&["update"]))?;
    step::run(&format!("Installing {list}"), &mut apt(&install)).map(drop)
}

/// The first number of the version that is installed.
fn firefox_version() -> Option<u32> {
    let said = command("firefox-esr").arg("--version").output().ok()?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    said.split_whitespace().find_map(|word| word.split('.').next()?.parse().ok())
}

/// The folder with `initdb` and `pg_ctl`, which Debian keeps off the path.
pub fn postgres_programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").exists())
        .collect();
    found.sort();
    found.pop()
}

fn locked_version(package: &str) -> Result<String> {
    let lock = fs::read_to_string(paths::root().join("Cargo.lock")).context("Cargo.lock")?;
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines
        .next()
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock does not name {package}"))
}

fn npm_version(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join("package.json")).ok()?;
    let package: serde_json::Value = serde_json::from_str(&text).ok()?;
    package["version"].as_str().map(str::to_owned)
}

fn said_by(program: &str, arguments: &[&str]) -> Option<String> {
    let output = command(program).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
