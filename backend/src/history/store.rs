use std::collections::{HashMap, HashSet};

use contract::{CommentedKind, Event, EventId, EventKind, EventTarget, FieldChange, History, MeetingId, Version};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::{changed, closed_before, names::Names};
use crate::{
    db::Tx,
    entity::{comment, event, event_change, goal, minutes, topic},
    error::Result,
    keys::Unseal as _,
    people::{People, person_of},
    policy::CaseAccess,
    values::{Word, unseal},
};

/// What nobody who acts for the citizen sees.
const OWN: [EventTarget; 3] = [EventTarget::Profile, EventTarget::Choices, EventTarget::Representation];

/// How many changes one answer holds.
const PAGE: usize = 50;

/// The events that the reader may know of, the latest first. What employees do with minutes that are not shared is
/// theirs; and what happened in an area that is closed to the reader stays there.
#[must_use]
pub fn events(access: &CaseAccess) -> Select<event::Entity> {
    let (m, c) = access.key();
    event::Entity::find()
        .filter(event::Column::MunicipalityId.eq(m))
        .filter(event::Column::CitizenId.eq(c))
        .apply_if(access.is_citizens_side().then_some(EventKind::MinutesDraftChanged), |events, kind| {
            events.filter(event::Column::Kind.ne(Word(kind)))
        })
        .apply_if((!access.closed().is_empty()).then_some(access), |events, access| {
            // What is closed may have been marked with another area when it was written, or written beside.
            let beside = comment::Entity::find()
                .select_only()
                .column(comment::Column::CommentId)
                .filter(comment::Column::MunicipalityId.eq(m))
                .filter(comment::Column::CitizenId.eq(c))
                .filter(comment::Column::BesideId.is_in(access.hidden().iter().copied()));
            events
                .filter(event::Column::Area.is_not_in(access.closed().iter().copied().map(Word)))
                .filter(event::Column::TargetId.is_not_in(access.hidden().iter().copied()))
                .filter(event::Column::TargetId.not_in_subquery(beside.into_query()))
        })
        // What is the citizen's alone is so in history too.
        .apply_if((access.is_citizens_side() && !access.is_own_case()).then_some(OWN), |events, own| {
            events.filter(event::Column::Target.is_not_in(own.map(Word)))
        })
        .order_by_desc(event::Column::EventId)
}

pub(super) async fn read(access: &CaseAccess, tx: &Tx, before: Option<EventId>) -> Result<History> {
    let mut events = events(access).limit(PAGE as u64 + 1);
    if let Some(before) = before {
        events = events.filter(event::Column::EventId.lt(before.0));
    }
    let mut rows = events.all(tx).await?.unsealed(access)?;
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let before = rows.last().filter(|_| has_more).map(|row| EventId(row.event_id));
    Ok(History { today: access.today(), events: show(access, tx, rows).await?, before })
}

/// Events with their fields, as the reader may see them, in the same order.
///
/// # Errors
/// That the database does not answer.
pub async fn show(access: &CaseAccess, tx: &Tx, mut rows: Vec<event::Model>) -> Result<Vec<Event>> {
    let hidden = hidden(access, tx, &rows).await?;
    if access.is_citizens_side() {
        rows.retain(|row| !hidden.contains(&row.target_id));
    }
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let people =
        People::load(access, tx, rows.iter().filter_map(|row| person_of(row.actor_kind.0, row.actor_id))).await?;
    let mut fields = fields(access, tx, &rows).await?;
    let closed_before = closed_before(access, tx, rows.iter().map(|row| row.target_id)).await?;
    let names = Names::load(access, tx, fields.values().flatten()).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut changes = without_closed_items(access, fields.remove(&row.event_id).unwrap_or_default());
            if closed_before.contains(&changed(&row)) {
                changes.iter_mut().for_each(|change| change.old = None);
            }
            let is_hidden = hidden.contains(&row.target_id);
            let may_show = |field: &str| !is_hidden && (access.is_own_case() || !is_own(row.target.0, field));
            Event {
                id: EventId(row.event_id),
                at: row.at.0,
                by: people.discreet(row.actor_kind.0, row.actor_id),
                kind: row.kind.0,
                target: row.target.0,
                target_id: row.target_id,
                target_version: Version(row.target_version),
                area: row.area.0,
                title: unseal(row.title).filter(|_| !is_hidden),
                meeting: row.meeting_id.filter(|id| !access.hides(*id)).map(MeetingId),
                changes: changes
                    .into_iter()
                    .filter(|change| may_show(&change.field))
                    .filter_map(|change| names.tell(change))
                    .collect(),
            }
        })
        .filter(|event| event.kind != EventKind::ProfileChanged || !event.changes.is_empty())
        .collect())
}

