use std::collections::{HashMap, HashSet};

use contract::{CaseCitizen, CaseMeeting, Caseload, EmployeeId, MeetingId, MunicipalityId};
use jiff::{Span, Timestamp, civil, tz::TimeZone};
use sea_orm::{
    ColumnTrait, Condition, DerivePartialModel, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::citizens;
use crate::{
    config::Ground,
    db::Tx,
    entity::{citizen, meeting, minutes, participant, same, sealed_row},
    error::{Error, Result},
    keys::{Keys, Ring, Unseal as _},
    meetings::summary::{after, time_at},
    policy,
    values::{Instant, SealedText},
};

/// How many meetings without shared minutes one answer holds.
const WAITING: usize = 30;

/// How many days of coming meetings are shown, today with them, unless all are asked for: a week from today.
const AHEAD: i64 = 8;

/// What a list for employees shows of a meeting.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "meeting::Entity")]
struct Slot {
    municipality_id: Uuid,
    citizen_id: Uuid,
    meeting_id: Uuid,
    starts_at: Instant,
    minutes: i32,
    purpose: SealedText,
    is_cancelled: bool,
    moved_from_at: Option<Instant>,
}

sealed_row!(Slot, meeting, [meeting_id], { purpose }, {} of meeting_id);

impl Slot {
    fn shown(self, citizen: CaseCitizen, has_minutes_draft: bool, zone: &TimeZone) -> CaseMeeting {
        CaseMeeting {
            citizen,
            id: MeetingId(self.meeting_id),
            time: time_at(self.starts_at.0, self.minutes, zone),
            purpose: self.purpose.into_text(),
            is_cancelled: self.is_cancelled,
            is_moved: self.moved_from_at.is_some(),
            has_minutes_draft,
        }
    }
}

/// Who asks, and when.
#[derive(Clone)]
pub(super) struct Asker {
    pub(super) municipality: MunicipalityId,
    pub(super) employee: EmployeeId,
    pub(super) keys: Keys,
    pub(super) grounds: Vec<Ground>,
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
}

pub(super) async fn search(tx: &Tx, asker: &Asker, letters: &str) -> Result<Caseload> {
    let (own, ring) = own(tx, asker).await?;
    let mut citizens = citizens::many(tx, asker, &own, &ring).await?;
    citizens.retain(|citizen| citizens::is_called(citizen, letters));
    Ok(Caseload {
        today: asker.zone.to_datetime(asker.now).date(),
        coming: Vec::new(),
        later: 0,
        waiting: Vec::new(),
        citizens,
    })
}

/// With all coming meetings, or with those of the next days.
pub(super) async fn read(tx: &Tx, asker: &Asker, all: bool) -> Result<Caseload> {
    let today = asker.zone.to_datetime(asker.now).date();
    let (own, ring) = own(tx, asker).await?;
    let citizens = citizens::many(tx, asker, &own, &ring).await?;
    let by_id: HashMap<Uuid, &CaseCitizen> = citizens.iter().map(|citizen| (citizen.id.0, citizen)).collect();

    let waiting = waiting(tx, asker, &own, &ring).await?;
    let is_waiting: HashSet<(Uuid, Uuid)> = waiting.iter().map(|row| (row.citizen_id, row.meeting_id)).collect();
    let coming =
        meetings(asker, &own).filter(comes(asker)).filter(meeting::Column::StartsAt.gte(beginning(today, asker)?));
    let near_end = beginning(today.saturating_add(Span::new().days(AHEAD)), asker)?;
    let later = if all { 0 } else { coming.clone().filter(meeting::Column::StartsAt.gte(near_end)).count(tx).await? };
    let mut coming = coming
        .apply_if((!all).then_some(near_end), |rows, end| rows.filter(meeting::Column::StartsAt.lt(end)))
        .order_by_asc(meeting::Column::StartsAt)
        .into_partial_model::<Slot>()
        .all(tx)
        .await?
        .unsealed(&ring)?;
    coming.retain(|row| !is_waiting.contains(&(row.citizen_id, row.meeting_id)));
    let drafts = drafts(tx, asker, &waiting).await?;
    let shown = |rows: Vec<Slot>| {
        let meeting = |row: Slot| {
            let citizen = (*by_id.get(&row.citizen_id)?).clone();
            let has_minutes_draft = drafts.contains(&(row.citizen_id, row.meeting_id));
            Some(row.shown(citizen, has_minutes_draft, &asker.zone))
        };
        rows.into_iter().filter_map(meeting).collect()
    };
    let (coming, waiting) = (shown(coming), shown(waiting));
    Ok(Caseload { today, coming, later: u32::try_from(later).unwrap_or(u32::MAX), waiting, citizens })
}

/// Their citizens, without those whose keys are deleted, and the keys to what is not hidden from them.
async fn own(tx: &Tx, asker: &Asker) -> Result<(Vec<Uuid>, Ring)> {
    let mut own = policy::citizens_of(tx, (asker.municipality.0, asker.employee.0), asker.now).await?;
    let ring = asker.keys.of(asker.municipality, &own).await?;
    own.retain(|citizen| ring.has(*citizen));
    let (m, employee) = (asker.municipality.0, asker.employee.0);
    let closed = policy::hidden::closed_to(tx, (m, employee), &asker.grounds, &own, asker.now).await?;
    let hidden = policy::hidden::find(tx, m, &closed, Some(employee)).await?;
    Ok((own, ring.without(hidden)))
}

/// A day's first moment.
fn beginning(day: civil::Date, asker: &Asker) -> Result<Instant> {
    let midnight = day.to_zoned(asker.zone.clone()).map_err(|_| Error::Internal("a day has no beginning"))?;
    Ok(Instant(midnight.timestamp()))
}

/// Meetings of their citizens.
fn meetings(asker: &Asker, own: &[Uuid]) -> Select<meeting::Entity> {
    meeting::Entity::find()
        .filter(meeting::Column::MunicipalityId.eq(asker.municipality.0))
        .filter(meeting::Column::CitizenId.is_in(own.iter().copied()))
}

/// That the employee comes to a meeting or has arranged it.
fn comes(asker: &Asker) -> Condition {
    let comes = participant::Entity::find()
        .select_only()
        .expr(Expr::val(1))
        .filter(participant::Column::MunicipalityId.eq(asker.municipality.0))
        .filter(participant::Column::EmployeeId.eq(asker.employee.0))
        .filter(same(
            (participant::Entity, participant::Column::CitizenId),
            (meeting::Entity, meeting::Column::CitizenId),
        ))
        .filter(same(
            (participant::Entity, participant::Column::MeetingId),
            (meeting::Entity, meeting::Column::MeetingId),
        ));
    Condition::any().add(meeting::Column::Organizer.eq(asker.employee.0)).add(Expr::exists(comes.into_query()))
}

/// Those that are over and whose minutes the citizen cannot read yet, the latest first; to the contact person also those
/// that only others came to.
async fn waiting(tx: &Tx, asker: &Asker, own: &[Uuid], ring: &Ring) -> Result<Vec<Slot>> {
    let shared = minutes::Entity::find()
        .select_only()
        .expr(Expr::val(1))
        .filter(minutes::Column::MunicipalityId.eq(asker.municipality.0))
        .filter(minutes::Column::SharedAt.is_not_null())
        .filter(same((minutes::Entity, minutes::Column::CitizenId), (meeting::Entity, meeting::Column::CitizenId)))
        .filter(same((minutes::Entity, minutes::Column::MeetingId), (meeting::Entity, meeting::Column::MeetingId)));
    let contact = citizen::Entity::find()
        .select_only()
        .column(citizen::Column::CitizenId)
        .filter(citizen::Column::MunicipalityId.eq(asker.municipality.0))
        .filter(citizen::Column::ContactPerson.eq(asker.employee.0));
    let is_contact = meeting::Column::CitizenId.in_subquery(contact.into_query());
    // One employee is in few meetings at once, so a few more are read than are shown.
    let begun = meetings(asker, own)
        .filter(comes(asker).add(is_contact))
        .filter(meeting::Column::IsCancelled.eq(false))
        .filter(meeting::Column::StartsAt.lte(Instant(asker.now)))
        .filter(Expr::not_exists(shared.into_query()))
        .filter(meeting::Column::MeetingId.is_not_in(ring.hidden().iter().copied()))
        .order_by_desc(meeting::Column::StartsAt)
        .limit(WAITING as u64 + 10)
        .into_partial_model::<Slot>()
        .all(tx)
        .await?
        .unsealed(ring)?;
    Ok(begun.into_iter().filter(|row| after(row.starts_at.0, row.minutes) <= asker.now).take(WAITING).collect())
}

/// Those of these meetings that minutes are begun for.
async fn drafts(tx: &Tx, asker: &Asker, waiting: &[Slot]) -> Result<HashSet<(Uuid, Uuid)>> {
    let drafts: Vec<(Uuid, Uuid)> = minutes::Entity::find()
        .select_only()
        .columns([minutes::Column::CitizenId, minutes::Column::MeetingId])
        .filter(minutes::Column::MunicipalityId.eq(asker.municipality.0))
        .filter(minutes::Column::CitizenId.is_in(waiting.iter().map(|row| row.citizen_id)))
        .filter(minutes::Column::SharedAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    Ok(drafts.into_iter().collect())
}
