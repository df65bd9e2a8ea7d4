//! Who may know whom: the arrows of docs/ARCHITECTURE.md, read from the code.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

const LONGEST: usize = 450;

/// The parts of the browser's code that only caseworkers use.
const STAFF: [&str; 10] = [
    "administration",
    "arrange",
    "brief",
    "case_history",
    "case_plan",
    "cases",
    "efforts",
    "minutes",
    "staff_app",
    "team",
];

#[test]
fn the_contract_knows_nobody() {
    forbid(&["contract/src"], &["leptos", "axum", "sea_orm", "web_sys", "gloo", "tokio", "roed_traad"], &[]);
}

#[test]
fn parts_of_the_page_know_no_domain() {
    let inside = |line: &str| {
        crate_paths(line).into_iter().any(|path| path != "ui") || names(line, "contract") || names(line, "gloo_net")
    };
    assert_none(&["src/ui", "src/ui.rs"], &[], inside);
}

#[test]
fn the_api_has_neither_views_nor_signals() {
    let words = ["view!", "leptos::prelude::*", "Signal", "RwSignal", "ReadSignal", "use_context", "crate::ui"];
    forbid(&["src/api", "src/api.rs"], &words, &[]);
}

#[test]
fn only_the_api_knows_http() {
    forbid(&["src"], &["gloo_net"], &["src/api.rs"]);
}

#[test]
fn nothing_imports_the_apps() {
    forbid(&["src"], &["crate::app", "crate::staff_app"], &["src/main.rs", "src/bin/staff.rs"]);
}

#[test]
fn what_citizens_use_imports_nothing_of_the_caseworkers() {
    let own: Vec<String> = STAFF.iter().flat_map(|name| [format!("src/{name}/"), format!("src/{name}.rs")]).collect();
    let mut except: Vec<&str> = own.iter().map(String::as_str).collect();
    except.extend(["src/bin/staff.rs", "src/lib.rs"]);
    assert_none(&["src"], &except, |line| {
        // In a list of imports the name stands at the beginning of its line.
        let listed = line.trim().split_once("::").is_some_and(|(first, _)| STAFF.contains(&first));
        listed || crate_paths(line).iter().any(|path| STAFF.contains(path)) || line.contains("tr!(staff_")
    });
}

#[test]
fn keys_to_cases_are_asked_for_by_the_policy_and_by_few_who_say_why() {
    let asks = |line: &str| line.contains("keys.of(") || line.contains("keys().of(");
    let few = [
        "backend/src/policy.rs",
        // Lists, names of the people who sign in or act for somebody, receipts of those whose access has ended, and what other
        // systems write: each for rows that it found for the one who asks.
        "backend/src/policy/lists.rs",
        "backend/src/login/answer.rs",
        "backend/src/session.rs",
        "backend/src/representatives/store.rs",
        "backend/src/receipt.rs",
        "backend/src/register/store.rs",
        // Who runs the program, and the demo's sign-in.
        "backend/src/main.rs",
        "backend/src/import/load.rs",
        "backend/src/demo/store.rs",
        "backend/src/keys/tests.rs",
    ];
    assert_none(&["backend/src"], &few, asks);
    for path in few {
        assert!(read(path).lines().any(asks), "{path} asks for no key");
    }
}

#[test]
fn everybody_speaks_the_same_version_of_the_contract() {
    let contract = read("contract/src/lib.rs");
    let version = contract.split("CONTRACT_VERSION: &str = \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    for path in ["page/start.js", "xtask/src/load.rs", "tests/e2e/fixtures/server.js"] {
        let text = read(path).replace('\'', "\"");
        let said: Vec<_> = text.split("\"rt-contract\"").skip(1).filter_map(|rest| rest.split('"').nth(1)).collect();
        assert!(!said.is_empty() && said.iter().all(|said| *said == version), "{path} says {said:?}, not {version}");
    }
}

