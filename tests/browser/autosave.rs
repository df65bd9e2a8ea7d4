//! What is saved, and when, while somebody writes.

use contract::{Area, DraftKind, DraftText, NewDraft, Version, time::Timestamp};
use roed_traad_spa::preparation::autosave::{Autosave, State, Stored, Write};
use wasm_bindgen_test::wasm_bindgen_test;

fn draft(text: &str) -> NewDraft {
    NewDraft {
        kind: DraftKind::Goal,
        meeting: None,
        area: Area::Employment,
        text: DraftText::parse(text).unwrap(),
        why: DraftText::default(),
        first_step: DraftText::default(),
        helped_by: None,
        changes: None,
    }
}

fn at(second: i64) -> Timestamp {
    format!("2026-03-30T10:00:{second:02}Z").parse().unwrap()
}

fn stored(version: i32, text: &str) -> Stored {
    Stored { version: Version(version), content: draft(text), at: at(1) }
}

fn new() -> Autosave {
    Autosave::new(draft(""), None)
}

#[wasm_bindgen_test]
fn an_empty_form_is_never_stored() {
    let mut text = new();
    assert_eq!(text.begin(), None);
    assert_eq!(text.state(), State::Untouched);
    assert!(!text.is_unsaved());
}

#[wasm_bindgen_test]
fn a_text_is_saved_only_after_the_answer() {
    let mut text = new();
    text.typed(draft("a"));
    assert_eq!(text.state(), State::Unsaved);
    assert_eq!(text.begin(), Some(Write { version: None, content: draft("a") }));
    assert_eq!(text.state(), State::Saving);
    assert!(text.is_unsaved());
    assert_eq!(text.answered(Version(1), at(5)), None);
    assert_eq!(text.state(), State::Saved(at(5)));
}

#[wasm_bindgen_test]
fn there_are_never_two_writes_at_once_and_the_latest_text_follows() {
    let mut text = new();
    text.typed(draft("a"));
    text.begin();
    text.typed(draft("ab"));
    assert_eq!(text.begin(), None);
    text.typed(draft("abc"));
    assert_eq!(text.begin(), None);
    assert_eq!(text.answered(Version(1), at(5)), Some(Write { version: Some(Version(1)), content: draft("abc") }));
    assert_eq!(text.answered(Version(2), at(6)), None);
    assert_eq!(text.state(), State::Saved(at(6)));
}

#[wasm_bindgen_test]
fn an_answer_to_an_older_text_does_not_say_saved() {
    let mut text = new();
    text.typed(draft("a"));
    text.begin();
    text.typed(draft("ab"));
    text.answered(Version(1), at(5));
    assert_eq!(text.state(), State::Unsaved);
}

#[wasm_bindgen_test]
fn a_retry_says_so_and_ends_with_the_answer() {
    let mut text = new();
    text.typed(draft("a"));
    text.begin();
    text.retrying();
    assert_eq!(text.state(), State::Retrying);
    assert_eq!(text.begin(), None);
    text.answered(Version(1), at(5));
    assert_eq!(text.state(), State::Saved(at(5)));
}

#[wasm_bindgen_test]
fn a_refused_text_is_tried_again() {
    let mut text = new();
    text.typed(draft("a"));
    text.begin();
    text.refused();
    assert_eq!(text.state(), State::Refused);
    assert!(text.is_unsaved());
    assert!(text.begin().is_some());
}

#[wasm_bindgen_test]
fn who_comes_back_to_a_text_that_met_another_version_tries_it_once_more() {
    let mut text = Autosave::new(draft(""), Some(stored(1, "a")));
    text.typed(draft("mine"));
    text.begin();
    text.conflicted();
    text.again();
    assert_eq!(text.begin(), Some(Write { version: Some(Version(1)), content: draft("mine") }));
}

#[wasm_bindgen_test]
fn a_conflict_writes_nothing_until_somebody_chooses() {
    let mut text = Autosave::new(draft(""), Some(stored(1, "a")));
    text.typed(draft("mine"));
    text.begin();
    text.conflicted();
    text.typed(draft("mine too"));
    assert_eq!(text.begin(), None);
    assert_eq!(text.state(), State::Conflict);
    assert!(!text.compare(Some(&stored(2, "theirs"))));
    text.keep_mine(Some(stored(2, "theirs")));
    assert_eq!(text.begin(), Some(Write { version: Some(Version(2)), content: draft("mine too") }));
}

#[wasm_bindgen_test]
fn to_keep_theirs_needs_no_write() {
    let mut text = Autosave::new(draft(""), Some(stored(1, "a")));
    text.typed(draft("mine"));
    text.begin();
    text.conflicted();
    text.keep_theirs(stored(2, "theirs"));
    assert_eq!(text.begin(), None);
    assert_eq!(text.state(), State::Saved(at(1)));
}

#[wasm_bindgen_test]
fn what_is_gone_is_stored_anew() {
    let mut text = Autosave::new(draft("sent"), Some(stored(1, "a")));
    text.typed(draft("sent"));
    text.begin();
    text.conflicted();
    text.keep_mine(None);
    assert_eq!(text.begin(), Some(Write { version: None, content: draft("sent") }));
}

#[wasm_bindgen_test]
fn leaving_hands_over_once_for_each_case() {
    let mut text = Autosave::new(draft(""), Some(stored(3, "a")));
    assert!(text.leaving().is_empty());
    text.typed(draft("ab"));
    assert_eq!(text.leaving(), [Write { version: Some(Version(3)), content: draft("ab") }]);
    assert!(text.leaving().is_empty());

    let mut text = Autosave::new(draft(""), Some(stored(3, "a")));
    text.typed(draft("ab"));
    text.begin();
    text.typed(draft("abc"));
    let versions: Vec<_> = text.leaving().into_iter().map(|write| write.version).collect();
    assert_eq!(versions, [Some(Version(3)), Some(Version(4))]);
}

#[wasm_bindgen_test]
fn a_text_handed_over_by_ourselves_is_no_conflict() {
    let mut text = Autosave::new(draft(""), Some(stored(3, "a")));
    text.typed(draft("ab"));
    text.leaving();
    text.typed(draft("abc"));
    text.begin();
    text.conflicted();
    assert!(text.compare(Some(&stored(4, "ab"))));
    assert_eq!(text.begin(), Some(Write { version: Some(Version(4)), content: draft("abc") }));
}

#[wasm_bindgen_test]
fn a_text_too_long_for_a_draft_is_not_saved_and_not_forgotten() {
    let mut text = Autosave::new(draft(""), Some(stored(1, "a")));
    text.unfit();
    assert_eq!(text.begin(), None);
    assert!(text.is_unsaved());
    text.typed(draft("a"));
    assert!(!text.is_unsaved());
}

#[wasm_bindgen_test]
fn what_is_thrown_away_is_not_written_again() {
    let mut text = new();
    text.typed(draft("a"));
    text.begin();
    text.throw_away();
    assert_eq!(text.answered(Version(1), at(5)), None);
    assert!(!text.is_unsaved());
    assert_eq!(text.begin(), None);
    assert_eq!(text.version(), Some(Version(1)));
}
