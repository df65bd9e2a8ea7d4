//! The commands a newcomer needs.

mod app;
#[cfg(test)]
mod asvs;
mod bom;
mod check;
mod compress;
mod database;
mod dependencies;
mod dev;
mod load;
mod login;
mod matrix;
mod measure;
mod measurements;
mod paths;
mod serve;
mod server;
mod split;
mod step;
mod summary;
mod test;
mod tools;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build, run, test and measure Rød Tråd", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing, build everything, and serve the demo municipality
    Serve(serve::Options),
    /// Install what is missing and run every test
    Test(test::Options),
    /// Format, lints and the fast tests: what to run before a commit
    Check,
    /// Write the software bill of materials: what the server and the apps are made of
    Bom,
    /// Rebuild the citizens' app at every change, with the API behind it
    Dev(dev::Options),
    /// Who may do what: every operation, by every kind of user, on their own ids and others'
    Matrix,
    /// Measure what a visit weighs and how long it takes, or how fast the API answers
    Measure(measure::Options),
    /// Cut a built program into its parts; Trunk calls this
    #[command(hide = true)]
    Split,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Whoever runs this wants to know what to do, not which function said so.
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    step::listen_for_interruption()?;
    match command {
        Command::Serve(options) => serve::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Check => check::run(),
        Command::Bom => bom::run(),
        Command::Dev(options) => dev::run(&options),
        Command::Matrix => matrix::run(),
        Command::Measure(options) => measure::run(&options),
        Command::Split => split::run(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_documents_name_every_command_and_no_other() {
        let documents = ["README.md", "docs/CONTRIBUTING.md", "docs/measurements.md", "docs/ARCHITECTURE.md"];
        let text: String =
            documents.iter().filter_map(|name| std::fs::read_to_string(paths::root().join(name)).ok()).collect();
        let mut named: Vec<&str> = text
            .split("cargo xtask ")
            .skip(1)
            .map(|rest| rest.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or_default())
            .collect();
        named.sort_unstable();
        named.dedup();
        let arguments = Arguments::command();
        let commands = arguments.get_subcommands().filter(|command| !command.is_hide_set());
        let mut known: Vec<&str> = commands.map(clap::Command::get_name).collect();
        known.sort_unstable();
        assert_eq!(named, known);
    }
}
