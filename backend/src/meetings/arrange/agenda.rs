//! What to talk about at a meeting.

use std::collections::{HashMap, HashSet};

use contract::{NewAgendaItem, ProblemCode};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{agenda_item, minutes, topic},
    error::{Error, Result},
    keys::{Unseal as _, sealed_rows},
    policy::CaseAccess,
    values::{ActorKind, SealedText, Word},
};

/// The agenda as it is to be. An item keeps who proposed it and what came of it, and a citizen's topic keeps the citizen's
/// words. A topic that is left out is a topic still; an item that has an outcome is neither left out nor reworded. When
/// minutes are shared every item has one, and there is none to add.
pub(super) async fn check(
    access: &CaseAccess,
    tx: &Tx,
    meeting: Uuid,
    old: &[agenda_item::Model],
    new: Vec<NewAgendaItem>,
) -> Result<Vec<agenda_item::Model>> {
    must_be_free(access, tx, meeting, &new).await?;
    let kept: HashSet<Uuid> = new.iter().map(|item| item.id.0).collect();
    if old.iter().any(|item| item.outcome_kind.is_some() && !kept.contains(&item.agenda_item_id)) {
        return Err(Error::at(ProblemCode::Invalid, "agenda"));
    }
    let old: HashMap<Uuid, &agenda_item::Model> = old.iter().map(|item| (item.agenda_item_id, item)).collect();
    let topics = topics(access, tx, &new).await?;
    let is_shared = is_shared(access, tx, meeting).await?;
    let mut ids = HashSet::new();
    let mut used = HashSet::new();
    let mut agenda = Vec::with_capacity(new.len());
    for (item, position) in new.into_iter().zip(0..) {
        let at = |code, field: &str| Error::at(code, format!("agenda[{position}].{field}"));
        if !ids.insert(item.id.0) {
            return Err(at(ProblemCode::Invalid, "id"));
        }
        let row = match old.get(&item.id.0) {
            Some(&row) => kept_item(row.clone(), item, position).map_err(|field| at(ProblemCode::Invalid, field))?,
            None if is_shared => return Err(at(ProblemCode::Invalid, "text")),
            None => new_item(access, meeting, item, position, &topics)
                .ok_or_else(|| at(ProblemCode::UnknownReference, "topic"))?,
        };
        if row.topic_id.is_some_and(|topic| !used.insert(topic)) {
            return Err(at(ProblemCode::Invalid, "topic"));
        }
        agenda.push(row);
    }
    Ok(agenda)
}

/// The field at fault when the item is to be made from another topic, which would be another item, or when what came of
/// it would stand beside other words.
fn kept_item(
    mut row: agenda_item::Model,
    item: NewAgendaItem,
    position: i32,
) -> Result<agenda_item::Model, &'static str> {
    row.position = position;
    match (row.topic_id, item.topic) {
        (None, None) if row.outcome_kind.is_some() && row.text.as_str() != item.text.as_str() => return Err("text"),
        (None, None) => row.text = item.text.into(),
        // The words are the citizen's, and stand there already.
        (Some(topic), asked) if asked.is_none_or(|asked| asked.0 == topic) => {}
        _ => return Err("topic"),
    }
    Ok(row)
}

/// `None` when there is no such topic.
fn new_item(
    access: &CaseAccess,
    meeting: Uuid,
    item: NewAgendaItem,
    position: i32,
    topics: &HashMap<Uuid, SealedText>,
) -> Option<agenda_item::Model> {
    let (municipality_id, citizen_id) = access.key();
    let (text, proposer) = match item.topic {
        Some(topic) => (topics.get(&topic.0)?.clone(), (ActorKind::Citizen, citizen_id)),
        None => (item.text.into(), access.actor_key()),
    };
    Some(agenda_item::Model {
        municipality_id,
        citizen_id,
        agenda_item_id: item.id.0,
        meeting_id: meeting,
        position,
        text,
        proposed_by_kind: Word(proposer.0),
        proposed_by: Some(proposer.1),
        topic_id: item.topic.map(|topic| topic.0),
        outcome_kind: None,
        outcome_text: None,
        later_meeting: None,
    })
}

/// An id that stands on another agenda is another item.
async fn must_be_free(access: &CaseAccess, tx: &Tx, meeting: Uuid, new: &[NewAgendaItem]) -> Result<()> {
    let (m, c) = access.key();
    let taken = agenda_item::Entity::find()
        .filter(agenda_item::Column::MunicipalityId.eq(m))
        .filter(agenda_item::Column::CitizenId.eq(c))
        .filter(agenda_item::Column::MeetingId.ne(meeting))
        .filter(agenda_item::Column::AgendaItemId.is_in(new.iter().map(|item| item.id.0)))
        .one(tx)
        .await?
        .unsealed(access)?;
    match taken.and_then(|taken| new.iter().position(|item| item.id.0 == taken.agenda_item_id)) {
        Some(position) => Err(Error::at(ProblemCode::Invalid, format!("agenda[{position}].id"))),
        None => Ok(()),
    }
}

/// The citizen's words of today for the topics that are named, without those taken back.
async fn topics(access: &CaseAccess, tx: &Tx, new: &[NewAgendaItem]) -> Result<HashMap<Uuid, SealedText>> {
    let asked = new.iter().filter_map(|item| item.topic.map(|topic| topic.0));
    let (m, c) = access.key();
    let rows = topic::Entity::find()
        .filter(topic::Column::MunicipalityId.eq(m))
        .filter(topic::Column::CitizenId.eq(c))
        .filter(topic::Column::TopicId.is_in(asked))
        .filter(topic::Column::TakenBackAt.is_null())
        .all(tx)
        .await?
        .unsealed(access)?;
    Ok(rows.into_iter().map(|row| (row.topic_id, row.text)).collect())
}

async fn is_shared(access: &CaseAccess, tx: &Tx, meeting: Uuid) -> Result<bool> {
    let (m, c) = access.key();
    let written = minutes::Entity::find_by_id((m, c, meeting)).one(tx).await?.unsealed(access)?;
    Ok(written.is_some_and(|written| written.shared_at.is_some()))
}

/// Puts these in the place of what was there.
pub(super) async fn replace(
    access: &CaseAccess,
    tx: &Tx,
    meeting: Uuid,
    agenda: Vec<agenda_item::Model>,
) -> Result<()> {
    let (m, c) = access.key();
    agenda_item::Entity::delete_many()
        .filter(agenda_item::Column::MunicipalityId.eq(m))
        .filter(agenda_item::Column::CitizenId.eq(c))
        .filter(agenda_item::Column::MeetingId.eq(meeting))
        .exec(tx)
        .await?;
    if !agenda.is_empty() {
        let rows = agenda.into_iter().map(|item| item.into_active_model().reset_all());
        agenda_item::Entity::insert_many(sealed_rows(rows, access)?).exec_without_returning(tx).await?;
    }
    Ok(())
}
