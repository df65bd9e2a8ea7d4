//! Taking back what was sent. It is kept, because somebody may have opened it, and employees see it no more.

use contract::{Area, EventKind, EventTarget, GoalId, MeetingId, ProblemCode, TopicId, Version};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::store;
use crate::{
    db::Tx,
    entity::{agenda_item, goal, meeting, topic},
    error::{Error, Result},
    events::{self, Changes, Happening},
    meetings,
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
            text: $row.text.0.clone(),
        }
    };
}

pub(super) async fn goal(access: &CaseAccess, tx: &Tx, asked: &Asked, id: GoalId) -> Result<Answer> {
    access.must_be_citizen()?;
    let (m, c) = access.key();
    let old = goal::Entity::find_by_id((m, c, id.0)).one(tx).await?.ok_or(ProblemCode::NotFound)?;
    let version = match begin(access, tx, asked, sent!(old, Goal, GoalTakenBack)).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    let mut row = goal::ActiveModel::from(old);
    row.version = Set(version.0);
    row.taken_back_at = Set(Some(access.at().into()));
    goal::Entity::update(row).exec(tx).await?;
    asked.finish(access, tx).await
}

pub(super) async fn topic(access: &CaseAccess, tx: &Tx, asked: &Asked, id: TopicId) -> Result<Answer> {
    access.must_be_citizen()?;
    let (m, c) = access.key();
    let old = topic::Entity::find_by_id((m, c, id.0)).one(tx).await?.ok_or(ProblemCode::NotFound)?;
    let version = match begin(access, tx, asked, sent!(old, Topic, TopicTakenBack)).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    let mut row = topic::ActiveModel::from(old);
    row.version = Set(version.0);
    row.taken_back_at = Set(Some(access.at().into()));
    topic::Entity::update(row).exec(tx).await?;
    leave_agenda(access, tx, id).await?;
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

/// The citizen's words leave the agendas that nobody has talked through yet. The meeting gets a new version, so that an
/// employee who is changing it just now sees that something is gone.
async fn leave_agenda(access: &CaseAccess, tx: &Tx, topic: TopicId) -> Result<()> {
    let (m, c) = access.key();
    let items = agenda_item::Entity::find()
        .filter(agenda_item::Column::MunicipalityId.eq(m))
        .filter(agenda_item::Column::CitizenId.eq(c))
        .filter(agenda_item::Column::TopicId.eq(topic.0))
        .filter(agenda_item::Column::OutcomeKind.is_null())
        .all(tx)
        .await?;
    for item in items {
        let before = meetings::whole::agenda(access, tx, item.meeting_id).await?;
        agenda_item::Entity::delete_by_id((m, c, item.agenda_item_id)).exec(tx).await?;
        let after = meetings::whole::agenda(access, tx, item.meeting_id).await?;
        let (before, after) = (meetings::whole::told(&before), meetings::whole::told(&after));
        let meeting = meetings::store::row(access, tx, item.meeting_id).await?;
        let (area, version) = (meeting.area.0, Version(meeting.version).next());
        let purpose = meeting.purpose.0.clone();
        let mut row = meeting::ActiveModel::from(meeting);
        row.version = Set(version.0);
        row.changed_at = Set(access.at().into());
        meeting::Entity::update(row).exec(tx).await?;
        let happening = Happening {
            kind: EventKind::AgendaChanged,
            target: EventTarget::Meeting,
            target_id: item.meeting_id,
            version,
            area,
            title: Some(purpose),
            meeting: Some(MeetingId(item.meeting_id)),
            changes: Changes::default().field("agenda", before, after),
        };
        events::record(access, tx, happening).await?;
    }
    Ok(())
}
