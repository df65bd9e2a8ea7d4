//! One meeting: why, when, where, who, what.

use contract::time::civil;
use contract::{LastTime, Meeting, MeetingForm, MeetingId, paths, paths::Subject};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use roed_traad_spa::markup::view;

use super::{
    agenda::agenda, changed::changed_whole, facts, minutes::SharedMinutes, not_found, participants::people, section,
};
use crate::{
    api,
    i18n::written,
    load::Load,
    plan::steps_list,
    preparation::{Sent, all, said},
    route,
    session::Current,
    tr,
    ui::{Icon, Page},
    when, words,
};

/// One meeting.
#[component]
pub fn MeetingPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<MeetingId>().ok()));
    let fetch = move |abort| {
        let id = id.get();
        async move {
            match id {
                Some(id) => api::meetings::one(Subject::Me, id, abort).await,
                None => Err(not_found()),
            }
        }
    };
    view! { <Load fetch=fetch children=|meeting| view! { <Whole meeting=meeting/> }/> }
}

#[component]
fn Whole(meeting: Meeting) -> impl IntoView {
    let summary = meeting.summary.clone();
    let id = summary.id;
    let is_coming = !summary.has_begun && !summary.is_cancelled;
    // Who is late needs the way in while the meeting is on.
    let is_over = summary.is_over;
    let shared = meeting.minutes.clone().and_then(|minutes| Some((minutes.shared_at?, minutes)));
    let after = match shared {
        Some((shared_at, minutes)) => Some(
            view! {
                <SharedMinutes
                    minutes=minutes
                    meeting=id
                    shared_at=shared_at
                    is_opened=summary.is_minutes_opened
                    today=meeting.today
                />
            }
            .into_any(),
        ),
        None => (summary.has_begun && !summary.is_cancelled).then(|| {
            section("minutes", tr!(meetings.minutes), view! { <p>{tr!(meetings.minutes_waiting)}</p> }.into_any())
        }),
    };
    let is_far = summary.form != MeetingForm::InPerson;
    let (people_title, agenda_title) = match (summary.is_cancelled, is_coming) {
        (true, _) => (tr!(meetings.people_cancelled), tr!(meetings.agenda_cancelled)),
        (false, true) if is_far => (tr!(meetings.people_far), tr!(meetings.agenda)),
        (false, true) => (tr!(meetings.people), tr!(meetings.agenda)),
        (false, false) => (tr!(meetings.people_past), tr!(meetings.agenda_past)),
    };
    let sent = all(meeting.goals.clone(), meeting.topics.clone());
    let has_sent = !sent.is_empty();
    let (title, rest) = words::heading(&summary.purpose);
    let parts = [
        rest.map(|rest| view! { <p lang=written()>{rest}</p> }.into_any()),
        changed_whole(&meeting),
        (!summary.is_cancelled && !is_over).then(|| facts::facts(&meeting)),
        is_coming.then(|| ways(id, meeting.draft_count > 0, has_sent)),
        after,
        (!summary.is_cancelled && is_over).then(|| facts::past(&summary)),
        Some(section("people", people_title, people(meeting.participants.clone(), is_coming))),
        is_coming.then(|| companion(is_far)),
        Some(section("agenda", agenda_title, agenda(meeting.agenda.clone(), is_coming))),
        (has_sent || is_coming).then(|| yours(&sent, is_coming)),
        meeting.last_time.clone().map(|last| last_time(last, meeting.today)),
        is_coming.then(|| view! { <CannotCome phone=meeting.contact_phone.clone()/> }.into_any()),
    ];
    view! {
        <Page
            title=title
            window_title=tr!(meetings.window)
            title_lang=written()
            nostrip:lead=(summary.is_cancelled || is_over).then(|| when::interval(&summary.time))
            back=(route::MEETINGS.to_owned(), tr!(meetings.back).to_owned())
        >
            {parts.into_iter().flatten().collect_view()}
        </Page>
    }
}

fn ways(id: MeetingId, has_drafts: bool, has_sent: bool) -> AnyView {
    let prepare = match (has_drafts, has_sent) {
        (true, _) => tr!(home.finish),
        (false, true) => tr!(meetings.prepare_more),
        (false, false) => tr!(meetings.prepare),
    };
    view! {
        {has_drafts.then(|| view! { <p>{tr!(home.drafts)}</p> })}
        <div class="rt-actions">
            <a class="rt-button" href=route::prepare(id)><Icon name="pen"/>{prepare}</a>
            <a class="rt-button rt-button--quiet" href=paths::calendar(Subject::Me, id) download="moede.ics" rel="external">
                <Icon name="calendar"/>{tr!(meetings.calendar)}
            </a>
        </div>
    }
    .into_any()
}

fn companion(is_far: bool) -> AnyView {
    let title = if is_far { tr!(meetings.companion_title_far) } else { tr!(meetings.companion_title) };
    section("companion", title, view! { <p>{tr!(meetings.companion)}</p> }.into_any())
}

/// Goals and topics for it, and who opened them.
fn yours(sent: &[Sent], is_coming: bool) -> AnyView {
    let topics = if is_coming { tr!(meetings.your_topics) } else { tr!(meetings.your_topics_past) };
    let part = |title: &'static str, fits: fn(&Sent) -> bool| {
        let rows: Vec<_> =
            sent.iter().filter(|one| fits(one) && one.taken_back_at().is_none()).map(|one| said(one, None)).collect();
        (!rows.is_empty()).then(|| view! { <h3>{title}</h3><div>{rows}</div> })
    };
    let content = if sent.iter().all(|one| one.taken_back_at().is_some()) {
        view! { <p class="rt-muted">{tr!(meetings.nothing_sent)}</p> }.into_any()
    } else {
        view! {
            {part(tr!(meetings.your_goals), |one| matches!(one, Sent::Goal(_)))}
            {part(topics, |one| matches!(one, Sent::Topic(_)))}
        }
        .into_any()
    };
    section("yours", tr!(meetings.yours), content)
}

fn last_time(last: LastTime, today: civil::Date) -> AnyView {
    let day = last.time.local_start.date();
    let steps = (!last.steps.is_empty()).then(|| {
        view! { <h3>{tr!(meetings.last_time_steps)}</h3>{steps_list(last.steps, today)} }
    });
    let content = view! {
        <p class="rt-muted">{tr!(meetings.last_time_when, when = when::date(day))}</p>
        {words::quote(last.summary)}
        {steps}
        <a class="rt-more" href=route::meeting(last.meeting)>{tr!(meetings.see_last, date = when::short_date(day))}</a>
    };
    section("last-time", tr!(meetings.last_time), content.into_any())
}

#[component]
fn CannotCome(phone: Option<String>) -> impl IntoView {
    let municipality = Current::take().municipality();
    let phone = phone.unwrap_or(municipality.phone);
    section(
        "cannot-come",
        tr!(meetings.cannot_come),
        view! {
            <p>{tr!(meetings.cannot_come_text)}</p>
            <p><Icon name="phone"/> " " {facts::call(&phone)}</p>
            <p class="rt-muted">{tr!(meetings.official, channel = municipality.official_channel)}</p>
        }
        .into_any(),
    )
}
