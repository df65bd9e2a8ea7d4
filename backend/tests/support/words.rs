//! What people write, short to say.
#![allow(dead_code, reason = "each test binary uses its part")]

use contract::{
    Area, CommentKind, CommentedKind, DraftId, DraftKind, DraftText, DraftVersion, Line, MeetingId, NewComment,
    NewDraft, NewSending, NewStep, NewStepState, Party, Prose, SendingId, StepState, Version, paths, paths::Subject,
};
use uuid::Uuid;

use crate::town::{Known, Visitor};

pub fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

pub fn prose(text: &str) -> Prose {
    Prose::parse(text).unwrap()
}

pub fn draft(kind: DraftKind, meeting: Option<MeetingId>, text: &str) -> NewDraft {
    NewDraft {
        kind,
        meeting,
        area: Area::Employment,
        text: DraftText::parse(text).unwrap(),
        why: DraftText::default(),
        first_step: DraftText::default(),
        helped_by: None,
        changes: None,
    }
}

pub fn goal(meeting: Option<MeetingId>, text: &str) -> NewDraft {
    draft(DraftKind::Goal, meeting, text)
}

pub fn topic(meeting: Option<MeetingId>, text: &str) -> NewDraft {
    draft(DraftKind::Topic, meeting, text)
}

pub fn sending(drafts: &[(DraftId, i32)]) -> NewSending {
    NewSending { drafts: drafts.iter().map(|&(id, version)| DraftVersion { id, version: Version(version) }).collect() }
}

pub fn step(title: &str, owner: Party) -> NewStep {
    NewStep { goal: None, effort: None, meeting: None, area: Area::Employment, title: line(title), owner, due: None }
}

pub fn state(state: StepState) -> NewStepState {
    NewStepState { state }
}

pub fn comment(beside: CommentedKind, beside_id: Uuid, kind: CommentKind, text: &str) -> NewComment {
    NewComment { beside, beside_id, kind, text: prose(text) }
}

/// Writes a draft and sends it.
pub async fn send(visitor: &Visitor, draft: &NewDraft) -> DraftId {
    let id = DraftId::make();
    visitor.put(paths::draft(Subject::Me, id), Known::New, draft).await;
    visitor.put(paths::sending(Subject::Me, SendingId::make()), Known::New, &sending(&[(id, 1)])).await;
    id
}

/// Sends what changes a goal or topic that was sent once.
pub async fn change(visitor: &Visitor, id: DraftId, draft: NewDraft) {
    let draft = NewDraft { changes: Some(Version::FIRST), ..draft };
    visitor.put(paths::draft(Subject::Me, id), Known::New, &draft).await;
    visitor.put(paths::sending(Subject::Me, SendingId::make()), Known::New, &sending(&[(id, 1)])).await;
}
