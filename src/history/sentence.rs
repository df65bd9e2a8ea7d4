//! An event in words: who did what, and old and new.

use contract::time::civil;
use contract::{Author, Event, EventKind, FieldChange};
use uuid::Uuid;

use crate::{session::is_own_case, tr, when, words};

/// Texts longer than this are cut where they are told about; they stand whole where they belong.
const LONGEST: usize = 160;

/// One event as whole sentences. To the citizen, what they did themself is "du".
pub fn sentence(event: &Event, is_citizen_reading: bool) -> String {
    let mut told = vec![happened(event, is_citizen_reading)];
    if has_details(event.kind) {
        let changes = event.changes.iter().filter(|change| !is_told(event.kind, &change.field));
        told.extend(changes.filter_map(|change| detail(event.kind, change)));
    }
    // What is quoted has brought a stop of its own.
    told.join(" ").replace("?”.", "?”").replace("!”.", "!”")
}

fn happened(event: &Event, is_citizen_reading: bool) -> String {
    let who = subject(&event.by, is_citizen_reading);
    let quoted = event.title.as_deref().map(quote);
    let named =
        |known: fn(String) -> String, unknown: &'static str| quoted.clone().map_or_else(|| unknown.to_owned(), known);
    let goal = || named(|title| tr!(history.the_goal, title = title), tr!(history.a_goal));
    let topic = || named(|title| tr!(history.the_topic, title = title), tr!(history.a_topic));
    let meeting = || named(|title| tr!(history.the_meeting, title = title), tr!(history.a_meeting));
    let step = || named(|title| tr!(history.the_step, title = title), tr!(history.a_step));
    let effort = || named(|title| tr!(history.the_effort, title = title), tr!(history.an_effort));
    let text = || quoted.clone().unwrap_or_else(|| "“…”".to_owned());
    let change = |field: &str| event.changes.iter().find(|change| change.field == field);
    match event.kind {
        EventKind::GoalSent => tr!(history.sent, who = who, what = goal()),
        EventKind::GoalChanged => tr!(history.changed, who = who, what = goal()),
        EventKind::GoalTakenBack => tr!(history.taken_back, who = who, what = goal()),
        EventKind::TopicSent => tr!(history.sent, who = who, what = topic()),
        EventKind::TopicChanged => tr!(history.changed, who = who, what = topic()),
        EventKind::TopicTakenBack => tr!(history.taken_back, who = who, what = topic()),
        EventKind::MeetingArranged => match moment(change("local_start").and_then(|change| change.new.as_deref())) {
            Some(time) => tr!(history.meeting_arranged_at, who = who, what = meeting(), time = time),
            None => tr!(history.meeting_arranged, who = who, what = meeting()),
        },
        EventKind::MeetingMoved => {
            let times = change("local_start")
                .and_then(|change| moment(change.old.as_deref()).zip(moment(change.new.as_deref())));
            match times {
                Some((old, new)) => tr!(history.meeting_moved_from, who = who, what = meeting(), old = old, new = new),
                None => tr!(history.meeting_moved, who = who, what = meeting()),
            }
        }
        EventKind::MeetingChanged => tr!(history.changed, who = who, what = meeting()),
        EventKind::AgendaChanged => tr!(history.agenda_changed, who = who, what = meeting()),
        EventKind::MeetingCancelled => match moment(change("local_start").and_then(|change| change.old.as_deref())) {
            Some(time) => tr!(history.meeting_cancelled_at, who = who, what = meeting(), time = time),
            None => tr!(history.meeting_cancelled, who = who, what = meeting()),
        },
        EventKind::MinutesDraftChanged => tr!(history.minutes_draft_changed, who = who, what = meeting()),
        EventKind::MinutesShared => tr!(history.minutes_shared, who = who, what = meeting()),
        EventKind::MinutesCorrected => tr!(history.minutes_corrected, who = who, what = meeting()),
        EventKind::StepAdded => match change("due").and_then(|change| value("due", change.new.as_deref())) {
            Some(day) => tr!(history.step_added_due, who = who, what = step(), day = day),
            None => tr!(history.step_added, who = who, what = step()),
        },
        EventKind::StepReworded => tr!(history.changed, who = who, what = step()),
        EventKind::StepMoved => {
            let states = change("state").and_then(|change| change.old.as_deref().zip(change.new.as_deref()));
            match states {
                Some((old, new)) => {
                    tr!(history.step_moved, who = who, what = step(), old = state(old), new = state(new))
                }
                None => tr!(history.changed, who = who, what = step()),
            }
        }
        EventKind::EffortStarted => tr!(history.effort_started, who = who, what = effort()),
        EventKind::EffortChanged => tr!(history.changed, who = who, what = effort()),
        EventKind::EffortEnded => tr!(history.effort_ended, who = who, what = effort()),
        EventKind::RemarkWritten => tr!(history.remark_written, who = who, text = text()),
        EventKind::RemarkChanged => tr!(history.remark_changed, who = who, text = text()),
        EventKind::DisagreementWritten => tr!(history.disagreement_written, who = who, text = text()),
        EventKind::DisagreementChanged => tr!(history.disagreement_changed, who = who, text = text()),
        EventKind::DisagreementAssessed => match change("assessment").and_then(|change| change.new.as_deref()) {
            Some("complaint") => tr!(history.assessed_complaint, who = who, text = text()),
            Some("no_complaint") => {
                let told = tr!(history.assessed_no_complaint, who = who, text = text());
                if is_citizen_reading { format!("{told} {}", tr!(history.assessed_call)) } else { told }
            }
            _ => tr!(history.assessed, who = who, text = text()),
        },
        EventKind::ProfileChanged => tr!(history.profile_changed, who = who),
        EventKind::RepresentationGiven | EventKind::RepresentationTakenBack => {
            representation(event, is_citizen_reading && is_own_case())
        }
        EventKind::ChoicesChanged => tr!(history.choices_changed, who = who),
        EventKind::MemberAdded => {
            let title = event.title.clone().unwrap_or_else(|| tr!(history.somebody).to_owned());
            tr!(history.member_added, title = title)
        }
    }
}

