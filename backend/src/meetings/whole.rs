//! One meeting, whole: what was arranged, what the citizen brings, what came of it.

use std::collections::HashSet;

use contract::{AgendaItem, EventKind, LastTime, Meeting, MeetingId, Participant};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

pub use shown::is_closed;

use super::summary;
use crate::{
    db::Tx,
    entity::{agenda_item, event, event_change, goal, meeting, minutes, participant, step, topic},
    error::{Error, Result},
    history::{changed, closed_before},
    items::Rows,
    keys::Unseal as _,
    people::{self, People, person_of},
    plan,
    policy::CaseAccess,
    preparation::draft,
    values::{Word, unseal},
};

mod shown;

pub(crate) async fn read(access: &CaseAccess, tx: &Tx, row: meeting::Model) -> Result<Meeting> {
    let guests = participants(access, tx, row.meeting_id).await?;
    let agenda = agenda(access, tx, row.meeting_id).await?;
    let written = written(access, tx, row.meeting_id).await?;
    let changes = changes(access, tx, row.meeting_id).await?;
    let ids = guests
        .iter()
        .filter_map(|guest| guest.employee_id)
        .chain(row.organizer)
        .chain(agenda.iter().filter_map(|item| person_of(item.proposed_by_kind.0, item.proposed_by)))
        .chain(written.iter().filter_map(|written| written.author))
        .chain(changes.iter().filter_map(|(event, _)| person_of(event.actor_kind.0, event.actor_id)));
    let people = People::load(access, tx, ids).await?;
    let known = Known::load(access, tx, &row).await?;
    let items = brought(access, tx, row.meeting_id).await?.show(access, tx).await?;
    // What came of the items is told with the minutes, not before.
    let shows_outcomes =
        !access.is_citizens_side() || written.as_ref().is_some_and(|written| written.shared_at.is_some());
    let last_time = last_time(access, tx, &row).await?;
    let draft_count = draft::count(access, tx, row.meeting_id).await?;
    let Some(summary) = summary::of_case(access, tx, vec![row.clone()]).await?.pop() else {
        return Err(Error::Internal("a meeting has no summary"));
    };
    Ok(Meeting {
        summary,
        today: access.today(),
        title: unseal(row.title),
        entrance: unseal(row.entrance),
        received_by: unseal(row.received_by),
        bring: unseal(row.bring),
        contact_phone: unseal(row.contact_phone),
        cancelled_reason: unseal(row.cancelled_reason),
        changes: changes.into_iter().map(|(event, change)| shown::change(&people, &event, change)).collect(),
        participants: guests.into_iter().map(|guest| shown::guest(&people, &known, guest)).collect(),
        agenda: agenda
            .into_iter()
            .map(|item| shown::item(access, &people, item, shows_outcomes))
            .collect::<Result<_>>()?,
        goals: items.goals,
        topics: items.topics,
        draft_count,
        minutes: written.map(|written| shown::minutes(&people, written, items.steps)),
        last_time,
        organizer: row.organizer.and_then(|id| people.employee(id)).map(people::employee).transpose()?,
        source: row.source,
    })
}

/// Those who come, in order.
///
/// # Errors
/// That the database does not answer.
pub(crate) async fn participants(access: &CaseAccess, tx: &Tx, meeting: Uuid) -> Result<Vec<participant::Model>> {
    let (m, c) = access.key();
    let guests = participant::Entity::find()
        .filter(participant::Column::MunicipalityId.eq(m))
        .filter(participant::Column::CitizenId.eq(c))
        .filter(participant::Column::MeetingId.eq(meeting));
    guests.order_by_asc(participant::Column::Position).all(tx).await?.unsealed(access)
}

/// Who comes, as the citizen sees them.
///
/// # Errors
/// That the database does not answer.
pub(crate) async fn guests(access: &CaseAccess, tx: &Tx, row: &meeting::Model) -> Result<Vec<Participant>> {
    let guests = participants(access, tx, row.meeting_id).await?;
    let people = People::load(access, tx, guests.iter().filter_map(|guest| guest.employee_id)).await?;
    let known = Known::load(access, tx, row).await?;
    Ok(guests.into_iter().map(|guest| shown::guest(&people, &known, guest)).collect())
}

