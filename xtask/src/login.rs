//! The providers of the journeys, beside the app.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};

use anyhow::{Context, Result};

use crate::{paths, step, tools};

/// Where people log in; it ends when this is dropped.
pub struct Login {
    child: Child,
    settings: Vec<(String, String)>,
}

impl Login {
    /// Starts both providers for the app on this port, and hears what the server has to know of them.
    pub fn start(port: u16) -> Result<Self> {
        let log = step::log_path("login")?;
        let file = File::create(&log).with_context(|| format!("could not write {}", log.display()))?;
        let mut child = tools::command("node")
            .current_dir(paths::e2e())
            .args(["providers.js", &format!("http://127.0.0.1:{port}")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(file)
            .process_group(0)
            .spawn()
            .context("could not start node")?;
        let said = child.stdout.take().map(BufReader::new);
        let mut login = Self { child, settings: Vec::new() };
        let mut lines = said.into_iter().flat_map(BufRead::lines).map_while(Result::ok);
        let line = lines.find(|line| line.starts_with('{'));
        let line = line.with_context(|| format!("The login did not start. Its log: {}", log.display()))?;
        let settings: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&line)?;
        let text = |value: serde_json::Value| value.as_str().map(str::to_owned);
        login.settings = settings.into_iter().filter_map(|(name, value)| Some((name, text(value)?))).collect();
        // What it writes later must have somewhere to go.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(login)
    }

    /// The environment that the server needs.
    pub fn settings(&self) -> &[(String, String)] {
        &self.settings
    }
}

impl Drop for Login {
    fn drop(&mut self) {
        step::end(&mut self.child);
    }
}