/// Whom the citizen lets act for them, or no more.
fn representation(event: &Event, is_own: bool) -> String {
    let name = event.title.clone().unwrap_or_else(|| tr!(history.somebody).to_owned());
    let citizen = words::who(&event.by, false);
    match (event.kind, is_own) {
        (EventKind::RepresentationGiven, true) => tr!(history.representation_given_you, name = name),
        (EventKind::RepresentationGiven, false) => tr!(history.representation_given, who = citizen, name = name),
        (_, true) => tr!(history.representation_taken_back_you, name = name),
        (_, false) => tr!(history.representation_taken_back, name = name, citizen = citizen),
    }
}

/// Who, at the beginning of a sentence.
fn subject(author: &Author, is_citizen_reading: bool) -> String {
    match author {
        Author::Citizen { .. } if is_citizen_reading && is_own_case() => tr!(history.you).to_owned(),
        // The sentence goes on behind what stands between commas.
        Author::Representative { .. } => words::who(author, is_citizen_reading) + ",",
        _ => words::capital(&words::who(author, is_citizen_reading)),
    }
}

fn has_details(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::GoalChanged
            | EventKind::TopicChanged
            | EventKind::MeetingMoved
            | EventKind::MeetingChanged
            | EventKind::MeetingCancelled
            | EventKind::AgendaChanged
            | EventKind::MinutesDraftChanged
            | EventKind::MinutesCorrected
            | EventKind::StepReworded
            | EventKind::StepMoved
            | EventKind::EffortChanged
            | EventKind::RemarkChanged
            | EventKind::DisagreementChanged
    )
}

/// Whether the sentence itself has told about the field, or it says nothing to a person.
fn is_told(kind: EventKind, field: &str) -> bool {
    matches!(field, "local_start" | "local_end" | "starts_at" | "version" | "is_ended")
        || (kind == EventKind::StepMoved && field == "state")
}

fn detail(kind: EventKind, change: &FieldChange) -> Option<String> {
    let field = match (kind, change.field.as_str()) {
        (EventKind::GoalChanged | EventKind::TopicChanged, "meeting") => tr!(history.field_for_meeting),
        (_, field) => label(field)?,
    };
    let old = value(&change.field, change.old.as_deref());
    let new = value(&change.field, change.new.as_deref());
    match (old, new) {
        (Some(old), Some(new)) => Some(tr!(history.from_to, field = field, old = old, new = new)),
        (None, Some(new)) => Some(tr!(history.now, field = field, new = new)),
        (Some(old), None) => Some(tr!(history.before, field = field, old = old)),
        (None, None) => None,
    }
}

