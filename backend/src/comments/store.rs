use contract::{Area, CommentKind, CommentedKind, EventKind, EventTarget, MeetingId, NewComment, ProblemCode, Version};
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{comment, effort, goal, minutes, step},
    error::{Error, Result},
    events::{self, Changes, Happening},
    keys::{Sealed as _, Unseal as _},
    policy::{CaseAccess, allowed},
    receipt::{Answer, Asked, Begun},
    values::Word,
};

pub(super) async fn save(access: &CaseAccess, tx: &Tx, asked: &Asked, new: NewComment) -> Result<Answer> {
    allowed(access.may_comment(new.kind))?;
    let (municipality_id, citizen_id) = access.key();
    let old = comment::Entity::find_by_id((municipality_id, citizen_id, asked.id())).one(tx).await?.unsealed(access)?;
    if let Some(old) = &old {
        allowed(access.may_change_comment(old))?;
    }
    let version = match asked.begin(access, tx, old.as_ref().map(|old| Version(old.version))).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    if let Some(old) = &old {
        must_stay(old, &new)?;
    }
    let beside = beside(access, tx, new.beside, new.beside_id).await?;
    let (area, meeting) = beside.ok_or_else(|| Error::at(ProblemCode::UnknownReference, "beside_id"))?;
    let kind = match (new.kind, old.is_some()) {
        (CommentKind::Remark, false) => EventKind::RemarkWritten,
        (CommentKind::Remark, true) => EventKind::RemarkChanged,
        (CommentKind::Disagreement, false) => EventKind::DisagreementWritten,
        (CommentKind::Disagreement, true) => EventKind::DisagreementChanged,
    };
    let happening = Happening {
        kind,
        target: EventTarget::Comment,
        target_id: asked.id(),
        version,
        area,
        title: Some(new.text.as_str().to_owned()),
        meeting,
        changes: Changes::default().field("text", old.as_ref().map(|old| old.text.as_str()), Some(new.text.as_str())),
    };
    let (by_kind, by_id) = access.actor_key();
    let row = comment::ActiveModel {
        municipality_id: Set(municipality_id),
        citizen_id: Set(citizen_id),
        comment_id: Set(asked.id()),
        version: Set(version.0),
        beside: Set(Word(new.beside)),
        beside_id: Set(new.beside_id),
        kind: Set(Word(new.kind)),
        text: Set(new.text.into()),
        by_kind: Set(Word(by_kind)),
        by_id: Set(Some(by_id)),
        at: Set(access.at().into()),
        // Other words may be another matter in law, so somebody has to look at them anew; the count goes on.
        assessment: Set(None),
        assessed_by: Set(None),
        assessed_at: Set(None),
        assessment_version: Set(old.as_ref().and_then(|old| old.assessment_version)),
    };
    if old.is_none() {
        comment::Entity::insert(row.sealed(access)?).exec_without_returning(tx).await?;
    } else {
        comment::Entity::update(row.sealed(access)?).exec(tx).await?;
    }
    events::record(access, tx, happening).await?;
    asked.finish(access, tx).await
}

/// Words are changed where they stand; what they are and what they are beside stays.
fn must_stay(old: &comment::Model, new: &NewComment) -> Result<()> {
    if old.kind.0 != new.kind {
        return Err(Error::at(ProblemCode::Invalid, "kind"));
    }
    if (old.beside.0, old.beside_id) != (new.beside, new.beside_id) {
        return Err(Error::at(ProblemCode::Invalid, "beside_id"));
    }
    Ok(())
}

/// The part of life and the meeting of what a comment stands beside; nothing when it is not there for the actor to see.
pub(crate) async fn beside(
    access: &CaseAccess,
    tx: &Tx,
    kind: CommentedKind,
    id: Uuid,
) -> Result<Option<(Area, Option<MeetingId>)>> {
    let (m, c) = access.key();
    let key = (m, c, id);
    let found = match kind {
        CommentedKind::Goal => {
            let row = goal::Entity::find_by_id(key)
                .one(tx)
                .await?
                .unsealed(access)?
                .filter(|row| row.taken_back_at.is_none());
            row.map(|row| (row.area.0, row.meeting_id))
        }
        CommentedKind::Effort => {
            effort::Entity::find_by_id(key).one(tx).await?.unsealed(access)?.map(|row| (row.area.0, None))
        }
        CommentedKind::Step => {
            step::Entity::find_by_id(key).one(tx).await?.unsealed(access)?.map(|row| (row.area.0, row.meeting_id))
        }
        CommentedKind::Minutes => {
            let row = minutes::Entity::find_by_id(key).one(tx).await?.unsealed(access)?;
            let row = row.filter(|row| row.shared_at.is_some() || !access.is_citizens_side());
            row.map(|row| (row.area.0, Some(row.meeting_id)))
        }
    };
    Ok(found.map(|(area, meeting)| (area, meeting.map(MeetingId))))
}
