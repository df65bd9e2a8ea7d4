use std::collections::HashSet;

use contract::EventTarget;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait as _};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{event, event_change},
    error::Result,
    keys::Unseal as _,
    policy::CaseAccess,
    values::{Word, unseal},
};

/// A thing, and the version that a change gave it. Minutes have the id of their meeting, and versions of their own.
pub type Changed = (EventTarget, Uuid, i32);

/// What an event has changed.
#[must_use]
pub fn changed(event: &event::Model) -> Changed {
    (event.target.0, event.target_id, event.target_version)
}

/// The changes by which one of these things left an area that is closed to the reader. What stood there before is not theirs
/// to read, whichever of the change's events tells of it: one save of a meeting writes up to three.
///
/// # Errors
/// That the database does not answer.
pub async fn closed_before(
    access: &CaseAccess,
    tx: &Tx,
    things: impl IntoIterator<Item = Uuid>,
) -> Result<HashSet<Changed>> {
    let things: Vec<Uuid> = things.into_iter().collect();
    if access.closed().is_empty() || things.is_empty() {
        return Ok(HashSet::new());
    }
    let (m, c) = access.key();
    let of_them = event::Entity::find()
        .filter(event::Column::MunicipalityId.eq(m))
        .filter(event::Column::CitizenId.eq(c))
        .filter(event::Column::TargetId.is_in(things));
    let ids = of_them.clone().select_only().column(event::Column::EventId);
    let areas = event_change::Entity::find()
        .filter(event_change::Column::MunicipalityId.eq(m))
        .filter(event_change::Column::CitizenId.eq(c))
        .filter(event_change::Column::Field.eq("area"))
        .filter(event_change::Column::EventId.in_subquery(ids.into_query()))
        .all(tx)
        .await?
        .unsealed(access)?;
    let is_closed = |area: &str| access.closed().iter().any(|closed| Word(*closed).word() == area);
    let left = areas.into_iter().filter(|change| unseal(change.old.clone()).is_some_and(|was| is_closed(&was)));
    let left: Vec<Uuid> = left.map(|change| change.event_id).collect();
    if left.is_empty() {
        return Ok(HashSet::new());
    }
    let events = of_them.filter(event::Column::EventId.is_in(left)).all(tx).await?;
    Ok(events.iter().map(changed).collect())
}
