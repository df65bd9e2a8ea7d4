//! Participants as people.

use contract::Participant;
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{tr, words};

/// How many quiet colours there are for a person's mark.
const COLOURS: usize = 6;

/// Who comes: name, role in one plain line, why they come, and whether one has met them.
pub fn people(people: Vec<Participant>, is_coming: bool) -> AnyView {
    if people.is_empty() {
        return view! { <p class="rt-muted">{tr!(meetings.no_people)}</p> }.into_any();
    }
    let rows = people.into_iter().enumerate().map(|(at, person)| row(at, person, is_coming)).collect_view();
    view! { <ul class="rt-people">{rows}</ul> }.into_any()
}

fn row(at: usize, person: Participant, is_coming: bool) -> AnyView {
    let mark = format!("rt-person__mark rt-person__mark--{}", at % COLOURS + 1);
    // Whether one had met them before a meeting that is over says nothing.
    let met = is_coming.then(|| {
        let words = match (person.is_met_before, person.is_in_plan) {
            (true, _) => tr!(meetings.met),
            (false, true) => tr!(meetings.in_plan),
            (false, false) => tr!(meetings.new),
        };
        view! { <span class="rt-tag">{words}</span> }
    });
    let role = match (person.role, person.unit) {
        (Some(role), Some(unit)) => Some(tr!(meetings.role_unit, role = words::capital(&role), unit = unit)),
        (Some(one), None) | (None, Some(one)) => Some(words::capital(&one)),
        (None, None) => None,
    };
    view! {
        <li class="rt-person">
            <span class=mark aria-hidden="true">{initials(&person.name)}</span>
            <div>
                <p class="rt-person__name">{person.name} " " {met}</p>
                {role.map(|line| view! { <p class="rt-person__role">{line}</p> })}
                {person.role_line.map(|line| view! { <p class="rt-person__role">{line}</p> })}
                <p class="rt-person__why">{tr!(meetings.why, why = person.why)}</p>
            </div>
        </li>
    }
    .into_any()
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next();
    let letters = [first, words.next_back()].into_iter().flatten().filter_map(|word| word.chars().next());
    letters.flat_map(char::to_uppercase).collect()
}
