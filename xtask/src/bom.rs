//! `cargo xtask bom`: what the server and the apps are made of, as CycloneDX.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::check::cargo;
use crate::{paths, step, tools};

/// Unlikely to be anybody's: the tool writes beside every manifest, and we take away what we do not keep.
const WRITTEN: &str = "bill-of-materials.cdx";

/// A program that is delivered.
struct Program {
    package: &'static str,
    /// Where its manifest is.
    folder: &'static str,
    target: Option<&'static str>,
    /// What is in it besides crates.
    vendored: &'static [Vendored],
}

/// What lies in the repository and is not ours; NOTICE tells more.
struct Vendored {
    name: &'static str,
    version: Option<&'static str>,
    license: &'static str,
    purl: Option<&'static str>,
}

const PROGRAMS: [Program; 2] = [
    Program { package: "roed-traad", folder: "backend", target: None, vendored: &[] },
    Program { package: "roed-traad-spa", folder: ".", target: Some("wasm32-unknown-unknown"), vendored: &ASSETS },
];

const ASSETS: [Vendored; 3] = [
    Vendored { name: "DKFDS", version: Some("11.2.0"), license: "MIT", purl: Some("pkg:npm/dkfds@11.2.0") },
    Vendored { name: "Material Symbols", version: None, license: "Apache-2.0", purl: None },
    Vendored { name: "IBM Plex Sans", version: None, license: "OFL-1.1", purl: None },
];

/// Writes a bill for each program below `target/bom`, and makes sure that nothing is missing in it.
pub fn run() -> Result<()> {
    tools::for_the_bill()?;
    for program in &PROGRAMS {
        let bill = bill(program)?;
        let missing: Vec<String> = crates_in(program)?.difference(&named(&bill)).cloned().collect();
        if !missing.is_empty() {
            bail!("The bill of {} does not name {}", program.package, missing.join(", "));
        }
        let file = file_of(program);
        fs::create_dir_all(file.parent().unwrap_or(&file))?;
        fs::write(&file, serde_json::to_string_pretty(&bill)?)
            .with_context(|| format!("could not write {}", file.display()))?;
        step::say(&format!("{}: {} components", file.display(), named(&bill).len()));
    }
    Ok(())
}

fn file_of(program: &Program) -> PathBuf {
    paths::target().join("bom").join(format!("{}.cdx.json", program.package))
}

fn bill(program: &Program) -> Result<Value> {
    let mut cyclonedx = cargo("cyclonedx --quiet --all --format json --spec-version 1.5 --override-filename");
    cyclonedx.arg(WRITTEN);
    if let Some(target) = program.target {
        cyclonedx.args(["--target", target]);
    }
    let written = step::run(&format!("Bill of {}", program.package), &mut cyclonedx);
    let text = fs::read_to_string(paths::root().join(program.folder).join(format!("{WRITTEN}.json")));
    for folder in [".", "backend", "contract", "markup", "xtask"] {
        let _ = fs::remove_file(paths::root().join(folder).join(format!("{WRITTEN}.json")));
    }
    written?;
    // Where the repository lies on this machine is nobody's business.
    let text = text.context("cargo-cyclonedx wrote nothing")?.replace(&*paths::root().to_string_lossy(), "");
    let mut bill: Value = serde_json::from_str(&text).context("cargo-cyclonedx wrote no JSON")?;
    add(&mut bill, program.vendored)?;
    Ok(bill)
}

fn add(bill: &mut Value, vendored: &[Vendored]) -> Result<()> {
    let components = bill["components"].as_array_mut().context("a bill without components")?;
    for Vendored { name, version, license, purl } in vendored {
        let mut component =
            json!({ "type": "library", "bom-ref": name, "name": name, "licenses": [{ "license": { "id": license } }] });
        for (key, value) in [("version", version), ("purl", purl)] {
            if let Some(value) = value {
                component[key] = json!(value);
            }
        }
        components.push(component);
    }
    Ok(())
}

/// `name version` of each component.
fn named(bill: &Value) -> BTreeSet<String> {
    let components = bill["components"].as_array().into_iter().flatten();
    let word = |component: &Value, key: &str| component[key].as_str().unwrap_or_default().to_owned();
    components.map(|component| format!("{} {}", word(component, "name"), word(component, "version"))).collect()
}

/// `name version` of each crate that cargo builds into the program; macros stay with the compiler.
fn crates_in(program: &Program) -> Result<BTreeSet<String>> {
    let mut tree = cargo("tree --offline --locked --edges normal,no-proc-macro --prefix none --format {p} --package");
    tree.arg(program.package);
    if let Some(target) = program.target {
        tree.args(["--target", target]);
    }
    let output = tree.output().context("cargo tree")?;
    if !output.status.success() {
        bail!("cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(crates(&text).into_iter().filter(|name| !name.starts_with(&format!("{} ", program.package))).collect())
}

/// `serde v1.0.0 (proc-macro)` as `serde 1.0.0`.
fn crates(tree: &str) -> BTreeSet<String> {
    let line = |line: &str| {
        let (name, rest) = line.split_once(" v")?;
        Some(format!("{name} {}", rest.split(' ').next()?))
    };
    tree.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bill_names_crates_and_what_is_vendored() {
        let mut bill = json!({ "components": [{ "name": "serde", "version": "1.0.0" }] });
        add(&mut bill, &ASSETS).unwrap();
        let named = named(&bill);
        assert_eq!(named.len(), 1 + ASSETS.len());
        assert!(named.contains("serde 1.0.0") && named.contains("DKFDS 11.2.0"));
    }

    #[test]
    fn what_cargo_builds_is_read_from_its_tree() {
        let tree = "roed-traad v0.1.0 (/repository/backend)\nserde v1.0.0 (*)\nserde_derive v1.0.0 (proc-macro)\n\nserde v1.0.0";
        let wanted = ["roed-traad 0.1.0", "serde 1.0.0", "serde_derive 1.0.0"].map(str::to_owned);
        assert_eq!(crates(tree), BTreeSet::from(wanted));
    }

    #[test]
    fn the_notice_tells_of_everything_vendored() {
        let notice = fs::read_to_string(paths::root().join("NOTICE")).unwrap();
        for asset in &ASSETS {
            assert!(
                notice.contains(asset.name) && notice.contains(asset.version.unwrap_or_default()),
                "{}",
                asset.name
            );
        }
    }
}
