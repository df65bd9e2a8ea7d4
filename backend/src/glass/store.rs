use contract::{Closed, NewGlass, ProblemCode, Version};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    db::Tx,
    entity::glass,
    error::Result,
    keys::{Sealed as _, Unseal as _},
    policy::CaseAccess,
    receipt::{Answer, Asked, Begun},
    values::Instant,
};

pub(super) async fn save(access: &CaseAccess, tx: &Tx, asked: &Asked, new: NewGlass, minutes: u32) -> Result<Answer> {
    let employee = access.must_be_employee()?;
    let (m, c) = access.key();
    let old = glass::Entity::find_by_id((m, c, asked.id())).one(tx).await?;
    if old.is_some_and(|old| old.employee_id != employee.0) {
        return Err(ProblemCode::VersionConflict.into());
    }
    // What was written stands: another reason is another row.
    let version = match asked.begin(access, tx, None).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    if version != Version::FIRST {
        return Err(ProblemCode::NotAllowed.into());
    }
    let ends_at = access.at().saturating_add(SignedDuration::from_mins(minutes.into())).unwrap_or(Timestamp::MAX);
    let row = glass::ActiveModel {
        municipality_id: Set(m),
        citizen_id: Set(c),
        glass_id: Set(asked.id()),
        employee_id: Set(employee.0),
        reason: Set(new.reason.into()),
        at: Set(access.at().into()),
        ends_at: Set(ends_at.into()),
    };
    glass::Entity::insert(row.sealed(access)?).exec_without_returning(tx).await?;
    asked.finish(access, tx).await
}

/// What is closed to the employee who is in the case, and until when all is open.
///
/// # Errors
/// That the database does not answer.
pub async fn closed(access: &CaseAccess, tx: &Tx) -> Result<Closed> {
    let (m, c) = access.key();
    let Some(employee) = access.employee() else { return Ok(Closed::default()) };
    let last = glass::Entity::find()
        .filter(glass::Column::MunicipalityId.eq(m))
        .filter(glass::Column::CitizenId.eq(c))
        .filter(glass::Column::EmployeeId.eq(employee.0))
        .filter(glass::Column::EndsAt.gt(Instant(access.at())))
        .order_by_desc(glass::Column::EndsAt)
        .one(tx)
        .await?;
    Ok(Closed { areas: access.closed().to_vec(), opened_until: last.map(|row| row.ends_at.0) })
}

/// Why employees opened what was closed to them between two instants, the first one first.
///
/// # Errors
/// That the database does not answer.
pub async fn reasons(access: &CaseAccess, tx: &Tx, from: Timestamp, until: Timestamp) -> Result<Vec<glass::Model>> {
    let (m, c) = access.key();
    glass::Entity::find()
        .filter(glass::Column::MunicipalityId.eq(m))
        .filter(glass::Column::CitizenId.eq(c))
        .filter(glass::Column::At.gte(Instant(from)))
        .filter(glass::Column::At.lte(Instant(until)))
        .order_by_asc(glass::Column::At)
        .all(tx)
        .await?
        .unsealed(access)
}
