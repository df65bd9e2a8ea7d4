//! What to know before a meeting, in one minute.

use contract::{Brief, LastTime, Meeting, paths::Subject};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    api,
    cases::{
        parts::{at_meeting, back_to, nothing, protected, section},
        shared,
    },
    load::Load,
    meetings, route, tr,
    ui::{Icon, Notice, Page},
    when, words,
};

mod agenda;
mod assessment;
mod opening;
mod said;

pub use agenda::{Added, on_agenda};

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
    let Brief { citizen, profile, meeting, unopened_goals, unopened_topics, unopened_comments, unassessed, .. } = brief;
    let subject = Subject::Citizen(citizen.id);
    opening::send(subject, &unopened_goals, &unopened_topics, &unopened_comments);
    let summary = &meeting.summary;
    let today = meeting.today;
    let eyebrow =
        format!("{} · {}", when::interval(&summary.time), when::days_from(today, summary.time.local_start.date()));
    let added = Added::new(citizen.id, &meeting);
    let is_open = !summary.is_cancelled && meeting.minutes.as_ref().is_none_or(|minutes| minutes.shared_at.is_none());
    let new_topics: Vec<_> = unopened_topics.iter().map(|topic| topic.id).collect();
    let other_topics: Vec<_> = meeting.topics.iter().filter(|topic| !new_topics.contains(&topic.id)).cloned().collect();
    // A disagreement that waits for an answer stands with its question, not twice.
    let comments: Vec<_> =
        unopened_comments.into_iter().filter(|new| unassessed.iter().all(|own| own.id != new.id)).collect();
    let has_new = !(unopened_goals.is_empty() && unopened_topics.is_empty() && comments.is_empty());
    let new = if has_new {
        view! {
            {said::goals(unopened_goals, true)}
            {said::topics(unopened_topics, true, added, is_open)}
            {said::comments(comments)}
        }
        .into_any()
    } else {
        nothing(tr!(staff_brief.nothing_new))
    };
    let promises = if brief.promises.is_empty() {
        nothing(tr!(staff_brief.no_promises))
    } else {
        said::steps(citizen.id, brief.promises, today)
    };
    let known = brief.goals;
    view! {
        <Page title=citizen.name.clone() eyebrow=eyebrow lead=summary.purpose.clone() back=back_to(citizen.id, &citizen.name)>
            {protected(&citizen)}
            {told_first(&meeting)}
            {shared::contact(&profile)}
            {actions(citizen.id, &meeting)}
            <div class="rt-columns">
                <div>
                    {section("new", tr!(staff_brief.new), new)}
                    {(!other_topics.is_empty()).then(|| {
                        section("topics", tr!(staff_brief.topics), said::topics(other_topics, false, added, is_open))
                    })}
                    {(!unassessed.is_empty()).then(|| {
                        section("assess", tr!(staff_brief.assess), assessment::list(citizen.id, unassessed))
                    })}
                    {section("promises", tr!(staff_brief.promises), promises)}
                    {section("last", tr!(staff_brief.last_time), last_time(citizen.id, brief.last_time, today))}
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
    let waits = meeting.summary.has_begun && !meeting.summary.has_minutes;
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

fn last_time(citizen: contract::CitizenId, last: Option<LastTime>, today: contract::time::civil::Date) -> AnyView {
    let Some(last) = last else { return nothing(tr!(staff_brief.no_last_time)) };
    let link = route::staff::brief(citizen, last.meeting);
    view! {
        <p class="rt-muted"><a class="rt-link" href=link>{when::date(last.time.local_start.date())}</a></p>
        <blockquote class="rt-words"><p>{last.summary}</p></blockquote>
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
