//! `cargo xtask serve`: from a fresh machine to the app in a browser.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::login::Login;
use crate::server::{Server, is_free};
use crate::{app, paths, step, tools};

#[derive(clap::Args)]
pub struct Options {
    /// The port to serve on
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Another database: sqlite://FILE?mode=rwc or postgres://…
    #[arg(long)]
    database: Option<String>,
    /// Forget what was written, and begin with the demo municipality anew
    #[arg(long, conflicts_with = "database")]
    fresh: bool,
    /// With a login beside it, for citizens and for employees: its people are the demo's
    #[arg(long)]
    login: bool,
}

pub fn run(options: &Options) -> Result<()> {
    if !is_free(options.port) {
        bail!(
            "Something else listens on port {}. Choose another: cargo xtask serve --port {}",
            options.port,
            options.port.saturating_add(1)
        );
    }
    tools::for_building()?;
    if options.login {
        tools::for_login()?;
    }
    app::build()?;
    let database = match &options.database {
        Some(database) => database.clone(),
        None => demo_database(options.fresh)?,
    };
    let login = match options.login {
        true => Some(step::work("Starting the login", || Login::start(options.port))?),
        false => None,
    };
    let settings = login.as_ref().map_or(&[][..], Login::settings);
    let server = step::work("Starting the server", || Server::start_with(options.port, &database, settings))?;
    step::say(&format!("\n  Rød Tråd is here: {}", server.address()));
    step::say(&format!("  For caseworkers:  {}/medarbejder/", server.address()));
    step::say(&format!("  The data:         {database}"));
    if login.is_some() {
        step::say("  The sign-in page leads to a login where you choose who to be.");
    }
    step::say("  Ctrl-C ends it.\n");
    server.serve_until_interrupted()?;
    step::say("The server has stopped.");
    Ok(())
}

/// The demo's own database, which stays from one start to the next.
pub fn demo_database(fresh: bool) -> Result<String> {
    let folder = paths::target().join("demo");
    if fresh && folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("could not empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
    Ok(sqlite(folder.join("roed-traad.sqlite")))
}

/// The address of a database in this file.
pub fn sqlite(file: PathBuf) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}