/// Without what came of items on the agenda that were made from something closed to the reader.
fn without_closed_items(access: &CaseAccess, mut changes: Vec<FieldChange>) -> Vec<FieldChange> {
    let mut is_closed_item = false;
    changes.retain(|change| {
        if change.field == "item" {
            let item = change.new.as_deref().and_then(|id| id.parse().ok());
            is_closed_item = item.is_some_and(|id| access.hides(id));
        }
        !(is_closed_item && ["item", "outcome", "outcome_text", "later_meeting"].contains(&change.field.as_str()))
    });
    changes
}

/// What a citizen writes about themself is shared, or not, in the profile; history does not tell it, nor that they wrote.
fn is_own(target: EventTarget, field: &str) -> bool {
    target == EventTarget::Profile && matches!(field, "situation" | "strengths")
}

async fn fields(access: &CaseAccess, tx: &Tx, rows: &[event::Model]) -> Result<HashMap<Uuid, Vec<FieldChange>>> {
    let (m, c) = access.key();
    let changes = event_change::Entity::find()
        .filter(event_change::Column::MunicipalityId.eq(m))
        .filter(event_change::Column::CitizenId.eq(c))
        .filter(event_change::Column::EventId.is_in(rows.iter().map(|row| row.event_id)))
        .order_by_asc(event_change::Column::Position)
        .all(tx)
        .await?
        .unsealed(access)?;
    let mut fields: HashMap<Uuid, Vec<FieldChange>> = HashMap::new();
    for change in changes {
        let change_of = fields.entry(change.event_id).or_default();
        change_of.push(FieldChange { field: change.field, old: unseal(change.old), new: unseal(change.new) });
    }
    Ok(fields)
}

/// What the reader may not know of. To employees: the goals and topics that the citizen has taken back, and what was said
/// beside those goals; that something happened stands, the words do not. To the citizen: what employees say beside
/// minutes that are not shared; of those there is nothing to tell yet.
async fn hidden(access: &CaseAccess, tx: &Tx, rows: &[event::Model]) -> Result<HashSet<Uuid>> {
    let (m, c) = access.key();
    let ids = |target| rows.iter().filter(move |row| row.target.0 == target).map(|row| row.target_id);
    let said = comment::Entity::find()
        .filter(comment::Column::MunicipalityId.eq(m))
        .filter(comment::Column::CitizenId.eq(c))
        .filter(comment::Column::CommentId.is_in(ids(EventTarget::Comment)))
        .all(tx)
        .await?
        .unsealed(access)?;
    let beside = |kind| said.iter().filter(move |row| row.beside.0 == kind).map(|row| row.beside_id);
    if access.is_citizens_side() {
        let unshared: Vec<Uuid> = minutes::Entity::find()
            .select_only()
            .column(minutes::Column::MeetingId)
            .filter(minutes::Column::MunicipalityId.eq(m))
            .filter(minutes::Column::CitizenId.eq(c))
            .filter(minutes::Column::MeetingId.is_in(beside(CommentedKind::Minutes)))
            .filter(minutes::Column::SharedAt.is_null())
            .into_tuple()
            .all(tx)
            .await?;
        return Ok(said.iter().filter(|row| unshared.contains(&row.beside_id)).map(|row| row.comment_id).collect());
    }
    let goals: Vec<Uuid> = goal::Entity::find()
        .select_only()
        .column(goal::Column::GoalId)
        .filter(goal::Column::MunicipalityId.eq(m))
        .filter(goal::Column::CitizenId.eq(c))
        .filter(goal::Column::GoalId.is_in(ids(EventTarget::Goal).chain(beside(CommentedKind::Goal))))
        .filter(goal::Column::TakenBackAt.is_not_null())
        .into_tuple()
        .all(tx)
        .await?;
    let of_goals = said.iter().filter(|row| goals.contains(&row.beside_id)).map(|row| row.comment_id);
    let mut hidden: HashSet<Uuid> = of_goals.chain(goals.iter().copied()).collect();
    let topics: Vec<Uuid> = topic::Entity::find()
        .select_only()
        .column(topic::Column::TopicId)
        .filter(topic::Column::MunicipalityId.eq(m))
        .filter(topic::Column::CitizenId.eq(c))
        .filter(topic::Column::TopicId.is_in(ids(EventTarget::Topic)))
        .filter(topic::Column::TakenBackAt.is_not_null())
        .into_tuple()
        .all(tx)
        .await?;
    hidden.extend(topics);
    Ok(hidden)
}
