//! What citizens share about themselves, as employees see it.

use contract::{ContactWay, Language, Profile};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{tr, words::quote};

/// What to call the citizen and how to reach them, in one line.
pub fn contact(profile: &Profile) -> AnyView {
    let content = &profile.content;
    let way = match content.contact_way {
        ContactWay::Any => None,
        ContactWay::Phone => Some(tr!(staff_cases.way_phone)),
        ContactWay::TextMessage => Some(tr!(staff_cases.way_text)),
        ContactWay::DigitalPost => Some(tr!(staff_cases.way_digital_post)),
        ContactWay::Letter => Some(tr!(staff_cases.way_letter)),
    };
    let note = content.contact_note.as_ref().map(|note| note.as_str().to_owned());
    let preferred = content.preferred_name.as_ref().map(|name| name.as_str().to_owned());
    let wished = match (way, note) {
        (Some(way), Some(note)) => Some(format!("{way} · {note}")),
        (Some(way), None) => Some(way.to_owned()),
        (None, note) => note,
    };
    let is_english = content.language == Language::En;
    let registered = profile.registered_name.clone();
    let is_other = preferred.as_ref().is_some_and(|name| *name != registered);
    view! {
        <dl class="rt-facts">
            {preferred.map(|name| view! { <div><dt>{tr!(staff_cases.call_me)}</dt><dd><strong>{name}</strong></dd></div> })}
            {is_other.then(|| view! { <div><dt>{tr!(staff_cases.registered)}</dt><dd>{registered}</dd></div> })}
            {wished.map(|wish| view! { <div><dt>{tr!(staff_cases.contact)}</dt><dd>{wish}</dd></div> })}
            {is_english.then(|| view! { <div><dt>{tr!(app.language)}</dt><dd>{tr!(app.english)}</dd></div> })}
        </dl>
    }
    .into_any()
}

/// The situation and the strengths, in the citizen's own words, when they are shared.
pub fn own_words(profile: &Profile) -> AnyView {
    let content = &profile.content;
    let situation =
        content.situation.as_ref().filter(|_| content.is_situation_shared).map(|text| text.as_str().to_owned());
    let strengths =
        content.strengths.as_ref().filter(|_| content.is_strengths_shared).map(|text| text.as_str().to_owned());
    if situation.is_none() && strengths.is_none() {
        return view! { <p class="rt-muted">{tr!(staff_cases.shares_nothing)}</p> }.into_any();
    }
    view! {
        {situation.map(|text| view! { <h3>{tr!(staff_cases.situation)}</h3>{quote(text)} })}
        {strengths.map(|text| view! { <h3>{tr!(staff_cases.strengths)}</h3>{quote(text)} })}
    }
    .into_any()
}
