//! The history of a case that comes without one: one event for each thing that stands in it.

use contract::{Area, CommentKind, EventId, EventKind, EventTarget, FieldChange, MeetingId, Version};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use super::{Citizen, Event, Meeting, Party, StepState, Who, rows::state_columns};
use crate::values::{StateKind, Word};

pub(super) fn of(citizen: &Citizen) -> Vec<Event> {
    let mut events = Vec::new();
    for meeting in &citizen.meetings {
        meeting_events(meeting, &mut events);
    }
    for goal in &citizen.goals {
        let thing = Thing(EventTarget::Goal, goal.id.0, goal.version, goal.area, goal.text.as_str(), goal.meeting);
        events.push(thing.event(EventKind::GoalSent, goal.made_at.unwrap_or(goal.sent_at), Who::Citizen));
        if let Some(at) = goal.taken_back_at {
            events.push(thing.event(EventKind::GoalTakenBack, at, Who::Citizen));
        }
    }
    for topic in &citizen.topics {
        let thing =
            Thing(EventTarget::Topic, topic.id.0, topic.version, topic.area, topic.text.as_str(), topic.meeting);
        events.push(thing.event(EventKind::TopicSent, topic.made_at.unwrap_or(topic.sent_at), Who::Citizen));
        if let Some(at) = topic.taken_back_at {
            events.push(thing.event(EventKind::TopicTakenBack, at, Who::Citizen));
        }
    }
    for effort in &citizen.efforts {
        let by = effort.responsible.map_or(Who::System, |employee| Who::Employee { employee });
        let thing = Thing(EventTarget::Effort, effort.id.0, effort.version, effort.area, effort.title.as_str(), None);
        events.push(thing.event(EventKind::EffortStarted, effort.made_at, by));
    }
    for step in &citizen.steps {
        let thing = Thing(EventTarget::Step, step.id.0, step.version, step.area, step.title.as_str(), step.meeting);
        events.push(thing.event(EventKind::StepAdded, step.made_at, step.written_by));
        if let (Some(at), true) = (step.state_at, step.state != StepState::NotStarted) {
            let by = match step.owner {
                Party::Citizen => Who::Citizen,
                Party::Employee { employee } => Who::Employee { employee },
            };
            let mut event = thing.event(EventKind::StepMoved, at, by);
            let (before, now) = (Word(StateKind::NotStarted).word(), Word(state_columns(&step.state).0).word());
            event.changes = vec![change("state", Some(&before), Some(&now))];
            events.push(event);
        }
    }
    for comment in &citizen.comments {
        let thing =
            Thing(EventTarget::Comment, comment.id.0, comment.version, Area::Other, comment.text.as_str(), None);
        let kind = match comment.kind {
            CommentKind::Remark => EventKind::RemarkWritten,
            CommentKind::Disagreement => EventKind::DisagreementWritten,
        };
        events.push(thing.event(kind, comment.at, comment.by));
        if let Some(assessed) = &comment.assessed {
            let by = Who::Employee { employee: assessed.by };
            let mut event = thing.event(EventKind::DisagreementAssessed, assessed.at, by);
            event.changes = vec![change("assessment", None, Some(&Word(assessed.assessment).word()))];
            events.push(event);
        }
    }
    events
}

fn meeting_events(meeting: &Meeting, events: &mut Vec<Event>) {
    let by = meeting.organizer.map_or(Who::System, |employee| Who::Employee { employee });
    let purpose = meeting.purpose.as_str();
    let thing = Thing(EventTarget::Meeting, meeting.id.0, meeting.version, meeting.area, purpose, Some(meeting.id));
    events.push(thing.event(EventKind::MeetingArranged, meeting.made_at, by));
    let changed_at = meeting.changed_at.unwrap_or(meeting.made_at);
    if let Some(old) = meeting.moved_from {
        let mut event = thing.event(EventKind::MeetingMoved, changed_at, by);
        let (old, new) = (old.local_start.to_string(), meeting.time.local_start.to_string());
        event.changes = vec![change("local_start", Some(&old), Some(&new))];
        events.push(event);
    }
    if let Some(reason) = &meeting.cancelled_reason {
        let mut event = thing.event(EventKind::MeetingCancelled, changed_at, by);
        event.changes = vec![change("reason", None, Some(reason.as_str()))];
        events.push(event);
    }
    if let Some(minutes) = &meeting.minutes
        && let Some(at) = minutes.shared_at
    {
        let by = minutes.author.map_or(by, |employee| Who::Employee { employee });
        let thing = Thing(EventTarget::Minutes, meeting.id.0, minutes.version, meeting.area, purpose, Some(meeting.id));
        events.push(thing.event(EventKind::MinutesShared, at, by));
    }
}

struct Thing<'a>(EventTarget, Uuid, Version, Area, &'a str, Option<MeetingId>);

impl Thing<'_> {
    fn event(&self, kind: EventKind, at: Timestamp, by: Who) -> Event {
        let Self(target, target_id, target_version, area, title, meeting) = *self;
        let title: String = title.chars().take(200).collect();
        let id = id(at, kind, target_id);
        Event {
            id,
            at,
            by,
            kind,
            target,
            target_id,
            target_version,
            area,
            title: Some(title),
            meeting,
            changes: Vec::new(),
        }
    }
}

/// An id that is the same each time the same file is read, and in the order of time like every other event's.
fn id(at: Timestamp, kind: EventKind, target: Uuid) -> EventId {
    let hash = Sha256::new().chain_update(target).chain_update(format!("{kind:?}")).finalize();
    let mut random = [0; 10];
    random.copy_from_slice(&hash[..10]);
    let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
    EventId(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}

fn change(field: &str, old: Option<&str>, new: Option<&str>) -> FieldChange {
    FieldChange { field: field.to_owned(), old: old.map(str::to_owned), new: new.map(str::to_owned) }
}
