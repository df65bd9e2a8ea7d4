//! A meeting as a calendar file. Phones show calendars to others, so it tells when and where, and nothing about why.

use axum::{
    extract::State,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::IntoResponse,
};
use contract::Problem;
use icalendar::{Calendar, Class, Component as _, EventLike as _, EventStatus, Property};
use jiff::{SignedDuration, Timestamp};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::App,
    entity::meeting,
    error::Result,
    meetings,
    request::{At, Whose},
    session::SignedIn,
};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_calendar))
}

/// A calendar file of one meeting.
#[utoipa::path(
    get,
    path = "/api/citizens/{subject}/meetings/{meeting}/calendar.ics",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("meeting" = Uuid, Path)),
    responses((status = 200, body = String, content_type = "text/calendar"), (status = "default", body = Problem))
)]
async fn get_calendar(
    State(app): State<App>,
    who: SignedIn,
    At((whose, id)): At<(Whose, Uuid)>,
) -> Result<impl IntoResponse> {
    let row = app.read_case(who, whose.0, "calendar", move |access, tx| Box::pin(meetings::store::row(access, tx, id)));
    let text = file(&row.await?, &app.config.calendar_title);
    let headers =
        [(CONTENT_TYPE, "text/calendar; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"moede.ics\"")];
    Ok((headers, text))
}

/// The file. The same meeting is the same UID, so a calendar replaces what it had when the sequence is higher.
fn file(row: &meeting::Model, title: &str) -> String {
    let starts = row.starts_at.0;
    let ends = starts + SignedDuration::from_mins(row.minutes.into());
    let mut event = icalendar::Event::new();
    event
        .uid(&format!("{}@roed-traad", row.meeting_id))
        .summary(title)
        .add_property("DTSTART", utc(starts))
        .add_property("DTEND", utc(ends))
        .sequence(u32::try_from(row.sequence).unwrap_or_default())
        .class(Class::Private)
        .add_property("DTSTAMP", utc(row.changed_at.0))
        .add_property("LAST-MODIFIED", utc(row.changed_at.0))
        .status(if row.is_cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    if let Some(place) = &row.place {
        event.location(&place.as_str().replace('\r', ""));
    }
    // The library's `new` names itself as the maker, and there may be one.
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Rød Tråd//DA"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("METHOD", "PUBLISH"));
    calendar.push(event.done()).done().to_string()
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
