//! What Trunk calls after each build: cuts the program into what every page needs and what only some pages need, so that a
//! phone fetches the rest when somebody opens such a page. `docs/decisions/0009-split.md`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};

use crate::{paths, tools};

/// What today's compilers make; `-all` would let in what older phones cannot read.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Takes its orders from Trunk's environment.
pub fn run() -> Result<()> {
    let staging = PathBuf::from(variable("TRUNK_STAGING_DIR")?);
    let is_release = variable("TRUNK_PROFILE")? == "release";
    // As Trunk named it: `citizen-1f0c8b2d9a7e4c35`.
    let name = staged_program(&staging)?;
    let binary = name.rsplit_once('-').map_or(name.as_str(), |(binary, _)| binary);
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(paths::target, PathBuf::from);
    let profile = if is_release { "release" } else { "debug" };
    let linked = target.join("wasm32-unknown-unknown").join(profile).join(binary).with_extension("wasm");

    let work = tempfile::tempdir().context("could not make a folder to work in")?;
    let parts = split(&linked, work.path(), &name)?;
    call(
        tools::command("wasm-bindgen")
            // The parts call each other through the table of functions, which it would take for internal.
            .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", &name, "--out-dir"])
            .arg(work.path())
            .arg(work.path().join("main.wasm")),
    )?;
    let main = format!("{name}_bg.wasm");
    for (from, to) in parts.iter().map(|part| (part, format!("{name}-{part}"))).chain([(&main, main.clone())]) {
        let (from, to) = (work.path().join(from), staging.join(to));
        if is_release {
            call(
                tools::command("wasm-opt")
                    .args(["-Oz", "--strip-debug", "--strip-producers"])
                    .args(FEATURES)
                    .arg(from)
                    .arg("-o")
                    .arg(to),
            )?;
        } else {
            fs::copy(&from, &to).with_context(|| format!("could not copy {}", from.display()))?;
        }
    }
    // One script instead of two that wait for each other.
    let script = format!("{name}.js");
    let mut esbuild = tools::command("esbuild");
    esbuild.arg(work.path().join(&script)).args(["--bundle", "--format=esm", "--target=es2020", "--log-level=warning"]);
    if is_release {
        esbuild.arg("--minify");
    }
    call(esbuild.arg("--allow-overwrite").arg(format!("--outfile={}", staging.join(&script).display())))
}

/// Writes `main.wasm` and the parts into `work`, and gives the parts' names back.
fn split(linked: &Path, work: &Path, name: &str) -> Result<Vec<String>> {
    let program = fs::read(linked).with_context(|| format!("could not read {}", linked.display()))?;
    let (main, script) = (work.join("main.wasm"), format!("./{name}.js"));
    let mut options = wasm_split_cli_support::Options::new(&program);
    options.output_dir = work;
    options.main_out_path = &main;
    options.main_module = &script;
    let split = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("could not split: {error:?}"))?;
    let parts: Vec<String> =
        split.split_modules.iter().filter_map(|path| path.file_name()?.to_str().map(str::to_owned)).collect();
    // The script that fetches them; their names change with the program, so that they can be kept for ever.
    let loader = work.join("__wasm_split.js");
    let mut text = fs::read_to_string(&loader).context("the script for the parts is missing")?;
    for part in &parts {
        text = text.replace(&format!("\"./{part}\""), &format!("\"./{name}-{part}\""));
    }
    fs::write(&loader, text).context("could not write the script for the parts")?;
    Ok(parts)
}

fn staged_program(staging: &Path) -> Result<String> {
    fs::read_dir(staging)
        .with_context(|| format!("could not read {}", staging.display()))?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix("_bg.wasm").map(str::to_owned))
        .next()
        .with_context(|| format!("no program in {}", staging.display()))
}

fn variable(name: &str) -> Result<String> {
    env::var(name).with_context(|| format!("{name} is not set: Trunk calls this after a build"))
}

fn call(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("could not start {:?}", command.get_program()))?;
    if !output.status.success() {
        bail!("{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