/// The agenda, in order.
///
/// # Errors
/// That the database does not answer.
pub(crate) async fn agenda(access: &CaseAccess, tx: &Tx, meeting: Uuid) -> Result<Vec<agenda_item::Model>> {
    let (m, c) = access.key();
    let items = agenda_item::Entity::find()
        .filter(agenda_item::Column::MunicipalityId.eq(m))
        .filter(agenda_item::Column::CitizenId.eq(c))
        .filter(agenda_item::Column::MeetingId.eq(meeting));
    items.order_by_asc(agenda_item::Column::Position).all(tx).await?.unsealed(access)
}

/// The agenda in one text, an item a line, for an event. A citizen's topic stands as its id: the citizen may take back the
/// words, so they are looked up when the event is told.
#[must_use]
pub(crate) fn told(agenda: &[agenda_item::Model]) -> Option<String> {
    let lines: Vec<String> = agenda.iter().map(told_item).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// One item, likewise.
#[must_use]
pub(crate) fn told_item(item: &agenda_item::Model) -> String {
    item.topic_id.map_or_else(|| item.text.as_str().to_owned(), |id| id.to_string())
}

/// Agenda items with what came of them, as an employee sees them.
///
/// # Errors
/// That the database does not answer.
pub(crate) async fn items(access: &CaseAccess, tx: &Tx, rows: Vec<agenda_item::Model>) -> Result<Vec<AgendaItem>> {
    let ids = rows.iter().filter_map(|item| person_of(item.proposed_by_kind.0, item.proposed_by));
    let people = People::load(access, tx, ids).await?;
    rows.into_iter().map(|item| shown::item(access, &people, item, !access.is_citizens_side())).collect()
}

/// A draft is for employees only.
async fn written(access: &CaseAccess, tx: &Tx, meeting: Uuid) -> Result<Option<minutes::Model>> {
    let (m, c) = access.key();
    let row = minutes::Entity::find_by_id((m, c, meeting)).one(tx).await?.unsealed(access)?;
    Ok(row.filter(|row| row.shared_at.is_some() || !access.is_citizens_side()))
}

/// The citizen's goals and topics for the meeting, and the steps agreed there.
async fn brought(access: &CaseAccess, tx: &Tx, meeting: Uuid) -> Result<Rows> {
    let (m, c) = access.key();
    let goals = goal::Entity::find()
        .filter(goal::Column::MunicipalityId.eq(m))
        .filter(goal::Column::CitizenId.eq(c))
        .filter(goal::Column::MeetingId.eq(meeting))
        .filter(goal::Column::TakenBackAt.is_null());
    let topics = topic::Entity::find()
        .filter(topic::Column::MunicipalityId.eq(m))
        .filter(topic::Column::CitizenId.eq(c))
        .filter(topic::Column::MeetingId.eq(meeting))
        .filter(topic::Column::TakenBackAt.is_null());
    Ok(Rows {
        goals: goals
            .order_by_asc(goal::Column::MadeAt)
            .order_by_asc(goal::Column::GoalId)
            .all(tx)
            .await?
            .unsealed(access)?,
        topics: topics
            .order_by_asc(topic::Column::MadeAt)
            .order_by_asc(topic::Column::TopicId)
            .all(tx)
            .await?
            .unsealed(access)?,
        steps: agreed(access, tx, meeting).await?,
        ..Rows::default()
    })
}

async fn agreed(access: &CaseAccess, tx: &Tx, meeting: Uuid) -> Result<Vec<step::Model>> {
    let (m, c) = access.key();
    let steps = step::Entity::find()
        .filter(step::Column::MunicipalityId.eq(m))
        .filter(step::Column::CitizenId.eq(c))
        .filter(step::Column::MeetingId.eq(meeting));
    steps.order_by_asc(step::Column::MadeAt).order_by_asc(step::Column::StepId).all(tx).await?.unsealed(access)
}

/// Whom the citizen knows when they come to a meeting.
struct Known {
    met: HashSet<Uuid>,
    members: HashSet<Uuid>,
}

impl Known {
    async fn load(access: &CaseAccess, tx: &Tx, row: &meeting::Model) -> Result<Self> {
        let members = plan::store::members(access, tx).await?.into_iter().map(|member| member.employee.id.0);
        Ok(Self { met: met_before(access, tx, row).await?, members: members.collect() })
    }
}

/// The employees who were at a meeting that was held before this one.
async fn met_before(access: &CaseAccess, tx: &Tx, row: &meeting::Model) -> Result<HashSet<Uuid>> {
    let (m, c) = access.key();
    let earlier = meeting::Entity::find()
        .select_only()
        .column(meeting::Column::MeetingId)
        .filter(meeting::Column::MunicipalityId.eq(m))
        .filter(meeting::Column::CitizenId.eq(c))
        .filter(meeting::Column::IsCancelled.eq(false))
        .filter(meeting::Column::StartsAt.lt(row.starts_at))
        .filter(meeting::Column::StartsAt.lte(crate::values::Instant(access.at())));
    let met: Vec<Option<Uuid>> = participant::Entity::find()
        .select_only()
        .column(participant::Column::EmployeeId)
        .filter(participant::Column::MunicipalityId.eq(m))
        .filter(participant::Column::CitizenId.eq(c))
        .filter(participant::Column::MeetingId.in_subquery(earlier.into_query()))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(met.into_iter().flatten().collect())
}

/// The last meeting before this one that has shared minutes.
///
/// # Errors
/// That the database does not answer.
pub(crate) async fn last_time(access: &CaseAccess, tx: &Tx, row: &meeting::Model) -> Result<Option<LastTime>> {
    let (m, c) = access.key();
    let shared = minutes::Entity::find()
        .select_only()
        .column(minutes::Column::MeetingId)
        .filter(minutes::Column::MunicipalityId.eq(m))
        .filter(minutes::Column::CitizenId.eq(c))
        .filter(minutes::Column::SharedAt.is_not_null());
    let last = meeting::Entity::find()
        .filter(meeting::Column::MunicipalityId.eq(m))
        .filter(meeting::Column::CitizenId.eq(c))
        .filter(meeting::Column::StartsAt.lt(row.starts_at))
        .filter(meeting::Column::MeetingId.in_subquery(shared.into_query()))
        .filter(meeting::Column::MeetingId.is_not_in(access.hidden().iter().copied()))
        .order_by_desc(meeting::Column::StartsAt)
        .limit(1)
        .one(tx)
        .await?
        .unsealed(access)?;
    let Some(last) = last else { return Ok(None) };
    let Some(written) = written(access, tx, last.meeting_id).await? else { return Ok(None) };
    let steps = Rows::of_steps(agreed(access, tx, last.meeting_id).await?).show(access, tx).await?.steps;
    Ok(Some(LastTime {
        meeting: MeetingId(last.meeting_id),
        time: summary::time(&last),
        summary: written.summary.into_text(),
        steps,
    }))
}

type Change = (event::Model, event_change::Model);

/// The fields of a change that the citizen needs side by side, old and new.
const SHOWN: [&str; 4] = ["local_start", "minutes", "place", "form"];

async fn changes(access: &CaseAccess, tx: &Tx, meeting: Uuid) -> Result<Vec<Change>> {
    let (m, c) = access.key();
    let kinds = [EventKind::MeetingMoved, EventKind::MeetingChanged].map(Word);
    let events = event::Entity::find()
        .filter(event::Column::MunicipalityId.eq(m))
        .filter(event::Column::CitizenId.eq(c))
        .filter(event::Column::MeetingId.eq(meeting))
        .filter(event::Column::Kind.is_in(kinds))
        .filter(event::Column::Area.is_not_in(access.closed().iter().copied().map(Word)))
        .order_by_desc(event::Column::EventId)
        .all(tx)
        .await?
        .unsealed(access)?;
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let mut fields = event_change::Entity::find()
        .filter(event_change::Column::MunicipalityId.eq(m))
        .filter(event_change::Column::CitizenId.eq(c))
        .filter(event_change::Column::EventId.is_in(events.iter().map(|event| event.event_id)))
        .filter(event_change::Column::Field.is_in(SHOWN))
        .order_by_asc(event_change::Column::Position)
        .all(tx)
        .await?
        .unsealed(access)?;
    // What stood there while it was closed to the reader has no old and new for them.
    let closed_before = closed_before(access, tx, [meeting]).await?;
    let open = events.into_iter().filter(|event| !closed_before.contains(&changed(event)));
    let changes = open.flat_map(|event| {
        let own: Vec<_> = fields.extract_if(.., |field| field.event_id == event.event_id).collect();
        own.into_iter().map(move |field| (event.clone(), field)).collect::<Vec<_>>()
    });
    Ok(changes.collect())
}
