use std::collections::{HashMap, HashSet};

use contract::{CaseCitizen, CaseMeeting, Caseload, MeetingId};
use jiff::{Span, civil, tz::TimeZone};
use sea_orm::{
    ColumnTrait, Condition, DerivePartialModel, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::citizens;
use crate::{
    db::Tx,
    entity::{citizen, meeting, minutes, participant, same},
    error::{Error, Result},
    meetings::summary::{after, time_at},
    policy::ListAccess,
    values::Instant,
};

/// How many meetings without shared minutes one answer holds.
const WAITING: usize = 30;

/// How many days of coming meetings are shown, today with them, unless all are asked for: a week from today.
const AHEAD: i64 = 8;

/// What a list for employees shows of a meeting.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "meeting::Entity")]
struct Slot {
    citizen_id: Uuid,
    meeting_id: Uuid,
    starts_at: Instant,
    minutes: i32,
    is_cancelled: bool,
    moved_from_at: Option<Instant>,
}

impl Slot {
    fn shown(self, citizen: CaseCitizen, has_minutes_draft: bool, zone: &TimeZone) -> CaseMeeting {
        CaseMeeting {
            citizen,
            id: MeetingId(self.meeting_id),
            time: time_at(self.starts_at.0, self.minutes, zone),
            is_cancelled: self.is_cancelled,
            is_moved: self.moved_from_at.is_some(),
            has_minutes_draft,
        }
    }
}

pub(super) async fn search(tx: &Tx, access: &ListAccess, letters: &str) -> Result<Caseload> {
    let mut citizens = citizens::many(tx, access).await?;
    citizens.retain(|citizen| citizens::is_called(citizen, letters));
    Ok(Caseload {
        today: access.zone().to_datetime(access.at()).date(),
        coming: Vec::new(),
        later: 0,
        waiting: Vec::new(),
        citizens,
    })
}

/// With all coming meetings, or with those of the next days.
pub(super) async fn read(tx: &Tx, access: &ListAccess, all: bool) -> Result<Caseload> {
    let today = access.zone().to_datetime(access.at()).date();
    let citizens = citizens::many(tx, access).await?;
    let by_id: HashMap<Uuid, &CaseCitizen> = citizens.iter().map(|citizen| (citizen.id.0, citizen)).collect();

    let waiting = waiting(tx, access).await?;
    let is_waiting: HashSet<(Uuid, Uuid)> = waiting.iter().map(|row| (row.citizen_id, row.meeting_id)).collect();
    let coming =
        meetings(access).filter(comes(access)).filter(meeting::Column::StartsAt.gte(beginning(today, access)?));
    let near_end = beginning(today.saturating_add(Span::new().days(AHEAD)), access)?;
    let later = if all { 0 } else { coming.clone().filter(meeting::Column::StartsAt.gte(near_end)).count(tx).await? };
    let mut coming = coming
        .apply_if((!all).then_some(near_end), |rows, end| rows.filter(meeting::Column::StartsAt.lt(end)))
        .order_by_asc(meeting::Column::StartsAt)
        .into_partial_model::<Slot>()
        .all(tx)
        .await?;
    coming.retain(|row| !is_waiting.contains(&(row.citizen_id, row.meeting_id)));
    let drafts = drafts(tx, access, &waiting).await?;
    let shown = |rows: Vec<Slot>| {
        let meeting = |row: Slot| {
            let citizen = (*by_id.get(&row.citizen_id)?).clone();
            let has_minutes_draft = drafts.contains(&(row.citizen_id, row.meeting_id));
            Some(row.shown(citizen, has_minutes_draft, access.zone()))
        };
        rows.into_iter().filter_map(meeting).collect()
    };
    let (coming, waiting) = (shown(coming), shown(waiting));
    Ok(Caseload { today, coming, later: u32::try_from(later).unwrap_or(u32::MAX), waiting, citizens })
}

/// A day's first moment.
fn beginning(day: civil::Date, access: &ListAccess) -> Result<Instant> {
    let midnight = day.to_zoned(access.zone().clone()).map_err(|_| Error::Internal("a day has no beginning"))?;
    Ok(Instant(midnight.timestamp()))
}

/// Meetings of their citizens.
fn meetings(access: &ListAccess) -> Select<meeting::Entity> {
    meeting::Entity::find()
        .filter(meeting::Column::MunicipalityId.eq(access.municipality()))
        .filter(meeting::Column::CitizenId.is_in(access.own().iter().copied()))
}

/// That the employee comes to a meeting or has arranged it.
fn comes(access: &ListAccess) -> Condition {
    let comes = participant::Entity::find()
        .select_only()
        .expr(Expr::val(1))
        .filter(participant::Column::MunicipalityId.eq(access.municipality()))
        .filter(participant::Column::EmployeeId.eq(access.employee().0))
        .filter(same(
            (participant::Entity, participant::Column::CitizenId),
            (meeting::Entity, meeting::Column::CitizenId),
        ))
        .filter(same(
            (participant::Entity, participant::Column::MeetingId),
            (meeting::Entity, meeting::Column::MeetingId),
        ));
    Condition::any().add(meeting::Column::Organizer.eq(access.employee().0)).add(Expr::exists(comes.into_query()))
}

/// Those that are over and whose minutes the citizen cannot read yet, the latest first; to the contact person also those
/// that only others came to.
async fn waiting(tx: &Tx, access: &ListAccess) -> Result<Vec<Slot>> {
    let shared = minutes::Entity::find()
        .select_only()
        .expr(Expr::val(1))
        .filter(minutes::Column::MunicipalityId.eq(access.municipality()))
        .filter(minutes::Column::SharedAt.is_not_null())
        .filter(same((minutes::Entity, minutes::Column::CitizenId), (meeting::Entity, meeting::Column::CitizenId)))
        .filter(same((minutes::Entity, minutes::Column::MeetingId), (meeting::Entity, meeting::Column::MeetingId)));
    let contact = citizen::Entity::find()
        .select_only()
        .column(citizen::Column::CitizenId)
        .filter(citizen::Column::MunicipalityId.eq(access.municipality()))
        .filter(citizen::Column::ContactPerson.eq(access.employee().0));
    let is_contact = meeting::Column::CitizenId.in_subquery(contact.into_query());
    // One employee is in few meetings at once, so a few more are read than are shown.
    let begun = meetings(access)
        .filter(comes(access).add(is_contact))
        .filter(meeting::Column::IsCancelled.eq(false))
        .filter(meeting::Column::StartsAt.lte(Instant(access.at())))
        .filter(Expr::not_exists(shared.into_query()))
        .filter(meeting::Column::MeetingId.is_not_in(access.ring().hidden().iter().copied()))
        .order_by_desc(meeting::Column::StartsAt)
        .limit(WAITING as u64 + 10)
        .into_partial_model::<Slot>()
        .all(tx)
        .await?;
    Ok(begun.into_iter().filter(|row| after(row.starts_at.0, row.minutes) <= access.at()).take(WAITING).collect())
}

/// Those of these meetings that minutes are begun for.
async fn drafts(tx: &Tx, access: &ListAccess, waiting: &[Slot]) -> Result<HashSet<(Uuid, Uuid)>> {
    let drafts: Vec<(Uuid, Uuid)> = minutes::Entity::find()
        .select_only()
        .columns([minutes::Column::CitizenId, minutes::Column::MeetingId])
        .filter(minutes::Column::MunicipalityId.eq(access.municipality()))
        .filter(minutes::Column::CitizenId.is_in(waiting.iter().map(|row| row.citizen_id)))
        .filter(minutes::Column::SharedAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    Ok(drafts.into_iter().collect())
}
