//! When, where and how, and what to know before one goes there.

use contract::{Meeting, MeetingForm, MeetingSummary};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{tr, ui::Icon, when, words::tel};

/// Where, for the form.
pub fn place_line(meeting: &MeetingSummary) -> String {
    let form = form(meeting.form);
    match (&meeting.place, meeting.form) {
        (Some(place), MeetingForm::InPerson) => place.clone(),
        _ => form.to_owned(),
    }
}

/// "45 minutter", "1 time og 30 minutter".
pub fn how_long(minutes: u16) -> String {
    let (hours, rest) = (usize::from(minutes / 60), usize::from(minutes % 60));
    let in_hours = if when::is_one(hours) {
        tr!(meetings.one_hours, count = hours)
    } else {
        tr!(meetings.many_hours, count = hours)
    };
    let in_minutes = if when::is_one(rest) {
        tr!(meetings.one_minutes, count = rest)
    } else {
        tr!(meetings.many_minutes, count = rest)
    };
    match (hours, rest) {
        (0, _) => in_minutes,
        (_, 0) => in_hours,
        _ => tr!(meetings.hours_and_minutes, hours = in_hours, minutes = in_minutes),
    }
}

/// How people meet, as a sentence without its stop.
pub fn form(form: MeetingForm) -> &'static str {
    match form {
        MeetingForm::InPerson => tr!(meetings.in_person),
        MeetingForm::Phone => tr!(meetings.by_phone),
        MeetingForm::Video => tr!(meetings.by_video),
    }
}

/// How and where it was: nobody goes there any more.
pub fn past(meeting: &MeetingSummary) -> AnyView {
    let place = meeting.place.clone().filter(|_| meeting.form == MeetingForm::InPerson);
    view! {
        <dl class="rt-facts">
            {fact("people", tr!(meetings.how), form(meeting.form).into_any())}
            {place.map(|place| fact("place", tr!(meetings.place_in_person), words(place)))}
        </dl>
    }
    .into_any()
}

/// Everything a person needs to get there.
pub fn facts(meeting: &Meeting) -> AnyView {
    let summary = &meeting.summary;
    let (place_icon, place_name) = match summary.form {
        MeetingForm::InPerson => ("place", tr!(meetings.place_in_person)),
        MeetingForm::Phone => ("phone", tr!(meetings.place_phone)),
        MeetingForm::Video => ("video", tr!(meetings.place_video)),
    };
    let away = when::days_from(meeting.today, summary.time.local_start.date());
    view! {
        <dl class="rt-facts">
            <div><dt><Icon name="calendar"/>{tr!(meetings.time)}</dt><dd>{when::interval(&summary.time)} " · " {away}</dd></div>
            {fact("clock", tr!(meetings.how_long), how_long(summary.time.minutes).into_any())}
            {fact("people", tr!(meetings.how), form(summary.form).into_any())}
            {fact(place_icon, place_name, place(summary))}
            {meeting.entrance.clone().map(|text| fact("door", tr!(meetings.entrance), words(text)))}
            {meeting.received_by.clone().map(|text| fact("person", tr!(meetings.received_by), words(text)))}
            {meeting.bring.clone().map(|text| fact("bring", tr!(meetings.bring), words(text)))}
        </dl>
    }
    .into_any()
}

fn place(meeting: &MeetingSummary) -> AnyView {
    match (&meeting.place, meeting.form) {
        (None, _) => tr!(meetings.place_unknown).into_any(),
        (Some(number), MeetingForm::Phone) => call(number),
        // A link only when it is one: what a person typed is otherwise shown as it stands.
        (Some(link), MeetingForm::Video) if link.starts_with("https://") => {
            view! { <a href=link.clone() rel="external noopener noreferrer">{tr!(meetings.open_video)}</a> }.into_any()
        }
        (Some(place), _) => words(place.clone()),
    }
}

/// An address to write to; as it stands when it is none.
pub fn mail(address: &str) -> AnyView {
    let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "._-+".contains(c));
    if !address.split_once('@').is_some_and(|(name, host)| is_part(name) && is_part(host)) {
        return words(address.to_owned());
    }
    view! { <a href=format!("mailto:{address}")>{address.to_owned()}</a> }.into_any()
}

/// A number to press; as it stands when it is none.
pub fn call(number: &str) -> AnyView {
    match tel(number) {
        Some(call) => view! { <a href=call>{number.to_owned()}</a> }.into_any(),
        None => words(number.to_owned()),
    }
}

fn words(text: String) -> AnyView {
    text.into_any()
}

fn fact(icon: &'static str, name: &'static str, value: AnyView) -> AnyView {
    view! { <div><dt><Icon name=icon/>{name}</dt><dd>{value}</dd></div> }.into_any()
}
