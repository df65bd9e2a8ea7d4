//! What was moved, changed or cancelled: old and new.

use contract::{Meeting, MeetingSummary};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    tr,
    ui::{Icon, Notice},
    when,
};

/// Whether it is cancelled or moved, as a tag in a list.
pub fn tag(meeting: &MeetingSummary) -> Option<AnyView> {
    if meeting.is_cancelled {
        Some(view! { <span class="rt-tag rt-tag--late">{tr!(meetings.cancelled)}</span> }.into_any())
    } else if meeting.moved_from.is_some() && !meeting.has_begun {
        Some(view! { <span class="rt-tag rt-tag--late">{tr!(meetings.moved)}</span> }.into_any())
    } else {
        None
    }
}

/// What was moved or cancelled, old and new. `None` when nothing was, or it no longer matters.
pub fn changed(meeting: &MeetingSummary) -> Option<AnyView> {
    if meeting.is_cancelled {
        return Some(cancelled(meeting, None));
    }
    let lines = moved(meeting)?;
    (!meeting.has_begun).then(|| notice(tr!(meetings.moved_title), vec![lines]))
}

/// The same on the meeting's own page: also why it was cancelled, and a new place or form.
pub fn changed_whole(meeting: &Meeting) -> Option<AnyView> {
    let summary = &meeting.summary;
    if summary.is_cancelled {
        return Some(cancelled(summary, meeting.cancelled_reason.clone()));
    }
    if summary.has_begun {
        return None;
    }
    let time = moved(summary);
    let title = if time.is_some() { tr!(meetings.moved_title) } else { tr!(meetings.changed_title) };
    // The latest change of each comes first.
    let others = ["place", "form"].into_iter().filter_map(|field| {
        let change = meeting.changes.iter().find(|change| change.field == field)?;
        Some((shown(field, change.old.as_deref())?, shown(field, change.new.as_deref())?))
    });
    let lines: Vec<_> = time.into_iter().chain(others).collect();
    (!lines.is_empty()).then(|| notice(title, lines))
}

fn moved(meeting: &MeetingSummary) -> Option<(String, String)> {
    let before = meeting.moved_from?;
    Some((when::full(&before), when::full(&meeting.time)))
}

fn shown(field: &str, value: Option<&str>) -> Option<String> {
    let value = value?;
    Some(match (field, value) {
        ("form", "in_person") => tr!(meetings.in_person).to_owned(),
        ("form", "phone") => tr!(meetings.by_phone).to_owned(),
        ("form", "video") => tr!(meetings.by_video).to_owned(),
        _ => value.to_owned(),
    })
}

fn cancelled(meeting: &MeetingSummary, reason: Option<String>) -> AnyView {
    let text = if meeting.has_begun { tr!(meetings.cancelled_past) } else { tr!(meetings.cancelled_text) };
    let text = match reason {
        Some(reason) => format!("{text} {}", tr!(meetings.reason, reason = reason)),
        None => text.to_owned(),
    };
    view! { <Notice kind="warning" title=tr!(meetings.cancelled_title) text=text/> }.into_any()
}

fn notice(title: &'static str, lines: Vec<(String, String)>) -> AnyView {
    let pair = |(old, new): (String, String)| {
        view! {
            <dl class="rt-changed">
                <div class="rt-changed__old"><dt>{tr!(meetings.before)}</dt><dd><s>{old}</s></dd></div>
                <div class="rt-changed__new"><dt>{tr!(meetings.now)}</dt><dd>{new}</dd></div>
            </dl>
        }
    };
    view! {
        <div class="rt-notice rt-notice--warning" role="status">
            <Icon name="warning"/>
            <div>
                <h2 class="rt-notice__title">{title}</h2>
                {lines.into_iter().map(pair).collect_view()}
            </div>
        </div>
    }
    .into_any()
}
