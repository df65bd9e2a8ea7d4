use contract::{CommentedKind, Plan, PlanMember};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::{
    alphabet,
    db::Tx,
    entity::{citizen, comment, effort, employee, goal, minutes, plan_member, step},
    error::Result,
    items::Rows,
    keys::Unseal as _,
    people,
    policy::CaseAccess,
    values::unseal,
};

pub(super) async fn read(access: &CaseAccess, tx: &Tx) -> Result<Plan> {
    let rows = Rows {
        goals: goals(access, tx).await?,
        topics: Vec::new(),
        efforts: efforts(access, tx).await?,
        steps: steps(access, tx).await?,
        comments: comments(access, tx).await?,
    };
    let items = rows.show(access, tx).await?;
    Ok(Plan {
        today: access.today(),
        citizen_name: access.citizen_name().to_owned(),
        goals: items.goals,
        efforts: items.efforts,
        steps: items.steps,
        comments: items.comments,
        people: members(access, tx).await?,
    })
}

/// The goals in the order they were made, without those taken back.
///
/// # Errors
/// That the database does not answer.
pub async fn goals(access: &CaseAccess, tx: &Tx) -> Result<Vec<goal::Model>> {
    let (m, c) = access.key();
    let goals = goal::Entity::find()
        .filter(goal::Column::MunicipalityId.eq(m))
        .filter(goal::Column::CitizenId.eq(c))
        .filter(goal::Column::TakenBackAt.is_null());
    goals.order_by_asc(goal::Column::MadeAt).order_by_asc(goal::Column::GoalId).all(tx).await?.unsealed(access)
}

/// The efforts in the order they were made.
///
/// # Errors
/// That the database does not answer.
pub async fn efforts(access: &CaseAccess, tx: &Tx) -> Result<Vec<effort::Model>> {
    let (m, c) = access.key();
    let efforts =
        effort::Entity::find().filter(effort::Column::MunicipalityId.eq(m)).filter(effort::Column::CitizenId.eq(c));
    efforts.order_by_asc(effort::Column::MadeAt).order_by_asc(effort::Column::EffortId).all(tx).await?.unsealed(access)
}

/// The steps in the order they were made.
///
/// # Errors
/// That the database does not answer.
pub async fn steps(access: &CaseAccess, tx: &Tx) -> Result<Vec<step::Model>> {
    let (m, c) = access.key();
    let steps = step::Entity::find().filter(step::Column::MunicipalityId.eq(m)).filter(step::Column::CitizenId.eq(c));
    steps.order_by_asc(step::Column::MadeAt).order_by_asc(step::Column::StepId).all(tx).await?.unsealed(access)
}

/// Everything said beside something that the reader can see, oldest first. Words beside a goal that was taken back go
/// with it, and a citizen learns of minutes first when they are shared.
///
/// # Errors
/// That the database does not answer.
pub async fn comments(access: &CaseAccess, tx: &Tx) -> Result<Vec<comment::Model>> {
    let (m, c) = access.key();
    let taken_back = goal::Entity::find()
        .select_only()
        .column(goal::Column::GoalId)
        .filter(goal::Column::MunicipalityId.eq(m))
        .filter(goal::Column::CitizenId.eq(c))
        .filter(goal::Column::TakenBackAt.is_not_null());
    let unshared = minutes::Entity::find()
        .select_only()
        .column(minutes::Column::MeetingId)
        .filter(minutes::Column::MunicipalityId.eq(m))
        .filter(minutes::Column::CitizenId.eq(c))
        .filter(minutes::Column::SharedAt.is_null());
    let beside = |kind: CommentedKind| comment::Column::Beside.ne(crate::values::Word(kind));
    let mut comments = comment::Entity::find()
        .filter(comment::Column::MunicipalityId.eq(m))
        .filter(comment::Column::CitizenId.eq(c))
        .filter(
            Condition::any()
                .add(beside(CommentedKind::Goal))
                .add(comment::Column::BesideId.not_in_subquery(taken_back.into_query())),
        );
    if access.is_citizens_side() {
        comments = comments.filter(
            Condition::any()
                .add(beside(CommentedKind::Minutes))
                .add(comment::Column::BesideId.not_in_subquery(unshared.into_query())),
        );
    }
    comments.order_by_asc(comment::Column::CommentId).all(tx).await?.unsealed(access)
}

/// Everybody in the plan: the contact person first, then by name. All in it know of each other, so that they can ask; why
/// somebody is in it may be hidden.
///
/// # Errors
/// That the database does not answer.
pub async fn members(access: &CaseAccess, tx: &Tx) -> Result<Vec<PlanMember>> {
    let (m, c) = access.key();
    let contact = contact_id(access, tx).await?;
    let members = plan_member::Entity::find()
        .filter(plan_member::Column::MunicipalityId.eq(m))
        .filter(plan_member::Column::CitizenId.eq(c))
        .all(tx)
        .await?;
    let ids: Vec<Uuid> = members.iter().map(|row| row.employee_id).chain(contact).collect();
    let members = members.unsealed(access)?;
    let mut employees = employee::Entity::find()
        .filter(employee::Column::MunicipalityId.eq(m))
        .filter(employee::Column::EmployeeId.is_in(ids))
        .order_by_asc(employee::Column::EmployeeId)
        .all(tx)
        .await?;
    alphabet::sort(&mut employees, |row| &row.name)?;
    employees.sort_by_key(|row| Some(row.employee_id) != contact);
    employees
        .iter()
        .map(|row| {
            let member = members.iter().find(|member| member.employee_id == row.employee_id);
            Ok(PlanMember {
                employee: people::employee(row)?,
                why: unseal(member.and_then(|member| member.why.clone())),
                is_contact_person: Some(row.employee_id) == contact,
            })
        })
        .collect()
}

async fn contact_id(access: &CaseAccess, tx: &Tx) -> Result<Option<Uuid>> {
    Ok(citizen::Entity::find_by_id(access.key()).one(tx).await?.and_then(|citizen| citizen.contact_person))
}
