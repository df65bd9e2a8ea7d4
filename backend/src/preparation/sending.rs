//! Sending drafts: all or none. What is sent stands in the plan at once, in the citizen's words.

use std::collections::HashSet;

use contract::{
    DraftKind, DraftVersion, EventKind, EventTarget, Line, MeetingId, NewSending, ProblemCode, Prose, Receipt, Version,
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use super::{agendas, draft as drafts, store};
use crate::{
    db::Tx,
    entity::{draft, goal, topic},
    error::{Error, Result, code_of_text},
    events::{self, Changes, Happening},
    keys::{Sealed as _, Unseal as _},
    meetings,
    policy::CaseAccess,
    receipt::{self, Answer, Asked, Begun},
    values::{ResourceKind, SealedText, Word, seal, unseal},
};

/// A draft that has passed every rule.
struct Ready {
    row: draft::Model,
    text: Prose,
    why: Option<Prose>,
    first_step: Option<Prose>,
    helped_by: Option<Line>,
}

pub(super) async fn send(access: &CaseAccess, tx: &Tx, asked: &Asked, new: NewSending) -> Result<Answer> {
    access.must_be_citizens_side()?;
    match asked.begin(access, tx, None).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) if version == Version::FIRST => {}
        Begun::New(_) => return Err(ProblemCode::VersionConflict.into()),
    }
    if new.drafts.is_empty() {
        return Err(Error::at(ProblemCode::Invalid, "drafts"));
    }
    let mut seen = HashSet::new();
    let mut ready = Vec::with_capacity(new.drafts.len());
    for (at, named) in new.drafts.iter().enumerate() {
        if !seen.insert(named.id) {
            return Err(Error::at(ProblemCode::Invalid, format!("drafts[{at}].id")));
        }
        ready.push(check(access, tx, at, named).await?);
    }
    for draft in ready {
        match draft.row.kind.0 {
            DraftKind::Goal => send_goal(access, tx, draft).await?,
            DraftKind::Topic => send_topic(access, tx, draft).await?,
        }
    }
    drafts::forget(access, tx, new.drafts.iter().map(|named| named.id.0).collect()).await?;
    asked.finish(access, tx).await
}

/// The receipt that was given for it.
pub(super) async fn receipt(access: &CaseAccess, tx: &Tx, id: Uuid) -> Result<Receipt> {
    access.must_be_citizens_side()?;
    receipt::first(access, tx, ResourceKind::Sending, id).await?.ok_or_else(|| ProblemCode::NotFound.into())
}

async fn check(access: &CaseAccess, tx: &Tx, at: usize, named: &DraftVersion) -> Result<Ready> {
    let row = store::draft(access, tx, named.id.0).await?;
    let Some(row) = row else { return Err(Error::at(ProblemCode::UnknownReference, format!("drafts[{at}].id"))) };
    if row.version != named.version.0 {
        return Err(Error::at(ProblemCode::VersionConflict, format!("drafts[{at}].version")));
    }
    if let Some(meeting) = row.meeting_id {
        let meeting = meetings::store::row(access, tx, meeting).await?;
        store::must_be_open(access, &meeting)?;
    }
    let fault = |field: &str| {
        let path = format!("drafts[{at}].{field}");
        move |fault| Error::at(code_of_text(fault), path)
    };
    let text = Prose::parse(row.text.as_str()).map_err(fault("text"))?;
    let is_goal = row.kind.0 == DraftKind::Goal;
    let more = |text: &SealedText| if is_goal { Prose::parse_optional(text.as_str()) } else { Ok(None) };
    let why = more(&row.why).map_err(fault("why"))?;
    let first_step = more(&row.first_step).map_err(fault("first_step"))?;
    let helped_by = row.helped_by.as_ref().map_or(Ok(None), |text| Line::parse_optional(text.as_str()));
    Ok(Ready { text, why, first_step, helped_by: helped_by.map_err(fault("helped_by"))?, row })
}

