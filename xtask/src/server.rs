//! The built server, started and stopped.

use std::fs::File;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{app, paths, step};

const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; it ends when this is dropped.
pub struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts the demo on this port and waits until it answers.
    pub fn start(port: u16, database: &str) -> Result<Self> {
        Self::start_with(port, database, &[])
    }

    /// The same, with these variables in its environment.
    pub fn start_with(port: u16, database: &str, settings: &[(String, String)]) -> Result<Self> {
        let log = step::log_path("server")?;
        let file = File::create(&log).with_context(|| format!("could not write {}", log.display()))?;
        let child = Command::new(app::server_program())
            .current_dir(paths::root())
            .args(["serve", "--demo", "--address", "127.0.0.1", "--port", &port.to_string()])
            .args(["--database", database, "--dist"])
            .arg(paths::dist())
            .envs(settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .process_group(0)
            .spawn()
            .context("could not start the server")?;
        let mut server = Self { child, address: format!("http://127.0.0.1:{port}") };
        server.wait_until_ready().with_context(|| format!("The server did not start. Its log: {}", log.display()))?;
        Ok(server)
    }

    /// Where it answers.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Waits for Ctrl-C, then ends the server.
    pub fn serve_until_interrupted(mut self) -> Result<()> {
        while !step::is_interrupted() {
            if let Some(status) = self.child.try_wait()? {
                bail!("The server ended by itself ({status}). Its log: {}", step::log_path("server")?.display());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        step::end(&mut self.child);
        Ok(())
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let began = Instant::now();
        let ready = format!("{}/readyz", self.address);
        while began.elapsed() < PATIENCE {
            if step::is_interrupted() {
                bail!("Stopped.");
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("it ended at once ({status})");
            }
            if ureq::get(&ready).call().is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("it was not ready after {}", step::in_words(PATIENCE))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        step::end(&mut self.child);
    }
}

/// A port that nobody listens on.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Whether one can listen here.
pub fn is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}
