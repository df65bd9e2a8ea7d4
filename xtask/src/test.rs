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
    /// Format and lints first, as `cargo xtask check` has them
    #[arg(long)]
    lints: bool,
    /// Only the journeys in the browser whose name matches this
    #[arg(long)]
    journey: Option<String>,
}

pub fn run(options: &Options) -> Result<()> {
    let mut summary = Summary::default();
    if options.lints {
        tools::for_checking()?;
        form(&mut summary)?;
    }
    let pages = if options.journey.is_some() {
        tools::for_testing()?;
        pages()
    } else {
        beside_the_pages(&mut summary, options.long)?
    };
    match pages.and_then(|()| server()) {
        Err(error) if step::is_interrupted() => return Err(error),
        Err(error) => summary.failed("Build", &error),
        Ok(()) => {
            if options.journey.is_none() {
                let bundle = &mut cargo("test --package xtask --test bundle");
                summary.part("What is in the bundle", &Count::Cargo, bundle)?;
                components(&mut summary)?;
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

/// The tests without a browser, while the apps are built: each leaves a core idle now and then. Says how the building went.
fn beside_the_pages(summary: &mut Summary, long: bool) -> Result<Result<()>> {
    std::thread::scope(|scope| {
        let building = scope.spawn(pages);
        let tested = tools::for_testing().and_then(|()| rust(summary, long));
        let built = building.join().unwrap_or_else(|_| bail!("building broke"));
        tested.map(|()| built)
    })
}

fn pages() -> Result<()> {
    tools::for_building()?;
    app::build_pages()
}

/// The server as its tests have it, and so compiled already when they have run.
fn server() -> Result<()> {
    step::run("Building the server", &mut cargo("test --package roed-traad --no-run")).map(drop)
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
        Err(error) if step::is_interrupted() => Err(error),
        Err(error) => {
            summary.failed("Server", &error);
            Ok(())
        }
        Ok(postgres) => summary.part(
            "Server, on SQLite and PostgreSQL",
            &Count::Cargo,
            cargo("test --package roed-traad --no-fail-fast")
                .env("PROPTEST_CASES", cases)
                .env("ROED_TRAAD_TEST_POSTGRES", postgres.url()),
        ),
    }
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
        .env("ROED_TRAAD_SERVER", paths::target().join("debug/roed-traad"))
        .env("ROED_TRAAD_DIST", paths::dist());
    if let Some(journey) = &options.journey {
        playwright.args(["--grep", journey]);
    }
    if !options.long {
        playwright.args(["--grep-invert", "@long"]);
    }
    summary.part("Journeys in Chromium and Firefox", &Count::Playwright(&report), &mut playwright)
}
