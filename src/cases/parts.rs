//! Small pieces that every page for employees uses.

use contract::{CaseCitizen, CitizenId, Employee, MeetingId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use roed_traad_spa::markup::view;

use crate::{route, tr, ui::Page, when};

/// An address that names nothing.
pub fn not_found() -> AnyView {
    view! {
        <Page title=tr!(app.not_found_title) lead=tr!(staff_cases.not_found)>
            <div class="rt-actions"><a class="rt-button" href=route::staff::CASES>{tr!(staff_cases.to_cases)}</a></div>
        </Page>
    }
    .into_any()
}

/// Draws a page about the citizen in the address, anew when the address names another.
pub fn at_citizen(draw: impl Fn(CitizenId) -> AnyView + Send + 'static) -> AnyView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("citizen")?.parse().ok()));
    (move || id.get().map_or_else(not_found, &draw)).into_any()
}

/// Draws a page about the meeting in the address, anew when the address names another.
pub fn at_meeting(draw: impl Fn(CitizenId, MeetingId) -> AnyView + Send + 'static) -> AnyView {
    let params = use_params_map();
    let ids = Memo::new(move |_| {
        params.with(|params| {
            let citizen: CitizenId = params.get("citizen")?.parse().ok()?;
            let meeting: MeetingId = params.get("meeting")?.parse().ok()?;
            Some((citizen, meeting))
        })
    });
    (move || ids.get().map_or_else(not_found, |(citizen, meeting)| draw(citizen, meeting))).into_any()
}

/// A part of a page with its heading.
pub fn section(id: &'static str, title: impl Into<String>, content: AnyView) -> AnyView {
    let title = title.into();
    view! { <section class="rt-section" aria-labelledby=id><h2 id=id>{title}</h2>{content}</section> }.into_any()
}

/// A quiet sentence where there is nothing.
pub fn nothing(words: &'static str) -> AnyView {
    view! { <p class="rt-muted">{words}</p> }.into_any()
}

/// A word in a pill.
pub fn tag(kind: &'static str, words: &'static str) -> AnyView {
    view! { <span class=format!("rt-tag {kind}")>{words}</span> }.into_any()
}

/// That a citizen's name and address are protected; told on every page about them.
pub fn protected(citizen: &CaseCitizen) -> Option<AnyView> {
    citizen.is_protected.then(|| {
        view! { <p><span class="rt-tag rt-tag--must">{tr!(staff_cases.protected)}</span> " " {tr!(staff_cases.protected_text)}</p> }
            .into_any()
    })
}

/// The way back to a citizen's page.
pub fn back_to(citizen: CitizenId, name: &str) -> (String, String) {
    (route::staff::citizen(citizen), name.to_owned())
}

/// "2 nye", when there are any.
pub fn new_count(count: u32) -> Option<AnyView> {
    let words = match count {
        0 => return None,
        _ if when::is_one(usize::try_from(count).unwrap_or(usize::MAX)) => tr!(staff_cases.new_single, count = count),
        _ => tr!(staff_cases.new_several, count = count),
    };
    Some(view! { <span class="rt-count">{words}</span> }.into_any())
}

/// The directory as a list to choose from.
pub fn employee_options(employees: &[Employee]) -> Vec<(String, String)> {
    employees
        .iter()
        .map(|employee| {
            let words = format!("{}, {}, {}", employee.name.as_str(), employee.role.as_str(), employee.unit.as_str());
            (employee.id.to_string(), words)
        })
        .collect()
}

/// Goes to another page of the app.
pub fn go(navigate: &impl Fn(&str, leptos_router::NavigateOptions), to: &str) {
    navigate(to, leptos_router::NavigateOptions::default());
}

/// The name the citizen prefers, and the registered one when it is another: a caseload has more than one Anna. A first
/// name stands in the registered one already.
pub fn both_names(citizen: &CaseCitizen) -> String {
    match &citizen.registered_name {
        Some(registered) if registered.split(' ').next() == Some(&citizen.name) => registered.clone(),
        Some(registered) => format!("{} ({registered})", citizen.name),
        None => citizen.name.clone(),
    }
}
