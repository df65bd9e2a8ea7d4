//! Taking back what was sent. It is kept, because somebody may have opened it, and employees see it no more, but on the
//! agenda of a meeting that has begun, where it may have been talked about.

use contract::{Area, EventKind, EventTarget, GoalId, MeetingId, ProblemCode, TopicId, Version};
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use super::{agendas, store};
use crate::{
    db::Tx,
    entity::{goal, topic},
    error::{Error, Result},
    events::{self, Changes, Happening},
    keys::{Sealed as _, Unseal as _},
    policy::CaseAccess,
    receipt::{Answer, Asked, Begun},
    values::Instant,
};

/// What was sent, a goal or a topic.
struct Sent {
    target: EventTarget,
    kind: EventKind,
    version: i32,
    taken_back_at: Option<Instant>,
    meeting: Option<Uuid>,
    area: Area,
    text: String,
}

/// A row's part of what the two have in common.
macro_rules! sent {
    ($row:expr, $target:ident, $kind:ident) => {
        Sent {
            target: EventTarget::$target,
            kind: EventKind::$kind,
            version: $row.version,
            taken_back_at: $row.taken_back_at,
            meeting: $row.meeting_id,
            area: $row.area.0,
            text: $row.text.as_str().to_owned(),
        }
    };
}

pub(super) async fn goal(access: &CaseAccess, tx: &Tx, asked: &Asked, id: GoalId) -> Result<Answer> {
    access.must_be_citizens_side()?;
    let (m, c) = access.key();
    let old = goal::Entity::find_by_id((m, c, id.0)).one(tx).await?.unsealed(access)?.ok_or(ProblemCode::NotFound)?;
    let version = match begin(access, tx, asked, sent!(old, Goal, GoalTakenBack)).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    let mut row = goal::ActiveModel::from(old);
    row.version = Set(version.0);
    row.taken_back_at = Set(Some(access.at().into()));
    goal::Entity::update(row.sealed(access)?).exec(tx).await?;
    asked.finish(access, tx).await
}

pub(super) async fn topic(access: &CaseAccess, tx: &Tx, asked: &Asked, id: TopicId) -> Result<Answer> {
    access.must_be_citizens_side()?;
    let (m, c) = access.key();
    let old = topic::Entity::find_by_id((m, c, id.0)).one(tx).await?.unsealed(access)?.ok_or(ProblemCode::NotFound)?;
    let version = match begin(access, tx, asked, sent!(old, Topic, TopicTakenBack)).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    let mut row = topic::ActiveModel::from(old);
    row.version = Set(version.0);
    row.taken_back_at = Set(Some(access.at().into()));
    topic::Entity::update(row.sealed(access)?).exec(tx).await?;
    agendas::leave(access, tx, id).await?;
    asked.finish(access, tx).await
}

/// Whether it can be taken back, and that it is: what comes after it cannot be refused.
async fn begin(access: &CaseAccess, tx: &Tx, asked: &Asked, sent: Sent) -> Result<Begun> {
    let version = match asked.begin(access, tx, Some(Version(sent.version))).await? {
        Begun::New(version) => version,
        repeat @ Begun::Repeat(_) => return Ok(repeat),
    };
    must_be_sent(sent.taken_back_at)?;
    store::must_be_loose(access, tx, sent.meeting).await?;
    let happening = Happening {
        kind: sent.kind,
        target: sent.target,
        target_id: asked.id(),
        version,
        area: sent.area,
        title: Some(sent.text),
        meeting: sent.meeting.map(MeetingId),
        changes: Changes::default(),
    };
    events::record(access, tx, happening).await?;
    Ok(Begun::New(version))
}

fn must_be_sent(taken_back_at: Option<Instant>) -> Result<()> {
    if taken_back_at.is_some() { Err(Error::from(ProblemCode::Invalid)) } else { Ok(()) }
}
