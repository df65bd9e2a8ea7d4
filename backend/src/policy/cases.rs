//! Whose cases are an employee's business, and in what role.

use contract::EmployeeKind;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait as _, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::BREAK_GLASS;
use crate::{
    db::Tx,
    entity::{citizen, employee, glass, meeting, minutes, participant, plan_member, same},
    error::Result,
    values::{Instant, Role},
};

/// The citizens whose case an employee may open for this. Whoever leads a unit may open those of its contact persons, once
/// they have written why; administrators none.
pub(super) fn may_open(employee: &employee::Model, operation: &str, now: Timestamp) -> Condition {
    let (m, id) = (employee.municipality_id, employee.employee_id);
    match employee.role_kind.0 {
        EmployeeKind::Caseworker => is_of(m, id, now),
        EmployeeKind::TeamLead if operation == BREAK_GLASS => is_of(m, id, now).add(is_of_unit(m, &employee.unit)),
        EmployeeKind::TeamLead => {
            let opened = glass::Entity::find()
                .select_only()
                .column(glass::Column::CitizenId)
                .filter(glass::Column::MunicipalityId.eq(m))
                .filter(glass::Column::EmployeeId.eq(id))
                .filter(glass::Column::EndsAt.gt(Instant(now)));
            let opened = citizen::Column::CitizenId.in_subquery(opened.into_query());
            is_of(m, id, now).add(is_of_unit(m, &employee.unit).and(opened))
        }
        EmployeeKind::Administrator => Condition::all().add(Expr::val(1).eq(0)),
    }
}

/// Whether a citizen's contact person works in a unit.
fn is_of_unit(m: Uuid, unit: &str) -> sea_orm::sea_query::Expr {
    let colleagues = employee::Entity::find()
        .select_only()
        .column(employee::Column::EmployeeId)
        .filter(employee::Column::MunicipalityId.eq(m))
        .filter(employee::Column::Unit.eq(unit));
    citizen::Column::ContactPerson.in_subquery(colleagues.into_query())
}

/// What an employee is in a case: contact person, else in the plan, else at a meeting, else the one who leads the unit.
pub(super) async fn role_in(tx: &Tx, citizen: &citizen::Model, employee: Uuid, now: Timestamp) -> Result<Role> {
    let m = citizen.municipality_id;
    if citizen.contact_person == Some(employee) {
        return Ok(Role::ContactPerson);
    }
    if plan_member::Entity::find_by_id((m, citizen.citizen_id, employee)).count(tx).await? > 0 {
        return Ok(Role::PlanMember);
    }
    let meets = met(m, employee, now).filter(participant::Column::CitizenId.eq(citizen.citizen_id)).count(tx).await?;
    Ok(if meets > 0 { Role::Participant } else { Role::TeamLead })
}

/// How long after a meeting somebody who came to it stays in the case: to write what came of it.
const AFTER_A_MEETING: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How long they stay while its minutes are not shared: who cannot see the case cannot share them.
const UNTIL_SHARED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The citizens that are an employee's business: contact person, in the plan, or at a meeting that is coming or was held
/// within the last 14 days, or the last 90 if its minutes are not shared. To those who come to it, a cancelled meeting is
/// over when it would have begun.
#[must_use]
pub fn is_of(municipality: Uuid, employee: Uuid, now: Timestamp) -> Condition {
    Condition::any()
        .add(citizen::Column::ContactPerson.eq(employee))
        .add(citizen::Column::CitizenId.in_subquery(planned(municipality, employee).into_query()))
        .add(citizen::Column::CitizenId.in_subquery(met(municipality, employee, now).into_query()))
}

/// The citizens in whose plan an employee is.
fn planned(municipality: Uuid, employee: Uuid) -> Select<plan_member::Entity> {
    plan_member::Entity::find()
        .select_only()
        .column(plan_member::Column::CitizenId)
        .filter(plan_member::Column::MunicipalityId.eq(municipality))
        .filter(plan_member::Column::EmployeeId.eq(employee))
}

/// The citizens whom an employee meets, or has met lately.
fn met(municipality: Uuid, employee: Uuid, now: Timestamp) -> Select<participant::Entity> {
    let begins_after = |kept| meeting::Column::StartsAt.gt(Instant(now.saturating_sub(kept).unwrap_or(Timestamp::MIN)));
    let (whose, at) = (participant::Column::CitizenId, participant::Column::MeetingId);
    let shared = minutes::Entity::find()
        .select_only()
        .expr(Expr::val(1))
        .filter(minutes::Column::MunicipalityId.eq(municipality))
        .filter(same((participant::Entity, whose), (minutes::Entity, minutes::Column::CitizenId)))
        .filter(same((participant::Entity, at), (minutes::Entity, minutes::Column::MeetingId)))
        .filter(minutes::Column::SharedAt.is_not_null());
    let is_held_lately = Condition::any()
        .add(begins_after(AFTER_A_MEETING))
        .add(begins_after(UNTIL_SHARED).and(Expr::not_exists(shared.into_query())));
    let meeting = meeting::Entity::find()
        .select_only()
        .expr(Expr::val(1))
        .filter(meeting::Column::MunicipalityId.eq(municipality))
        .filter(same((participant::Entity, whose), (meeting::Entity, meeting::Column::CitizenId)))
        .filter(same((participant::Entity, at), (meeting::Entity, meeting::Column::MeetingId)))
        .filter(
            Condition::any()
                .add(meeting::Column::StartsAt.gt(Instant(now)))
                .add(Condition::all().add(meeting::Column::IsCancelled.eq(false)).add(is_held_lately)),
        );
    participant::Entity::find()
        .select_only()
        .column(participant::Column::CitizenId)
        .filter(participant::Column::MunicipalityId.eq(municipality))
        .filter(participant::Column::EmployeeId.eq(employee))
        .filter(Expr::exists(meeting.into_query()))
}

/// The same citizens as a list: for what is read about all of them, it is found once, by three indices. Administrators have
/// none.
///
/// # Errors
/// That the database does not answer.
pub async fn citizens_of(tx: &Tx, (municipality, employee): (Uuid, Uuid), now: Timestamp) -> Result<Vec<Uuid>> {
    let row = employee::Entity::find_by_id((municipality, employee)).one(tx).await?;
    if row.is_none_or(|row| row.role_kind.0 == EmployeeKind::Administrator) {
        return Ok(Vec::new());
    }
    let contacts = citizen::Entity::find()
        .select_only()
        .column(citizen::Column::CitizenId)
        .filter(citizen::Column::MunicipalityId.eq(municipality))
        .filter(citizen::Column::ContactPerson.eq(employee));
    let mut citizens = contacts.into_tuple::<Uuid>().all(tx).await?;
    citizens.extend(planned(municipality, employee).into_tuple::<Uuid>().all(tx).await?);
    citizens.extend(met(municipality, employee, now).into_tuple::<Uuid>().all(tx).await?);
    citizens.sort_unstable();
    citizens.dedup();
    Ok(citizens)
}
