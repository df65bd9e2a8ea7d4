//! Taking back what was sent. It is kept, because somebody may have opened it, and employees see it no more.

use contract::{EventKind, EventTarget, GoalId, MeetingId, ProblemCode, TopicId, Version};
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

pub(super) async fn goal(access: &CaseAccess, tx: &Tx, asked: &Asked, id: GoalId) -> Result<Answer> {
    access.must_be_citizen()?;
    let (m, c) = access.key();
    let old = goal::Entity::find_by_id((m, c, id.0)).one(tx).await?.ok_or(ProblemCode::NotFound)?;
    let version = match asked.begin(access, tx, Some(Version(old.version))).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    must_be_sent(old.taken_back_at)?;
    must_be_open(access, tx, old.meeting_id).await?;
    let happening = Happening {
        kind: EventKind::GoalTakenBack,
        target: EventTarget::Goal,
        target_id: id.0,
        version,
        area: old.area.0,
        title: Some(old.text.0.clone()),
        meeting: old.meeting_id.map(MeetingId),
        changes: Changes::default(),
    };
    let mut row = goal::ActiveModel::from(old);
    row.version = Set(version.0);
    row.taken_back_at = Set(Some(access.at().into()));
    goal::Entity::update(row).exec(tx).await?;
    events::record(access, tx, happening).await?;
    asked.finish(access, tx).await
}

pub(super) async fn topic(access: &CaseAccess, tx: &Tx, asked: &Asked, id: TopicId) -> Result<Answer> {
    access.must_be_citizen()?;
    let (m, c) = access.key();
    let old = topic::Entity::find_by_id((m, c, id.0)).one(tx).await?.ok_or(ProblemCode::NotFound)?;
    let version = match asked.begin(access, tx, Some(Version(old.version))).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    must_be_sent(old.taken_back_at)?;
    must_be_open(access, tx, old.meeting_id).await?;
    let happening = Happening {
        kind: EventKind::TopicTakenBack,
        target: EventTarget::Topic,
        target_id: id.0,
        version,
        area: old.area.0,
        title: Some(old.text.0.clone()),
        meeting: old.meeting_id.map(MeetingId),
        changes: Changes::default(),
    };
    let mut row = topic::ActiveModel::from(old);
    row.version = Set(version.0);
    row.taken_back_at = Set(Some(access.at().into()));
    topic::Entity::update(row).exec(tx).await?;
    leave_agenda(access, tx, id).await?;
    events::record(access, tx, happening).await?;
    asked.finish(access, tx).await
}

fn must_be_sent(taken_back_at: Option<Instant>) -> Result<()> {
    if taken_back_at.is_some() { Err(Error::from(ProblemCode::Invalid)) } else { Ok(()) }
}

/// A cancelled meeting holds nothing fast: there is nobody who prepares for it any more.
async fn must_be_open(access: &CaseAccess, tx: &Tx, meeting: Option<Uuid>) -> Result<()> {
    let Some(meeting) = meeting else { return Ok(()) };
    let row = meetings::store::row(access, tx, meeting).await?;
    match store::must_be_open(access, &row) {
        Err(ProblemCode::MeetingBegun) => Err(ProblemCode::MeetingBegun.into()),
        _ => Ok(()),
    }
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
        agenda_item::Entity::delete_by_id((m, c, item.agenda_item_id)).exec(tx).await?;
        let meeting = meetings::store::row(access, tx, item.meeting_id).await?;
        let (area, version) = (meeting.area.0, Version(meeting.version).next());
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
            title: None,
            meeting: Some(MeetingId(item.meeting_id)),
            changes: Changes::default(),
        };
        events::record(access, tx, happening).await?;
    }
    Ok(())
}
