//! A throw-away PostgreSQL for the tests: nothing is kept, so nothing has to reach the disk.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::{server, step, tools};

// A test proves that the server asks for `synchronous_commit` itself; so it has to be off here.
const SETTINGS: [&str; 5] =
    ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB", "max_connections=100"];

/// A running cluster; it ends, and its data with it, when this is dropped.
pub struct Postgres {
    programs: PathBuf,
    // Not below the repository: the database's user may have no way into somebody's home folder.
    folder: TempDir,
    port: u16,
}

impl Postgres {
    pub fn start() -> Result<Self> {
        let programs = tools::postgres_programs().context("PostgreSQL is not installed")?;
        let folder = tempfile::Builder::new().prefix("roed-traad-postgres-").tempdir()?;
        let postgres = Self { programs, folder, port: server::free_port()? };
        postgres.give_away_folder()?;
        step::run(
            "Making a throw-away PostgreSQL",
            postgres.program("initdb").args([
                "--username=app",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ]),
        )?;
        let mut settings =
            format!("-p {} -c listen_addresses=127.0.0.1 -k {}", postgres.port, postgres.folder.path().display());
        for setting in SETTINGS {
            settings.push_str(" -c ");
            settings.push_str(setting);
        }
        step::run(
            "Starting PostgreSQL",
            postgres
                .program("pg_ctl")
                .args(["-w", "-t", "30", "-o", &settings, "-l"])
                .arg(postgres.path("log"))
                .arg("start"),
        )?;
        Ok(postgres)
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("postgres://app@127.0.0.1:{}/postgres", self.port)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if nix::unistd::Uid::effective().is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/").arg("-D").arg(self.path("data"));
        command
    }

    // PostgreSQL refuses to run as root.
    fn give_away_folder(&self) -> Result<()> {
        if nix::unistd::Uid::effective().is_root() {
            let status = Command::new("chown").arg("postgres:").arg(self.folder.path()).status()?;
            if !status.success() {
                bail!("could not give {} to the user postgres", self.folder.path().display());
            }
        }
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let stopped = self.program("pg_ctl").args(["-m", "immediate", "stop"]).output();
        if !stopped.is_ok_and(|output| output.status.success()) {
            step::say("PostgreSQL could not be stopped.");
        }
    }
}
