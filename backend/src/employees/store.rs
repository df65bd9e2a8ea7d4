use contract::{Employee, MunicipalityId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{db::Tx, entity::employee, error::Result, people};

pub(super) async fn read(tx: &Tx, municipality: MunicipalityId) -> Result<Vec<Employee>> {
    let rows = employee::Entity::find()
        .filter(employee::Column::MunicipalityId.eq(municipality.0))
        .order_by_asc(employee::Column::Name)
        .order_by_asc(employee::Column::EmployeeId)
        .all(tx)
        .await?;
    rows.iter().map(people::employee).collect()
}
