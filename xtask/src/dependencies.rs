//! What the workspace is built from: licences, duplicates and sources by cargo-deny, known faults by cargo-audit.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::check::cargo;
use crate::summary::{Count, Summary};
use crate::{paths, step, tools};

/// The public RustSec data, where somebody has put it beside the repository: looking for faults needs no network.
const ADVISORIES: &str = "../shared/advisory-db.tar.gz";

/// Whether everything may be used, and whether a fault is known of anything.
pub fn check(summary: &mut Summary) -> Result<()> {
    let may = "deny --workspace --offline --locked check licenses bans sources";
    summary.part("Dependencies: what may be used", &Count::Whole, &mut cargo(may))?;
    match advisories() {
        Ok(Some(folder)) => {
            let mut audit = cargo("audit --no-fetch --stale --deny warnings --db");
            summary.part("Dependencies: known faults", &Count::Whole, audit.arg(folder))
        }
        Ok(None) => {
            step::say(&format!("- Known faults of dependencies are not looked for: there is no {ADVISORIES}"));
            Ok(())
        }
        Err(error) if step::is_interrupted() => Err(error),
        Err(error) => {
            summary.failed("Dependencies: known faults", &error);
            Ok(())
        }
    }
}

/// The data, unpacked anew; nothing when it is not there.
fn advisories() -> Result<Option<PathBuf>> {
    let packed = paths::root().join(ADVISORIES);
    if !packed.exists() {
        return Ok(None);
    }
    let folder = paths::target().join("advisories");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("could not empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
    let mut tar = tools::command("tar");
    tar.args(["--extract", "--gzip", "--strip-components", "1", "--file"]).arg(packed).arg("--directory").arg(&folder);
    step::run("Unpacking the advisories", &mut tar)?;
    Ok(Some(folder))
}
