//! What a citizen's phone downloads holds nothing of the caseworkers' part. Reads `dist`, so it runs after the build.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Shorter ones may be in a program by chance.
const DISTINCT: usize = 20;

#[test]
fn a_citizens_phone_never_downloads_the_caseworkers_sentences() {
    let citizens = programs("dist");
    let found: Vec<String> = staff_sentences().into_iter().filter(|sentence| contains(&citizens, sentence)).collect();
    assert!(found.is_empty(), "in the citizens' program: {found:#?}");
}

#[test]
fn the_caseworkers_program_shows_that_such_sentences_can_be_found() {
    let staff = programs("dist/staff");
    let sentences = staff_sentences();
    let found = sentences.iter().filter(|sentence| contains(&staff, sentence)).count();
    assert!(found * 2 > sentences.len(), "only {found} of {} are in the caseworkers' program", sentences.len());
}

#[test]
fn the_programs_carry_no_names_of_functions() {
    for (path, bytes) in ["dist", "dist/staff"].into_iter().flat_map(read_programs) {
        assert!(!custom_sections(&bytes).contains("name"), "{} has a name section", path.display());
    }
}

#[test]
fn every_program_and_style_is_compressed_beforehand() {
    for folder in ["dist", "dist/staff"] {
        for path in files(folder).into_iter().filter(|path| has_extension(path, &["wasm", "js", "css"])) {
            for extension in ["br", "gz"] {
                let compressed = PathBuf::from(format!("{}.{extension}", path.display()));
                assert!(compressed.exists(), "{} is missing", compressed.display());
            }
        }
    }
}

/// The pieces between placeholders of what only caseworkers read, and that no text for citizens contains.
fn staff_sentences() -> BTreeSet<String> {
    let (mut staff, mut citizens) = (Vec::new(), String::new());
    for language in ["da", "en"] {
        for path in files(&format!("locales/{language}")) {
            let value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            let mut texts = Vec::new();
            collect(&value, &mut texts);
            if path.file_name().unwrap().to_string_lossy().starts_with("staff") {
                staff.extend(texts);
            } else {
                citizens.extend(texts.into_iter().map(|text| text + "\n"));
            }
        }
    }
    let sentences: BTreeSet<String> = staff
        .iter()
        .flat_map(|text| text.split(['{', '}', '<', '>']))
        .map(|piece| piece.trim().to_owned())
        .filter(|piece| piece.len() >= DISTINCT && !citizens.contains(piece.as_str()))
        .collect();
    assert!(sentences.len() >= 10, "too few sentences for caseworkers to tell anything");
    sentences
}

fn collect(value: &serde_json::Value, into: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => into.push(text.clone()),
        serde_json::Value::Object(inner) => inner.values().for_each(|value| collect(value, into)),
        serde_json::Value::Array(inner) => inner.iter().for_each(|value| collect(value, into)),
        _ => {}
    }
}

fn programs(folder: &str) -> Vec<u8> {
    read_programs(folder).into_iter().flat_map(|(_, bytes)| bytes).collect()
}

fn read_programs(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let programs: Vec<_> = files(folder)
        .into_iter()
        .filter(|path| has_extension(path, &["wasm", "js", "html"]))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    assert!(!programs.is_empty(), "nothing is built in {folder}: run cargo xtask serve or test");
    programs
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    fs::read_dir(&folder)
        .map(|entries| entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect())
        .unwrap_or_default()
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
}

fn contains(bytes: &[u8], sentence: &str) -> bool {
    bytes.windows(sentence.len()).any(|window| window == sentence.as_bytes())
}

/// The names of a WebAssembly module's custom sections; empty for anything else.
fn custom_sections(module: &[u8]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let Some(mut rest) = module.strip_prefix(b"\0asm\x01\0\0\0") else { return names };
    while let Some((&kind, after)) = rest.split_first() {
        let (length, body) = number(after);
        if kind == 0 {
            let (name_length, name) = number(body);
            names.insert(String::from_utf8_lossy(&name[..name_length]).into_owned());
        }
        rest = &body[length..];
    }
    names
}

/// An unsigned LEB128 number, and what comes after it.
fn number(bytes: &[u8]) -> (usize, &[u8]) {
    let (mut value, mut shift) = (0, 0);
    for (place, byte) in bytes.iter().enumerate() {
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return (value, &bytes[place + 1..]);
        }
        shift += 7;
    }
    panic!("the module is cut off");
}
