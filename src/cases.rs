//! An employee's own meetings and citizens.

use contract::time::civil;
use contract::{CaseCitizen, CaseMeeting, Caseload};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    api,
    everywhere::SignOutEverywhere,
    load::{Load, Reload},
    route, tr,
    ui::{Empty, Page},
    when,
};

pub mod assessment;
mod citizen;
pub mod closed;
mod look_delay;
pub mod opening;
pub mod parts;
pub mod said;
pub mod shared;

pub use citizen::CitizenPage;
pub use closed::ReasonPage;
use parts::{both_names, new_count, nothing, section, tag};

/// The first screen: meetings by day, what waits, and the employee's citizens.
#[component]
pub fn MyMeetingsPage() -> impl IntoView {
    // A name is never part of an address: what is searched for stays in memory.
    let typed = RwSignal::new(String::new());
    let searched = RwSignal::new(String::new());
    let search = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        searched.set(typed.get_untracked().trim().to_owned());
    };
    let clear = move |_| {
        typed.set(String::new());
        searched.set(String::new());
    };
    let all = RwSignal::new(false);
    let fetch = move |abort| {
        let (words, all) = (searched.get(), all.get_untracked());
        async move { api::staff::caseload(&words, all, abort).await }
    };
    view! {
        <Page title=tr!(app.cases)>
            <form class="rt-search" role="search" on:submit=search>
                <label class="form-label" for="search">{tr!(staff_cases.search)}</label>
                <div>
                    <input class="form-input" type="search" id="search" autocomplete="off" prop:value=typed
                        on:input=move |event| typed.set(event_target_value(&event))/>
                    <button class="rt-button rt-button--secondary" type="submit">{tr!(staff_cases.do_search)}</button>
                </div>
            </form>
            <Load fetch=fetch children=move |caseload| {
                if searched.with_untracked(String::is_empty) { overview(caseload, all) } else { found(caseload.citizens) }
            }/>
            {move || (!searched.with(String::is_empty)).then(|| view! {
                <button type="button" class="rt-link-button" on:click=clear>{tr!(staff_cases.show_all)}</button>
            })}
            <SignOutEverywhere/>
        </Page>
    }
}

fn found(citizens: Vec<CaseCitizen>) -> AnyView {
    let count = citizens.len();
    let title = if when::is_one(count) {
        tr!(staff_cases.found_single, count = count)
    } else {
        tr!(staff_cases.found_several, count = count)
    };
    let list = if citizens.is_empty() { nothing(tr!(staff_cases.found_none)) } else { citizen_list(citizens) };
    let status = title.clone();
    view! { <p class="rt-hidden" role="status">{status}</p>{section("found", title, list)} }.into_any()
}

fn overview(caseload: Caseload, all: RwSignal<bool>) -> AnyView {
    let (today, later) = (caseload.today, caseload.later as usize);
    let coming = if !caseload.coming.is_empty() {
        by_day(caseload.coming, today)
    } else if later > 0 {
        view! { <Empty icon="calendar" title=tr!(staff_cases.none_soon) text=tr!(staff_cases.none_soon_text)/> }
            .into_any()
    } else {
        view! { <Empty icon="calendar" title=tr!(staff_cases.no_meetings) text=tr!(staff_cases.no_meetings_text)/> }
            .into_any()
    };
    let reload = Reload::take();
    let show = move |_| {
        all.set(true);
        reload.then_focus("coming");
    };
    let show_later = (later > 0).then(|| {
        let words = if when::is_one(later) {
            tr!(staff_cases.later_single, count = later)
        } else {
            tr!(staff_cases.later_several, count = later)
        };
        view! { <button type="button" class="rt-button rt-button--secondary" on:click=show>{words}</button> }
    });
    let waiting = (!caseload.waiting.is_empty()).then(|| {
        let rows = caseload.waiting.into_iter().map(|case| waiting_row(case, today)).collect_view();
        section(
            "waiting",
            tr!(staff_cases.waiting),
            view! { <p class="rt-muted">{tr!(staff_cases.waiting_text)}</p><ul class="rt-list">{rows}</ul> }.into_any(),
        )
    });
    let citizens = if caseload.citizens.is_empty() {
        nothing(tr!(staff_cases.no_citizens))
    } else {
        citizen_list(caseload.citizens)
    };
    view! {
        <div class="rt-columns">
            <div id="coming" tabindex="-1">{coming}{show_later}</div>
            <aside aria-label=tr!(staff_cases.aside)>{waiting}{section("citizens", tr!(staff_cases.citizens), citizens)}</aside>
        </div>
    }
    .into_any()
}

fn by_day(meetings: Vec<CaseMeeting>, today: civil::Date) -> AnyView {
    let day_of = |case: &CaseMeeting| case.time.local_start.date();
    let mut days: Vec<Vec<CaseMeeting>> = Vec::new();
    for case in meetings {
        match days.last_mut() {
            Some(last) if last.first().map(day_of) == Some(day_of(&case)) => last.push(case),
            _ => days.push(vec![case]),
        }
    }
    let draw = |cases: Vec<CaseMeeting>| {
        let date = cases.first().map_or(today, day_of);
        let id = format!("day-{date}");
        let by = id.clone();
        let heading = format!("{} · {}", when::date(date), when::days_from(today, date));
        view! {
            <section class="rt-section" aria-labelledby=by>
                <h2 id=id>{heading}</h2>
                <ul class="rt-list">{cases.into_iter().map(meeting_row).collect_view()}</ul>
            </section>
        }
        .into_any()
    };
    days.into_iter().map(draw).collect_view().into_any()
}

fn meeting_row(case: CaseMeeting) -> AnyView {
    let CaseMeeting { citizen, id, time, is_cancelled, is_moved, .. } = case;
    let title = format!("{} {}", when::clock(time.local_start.time()), both_names(&citizen));
    view! {
        <li>
            <a href=route::staff::brief(citizen.id, id)>
                <span class="rt-list__title">{title}</span>
            </a>
            {new_count(citizen.unopened)}
            {is_cancelled.then(|| tag("", tr!(staff_cases.cancelled)))}
            {(is_moved && !is_cancelled).then(|| tag("rt-tag--late", tr!(staff_cases.moved)))}
            {citizen.is_protected.then(|| tag("rt-tag--must", tr!(staff_cases.protected)))}
        </li>
    }
    .into_any()
}

fn waiting_row(case: CaseMeeting, today: civil::Date) -> AnyView {
    let CaseMeeting { citizen, id, time, has_minutes_draft, .. } = case;
    let date = time.local_start.date();
    let when = format!("{} · {}", when::short_date(date), when::days_from(today, date));
    let state = if has_minutes_draft { tr!(staff_cases.is_draft) } else { tr!(staff_cases.not_written) };
    view! {
        <li>
            <a href=route::staff::minutes(citizen.id, id)>
                <span class="rt-list__title">{both_names(&citizen)}</span>
                <span class="rt-list__meta">{when}</span>
            </a>
            {tag("rt-tag--late", state)}
        </li>
    }
    .into_any()
}

fn citizen_list(citizens: Vec<CaseCitizen>) -> AnyView {
    let row = |citizen: CaseCitizen| {
        view! {
            <li>
                <a href=route::staff::citizen(citizen.id)><span class="rt-list__title">{both_names(&citizen)}</span></a>
                {new_count(citizen.unopened)}
                {citizen.is_protected.then(|| tag("rt-tag--must", tr!(staff_cases.protected)))}
            </li>
        }
        .into_any()
    };
    view! { <ul class="rt-list">{citizens.into_iter().map(row).collect_view()}</ul> }.into_any()
}
