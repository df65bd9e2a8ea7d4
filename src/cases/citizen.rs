use contract::time::civil;
use contract::{CaseFile, CitizenId, MeetingSummary, PlanMember, Topic, paths::Subject};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::{
    closed, look_delay, opening,
    parts::{at_citizen, both_names, nothing, protected, section, tag},
    said, shared,
};
use crate::{
    api,
    i18n::written,
    load::Load,
    plan::people_list,
    route, tr,
    ui::{Notice, Page},
    when,
};

/// A citizen's page: who it is, what stands, what waits.
#[component]
pub fn CitizenPage() -> impl IntoView {
    at_citizen(|citizen| view! { <Load fetch=move |abort| api::staff::file(citizen, abort) children=file/> }.into_any())
}

fn file(file: CaseFile) -> AnyView {
    let (id, today) = (file.citizen.id, file.today);
    let delay = look_delay::part(&file);
    let (past, coming): (Vec<_>, Vec<_>) = file
        .meetings
        .into_iter()
        .partition(|meeting| meeting.time.local_end.date() < today || (meeting.has_begun && meeting.has_minutes));
    let coming = if coming.is_empty() { nothing(tr!(staff_cases.no_coming)) } else { meetings(id, coming, today) };
    let past = (!past.is_empty()).then(|| section("past", tr!(staff_cases.past), meetings(id, past, today)));
    // Who only looks has opened nothing on the contact person's behalf; and a mark would tell of a look that is told later.
    if !file.only_looks && file.look_delay.is_none() {
        opening::send(Subject::Citizen(id), &file.unopened);
    }
    let on_agenda = |topic: &Topic| {
        let words = if topic.is_on_agenda { tr!(staff_brief.is_on_agenda) } else { tr!(staff_cases.take_up) };
        nothing(words)
    };
    let new = said::new(id, file.unopened, file.disagreements, today, &on_agenda);
    view! {
        <Page title=both_names(&file.citizen) window_title=tr!(staff_cases.window) back=(route::staff::CASES.to_owned(), tr!(app.cases).to_owned())>
            {protected(&file.citizen)}
            {closed::told(id, &file.closed)}
            {file.only_looks.then(|| view! {
                <Notice kind="info" title=tr!(staff_closed.only_looks) text=tr!(staff_closed.only_looks_text)/>
            })}
            {shared::contact(&file.profile)}
            <div class="rt-actions">
                {(!file.only_looks).then(|| view! {
                    <a class="rt-button" href=route::staff::arrange(id)>{tr!(staff_cases.arrange)}</a>
                })}
                <a class="rt-button rt-button--secondary" href=route::staff::plan(id)>{tr!(staff_cases.plan)}</a>
                <a class="rt-button rt-button--quiet" href=route::staff::history(id)>{tr!(staff_cases.history)}</a>
            </div>
            <div class="rt-columns">
                <div>{new}{section("coming", tr!(staff_cases.coming), coming)}{past}</div>
                <aside aria-label=tr!(staff_cases.about)>
                    {section("own", tr!(staff_cases.own_words), shared::own_words(&file.profile))}
                    {section("people", tr!(staff_cases.people), people(file.people))}
                    {delay}
                </aside>
            </div>
        </Page>
    }
    .into_any()
}

fn meetings(citizen: CitizenId, meetings: Vec<MeetingSummary>, today: civil::Date) -> AnyView {
    let row = move |meeting: MeetingSummary| {
        let date = meeting.time.local_start.date();
        let line = format!("{} · {}", when::full(&meeting.time), when::days_from(today, date));
        let waits = meeting.is_over && !meeting.has_minutes && !meeting.is_cancelled;
        view! {
            <li>
                <a href=route::staff::brief(citizen, meeting.id)>
                    <span class="rt-list__title" lang=written()>{meeting.purpose}</span>
                    <span class="rt-list__meta">{line}</span>
                </a>
                {meeting.is_cancelled.then(|| tag("", tr!(staff_cases.cancelled)))}
                {meeting.has_minutes.then(|| tag("rt-tag--done", tr!(staff_cases.minutes_shared)))}
                {waits.then(|| tag("rt-tag--late", tr!(staff_cases.minutes_wait)))}
            </li>
        }
        .into_any()
    };
    view! { <ul class="rt-list">{meetings.into_iter().map(row).collect_view()}</ul> }.into_any()
}

fn people(people: Vec<PlanMember>) -> AnyView {
    if people.is_empty() { nothing(tr!(staff_cases.no_people)) } else { people_list(people) }
}
