//! What of a case is hidden from whom: everything in an area of life that is closed to them. An employee sees what is marked
//! social or health if it is the area they work with, if the citizen has opened it, if the municipality's settings name a
//! ground in law, or if they have broken the glass; and always what they take part in themselves.

use std::collections::{HashMap, HashSet};

use contract::Area;
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait as _, Query},
};
use uuid::Uuid;

use crate::{
    config::Ground,
    db::Tx,
    entity::{choice, draft, effort, employee, glass, goal, meeting, participant, plan_member, step, topic},
    error::Result,
    values::{Instant, Word},
};

/// What is closed to other areas' employees until somebody has opened it.
pub const CLOSED_BY_DEFAULT: [Area; 2] = [Area::Social, Area::Health];

/// The areas that are closed, by citizen; whoever has none is not there.
pub type Closed = HashMap<Uuid, Vec<Area>>;

/// A step's citizen, area and id; who owns it, and who wrote it.
type OwnedStep = (Uuid, Word<Area>, Uuid, Option<Uuid>, Option<Uuid>);

/// What is closed to an employee in these citizens' cases.
///
/// # Errors
/// That the database does not answer.
pub async fn closed_to(
    tx: &Tx,
    (m, employee): (Uuid, Uuid),
    grounds: &[Ground],
    citizens: &[Uuid],
    now: Timestamp,
) -> Result<Closed> {
    let works_with = employee::Entity::find_by_id((m, employee)).one(tx).await?.map(|row| row.area.0);
    let has_ground = |area: Area| grounds.iter().any(|ground| ground.of == area && Some(ground.to) == works_with);
    let mut closed = CLOSED_BY_DEFAULT.to_vec();
    closed.retain(|area| Some(*area) != works_with && !has_ground(*area));
    if closed.is_empty() || citizens.is_empty() {
        return Ok(Closed::new());
    }
    let choices = choice::Entity::find()
        .filter(choice::Column::MunicipalityId.eq(m))
        .filter(choice::Column::CitizenId.is_in(citizens.iter().copied()));
    let choices: HashMap<Uuid, choice::Model> =
        choices.all(tx).await?.into_iter().map(|row| (row.citizen_id, row)).collect();
    let broken: Vec<Uuid> = glass::Entity::find()
        .select_only()
        .column(glass::Column::CitizenId)
        .filter(glass::Column::MunicipalityId.eq(m))
        .filter(glass::Column::EmployeeId.eq(employee))
        .filter(glass::Column::EndsAt.gt(Instant(now)))
        .filter(glass::Column::CitizenId.is_in(citizens.iter().copied()))
        .into_tuple()
        .all(tx)
        .await?;
    let whose = citizens.iter().filter(|citizen| !broken.contains(citizen));
    let closed_in = |citizen: &Uuid| {
        let choice = choices.get(citizen);
        closed.iter().copied().filter(|area| !choice.is_some_and(|choice| choice.opens(*area))).collect::<Vec<_>>()
    };
    Ok(whose.map(|citizen| (*citizen, closed_in(citizen))).filter(|(_, areas)| !areas.is_empty()).collect())
}

