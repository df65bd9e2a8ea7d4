//! A unit's employees and what waits with them, for who leads it.

use contract::{EmployeeKind, Team, TeamMember};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::store;
use crate::{
    alphabet,
    db::Tx,
    entity::{citizen, employee},
    error::Result,
    people,
    policy::{ListAccess, UnitAccess},
    values::Word,
};

pub(super) async fn read(tx: &Tx, access: &UnitAccess) -> Result<Team> {
    let mut rows = employee::Entity::find()
        .filter(employee::Column::MunicipalityId.eq(access.municipality()))
        .filter(employee::Column::Unit.eq(access.unit()))
        .filter(employee::Column::HasLeft.eq(false))
        .filter(employee::Column::RoleKind.ne(Word(EmployeeKind::Administrator)))
        .order_by_asc(employee::Column::EmployeeId)
        .all(tx)
        .await?;
    alphabet::sort(&mut rows, |row| &row.name)?;
    let mut members = Vec::new();
    for row in rows {
        let their = access.list_of(tx, &row).await?;
        let mut list = store::read(tx, &their, false).await?;
        let own = contact_of(tx, &their).await?;
        list.citizens.retain(|citizen| own.contains(&citizen.id.0));
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        members.push(TeamMember {
            employee: people::employee(&row)?,
            coming: number(list.coming.len()),
            waiting: number(list.waiting.len()),
            citizens: list.citizens,
        });
    }
    Ok(Team { unit: access.unit().to_owned(), members })
}

/// The citizens whose contact person an employee is.
async fn contact_of(tx: &Tx, access: &ListAccess) -> Result<Vec<Uuid>> {
    let own = citizen::Entity::find()
        .select_only()
        .column(citizen::Column::CitizenId)
        .filter(citizen::Column::MunicipalityId.eq(access.municipality()))
        .filter(citizen::Column::ContactPerson.eq(access.employee().0));
    Ok(own.into_tuple().all(tx).await?)
}
