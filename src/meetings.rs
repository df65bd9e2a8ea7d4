//! Meetings, coming and past.

use contract::MeetingSummary;
use leptos::prelude::*;

use crate::tr;

/// Where, for the form.
pub fn place_line(meeting: &MeetingSummary) -> String {
    meeting.place.clone().unwrap_or_else(|| tr!(shared.form_phone).to_owned())
}

/// What was moved or cancelled, old and new.
pub fn changed(_meeting: &MeetingSummary) -> Option<AnyView> {
    None
}
