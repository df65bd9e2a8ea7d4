//! Things to send, with the few words that a test does not care about.
#![allow(dead_code, reason = "each test binary uses its part")]

use contract::{
    AgendaItemId, Area, CommentId, CommentKind, CommentedKind, DraftId, DraftKind, DraftText, EmployeeId, Invited,
    MeetingForm, MeetingId, NewAgendaItem, NewMeeting, NewMinutes, NewOpening, NewParticipant, OpenedItem, OpenedKind,
    OpeningId, ParticipantId, TopicId, Version, paths, paths::Subject,
};
use uuid::Uuid;

use crate::{
    town::{Known, Visitor},
    words::{self, line, prose},
};

/// An hour at the town hall, with nobody invited and nothing on the agenda.
pub fn a_meeting(local_start: &str) -> NewMeeting {
    NewMeeting {
        purpose: prose("Vi finder næste skridt"),
        title: None,
        area: Area::Employment,
        local_start: local_start.parse().unwrap(),
        fold: None,
        minutes: 60,
        form: MeetingForm::InPerson,
        place: Some(line("Torvet 1")),
        entrance: None,
        received_by: None,
        bring: None,
        contact_phone: None,
        participants: Vec::new(),
        agenda: Vec::new(),
    }
}

pub fn guest(employee: EmployeeId) -> NewParticipant {
    NewParticipant { id: ParticipantId::make(), who: Invited::Employee { employee }, why: line("Hjælper med planen") }
}

pub fn item(text: &str) -> NewAgendaItem {
    NewAgendaItem { id: AgendaItemId::make(), text: prose(text), topic: None }
}

pub fn item_of(topic: TopicId) -> NewAgendaItem {
    NewAgendaItem { topic: Some(topic), ..item("Andre ord end borgerens") }
}

pub fn minutes(summary: &str, share: bool) -> NewMinutes {
    NewMinutes { summary: DraftText::parse(summary).unwrap(), outcomes: Vec::new(), share }
}

/// The citizen writes and sends a goal or a topic.
pub async fn send(citizen: &Visitor, kind: DraftKind, meeting: Option<MeetingId>, text: &str) -> Uuid {
    words::send(citizen, &words::draft(kind, meeting, text)).await.0
}

/// The citizen changes what was sent once.
pub async fn send_as(citizen: &Visitor, id: DraftId, kind: DraftKind, meeting: Option<MeetingId>, text: &str) {
    words::change(citizen, id, words::draft(kind, meeting, text)).await;
}

/// Words beside a goal.
pub async fn comment(writer: &Visitor, whose: Subject, goal: Uuid, kind: CommentKind, text: &str) -> CommentId {
    let id = CommentId::make();
    let new = words::comment(CommentedKind::Goal, goal, kind, text);
    writer.put(paths::comment(whose, id), Known::New, &new).await;
    id
}

pub fn opened(kind: OpenedKind, id: Uuid, version: i32) -> NewOpening {
    NewOpening { items: vec![OpenedItem { kind, id, version: Version(version) }] }
}

/// Marks one thing as opened.
pub async fn open(reader: &Visitor, whose: Subject, kind: OpenedKind, id: Uuid, version: i32) {
    reader.put(paths::opening(whose, OpeningId::make()), Known::New, &opened(kind, id, version)).await;
}