#[test]
fn stores_know_no_http() {
    for path in sources(&["backend/src"]) {
        if path.ends_with("store.rs") || path.to_string_lossy().contains("/store/") {
            assert_none(&[path.to_str().unwrap()], &[], |line| names(line, "axum") || line.contains("StatusCode"));
        }
    }
}

#[test]
fn the_case_access_is_made_by_the_policy_only() {
    assert_none(&["backend/src"], &["backend/src/policy.rs", "backend/src/policy/"], |line| {
        line.contains("CaseAccess {") && !line.contains("->") && !line.contains("impl")
    });
}

#[test]
fn no_crate_of_ours_allows_unsafe_code() {
    const FORBIDDEN: &str = "unsafe_code = \"forbid\"";
    let workspace = read("Cargo.toml");
    assert!(workspace.contains(&format!("[workspace.lints.rust]\n{FORBIDDEN}")));
    let members = workspace.lines().find_map(|line| line.strip_prefix("members = [")?.strip_suffix(']')).unwrap();
    let members: Vec<_> = members.split(", ").map(|member| member.trim_matches('"')).chain(["."]).collect();
    assert!(members.len() > 4, "{members:?}");
    for member in members {
        let manifest = read(&format!("{member}/Cargo.toml"));
        // xtask prints, which the others must not; so it has lints of its own.
        let forbids = ["[lints]\nworkspace = true".to_owned(), format!("[lints.rust]\n{FORBIDDEN}")];
        assert!(forbids.iter().any(|words| manifest.contains(words)), "{member}");
    }
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = sources(&["src", "contract", "backend", "xtask", "tests", "style"])
        .into_iter()
        .map(|path| (fs::read_to_string(root().join(&path)).unwrap().lines().count(), path))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, path)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "split them by meaning: {long:#?}");
}

#[test]
fn no_module_is_called_mod() {
    let found: Vec<PathBuf> = sources(&["src", "contract", "backend", "xtask", "tests"])
        .into_iter()
        .filter(|path| path.ends_with("mod.rs"))
        .collect();
    assert!(found.is_empty(), "name.rs beside name/: {found:?}");
}

fn forbid(places: &[&str], words: &[&str], except: &[&str]) {
    assert_none(places, except, |line| words.iter().any(|word| names(line, word)));
}

fn assert_none(places: &[&str], except: &[&str], is_wrong: impl Fn(&str) -> bool) {
    let mut wrong = Vec::new();
    for path in sources(places) {
        if except.iter().any(|except| path.to_string_lossy().starts_with(except)) {
            continue;
        }
        for (number, line) in fs::read_to_string(root().join(&path)).unwrap().lines().enumerate() {
            if !line.trim_start().starts_with("//") && is_wrong(line) {
                wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether the line names this as a word of its own.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(place, _)| {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        let before = line[..place].chars().next_back();
        let after = line[place + word.len()..].chars().next();
        !before.is_some_and(is_part) && (word.ends_with('!') || !after.is_some_and(is_part))
    })
}

/// The first names after `crate::`.
fn crate_paths(line: &str) -> Vec<&str> {
    line.match_indices("crate::")
        .map(|(place, found)| {
            let rest = &line[place + found.len()..];
            rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default()
        })
        .collect()
}

/// Everything written by us below these places, seen from the repository.
fn sources(places: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for place in places {
        for entry in walkdir::WalkDir::new(root().join(place)).sort_by_file_name() {
            // A place may be a file or a folder, or not be there yet.
            let Ok(entry) = entry else { continue };
            let path = entry.path().strip_prefix(root()).unwrap().to_owned();
            let is_ours = !path
                .components()
                .any(|part| ["node_modules", "vendor", "target"].iter().any(|name| part.as_os_str() == *name));
            let is_source = path
                .extension()
                .is_some_and(|extension| ["rs", "scss", "js"].iter().any(|wanted| extension == *wanted));
            if is_ours && is_source && entry.file_type().is_file() {
                found.push(path);
            }
        }
    }
    found
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}
