//! How the page shows what is kept: parts with a heading and a count, and in them things with their fields.

use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{i18n::written, tr};

/// A field's name and what stands in it, if anything does.
pub type Fact = (&'static str, Option<String>);

/// A part of the page, with how many things there are in it.
pub fn section(id: &'static str, title: &'static str, things: Vec<AnyView>) -> AnyView {
    let heading = format!("{title} ({})", things.len());
    number(id, heading, things)
}

/// The same with a heading of one's own.
pub fn number(id: &'static str, heading: String, things: Vec<AnyView>) -> AnyView {
    let content = if things.is_empty() {
        view! { <p class="rt-muted">{tr!(data.nothing)}</p> }.into_any()
    } else {
        view! { <ul class="rt-list rt-list--plain">{things}</ul> }.into_any()
    };
    view! { <section class="rt-section" aria-labelledby=id><h2 id=id>{heading}</h2>{content}</section> }.into_any()
}

/// A thing that is one sentence.
pub fn sentence(words: String) -> AnyView {
    view! { <li><p>{words}</p></li> }.into_any()
}

/// Many small things behind one sentence.
pub fn unfolded(words: String, lines: Vec<String>) -> AnyView {
    if lines.is_empty() {
        return sentence(words);
    }
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <li><details class="rt-details"><summary>{words}</summary><ul>{lines}</ul></details></li> }.into_any()
}

/// A thing with its fields. What was written stands as it was written.
pub fn thing(title: String, facts: Vec<Fact>) -> AnyView {
    let facts = facts.into_iter().filter_map(|(name, text)| Some((name, text.filter(|text| !text.trim().is_empty())?)));
    let facts: Vec<_> = facts
        .map(|(name, text)| view! { <div><dt>{name}</dt><dd class="rt-words" lang=written()>{text}</dd></div> })
        .collect();
    let facts = (!facts.is_empty()).then(|| view! { <dl class="rt-facts">{facts}</dl> });
    view! { <li><h3 class="rt-words" lang=written()>{title}</h3>{facts}</li> }.into_any()
}
