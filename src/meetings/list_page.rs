//! All meetings, coming and past.

use contract::time::civil;
use contract::{MeetingList, MeetingSummary};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::{changed, facts::place_line, section};
use crate::{
    api,
    i18n::written,
    load::Load,
    route, tr,
    ui::{Empty, Page},
    when,
};

/// All meetings.
#[component]
pub fn MeetingsPage() -> impl IntoView {
    view! { <Load fetch=api::meetings::list children=|list| view! { <List list=list/> }/> }
}

#[component]
fn List(list: MeetingList) -> impl IntoView {
    let MeetingList { today, coming, past } = list;
    let coming = if coming.is_empty() {
        view! {
            <Empty icon="calendar" title=tr!(meetings.none_title) text=tr!(meetings.none_text)>
                <a class="rt-button" href=route::PREPARE>{tr!(meetings.write_goal)}</a>
            </Empty>
        }
        .into_any()
    } else {
        section("coming", tr!(meetings.coming), rows(&coming, today, true))
    };
    let past = if past.is_empty() {
        view! { <p class="rt-muted">{tr!(meetings.none_past)}</p> }.into_any()
    } else {
        rows(&past, today, false)
    };
    view! {
        <Page title=tr!(meetings.title)>
            {coming}
            {section("past", tr!(meetings.past), past)}
        </Page>
    }
}

fn rows(meetings: &[MeetingSummary], today: civil::Date, is_coming: bool) -> AnyView {
    let rows = meetings.iter().map(|meeting| row(meeting, today, is_coming)).collect_view();
    view! { <ul class="rt-list">{rows}</ul> }.into_any()
}

fn row(meeting: &MeetingSummary, today: civil::Date, is_coming: bool) -> AnyView {
    let day = meeting.time.local_start.date();
    let mut meta = vec![when::full(&meeting.time)];
    if is_coming && day != today && !meeting.is_cancelled {
        meta.push(when::days_from(today, day));
    }
    if is_coming {
        meta.push(place_line(meeting));
    }
    let people = meeting.participant_names.join(", ");
    let is_today = is_coming && day == today && !meeting.is_cancelled;
    view! {
        <li>
            <a href=route::meeting(meeting.id)>
                <span class="rt-list__title" lang=written()>{meeting.purpose.clone()}</span>
                <span class="rt-list__meta">{meta.join(" · ")}</span>
                {(!people.is_empty()).then(|| view! { <span class="rt-list__meta">{people}</span> })}
            </a>
            {is_today.then(|| view! { <span class="rt-tag rt-tag--underway">{tr!(meetings.today)}</span> })}
            {changed::tag(meeting)}
            {minutes_tag(meeting)}
            {(is_coming && meeting.sent_count > 0).then(|| view! { <span class="rt-tag">{sent_count(meeting.sent_count)}</span> })}
        </li>
    }
    .into_any()
}

fn minutes_tag(meeting: &MeetingSummary) -> Option<AnyView> {
    if !meeting.has_minutes {
        return None;
    }
    Some(if meeting.is_minutes_opened {
        view! { <span class="rt-tag">{tr!(meetings.minutes_tag)}</span> }.into_any()
    } else {
        view! { <span class="rt-tag rt-tag--new">{tr!(meetings.new_minutes)}</span> }.into_any()
    })
}

/// "Du har sendt 2 tekster".
pub fn sent_count(count: u32) -> String {
    if when::is_one(count as usize) {
        tr!(meetings.one_sent, count = count)
    } else {
        tr!(meetings.many_sent, count = count)
    }
}
