//! Turns `locales/` into code: every key and every argument is checked when the app is built.
use std::path::PathBuf;

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};

/// One file per slice. `staff_*` files are used by the caseworkers' app only.
const NAMESPACES: [&str; 26] = [
    "app",
    "choices",
    "data",
    "demo",
    "failure",
    "form",
    "help",
    "history",
    "home",
    "looks",
    "meetings",
    "plan",
    "preparation",
    "profile",
    "representatives",
    "shared",
    "sign_in",
    "staff_administration",
    "staff_arrange",
    "staff_brief",
    "staff_cases",
    "staff_closed",
    "staff_delay",
    "staff_minutes",
    "staff_plan",
    "staff_team",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        // By these the program can be cut into parts after it is linked.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    let into = PathBuf::from(std::env::var("OUT_DIR")?).join("i18n");
    let config = Config::new("da")?
        .add_locale("en")?
        .add_namespaces(NAMESPACES)?
        .parse_options(ParseOptions::new().interpolate_display(true));
    let texts = TranslationsInfos::parse(config)?;
    texts.rerun_if_locales_changed();
    texts.generate_i18n_module(into)?;
    Ok(())
}
