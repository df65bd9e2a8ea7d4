//! `cargo xtask test`: every test there is.

use anyhow::{Result, bail};

use crate::check::{browser_target, cargo, form};
use crate::database::Postgres;
use crate::summary::{Count, Summary};
use crate::{app, paths, step, tools};

#[derive(clap::Args)]
pub struct Options {
    /// Also what takes long: more cases of every property, and the journeys marked @long
    #[arg(long)]
    long: bool,
    /// Only the journeys in the browser whose name matches this
    #[arg(long)]
    journey: Option<String>,
}

pub fn run(options: &Options) -> Result<()> {
    set_up()?;
    let mut summary = Summary::default();
    if options.journey.is_none() {
        form(&mut summary)?;
        rust(&mut summary, options.long)?;
    }
    match app::build() {
        Err(error) if step::is_interrupted() => return Err(error),
        Err(error) => summary.failed("Build", &error),
        Ok(()) => {
            if options.journey.is_none() {
                summary.part(
                    "What is in the bundle",
                    &Count::Cargo,
                    &mut cargo("test --package xtask --test bundle"),
                )?;
            }
            journeys(&mut summary, options)?;
        }
    }
    if summary.close() {
        Ok(())
    } else {
        bail!("There is something to mend. The logs: {}", paths::target().join("log").display())
    }
}

// apt and npm wait for the network while cargo works.
fn set_up() -> Result<()> {
    std::thread::scope(|scope| {
        let testing = scope.spawn(tools::for_testing);
        let building = tools::for_building();
        let testing = testing.join().unwrap_or_else(|_| bail!("set-up broke"));
        building.and(testing)
    })
}

fn rust(summary: &mut Summary, long: bool) -> Result<()> {
    let cases = if long { "4096" } else { "256" };
    summary.part(
        "Texts and boundaries",
        &Count::Cargo,
        &mut cargo("test --package xtask --bins --test texts --test boundaries"),
    )?;
    summary.part("Contract", &Count::Cargo, cargo("test --package contract").env("PROPTEST_CASES", cases))?;
    match Postgres::start() {
        Err(error) if step::is_interrupted() => return Err(error),
        Err(error) => summary.failed("Server", &error),
        Ok(postgres) => summary.part(
            "Server, on SQLite and PostgreSQL",
            &Count::Cargo,
            cargo("test --package roed-traad --no-fail-fast")
                .env("PROPTEST_CASES", cases)
                .env("ROED_TRAAD_TEST_POSTGRES", postgres.url()),
        )?,
    }
    components(summary)
}

fn components(summary: &mut Summary) -> Result<()> {
    let folder = paths::root().join("tests/browser");
    summary.part(
        "Parts of the page, in a browser",
        &Count::Cargo,
        cargo("test --package roed-traad-spa --test browser --target wasm32-unknown-unknown")
            .env("CARGO_TARGET_DIR", browser_target())
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
            .env("CHROMEDRIVER", "/usr/bin/chromedriver")
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", folder.join("webdriver.json")),
    )
}

fn journeys(summary: &mut Summary, options: &Options) -> Result<()> {
    let report = paths::target().join("e2e/report.json");
    let mut playwright = tools::command("npx");
    playwright
        .current_dir(paths::e2e())
        .args(["--no-install", "playwright", "test"])
        .env("ROED_TRAAD_SERVER", app::server_program())
        .env("ROED_TRAAD_DIST", paths::dist());
    if let Some(journey) = &options.journey {
        playwright.args(["--grep", journey]);
    }
    if !options.long {
        playwright.args(["--grep-invert", "@long"]);
    }
    summary.part("Journeys in Chromium", &Count::Playwright(&report), &mut playwright)
}
