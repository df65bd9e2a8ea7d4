//! One citizen's data, in the format that can be imported.

mod read;

use std::collections::{BTreeMap, BTreeSet};

use contract::{CitizenId, EmployeeId, EventId, FieldChange, MunicipalityId};
use jiff::tz::TimeZone;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use self::read::{
    Parts, choices_of, comment_of, draft_of, effort_of, employee_of, event_of, goal_of, item_of, meeting_of, member_of,
    minutes_of, opening_of, participant_of, profile_of, step_of, text, topic_of,
};
use crate::{
    db::Tx,
    entity::{
        agenda_item, choice, citizen, comment, draft, effort, employee, event, event_change, goal, meeting, minutes,
        opening, participant, plan_member, profile, step, topic, visit,
    },
    error::Result,
    import::{Citizen, FORMAT, File, Party, Visit, Who},
    keys::{Ring, Unseal as _},
    values::unseal,
};

/// Everything about one citizen, with the employees who are named in it; nothing when there is no such citizen.
///
/// # Errors
/// That the database does not answer.
pub async fn file(tx: &Tx, ring: &Ring, m: MunicipalityId, id: CitizenId, zone: &TimeZone) -> Result<Option<File>> {
    let Some(citizen) = self::citizen(tx, ring, m, id, zone).await? else { return Ok(None) };
    let named = named(&citizen);
    let rows = employee::Entity::find()
        .filter(employee::Column::MunicipalityId.eq(m.0))
        .order_by_asc(employee::Column::EmployeeId)
        .all(tx)
        .await?;
    let employees = rows.into_iter().filter(|row| named.contains(&row.employee_id)).map(employee_of);
    Ok(Some(File { format: FORMAT, employees: employees.collect::<Result<_>>()?, citizens: vec![citizen] }))
}

/// Whether there is such a citizen.
///
/// # Errors
/// That the database does not answer.
pub async fn is_known(tx: &Tx, m: Uuid, citizen: Uuid) -> Result<bool> {
    Ok(citizen::Entity::find_by_id((m, citizen)).one(tx).await?.is_some())
}

/// Every id of an employee that stands in the citizen's data.
pub(crate) fn named(citizen: &Citizen) -> BTreeSet<Uuid> {
    let mut found = BTreeSet::new();
    let mut who = |who: Who| {
        if let Who::Employee { employee } = who {
            found.insert(employee.0);
        }
    };
    let mut id = |id: Option<EmployeeId>| id.map_or((), |employee| who(Who::Employee { employee }));
    id(citizen.contact_person);
    citizen.plan_members.iter().for_each(|it| id(Some(it.employee)));
    for meeting in &citizen.meetings {
        id(meeting.organizer);
        id(meeting.minutes.as_ref().and_then(|it| it.author));
        meeting.participants.iter().for_each(|it| id(it.employee));
    }
    citizen.efforts.iter().for_each(|it| id(it.responsible));
    citizen.comments.iter().for_each(|it| id(it.assessed.as_ref().map(|it| it.by)));
    for step in &citizen.steps {
        if let Party::Employee { employee } = step.owner {
            id(Some(employee));
        }
    }
    citizen.meetings.iter().flat_map(|it| &it.agenda).for_each(|it| who(it.proposed_by));
    citizen.steps.iter().for_each(|it| who(it.written_by));
    citizen.comments.iter().for_each(|it| who(it.by));
    citizen.openings.iter().for_each(|it| who(it.by));
    citizen.history.iter().flatten().for_each(|it| who(it.by));
    found
}

