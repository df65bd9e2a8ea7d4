use std::collections::BTreeSet;

use roed_traad::demo;
use serde_json::Value;

use crate::place::Place;

/// Every text in a citizen's part of an export that is more than a word of ours.
fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.len() >= 8 && text.contains(' ') => {
            // A line of it is enough: how a text is broken must not hide it.
            found.extend(text.lines().filter(|line| line.len() >= 8).map(str::to_owned));
        }
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

#[tokio::test]
async fn nothing_that_people_wrote_can_be_read_in_the_files() {
    let place = Place::demo().await;
    demo::load(&place.app).await.unwrap();
    let (mut written, mut public) = (BTreeSet::new(), BTreeSet::new());
    for id in place.citizens().await {
        let file: Value = serde_json::from_str(&place.export(id).await.unwrap()).unwrap();
        texts(&file["citizens"], &mut written);
        texts(&file["employees"], &mut public);
    }
    assert!(written.len() > 200, "{} texts", written.len());
    let bytes = place.stored_bytes();
    let holds = |text: &str| bytes.windows(text.len()).any(|bytes| bytes == text.as_bytes());
    assert!(public.iter().any(|text| holds(text)), "what everybody may know is found, so the search is right");
    let readable: Vec<_> = written.difference(&public).filter(|text| holds(text)).collect();
    assert!(readable.is_empty(), "{readable:?}");
}
