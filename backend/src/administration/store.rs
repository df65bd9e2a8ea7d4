use contract::{Actor, Administered, EmployeeId, MunicipalityId, ProblemCode, Standing};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{alphabet, db::Tx, entity::employee, error::Result, people, session, values::Word};

/// By name, those who have left too.
pub(super) async fn read(tx: &Tx, m: MunicipalityId) -> Result<Vec<Administered>> {
    let mut rows = employee::Entity::find()
        .filter(employee::Column::MunicipalityId.eq(m.0))
        .order_by_asc(employee::Column::EmployeeId)
        .all(tx)
        .await?;
    alphabet::sort(&mut rows, |row| &row.name)?;
    rows.iter().map(shown).collect()
}

pub(super) async fn save(tx: &Tx, m: MunicipalityId, employee: Uuid, new: Standing) -> Result<Administered> {
    let old = employee::Entity::find_by_id((m.0, employee)).one(tx).await?.ok_or(ProblemCode::NotFound)?;
    let mut row = old.into_active_model();
    row.role_kind = Set(Word(new.kind));
    row.has_left = Set(new.has_left);
    if new.has_left {
        session::store::end_all(tx, m, Actor::Employee(EmployeeId(employee))).await?;
    }
    shown(&employee::Entity::update(row).exec(tx).await?)
}

fn shown(row: &employee::Model) -> Result<Administered> {
    let standing = Standing { kind: row.role_kind.0, has_left: row.has_left };
    Ok(Administered { employee: people::employee(row)?, standing })
}