/// The citizen, every list in one order; nothing when there is no such citizen.
///
/// # Errors
/// That the database does not answer, or holds what breaks the contract's rules.
pub(crate) async fn citizen(
    tx: &Tx,
    ring: &Ring,
    m: MunicipalityId,
    id: CitizenId,
    zone: &TimeZone,
) -> Result<Option<Citizen>> {
    let key = (m.0, id.0);
    if !ring.has(id.0) {
        return Ok(None);
    }
    let Some(row) = citizen::Entity::find_by_id(key).one(tx).await?.unsealed(ring)? else { return Ok(None) };
    /// Every row of the case, by its key.
    macro_rules! rows {
        ($table:ident) => {
            $table::Entity::find()
                .filter($table::Column::MunicipalityId.eq(key.0))
                .filter($table::Column::CitizenId.eq(key.1))
        };
    }
    let mut parts = Parts::default();
    for row in rows!(participant).order_by_asc(participant::Column::Position).all(tx).await?.unsealed(ring)? {
        parts.participants.entry(row.meeting_id).or_default().push(participant_of(row)?);
    }
    for row in rows!(agenda_item).order_by_asc(agenda_item::Column::Position).all(tx).await?.unsealed(ring)? {
        parts.agenda.entry(row.meeting_id).or_default().push(item_of(row)?);
    }
    for row in rows!(minutes).all(tx).await?.unsealed(ring)? {
        parts.minutes.insert(row.meeting_id, minutes_of(row)?);
    }
    let mut changes: BTreeMap<Uuid, Vec<FieldChange>> = BTreeMap::new();
    for row in rows!(event_change).order_by_asc(event_change::Column::Position).all(tx).await?.unsealed(ring)? {
        let change = FieldChange { field: row.field, old: unseal(row.old), new: unseal(row.new) };
        changes.entry(row.event_id).or_default().push(change);
    }
    let meetings = rows!(meeting).order_by_asc(meeting::Column::MeetingId).all(tx).await?.unsealed(ring)?;
    let goals = rows!(goal).order_by_asc(goal::Column::GoalId).all(tx).await?.unsealed(ring)?;
    let topics = rows!(topic).order_by_asc(topic::Column::TopicId).all(tx).await?.unsealed(ring)?;
    let drafts = rows!(draft)
        .filter(draft::Column::WrittenBy.is_null())
        .order_by_asc(draft::Column::DraftId)
        .all(tx)
        .await?
        .unsealed(ring)?;
    let efforts = rows!(effort).order_by_asc(effort::Column::EffortId).all(tx).await?.unsealed(ring)?;
    let steps = rows!(step).order_by_asc(step::Column::StepId).all(tx).await?.unsealed(ring)?;
    let comments = rows!(comment).order_by_asc(comment::Column::CommentId).all(tx).await?.unsealed(ring)?;
    let events = rows!(event).order_by_asc(event::Column::EventId).all(tx).await?.unsealed(ring)?;
    let members = rows!(plan_member).order_by_asc(plan_member::Column::EmployeeId).all(tx).await?.unsealed(ring)?;
    let mut openings = rows!(opening).all(tx).await?;
    openings.sort_by_key(|row| (row.opening_id, row.item_id, row.version));
    Ok(Some(Citizen {
        id,
        name: text(row.name.into_text())?,
        is_protected: row.is_protected,
        contact_person: row.contact_person.map(EmployeeId),
        external_id: row.external_id.map(text).transpose()?,
        cpr: None,
        profile: profile::Entity::find_by_id(key).one(tx).await?.unsealed(ring)?.map(profile_of).transpose()?,
        choices: choice::Entity::find_by_id(key).one(tx).await?.map(choices_of),
        plan_members: members.into_iter().map(member_of).collect::<Result<_>>()?,
        meetings: meetings.into_iter().map(|row| meeting_of(row, &mut parts, zone)).collect::<Result<_>>()?,
        goals: goals.into_iter().map(goal_of).collect::<Result<_>>()?,
        topics: topics.into_iter().map(topic_of).collect::<Result<_>>()?,
        drafts: drafts.into_iter().map(draft_of).collect::<Result<_>>()?,
        efforts: efforts.into_iter().map(effort_of).collect::<Result<_>>()?,
        steps: steps.into_iter().map(step_of).collect::<Result<_>>()?,
        comments: comments.into_iter().map(comment_of).collect::<Result<_>>()?,
        openings: openings.into_iter().map(opening_of).collect(),
        visit: visit::Entity::find_by_id(key)
            .one(tx)
            .await?
            .map(|row| Visit { seen_from: row.seen_from.map(EventId), seen_until: EventId(row.seen_until) }),
        history: Some(events.into_iter().map(|row| event_of(row, &mut changes)).collect()),
    }))
}