async fn send_goal(access: &CaseAccess, tx: &Tx, draft: Ready) -> Result<()> {
    let (municipality_id, citizen_id) = access.key();
    let id = draft.row.draft_id;
    let old = goal::Entity::find_by_id((municipality_id, citizen_id, id)).one(tx).await?.unsealed(access)?;
    // Also when the draft names another meeting.
    store::must_be_loose(access, tx, old.as_ref().and_then(|old| old.meeting_id)).await?;
    let version = old.as_ref().map_or(Version::FIRST, |old| Version(old.version).next());
    let before = old.clone();
    let changes = Changes::default()
        .field("text", before.as_ref().map(|old| old.text.as_str()), Some(draft.text.as_str()))
        .field("why", before.as_ref().and_then(|old| unseal(old.why.clone())), draft.why.clone())
        .field("first_step", before.as_ref().and_then(|old| unseal(old.first_step.clone())), draft.first_step.clone())
        .field("helped_by", before.as_ref().and_then(|old| unseal(old.helped_by.clone())), draft.helped_by.clone())
        .word("area", before.as_ref().map(|old| old.area.0), draft.row.area.0)
        .field("meeting", id_of(before.as_ref().and_then(|old| old.meeting_id)), id_of(draft.row.meeting_id));
    let was_taken_back = old.as_ref().map(|old| old.taken_back_at.is_some());
    if was_taken_back == Some(false) && changes.is_empty() {
        return Ok(());
    }
    let kind = kind_of(was_taken_back, EventKind::GoalSent, EventKind::GoalChanged);
    let happening = happening(&draft, kind, EventTarget::Goal, version, changes);
    let row = goal::ActiveModel {
        municipality_id: Set(municipality_id),
        citizen_id: Set(citizen_id),
        goal_id: Set(id),
        version: Set(version.0),
        meeting_id: Set(draft.row.meeting_id),
        area: Set(draft.row.area),
        text: Set(draft.text.into()),
        why: Set(seal(draft.why)),
        first_step: Set(seal(draft.first_step)),
        helped_by: Set(seal(draft.helped_by)),
        made_at: Set(old.as_ref().map_or(access.at().into(), |old| old.made_at)),
        sent_at: Set(access.at().into()),
        taken_back_at: Set(None),
    };
    if old.is_none() {
        goal::Entity::insert(row.sealed(access)?).exec_without_returning(tx).await?;
    } else {
        goal::Entity::update(row.sealed(access)?).exec(tx).await?;
    }
    events::record(access, tx, happening).await
}

async fn send_topic(access: &CaseAccess, tx: &Tx, draft: Ready) -> Result<()> {
    let (municipality_id, citizen_id) = access.key();
    let id = draft.row.draft_id;
    let old = topic::Entity::find_by_id((municipality_id, citizen_id, id)).one(tx).await?.unsealed(access)?;
    // Also when the draft names another meeting.
    store::must_be_loose(access, tx, old.as_ref().and_then(|old| old.meeting_id)).await?;
    let version = old.as_ref().map_or(Version::FIRST, |old| Version(old.version).next());
    let changes = Changes::default()
        .field("text", old.as_ref().map(|old| old.text.as_str()), Some(draft.text.as_str()))
        .field("helped_by", old.as_ref().and_then(|old| unseal(old.helped_by.clone())), draft.helped_by.clone())
        .word("area", old.as_ref().map(|old| old.area.0), draft.row.area.0)
        .field("meeting", id_of(old.as_ref().and_then(|old| old.meeting_id)), id_of(draft.row.meeting_id));
    let was_taken_back = old.as_ref().map(|old| old.taken_back_at.is_some());
    if was_taken_back == Some(false) && changes.is_empty() {
        return Ok(());
    }
    let kind = kind_of(was_taken_back, EventKind::TopicSent, EventKind::TopicChanged);
    let happening = happening(&draft, kind, EventTarget::Topic, version, changes);
    let text = SealedText::from(draft.text);
    agendas::reword(access, tx, id, &text).await?;
    let row = topic::ActiveModel {
        municipality_id: Set(municipality_id),
        citizen_id: Set(citizen_id),
        topic_id: Set(id),
        version: Set(version.0),
        meeting_id: Set(draft.row.meeting_id),
        area: Set(Word(draft.row.area.0)),
        text: Set(text),
        helped_by: Set(seal(draft.helped_by)),
        made_at: Set(old.as_ref().map_or(access.at().into(), |old| old.made_at)),
        sent_at: Set(access.at().into()),
        taken_back_at: Set(None),
    };
    if old.is_none() {
        topic::Entity::insert(row.sealed(access)?).exec_without_returning(tx).await?;
    } else {
        topic::Entity::update(row.sealed(access)?).exec(tx).await?;
    }
    events::record(access, tx, happening).await
}

fn id_of(meeting: Option<Uuid>) -> Option<String> {
    meeting.map(|id| id.to_string())
}

/// Sending again what was taken back is sending.
fn kind_of(was_taken_back: Option<bool>, sent: EventKind, changed: EventKind) -> EventKind {
    if was_taken_back == Some(false) { changed } else { sent }
}

fn happening(draft: &Ready, kind: EventKind, target: EventTarget, version: Version, changes: Changes) -> Happening {
    Happening {
        kind,
        target,
        target_id: draft.row.draft_id,
        version,
        area: draft.row.area.0,
        title: Some(draft.text.as_str().to_owned()),
        meeting: draft.row.meeting_id.map(MeetingId),
        changes,
    }
}
