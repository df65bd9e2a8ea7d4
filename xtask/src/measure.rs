//! `cargo xtask measure`: what a visit weighs and takes, and how fast the API answers.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::server::{Server, free_port};
use crate::{app, load, measurements, paths, serve, step, tools};

#[derive(clap::Args)]
pub struct Options {
    /// Measure the API under load, not the visit
    #[arg(long)]
    api: bool,
    /// How many citizens the API's database holds
    #[arg(long, default_value_t = 10_000, requires = "api")]
    citizens: u32,
    /// How many times every visit is made
    #[arg(long, default_value_t = 7, conflicts_with = "api")]
    times: u32,
    /// Put the figures into docs/measurements.md
    #[arg(long)]
    write: bool,
}

pub fn run(options: &Options) -> Result<()> {
    tools::for_building()?;
    if !options.api {
        tools::for_measuring()?;
    }
    app::build()?;
    fs::create_dir_all(paths::measurements())?;
    let (name, figures) = if options.api { ("api", api(options.citizens)?) } else { ("visit", visit(options.times)?) };
    let file = paths::measurements().join(format!("{name}.json"));
    fs::write(&file, serde_json::to_string_pretty(&figures)?).with_context(|| file.display().to_string())?;
    let table = if options.api { measurements::api_table(&figures) } else { measurements::visit_table(&figures) };
    println!("\n{table}\nThe figures: {}", file.display());
    if options.write {
        measurements::write(name, &table)?;
    }
    let above = measurements::above_aims(&figures);
    if above.is_empty() { Ok(()) } else { bail!("Above the aim:\n{}", above.join("\n")) }
}

fn visit(times: u32) -> Result<Value> {
    let database = fresh_database("visit")?;
    let page = paths::dist().join("static-comparison.html");
    let answer = paths::measurements().join("visit-raw.json");
    let script = |word: &str, address: &str| {
        let mut node = tools::command("node");
        node.current_dir(paths::e2e()).args(["measure/visit.js", word, address]);
        node
    };
    {
        let server = Server::start(free_port()?, &database)?;
        step::run("Making the static page", script("static-page", server.address()).arg(&page))?;
    }
    // Started anew: the server reads its pages when it starts.
    let server = Server::start(free_port()?, &database)?;
    let mut measuring = script("measure", server.address());
    measuring.arg(&answer).arg(times.to_string());
    let visited = step::run("Visiting Home, and the static page beside it", &mut measuring);
    // It is for measuring only, and the server would go on serving it.
    fs::remove_file(&page)?;
    visited?;
    serde_json::from_str(&fs::read_to_string(&answer)?).context("the figures cannot be read")
}

fn api(citizens: u32) -> Result<Value> {
    let database = fresh_database("api")?;
    // The demo's own people first: they are whom one can sign in as.
    drop(Server::start(free_port()?, &database)?);
    step::run(
        &format!("Making {citizens} citizens"),
        Command::new(app::server_program()).current_dir(paths::root()).args([
            "demo",
            "--demo",
            "--citizens",
            &citizens.to_string(),
            "--seed",
            "1",
            "--database",
            &database,
        ]),
    )?;
    let server = Server::start(free_port()?, &database)?;
    let mut answers = Vec::new();
    for load in load::loads(server.address())? {
        let (name, rate) = (load.name, load.rate);
        let what = format!("{name}: {rate} requests a second for {} s", load::SECONDS);
        let figures = step::work(&what, || load::measure(&load))?;
        answers.push(json!({ "name": name, "rate": rate, "figures": figures }));
    }
    Ok(json!({ "citizens": citizens, "seconds": load::SECONDS, "parts": answers }))
}

fn fresh_database(name: &str) -> Result<String> {
    let folder = paths::target().join("measure").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(serve::sqlite(folder.join("roed-traad.sqlite")))
}