/// What a field is called on the screen; those without a name are not told about.
fn label(field: &str) -> Option<&'static str> {
    Some(match field {
        "text" | "title" | "summary" => tr!(history.field_text),
        "why" => tr!(history.field_why),
        "first_step" => tr!(history.field_first_step),
        "helped_by" => tr!(history.field_helped_by),
        "purpose" => tr!(history.field_purpose),
        "obligation" => tr!(history.field_obligation),
        "place" => tr!(history.field_place),
        "form" => tr!(history.field_form),
        "minutes" => tr!(history.field_minutes),
        "entrance" => tr!(history.field_entrance),
        "received_by" => tr!(history.field_received_by),
        "bring" => tr!(history.field_bring),
        "contact_phone" => tr!(history.field_contact_phone),
        "participants" => tr!(history.field_participants),
        "agenda" => tr!(history.field_agenda),
        "item" => tr!(history.field_item),
        "area" => tr!(history.field_area),
        "social" => tr!(shared.area_social),
        "health" => tr!(shared.area_health),
        "owner" => tr!(history.field_owner),
        "goal" => tr!(history.field_goal),
        "effort" => tr!(history.field_effort),
        "meeting" => tr!(history.field_meeting),
        "later_meeting" => tr!(history.field_later_meeting),
        "responsible" => tr!(history.field_responsible),
        "due" => tr!(history.field_due),
        "starts_on" => tr!(history.field_starts_on),
        "ends_on" => tr!(history.field_ends_on),
        "reason" | "state_reason" => tr!(history.field_reason),
        "outcome_text" => tr!(history.field_outcome),
        _ => return None,
    })
}

/// A value in words; ids say nothing to a person.
fn value(field: &str, text: Option<&str>) -> Option<String> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    if text.parse::<Uuid>().is_ok() {
        return None;
    }
    let word = |name: &'static str| Some(name.to_owned());
    match (field, text) {
        ("form", "in_person") => return word(tr!(shared.form_in_person)),
        ("form", "phone") => return word(tr!(shared.form_phone)),
        ("form", "video") => return word(tr!(shared.form_video)),
        ("owner", "citizen") => return word(tr!(history.the_citizen)),
        ("social" | "health", "open") => return word(tr!(history.choice_open)),
        ("social" | "health", "closed") => return word(tr!(history.choice_closed)),
        ("area", "employment") => return word(tr!(shared.area_employment)),
        ("area", "social") => return word(tr!(shared.area_social)),
        ("area", "health") => return word(tr!(shared.area_health)),
        ("area", "housing") => return word(tr!(shared.area_housing)),
        ("area", "economy") => return word(tr!(shared.area_economy)),
        ("area", "other") => return word(tr!(shared.area_other)),
        _ => {}
    }
    if let Some(time) = moment(Some(text)) {
        return Some(time);
    }
    if let Ok(day) = text.parse::<civil::Date>() {
        return Some(when::date(day));
    }
    Some(quote(text))
}

fn state(word: &str) -> &'static str {
    match word {
        "under_way" => tr!(shared.state_under_way),
        "done" => tr!(shared.state_done),
        "cannot_yet" => tr!(shared.state_cannot_yet),
        "not_needed" => tr!(shared.state_not_needed),
        _ => tr!(shared.state_not_started),
    }
}

/// A local time, such as `2026-03-30T10:15:00`, in words.
fn moment(text: Option<&str>) -> Option<String> {
    let at = text.filter(|text| text.contains('T'))?.parse::<civil::DateTime>().ok()?;
    Some(format!("{} {}", when::date(at.date()), when::clock(at.time())))
}

/// Somebody's words in a sentence, cut where they are long.
pub fn quote(text: &str) -> String {
    let line = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" / ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("“{}…”", line[..end].trim_end()),
        // The sentence round it has a stop.
        None => format!("“{}”", line.strip_suffix('.').unwrap_or(&line)),
    }
}
