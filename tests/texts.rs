//! The Danish texts are easy to read, and every text stands in both languages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const HARDEST: f64 = 30.0;
const FEWEST_WORDS: usize = 150;

/// Words of the office, for which there always is a plain one.
const OFFICIALESE: [&str; 22] = [
    "anmodes",
    "bedes",
    "endvidere",
    "foretage",
    "foretages",
    "fremsende",
    "fremsendes",
    "førnævnte",
    "grundet",
    "herunder",
    "hvorvidt",
    "i henhold til",
    "iværksættes",
    "jævnfør",
    "nærværende",
    "omhandlende",
    "pågældende",
    "påhviler",
    "såfremt",
    "vedrørende",
    "ydermere",
    "ønskes",
];

#[derive(Default)]
struct Count {
    words: usize,
    long: usize,
    sentences: usize,
}

impl Count {
    fn add(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().filter(|word| letters(word) > 0 || is_number(word)).collect();
        if words.is_empty() {
            return;
        }
        self.words += words.len();
        self.long += words.iter().filter(|word| letters(word) > 6).count();
        // The value itself ends one; inside it, a point followed by a capital letter ends one more ("kl. 14" does not).
        self.sentences += 1 + words
            .windows(2)
            .filter(|pair| pair[0].ends_with(['.', '!', '?', ':']) && pair[1].starts_with(char::is_uppercase))
            .count();
    }

    #[allow(clippy::cast_precision_loss)]
    fn lix(&self) -> f64 {
        let (words, long, sentences) = (self.words as f64, self.long as f64, self.sentences as f64);
        words / sentences + 100.0 * long / words
    }
}

#[test]
fn the_danish_texts_are_easy_to_read() {
    let mut counts = BTreeMap::new();
    let mut small = Count::default();
    for file in files("da") {
        let mut count = Count::default();
        let texts = texts(&file);
        texts.values().for_each(|text| count.add(&plain(text)));
        if count.words < FEWEST_WORDS {
            texts.values().for_each(|text| small.add(&plain(text)));
        } else {
            counts.insert(name(&file), count);
        }
    }
    if small.words > 0 {
        counts.insert("the small files together".to_owned(), small);
    }
    let mut hard = Vec::new();
    for (name, count) in &counts {
        let lix = count.lix();
        println!("{lix:5.1}  {name} ({} words)", count.words);
        if lix > HARDEST {
            hard.push(format!("{name}: {lix:.1}"));
        }
    }
    assert!(hard.is_empty(), "LIX above {HARDEST}: {hard:?}");
}

#[test]
fn the_danish_texts_use_plain_words() {
    let mut found = Vec::new();
    for file in files("da") {
        for (key, text) in texts(&file) {
            let text = format!(" {} ", plain(&text).to_lowercase().replace(['.', ',', '?', '!', ':', ';'], " "));
            for word in OFFICIALESE.iter().filter(|word| text.contains(&format!(" {word} "))) {
                found.push(format!("{}: {key}: {word}", name(&file)));
            }
        }
    }
    assert!(found.is_empty(), "there is a plainer word: {found:#?}");
}

#[test]
fn every_text_is_there_in_both_languages() {
    let names = |language| files(language).iter().map(|file| name(file)).collect::<Vec<_>>();
    assert_eq!(names("da"), names("en"));
    for (danish, english) in files("da").iter().zip(files("en")) {
        let keys = |file: &Path| texts(file).into_keys().collect::<Vec<_>>();
        assert_eq!(keys(danish), keys(&english), "{}", name(danish));
    }
}

#[test]
fn no_text_is_empty() {
    for file in files("da").into_iter().chain(files("en")) {
        for (key, text) in texts(&file) {
            assert!(!text.trim().is_empty(), "{}: {key}", file.display());
        }
    }
}

#[test]
fn lix_is_counted_as_agreed() {
    let mut count = Count::default();
    count.add(&plain("Vi ses {{ date }} kl. {{ time }}. Kommunen ringer <b>til dig</b>."));
    assert_eq!((count.words, count.long, count.sentences), (9, 1, 2));
}

fn files(language: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales").join(language);
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no texts in {language}");
    files
}

fn name(file: &Path) -> String {
    file.file_name().unwrap().to_string_lossy().into_owned()
}

fn texts(file: &Path) -> BTreeMap<String, String> {
    fn collect(at: &str, value: &serde_json::Value, into: &mut BTreeMap<String, String>) {
        match value {
            serde_json::Value::String(text) => drop(into.insert(at.to_owned(), text.clone())),
            serde_json::Value::Object(inner) => {
                inner.iter().for_each(|(key, value)| collect(&format!("{at}.{key}"), value, into));
            }
            serde_json::Value::Array(inner) => {
                inner.iter().enumerate().for_each(|(key, value)| collect(&format!("{at}.{key}"), value, into));
            }
            _ => {}
        }
    }
    let value = serde_json::from_str(&fs::read_to_string(file).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut texts = BTreeMap::new();
    collect("", &value, &mut texts);
    texts
}

/// A placeholder becomes one short word; tags go, and what they hold stays.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(begin) = rest.find(['{', '<']) {
        plain.push_str(&rest[..begin]);
        rest = &rest[begin..];
        let (end, word) = if rest.starts_with("{{") { ("}}", "x") } else { (">", "") };
        match rest.find(end) {
            Some(place) if rest.starts_with("{{") || rest.starts_with('<') => {
                plain.push_str(word);
                rest = &rest[place + end.len()..];
            }
            _ => {
                plain.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    plain + rest
}

fn letters(word: &str) -> usize {
    word.chars().filter(|letter| letter.is_alphabetic()).count()
}

fn is_number(word: &str) -> bool {
    word.chars().any(|letter| letter.is_ascii_digit())
}
