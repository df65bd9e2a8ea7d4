use contract::{Employee, MunicipalityId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{alphabet, db::Tx, entity::employee, error::Result, people};

/// By name; those who have left are nobody's to invite.
pub(super) async fn read(tx: &Tx, municipality: MunicipalityId) -> Result<Vec<Employee>> {
    let mut rows = employee::Entity::find()
        .filter(employee::Column::MunicipalityId.eq(municipality.0))
        .filter(employee::Column::HasLeft.eq(false))
        .order_by_asc(employee::Column::EmployeeId)
        .all(tx)
        .await?;
    alphabet::sort(&mut rows, |row| &row.name)?;
    rows.iter().map(people::employee).collect()
}
