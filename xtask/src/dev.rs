//! `cargo xtask dev`: the app is built anew at every change, and its API is here.

use std::os::unix::process::CommandExt;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::server::{Server, is_free};
use crate::{app, paths, serve, step, tools};

/// Where Trunk.toml expects the API.
const API: u16 = 8080;

#[derive(clap::Args)]
pub struct Options {
    /// The port to serve on
    #[arg(long, default_value_t = 8081)]
    port: u16,
    /// The caseworkers' app, not the citizens'
    #[arg(long)]
    staff: bool,
}

pub fn run(options: &Options) -> Result<()> {
    if !is_free(API) {
        bail!("Something else listens on port {API}, where Trunk looks for the API.");
    }
    tools::for_building()?;
    app::build()?;
    let _server = step::work("Starting the server", || Server::start(API, &serve::demo_database(false)?))?;
    let (page, url) = if options.staff { ("staff.html", "/medarbejder/") } else { ("index.html", "/") };
    let dist = paths::target().join("spa/dev").join(page.trim_end_matches(".html"));
    let mut trunk = tools::command("trunk")
        .args(["serve", page, "--offline", "--address", "127.0.0.1", "--public-url", url])
        .args(["--port", &options.port.to_string()])
        .arg("--dist")
        .arg(dist)
        .env("CARGO_TARGET_DIR", paths::target().join("spa"))
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .process_group(0)
        .spawn()
        .context("could not start trunk")?;
    while !step::is_interrupted() && trunk.try_wait()?.is_none() {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    step::end(&mut trunk);
    Ok(())
}
