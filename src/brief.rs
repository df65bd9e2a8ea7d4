//! What to know before a meeting, in one minute.

use contract::time::civil;
use contract::{Brief, CitizenId, LastTime, Meeting, StepId, Topic, paths::Subject};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    api,
    cases::{
        closed, opening,
        parts::{at_meeting, back_to, both_names, nothing, protected, section},
        said, shared,
    },
    load::Load,
    meetings, route, tr,
    ui::{Icon, Notice, Page},
    when, words,
};

mod agenda;

use agenda::{Added, OnAgenda};

/// The brief.
#[component]
pub fn BriefPage() -> impl IntoView {
    at_meeting(|citizen, meeting| {
        view! { <Load fetch=move |abort| api::staff::brief(citizen, meeting, abort) children=|brief| view! { <Whole brief=brief/> }/> }
            .into_any()
    })
}

#[component]
fn Whole(brief: Brief) -> impl IntoView {
    let Brief { citizen, profile, meeting, unopened, disagreements, topics, carried, .. } = brief;
    if !brief.has_look_delay {
        opening::send(Subject::Citizen(citizen.id), &unopened);
    }
    let summary = &meeting.summary;
    let today = meeting.today;
    let eyebrow =
        format!("{} · {}", when::interval(&summary.time), when::days_from(today, summary.time.local_start.date()));
    let is_open = !summary.is_cancelled && meeting.minutes.as_ref().is_none_or(|minutes| minutes.shared_at.is_none());
    let added = Added::new(citizen.id, &meeting, is_open);
    let on_agenda = |topic: &Topic| {
        let was_there = topic.is_on_agenda || meeting.agenda.iter().any(|item| item.topic == Some(topic.id));
        view! { <OnAgenda id=topic.id.0 topic=Some(topic.id) text=topic.text.clone() was_there=was_there added=added/> }
            .into_any()
    };
    let new = said::new(citizen.id, unopened, disagreements, today, &on_agenda);
    let topics = (!topics.is_empty())
        .then(|| section("topics", tr!(staff_brief.topics), said::topics(topics, false, &on_agenda)));
    let carried =
        (!carried.is_empty()).then(|| section("carried", tr!(staff_brief.carried), agenda::carried(carried, added)));
    // What is still open stands under its own heading, not twice.
    let shown: Vec<_> = brief.promises.iter().chain(&brief.citizen_steps).map(|step| step.id).collect();
    let promises = if brief.promises.is_empty() {
        nothing(tr!(staff_brief.no_promises))
    } else {
        said::steps(citizen.id, brief.promises, today)
    };
    let known = brief.goals;
    let last_time = last_time(citizen.id, brief.last_time, &shown, today);
    view! {
        <Page title=both_names(&citizen) window_title=tr!(staff_brief.window) eyebrow=eyebrow lead=summary.purpose.clone() back=back_to(citizen.id, &citizen.name)>
            {protected(&citizen)}
            {closed::told(citizen.id, &brief.closed)}
            {told_first(&meeting)}
            {shared::contact(&profile)}
            {actions(citizen.id, &meeting)}
            <div class="rt-columns">
                <div>
                    {new}
                    {topics}
                    {carried}
                    {section("promises", tr!(staff_brief.promises), promises)}
                    {section("last", tr!(staff_brief.last_time), last_time)}
                    {(!brief.citizen_steps.is_empty()).then(|| {
                        section("their-steps", tr!(staff_brief.citizen_steps), said::steps(citizen.id, brief.citizen_steps, today))
                    })}
                </div>
                <aside aria-label=tr!(staff_brief.aside)>
                    {section("own", tr!(staff_cases.own_words), shared::own_words(&profile))}
                    {section("agenda", tr!(staff_brief.agenda), agenda::list(&meeting, added))}
                    {section("facts", tr!(staff_brief.meeting), facts(&meeting))}
                    {(!known.is_empty()).then(|| section("goals", tr!(staff_brief.goals), said::goals(known, false)))}
                    {(!brief.efforts.is_empty()).then(|| section("efforts", tr!(staff_brief.efforts), said::efforts(brief.efforts)))}
                </aside>
            </div>
        </Page>
    }
}

