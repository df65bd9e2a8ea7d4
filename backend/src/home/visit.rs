use contract::Visit;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{event, visit},
    error::Result,
    looks,
    policy::CaseAccess,
};

/// The last event of the visit before; nothing on the first visit. All through one session the same, so that a second
/// look at the first screen still tells what is new. An event and not a moment: what is written while somebody reads
/// has an earlier time than the reading, and a greater id than all that was read.
///
/// # Errors
/// That the database does not answer.
pub async fn since(access: &CaseAccess, tx: &Tx) -> Result<Option<Uuid>> {
    Ok(before(access, tx).await?.map(|(event, _)| event))
}

/// The same, with the last look at the case that was shown then.
///
/// # Errors
/// That the database does not answer.
pub async fn before(access: &CaseAccess, tx: &Tx) -> Result<Option<(Uuid, Option<i32>)>> {
    let row = visit::Entity::find_by_id(access.key()).one(tx).await?;
    Ok(row.and_then(|row| {
        if row.session_id == access.session() {
            row.seen_from.map(|event| (event, row.looks_from))
        } else {
            Some((row.seen_until, row.looks_until))
        }
    }))
}

/// The last event there is.
///
/// # Errors
/// That the database does not answer.
pub async fn last_event(access: &CaseAccess, tx: &Tx) -> Result<Option<Uuid>> {
    let (m, c) = access.key();
    let events =
        event::Entity::find().filter(event::Column::MunicipalityId.eq(m)).filter(event::Column::CitizenId.eq(c));
    Ok(events.order_by_desc(event::Column::EventId).one(tx).await?.map(|row| row.event_id))
}

pub(super) async fn mark(access: &CaseAccess, tx: &Tx, visit: Visit) -> Result<()> {
    access.must_be_own_case()?;
    let (municipality_id, citizen_id) = access.key();
    // A page cannot have seen what has not happened yet.
    let last = last_event(access, tx).await?.unwrap_or_default();
    let seen = visit.seen.map(|id| id.0).unwrap_or_default().min(last);
    let last = looks::store::last(access, tx).await?;
    let looks = visit.looks.and_then(|seq| i32::try_from(seq).ok()).min(last);
    let old = visit::Entity::find_by_id(access.key()).one(tx).await?;
    let mut row = visit::ActiveModel {
        municipality_id: Set(municipality_id),
        citizen_id: Set(citizen_id),
        session_id: Set(access.session()),
        seen_from: Set(None),
        seen_until: Set(seen),
        looks_from: Set(None),
        looks_until: Set(looks),
    };
    let Some(old) = old else {
        visit::Entity::insert(row).exec_without_returning(tx).await?;
        return Ok(());
    };
    let is_same = old.session_id == access.session();
    row.looks_from = Set(if is_same { old.looks_from } else { old.looks_until });
    row.looks_until = Set(looks.max(old.looks_until));
    row.seen_from = Set(if old.session_id == access.session() { old.seen_from } else { Some(old.seen_until) });
    row.seen_until = Set(seen.max(old.seen_until));
    visit::Entity::update(row).exec(tx).await?;
    Ok(())
}
