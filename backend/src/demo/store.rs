use contract::{Actor, CitizenId, EmployeeId, MunicipalityId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    db::Tx,
    entity::{citizen, employee},
    error::Result,
    keys::{Keys, Unseal as _},
};

/// More than anybody wants to choose among.
const MOST: u64 = 60;

/// Some of everybody, citizens first.
pub(super) async fn people(tx: &Tx, keys: &Keys, m: MunicipalityId) -> Result<Vec<(Actor, String)>> {
    // The demo's own ids are older than any other, so they are among the first.
    let citizens = citizen::Entity::find()
        .filter(citizen::Column::MunicipalityId.eq(m.0))
        .order_by_asc(citizen::Column::CitizenId)
        .limit(MOST)
        .all(tx)
        .await?;
    let ids: Vec<_> = citizens.iter().map(|row| row.citizen_id).collect();
    let citizens = citizens.unsealed(keys.of(m, &ids).await?)?;
    let employees = employee::Entity::find()
        .filter(employee::Column::MunicipalityId.eq(m.0))
        .order_by_asc(employee::Column::EmployeeId)
        .limit(MOST)
        .all(tx)
        .await?;
    let citizens = citizens.into_iter().map(|row| (Actor::Citizen(CitizenId(row.citizen_id)), row.name.into_text()));
    let employees = employees.into_iter().map(|row| (Actor::Employee(EmployeeId(row.employee_id)), row.name));
    Ok(citizens.chain(employees).collect())
}

/// Whether there is no citizen.
pub(super) async fn is_empty(tx: &Tx, m: MunicipalityId) -> Result<bool> {
    let one = citizen::Entity::find().filter(citizen::Column::MunicipalityId.eq(m.0)).limit(1).one(tx).await?;
    Ok(one.is_none())
}

/// Which of these employees are not there yet.
pub(super) async fn missing(
    tx: &Tx,
    m: MunicipalityId,
    employees: Vec<crate::import::Employee>,
) -> Result<Vec<crate::import::Employee>> {
    let mut missing = Vec::new();
    for employee in employees {
        if employee::Entity::find_by_id((m.0, employee.id.0)).one(tx).await?.is_none() {
            missing.push(employee);
        }
    }
    Ok(missing)
}
