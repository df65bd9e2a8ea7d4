//! Words for the contract's values that several slices show: areas, people, openings.

use contract::{Area, Author, Municipality, Openings, StepState};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{i18n::written, session::is_own_case, tr, when};

/// An area's name.
pub fn area(area: Area) -> &'static str {
    match area {
        Area::Employment => tr!(shared.area_employment),
        Area::Social => tr!(shared.area_social),
        Area::Health => tr!(shared.area_health),
        Area::Housing => tr!(shared.area_housing),
        Area::Economy => tr!(shared.area_economy),
        Area::Other => tr!(shared.area_other),
    }
}

/// Where a step stands, in a word or two; the reason is told beside it.
pub fn step_state(state: &StepState) -> &'static str {
    match state {
        StepState::NotStarted => tr!(shared.state_not_started),
        StepState::UnderWay => tr!(shared.state_under_way),
        StepState::Done => tr!(shared.state_done),
        StepState::CannotYet { .. } => tr!(shared.state_cannot_yet),
        StepState::NotNeeded { .. } => tr!(shared.state_not_needed),
    }
}

/// What a person wrote, as they wrote it.
pub fn quote(text: String) -> AnyView {
    view! { <blockquote class="rt-words" lang=written()><p>{text}</p></blockquote> }.into_any()
}

/// A longer heading is cut.
const HEADING: usize = 140;

/// A text as a heading, and what is left of it: it is cut at its first line break, or between two words.
pub fn heading(text: &str) -> (String, Option<String>) {
    let (line, rest) = text.trim().split_once('\n').unwrap_or((text.trim(), ""));
    let (line, rest) = (line.trim_end(), rest.trim_start());
    let Some((limit, _)) = line.char_indices().nth(HEADING) else {
        return (line.to_owned(), Some(rest.to_owned()).filter(|rest| !rest.is_empty()));
    };
    let end = line[..limit].rfind(' ').unwrap_or(limit);
    let rest = format!("…{}\n{rest}", line[end..].trim_start());
    (format!("{}…", &line[..end]), Some(rest.trim_end().to_owned()))
}

/// The same with a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Who, as part of a sentence: "Mette Holm", "rådgiver fra Job og Uddannelse", "dig" for the citizen to themself.
pub fn who(author: &Author, is_citizen_reading: bool) -> String {
    match author {
        Author::Citizen { .. } if is_citizen_reading && is_own_case() => tr!(shared.by_you).to_owned(),
        Author::Citizen { name } | Author::Employee { name: Some(name), .. } => name.clone(),
        Author::Employee { name: None, role, unit } => {
            tr!(shared.somebody, role = role.clone(), unit = unit.clone())
        }
        Author::Representative { name, citizen } => {
            tr!(shared.on_behalf, name = name.clone(), citizen = citizen.clone())
        }
        Author::System => tr!(shared.system).to_owned(),
    }
}

/// "Åbnet af … den …", and whether it was changed since. Opened is not read, and the words do not claim it.
pub fn opened(openings: &Openings, is_citizen_reading: bool) -> AnyView {
    let Some(last) = openings.opened.first() else {
        return view! { <p class="rt-opened rt-opened--not">{tr!(shared.not_opened)}</p> }.into_any();
    };
    let line = tr!(shared.opened, who = who(&last.by, is_citizen_reading), when = when::moment(last.at));
    view! {
        <p class="rt-opened">{line}</p>
        {openings.is_changed_since.then(|| view! { <p class="rt-opened rt-opened--changed">{tr!(shared.opened_changed)}</p> })}
    }
    .into_any()
}

/// Nobody may be reading: whom to call. Stands beside every place where a citizen writes.
pub fn safety(municipality: &Municipality) -> AnyView {
    safety_with(municipality, Some(tr!(shared.safety_read)))
}

/// The same, with other words about when it is read, or none where nothing is written.
pub fn safety_with(municipality: &Municipality, read: Option<&'static str>) -> AnyView {
    let danger = tr!(shared.safety_danger, phone = municipality.emergency_phone.clone());
    let crisis = tr!(
        shared.safety_crisis,
        name = municipality.crisis_line_name.clone(),
        phone = municipality.crisis_line_phone.clone()
    );
    let danger = with_call(&danger, &municipality.emergency_phone);
    let crisis = with_call(&crisis, &municipality.crisis_line_phone);
    let report = tr!(shared.safety_report, channel = municipality.reporting_channel.clone());
    view! {
        <div class="rt-safety" role="note" aria-label=tr!(shared.safety_label)>
            {read.map(|read| view! { <p>{read}</p> })}
            <p>{danger} " " {crisis}</p>
            <p>{report}</p>
        </div>
    }
    .into_any()
}

/// Where a press on a number leads; nothing when it is none. A register may say anything.
pub fn tel(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    (digits.len() >= 3 && !number.chars().any(char::is_alphabetic)).then(|| format!("tel:{digits}"))
}

/// A sentence whose number can be pressed.
pub fn with_call(sentence: &str, number: &str) -> AnyView {
    let (Some((before, after)), Some(call)) = (sentence.split_once(number), tel(number)) else {
        return sentence.to_owned().into_any();
    };
    view! { {before.to_owned()} <a href=call>{number.to_owned()}</a> {after.to_owned()} }.into_any()
}