/// What changes everything else: cancelled, or minutes that wait.
fn told_first(meeting: &Meeting) -> Option<AnyView> {
    if meeting.summary.is_cancelled {
        let reason = meeting.cancelled_reason.clone().unwrap_or_default();
        return Some(view! { <Notice kind="warning" title=tr!(staff_brief.is_cancelled) text=reason/> }.into_any());
    }
    let waits = meeting.summary.is_over && !meeting.summary.has_minutes;
    waits.then(|| view! { <Notice kind="warning" title=tr!(staff_brief.minutes_wait) text=tr!(staff_brief.minutes_wait_text)/> }.into_any())
}

fn actions(citizen: contract::CitizenId, meeting: &Meeting) -> AnyView {
    let (id, summary) = (meeting.summary.id, &meeting.summary);
    let can_write = summary.has_begun && !summary.is_cancelled;
    let can_change = !summary.has_begun && !summary.is_cancelled;
    let write = if summary.has_minutes { tr!(staff_brief.correct_minutes) } else { tr!(staff_brief.write_minutes) };
    view! {
        <div class="rt-actions">
            {can_write.then(|| view! { <a class="rt-button" href=route::staff::minutes(citizen, id)>{write}</a> })}
            {can_change.then(|| view! {
                <a class="rt-button" href=route::staff::change(citizen, id)>{tr!(staff_brief.change)}</a>
            })}
            <a class="rt-button rt-button--secondary" href=route::staff::plan(citizen)>{tr!(staff_cases.plan)}</a>
            <a class="rt-button rt-button--quiet" href=route::staff::history(citizen)>{tr!(staff_cases.history)}</a>
            {can_change.then(|| view! {
                <a class="rt-button rt-button--quiet" href=route::staff::cancel(citizen, id)>{tr!(staff_brief.cancel)}</a>
            })}
        </div>
    }
    .into_any()
}

fn last_time(citizen: CitizenId, last: Option<LastTime>, shown: &[StepId], today: civil::Date) -> AnyView {
    let Some(mut last) = last else { return nothing(tr!(staff_brief.no_last_time)) };
    last.steps.retain(|step| !shown.contains(&step.id));
    let link = route::staff::brief(citizen, last.meeting);
    view! {
        <p class="rt-muted"><a class="rt-link" href=link>{when::date(last.time.local_start.date())}</a></p>
        {words::quote(last.summary)}
        {(!last.steps.is_empty()).then(|| said::steps(citizen, last.steps, today))}
    }
    .into_any()
}

fn facts(meeting: &Meeting) -> AnyView {
    let summary = &meeting.summary;
    let people = meeting.participants.iter().map(|person| {
        let role = [person.role.clone(), person.unit.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
        view! {
            <li class="rt-person"><div>
                <p class="rt-person__name">{person.name.clone()}</p>
                {(!role.is_empty()).then(|| view! { <p class="rt-person__role">{role}</p> })}
                <p class="rt-person__why">{person.why.clone()}</p>
            </div></li>
        }
        .into_any()
    });
    view! {
        {meetings::changed(summary)}
        <dl class="rt-facts">
            <div><dt><Icon name="calendar"/>{tr!(staff_brief.when)}</dt><dd>{when::interval(&summary.time)}</dd></div>
            <div><dt><Icon name="place"/>{tr!(staff_brief.place)}</dt><dd>{meetings::place_line(summary)}</dd></div>
            <div><dt><Icon name="flag"/>{tr!(staff_brief.area)}</dt><dd>{words::area(summary.area)}</dd></div>
        </dl>
        <ul class="rt-people">{people.collect_view()}</ul>
    }
    .into_any()
}
