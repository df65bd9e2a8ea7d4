use std::collections::HashMap;

use contract::{Draft, DraftId, DraftText, MeetingId, NewDraft, Preparation, ProblemCode, Version};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::IntoCondition};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{draft, goal, meeting, topic},
    error::{Error, Result},
    items::Rows,
    keys::Unseal as _,
    meetings,
    policy::CaseAccess,
    values::SealedText,
};

pub(super) async fn read(access: &CaseAccess, tx: &Tx, meeting: Option<MeetingId>) -> Result<Preparation> {
    access.must_be_citizens_side()?;
    let row = match meeting {
        Some(id) => Some(meetings::store::row(access, tx, id.0).await?),
        None => None,
    };
    let is_open = row.as_ref().is_none_or(|row| is_open(access, row));
    let (m, c) = access.key();
    let meeting_id = meeting.map(|id| id.0);
    macro_rules! of_meeting {
        ($table:ident, $id:ident) => {
            $table::Entity::find()
                .filter($table::Column::MunicipalityId.eq(m))
                .filter($table::Column::CitizenId.eq(c))
                .filter(match meeting_id {
                    Some(id) => $table::Column::MeetingId.eq(id).into_condition(),
                    None => $table::Column::MeetingId.is_null().into_condition(),
                })
                .order_by_asc($table::Column::MadeAt)
                .order_by_asc($table::Column::$id)
                .all(tx)
                .await?
                .unsealed(access)?
        };
    }
    let mut drafts = of_meeting!(draft, DraftId);
    drafts.retain(|row| row.written_by == access.representation());
    let rows = Rows { goals: of_meeting!(goal, GoalId), topics: of_meeting!(topic, TopicId), ..Rows::default() };
    let items = rows.show(access, tx).await?;
    let sent = sent_versions(access, tx, drafts.iter().map(|row| row.draft_id).collect()).await?;
    Ok(Preparation {
        meeting: meetings::summary::of_case(access, tx, row.into_iter().collect()).await?.pop(),
        is_open,
        drafts: drafts.into_iter().map(|row| shown(row, &sent)).collect::<Result<_>>()?,
        goals: items.goals,
        topics: items.topics,
    })
}

/// The drafts of whoever asks. They show them to nobody: neither the citizen to who acts for them, nor the other way round.
pub(super) fn own_drafts(access: &CaseAccess) -> Condition {
    let (m, c) = access.key();
    Condition::all().add(draft::Column::MunicipalityId.eq(m)).add(draft::Column::CitizenId.eq(c)).add(
        match access.representation() {
            Some(id) => draft::Column::WrittenBy.eq(id),
            None => draft::Column::WrittenBy.is_null(),
        },
    )
}

/// One of them.
pub(super) async fn draft(access: &CaseAccess, tx: &Tx, id: Uuid) -> Result<Option<draft::Model>> {
    let own = draft::Entity::find().filter(own_drafts(access)).filter(draft::Column::DraftId.eq(id));
    own.one(tx).await?.unsealed(access)
}

/// Whether what is sent for a meeting can still be changed.
pub(super) fn is_open(access: &CaseAccess, row: &meeting::Model) -> bool {
    must_be_open(access, row).is_ok()
}

/// Refuses what is for a meeting that has begun or is cancelled.
pub(super) fn must_be_open(access: &CaseAccess, row: &meeting::Model) -> Result<(), ProblemCode> {
    if row.is_cancelled {
        Err(ProblemCode::MeetingCancelled)
    } else if meetings::store::holds_fast(access, row) {
        Err(ProblemCode::MeetingBegun)
    } else {
        Ok(())
    }
}

/// Refuses to change or take back what was sent for a meeting that has begun.
pub(super) async fn must_be_loose(access: &CaseAccess, tx: &Tx, meeting: Option<Uuid>) -> Result<()> {
    let Some(meeting) = meeting else { return Ok(()) };
    let row = meetings::store::row(access, tx, meeting).await?;
    if meetings::store::holds_fast(access, &row) { Err(ProblemCode::MeetingBegun.into()) } else { Ok(()) }
}

/// The versions of the goals and topics that drafts would change.
pub(super) async fn sent_versions(access: &CaseAccess, tx: &Tx, ids: Vec<Uuid>) -> Result<HashMap<Uuid, i32>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (m, c) = access.key();
    let goals: Vec<(Uuid, i32)> = goal::Entity::find()
        .select_only()
        .columns([goal::Column::GoalId, goal::Column::Version])
        .filter(goal::Column::MunicipalityId.eq(m))
        .filter(goal::Column::CitizenId.eq(c))
        .filter(goal::Column::GoalId.is_in(ids.clone()))
        .into_tuple()
        .all(tx)
        .await?;
    let topics: Vec<(Uuid, i32)> = topic::Entity::find()
        .select_only()
        .columns([topic::Column::TopicId, topic::Column::Version])
        .filter(topic::Column::MunicipalityId.eq(m))
        .filter(topic::Column::CitizenId.eq(c))
        .filter(topic::Column::TopicId.is_in(ids))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(goals.into_iter().chain(topics).collect())
}

fn shown(row: draft::Model, sent: &HashMap<Uuid, i32>) -> Result<Draft> {
    Ok(Draft {
        id: DraftId(row.draft_id),
        version: Version(row.version),
        saved_at: row.saved_at.0,
        content: NewDraft {
            changes: sent.get(&row.draft_id).copied().map(Version),
            kind: row.kind.0,
            meeting: row.meeting_id.map(MeetingId),
            area: row.area.0,
            text: text(row.text)?,
            why: text(row.why)?,
            first_step: text(row.first_step)?,
            helped_by: row.helped_by.map(text).transpose()?,
        },
    })
}

fn text(text: SealedText) -> Result<DraftText> {
    DraftText::parse(text.as_str()).map_err(|_| Error::Internal("a stored draft breaks its rule"))
}