/// The things in the closed areas, but for what the employee takes part in: meetings they come to or have arranged with what
/// was written for them, steps and efforts that are theirs, and the goals that their efforts serve.
///
/// # Errors
/// That the database does not answer.
pub async fn find(tx: &Tx, m: Uuid, closed: &Closed, employee: Option<Uuid>) -> Result<HashSet<Uuid>> {
    let mut hidden = HashSet::new();
    if closed.is_empty() {
        return Ok(hidden);
    }
    let areas: HashSet<Area> = closed.values().flatten().copied().collect();
    let is_closed =
        |citizen: &Uuid, area: &Word<Area>| closed.get(citizen).is_some_and(|areas| areas.contains(&area.0));
    macro_rules! in_areas {
        ($table:ident, [$($column:ident),*] $(, not at $meeting:ident)?) => {
            $table::Entity::find()
                .select_only()
                .columns([$table::Column::CitizenId, $table::Column::Area, $($table::Column::$column),*])
                .filter($table::Column::MunicipalityId.eq(m))
                .filter($table::Column::CitizenId.is_in(closed.keys().copied()))
                .filter($table::Column::Area.is_in(areas.iter().copied().map(Word)))
                $(.filter(not_attended(($table::Column::CitizenId, $table::Column::$meeting), m, employee)))?
                .into_tuple()
                .all(tx)
                .await?
        };
    }
    let is_me = |id: &Option<Uuid>| employee.is_some() && *id == employee;
    let meetings: Vec<(Uuid, Word<Area>, Uuid)> = in_areas!(meeting, [MeetingId], not at MeetingId);
    let goals: Vec<(Uuid, Word<Area>, Uuid)> = in_areas!(goal, [GoalId], not at MeetingId);
    let topics: Vec<(Uuid, Word<Area>, Uuid)> = in_areas!(topic, [TopicId], not at MeetingId);
    // Employees see nobody's drafts.
    let drafts: Vec<(Uuid, Word<Area>, Uuid)> =
        if employee.is_some() { Vec::new() } else { in_areas!(draft, [DraftId]) };
    for (citizen, area, id) in meetings.iter().chain(&goals).chain(&topics).chain(&drafts) {
        if is_closed(citizen, area) {
            hidden.insert(*id);
        }
    }
    let steps: Vec<OwnedStep> = in_areas!(step, [StepId, Owner, WrittenBy], not at MeetingId);
    for (citizen, area, id, owner, writer) in &steps {
        if is_closed(citizen, area) && !is_me(owner) && !is_me(writer) {
            hidden.insert(*id);
        }
    }
    let efforts: Vec<(Uuid, Word<Area>, Uuid, Option<Uuid>)> = in_areas!(effort, [EffortId, Responsible]);
    for (citizen, area, id, responsible) in &efforts {
        if is_closed(citizen, area) && !is_me(responsible) {
            hidden.insert(*id);
        }
    }
    if let Some(employee) = employee {
        let served: Vec<Uuid> = effort::Entity::find()
            .select_only()
            .column(effort::Column::GoalId)
            .filter(effort::Column::MunicipalityId.eq(m))
            .filter(effort::Column::CitizenId.is_in(closed.keys().copied()))
            .filter(effort::Column::Responsible.eq(employee))
            .into_tuple()
            .all(tx)
            .await?;
        served.iter().for_each(|goal| {
            hidden.remove(goal);
        });
    }
    // The same person may be in the plans of many: only in one case are they one row.
    if closed.len() == 1 {
        let members: Vec<(Uuid, Option<Word<Area>>, Uuid)> = in_areas!(plan_member, [EmployeeId]);
        for (citizen, area, id) in &members {
            if area.as_ref().is_some_and(|area| is_closed(citizen, area)) && !is_me(&Some(*id)) {
                hidden.insert(*id);
            }
        }
    }
    Ok(hidden)
}

/// That it is no meeting which the employee comes to or has arranged. An id is only known together with its case: in another
/// case, the same may be another meeting. Found out by the database: it is many of what is told here of an employee's
/// citizens. And row by row: a list of pairs SQLite searches from its beginning for each, which took ten times as long.
fn not_attended((whose, at): (impl ColumnTrait, impl ColumnTrait), m: Uuid, employee: Option<Uuid>) -> Condition {
    let Some(employee) = employee else { return Condition::all() };
    macro_rules! attended {
        ($table:ident, by $who:ident) => {
            Query::select()
                .expr(Expr::val(1))
                .from_as($table::Entity, "attended")
                .and_where(Expr::col(("attended", $table::Column::MunicipalityId)).eq(m))
                .and_where(Expr::col(("attended", $table::Column::CitizenId)).equals(whose.as_column_ref()))
                .and_where(Expr::col(("attended", $table::Column::MeetingId)).equals(at.as_column_ref()))
                .and_where(Expr::col(("attended", $table::Column::$who)).eq(employee))
                .to_owned()
        };
    }
    Condition::all()
        .add(Expr::not_exists(attended!(participant, by EmployeeId)))
        .add(Expr::not_exists(attended!(meeting, by Organizer)))
}
