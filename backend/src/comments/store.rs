use contract::{Area, CommentKind, CommentedKind, EventKind, EventTarget, MeetingId, NewComment, ProblemCode, Version};
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::{
    db::Tx,
    entity::{comment, effort, goal, minutes, step},
    error::{Error, Result},
    events::{self, Changes, Happening},
    policy::{CaseAccess, allowed},
    receipt::{self, Answer, Asked, Begun},
    values::{ResourceKind, Word},
};

pub(super) async fn save(access: &CaseAccess, tx: &Tx, asked: &Asked, new: NewComment) -> Result<Answer> {
    allowed(access.may_comment(new.kind))?;
    let (municipality_id, citizen_id) = access.key();
    let old = comment::Entity::find_by_id((municipality_id, citizen_id, asked.id())).one(tx).await?;
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
    let (area, meeting) = beside(access, tx, &new).await?;
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
        // Other words may be another matter in law, so somebody has to look at them anew.
        assessment: Set(None),
        assessed_by: Set(None),
        assessed_at: Set(None),
    };
    if old.is_none() {
        comment::Entity::insert(row).exec_without_returning(tx).await?;
    } else {
        comment::Entity::update(row).exec(tx).await?;
        // The answer to the old words is no answer to these: the first one to assess them begins anew.
        receipt::forget(access, tx, ResourceKind::Assessment, vec![asked.id()]).await?;
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

/// The part of life and the meeting of what the comment stands beside; it must be there for the writer to see.
async fn beside(access: &CaseAccess, tx: &Tx, new: &NewComment) -> Result<(Area, Option<MeetingId>)> {
    let (m, c) = access.key();
    let key = (m, c, new.beside_id);
    let found = match new.beside {
        CommentedKind::Goal => {
            let row = goal::Entity::find_by_id(key).one(tx).await?.filter(|row| row.taken_back_at.is_none());
            row.map(|row| (row.area.0, row.meeting_id))
        }
        CommentedKind::Effort => effort::Entity::find_by_id(key).one(tx).await?.map(|row| (row.area.0, None)),
        CommentedKind::Step => step::Entity::find_by_id(key).one(tx).await?.map(|row| (row.area.0, row.meeting_id)),
        CommentedKind::Minutes => {
            let row = minutes::Entity::find_by_id(key).one(tx).await?;
            let row = row.filter(|row| row.shared_at.is_some() || !access.is_citizen());
            row.map(|row| (row.area.0, Some(row.meeting_id)))
        }
    };
    let (area, meeting) = found.ok_or_else(|| Error::at(ProblemCode::UnknownReference, "beside_id"))?;
    Ok((area, meeting.map(MeetingId)))
}
