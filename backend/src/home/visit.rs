use contract::Visit;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::{db::Tx, entity::visit, error::Result, policy::CaseAccess, values::Instant};

/// Since when things are new. All through one session the same, so that a second look at the first screen still tells it.
///
/// # Errors
/// That the database does not answer.
pub async fn since(access: &CaseAccess, tx: &Tx) -> Result<Option<Timestamp>> {
    let row = visit::Entity::find_by_id(access.key()).one(tx).await?;
    Ok(row.and_then(|row| {
        if row.session_id == access.session() { row.seen_from } else { Some(row.seen_until) }.map(|at| at.0)
    }))
}

pub(super) async fn mark(access: &CaseAccess, tx: &Tx, visit: Visit) -> Result<()> {
    access.must_be_citizen()?;
    let (municipality_id, citizen_id) = access.key();
    // A page cannot have seen what has not happened yet.
    let seen = Instant(visit.seen_until.min(access.at()));
    let old = visit::Entity::find_by_id(access.key()).one(tx).await?;
    let mut row = visit::ActiveModel {
        municipality_id: Set(municipality_id),
        citizen_id: Set(citizen_id),
        session_id: Set(access.session()),
        seen_from: Set(None),
        seen_until: Set(seen),
    };
    let Some(old) = old else {
        visit::Entity::insert(row).exec_without_returning(tx).await?;
        return Ok(());
    };
    row.seen_from = Set(if old.session_id == access.session() { old.seen_from } else { Some(old.seen_until) });
    row.seen_until = Set(seen.max(old.seen_until));
    visit::Entity::update(row).exec(tx).await?;
    Ok(())
}
