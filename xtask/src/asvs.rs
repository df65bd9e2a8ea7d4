//! Where we stand with OWASP's ASVS: `docs/asvs.csv` is whole, what it points at is there, and the table in `docs/security.md`
//! says the same. `UPDATE=1 cargo test -p xtask asvs` writes the table.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
};

use crate::paths;

const STATES: [&str; 4] = ["met", "partly", "not_applicable", "not_yet"];

/// What the chapters are about, in our words.
const CHAPTERS: [&str; 17] = [
    "texts that other programs read",
    "rules of the business",
    "the browser",
    "the API",
    "files",
    "who somebody is",
    "sessions",
    "who may what",
    "tokens that speak for themselves",
    "OAuth and OpenID Connect",
    "keys and ciphers",
    "the way between machines",
    "how it is set up",
    "protecting data",
    "how it is built",
    "logs and errors",
    "WebRTC",
];

struct Row {
    id: String,
    state: String,
    /// Each a path, and a test in it after `#`.
    evidence: Vec<String>,
}

fn read(path: &str) -> String {
    fs::read_to_string(paths::root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn rows() -> Vec<Row> {
    let row = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        let [id, state, place] = fields[..] else { panic!("not three fields: {line}") };
        let evidence = place.split(" | ").next().unwrap_or_default();
        Row {
            id: id.to_owned(),
            state: state.to_owned(),
            evidence: evidence.split_whitespace().map(str::to_owned).collect(),
        }
    };
    read("docs/asvs.csv").lines().skip(1).map(row).collect()
}

fn table() -> String {
    let mut chapters: BTreeMap<usize, ([usize; 4], BTreeSet<String>)> = BTreeMap::new();
    for row in rows() {
        let chapter = row.id[1..].split('.').next().and_then(|number| number.parse().ok()).unwrap();
        let (counts, files) = chapters.entry(chapter).or_default();
        let state = STATES.iter().position(|state| *state == row.state).unwrap();
        counts[state] += 1;
        if state < 2 {
            files.extend(row.evidence.iter().map(|place| place.split('#').next().unwrap_or_default().to_owned()));
        }
    }
    let mut table =
        "| Chapter | met | partly | not applicable | not yet | Where |\n|---|---:|---:|---:|---:|---|\n".to_owned();
    let mut all = [0; 4];
    for (chapter, (counts, files)) in chapters {
        let links: Vec<String> = files.iter().map(|file| format!("[{}](../{file})", short(file))).collect();
        let [met, partly, not_applicable, not_yet] = counts;
        let (about, links) = (CHAPTERS[chapter - 1], links.join(", "));
        writeln!(table, "| V{chapter} {about} | {met} | {partly} | {not_applicable} | {not_yet} | {links} |").unwrap();
        all.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    let [met, partly, not_applicable, not_yet] = all;
    writeln!(table, "| **All** | **{met}** | **{partly}** | **{not_applicable}** | **{not_yet}** | |").unwrap();
    table
}

/// A file's name, with its folder's.
fn short(file: &str) -> String {
    let parts: Vec<&str> = file.rsplit('/').take(2).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("/")
}

#[test]
fn asvs_has_every_number_once() {
    let numbers = read("docs/asvs-numbers.txt");
    let known: Vec<String> = numbers
        .lines()
        .filter_map(|line| line.split_once(": "))
        .flat_map(|(section, numbers)| numbers.split(' ').map(move |number| format!("{section}.{number}")))
        .collect();
    assert_eq!(known.len(), 253);
    assert_eq!(rows().into_iter().map(|row| row.id).collect::<Vec<_>>(), known);
}

#[test]
fn asvs_points_at_what_is_there() {
    let mut wrong = Vec::new();
    for Row { id, state, evidence } in rows() {
        if !STATES.contains(&state.as_str()) || evidence.is_empty() {
            wrong.push(format!("{id}: {state}"));
        }
        for place in evidence {
            let (file, test) = place.split_once('#').unwrap_or((&place, ""));
            let text = fs::read_to_string(paths::root().join(file)).unwrap_or_default();
            if text.is_empty() || !(test.is_empty() || text.contains(&format!("fn {test}("))) {
                wrong.push(format!("{id}: {place}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn asvs_table_is_up_to_date() {
    let (file, begin, end) = ("docs/security.md", "<!-- asvs -->\n", "<!-- /asvs -->");
    let old = read(file);
    let (before, rest) = old.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let new = format!("{before}{begin}{}{end}{after}", table());
    if std::env::var_os("UPDATE").is_some() {
        fs::write(paths::root().join(file), new).unwrap();
    } else {
        assert!(old == new, "docs/asvs.csv was changed: UPDATE=1 cargo test -p xtask asvs");
    }
}

#[test]
fn links_of_the_promises_lead_somewhere() {
    for document in ["docs/security.md", "docs/privacy.md"] {
        for link in read(document).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(paths::root().join("docs").join(link).exists(), "{document}: {link}");
        }
    }
}

#[test]
fn every_table_stands_in_what_is_stored_about_people() {
    let text = read("docs/privacy.md");
    let files = fs::read_dir(paths::root().join("backend/src/entity")).unwrap().map(|file| file.unwrap().path());
    let tables = files.map(|file| file.file_stem().unwrap().to_string_lossy().into_owned());
    let missing: Vec<_> = tables.filter(|name| name != "sealed" && !text.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
