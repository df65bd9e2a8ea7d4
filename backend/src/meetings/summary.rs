//! Meetings in a list.

use std::collections::{HashMap, HashSet};

use contract::{MeetingId, MeetingSummary, MeetingTime, OpenedKind, Version};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{goal, meeting, minutes, opening, participant, topic},
    error::Result,
    history::closed_before,
    keys::Unseal as _,
    policy::CaseAccess,
    values::{ActorKind, Word, unseal},
};

/// When a meeting ends.
#[must_use]
pub fn ends_at(row: &meeting::Model) -> Timestamp {
    after(row.starts_at.0, row.minutes)
}

/// When a meeting is.
#[must_use]
pub fn time(row: &meeting::Model) -> MeetingTime {
    MeetingTime {
        local_start: row.local_start.0,
        local_end: row.local_end.0,
        starts_at: row.starts_at.0,
        minutes: whole_minutes(row.minutes),
    }
}

/// The time of a meeting that begins at this instant, on the wall clock of this zone.
#[must_use]
pub fn time_at(starts_at: Timestamp, minutes: i32, zone: &TimeZone) -> MeetingTime {
    MeetingTime {
        local_start: zone.to_datetime(starts_at),
        local_end: zone.to_datetime(after(starts_at, minutes)),
        starts_at,
        minutes: whole_minutes(minutes),
    }
}

/// So many minutes later.
#[must_use]
pub fn after(start: Timestamp, minutes: i32) -> Timestamp {
    start.saturating_add(SignedDuration::from_mins(i64::from(minutes))).unwrap_or(start)
}

fn whole_minutes(minutes: i32) -> u16 {
    u16::try_from(minutes).unwrap_or_default()
}

/// Meetings of one case, in the same order; five queries however many they are.
///
/// # Errors
/// That the database does not answer.
pub async fn of_case(access: &CaseAccess, tx: &Tx, rows: Vec<meeting::Model>) -> Result<Vec<MeetingSummary>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let beside = Beside::load(access, tx, &rows).await?;
    Ok(rows.into_iter().map(|row| beside.summary(row, access.at(), access.zone())).collect())
}

/// What a list shows of a meeting that lies in other tables.
struct Beside {
    names: HashMap<Uuid, Vec<String>>,
    /// The version of the minutes.
    shared: HashMap<Uuid, i32>,
    /// Meeting, and the version of its minutes.
    opened: HashSet<(Uuid, i32)>,
    sent: HashMap<Uuid, u32>,
    /// What was closed to the reader when it was moved, or may have been.
    was_closed: HashSet<Uuid>,
}

impl Beside {
    async fn load(access: &CaseAccess, tx: &Tx, rows: &[meeting::Model]) -> Result<Self> {
        let (m, c) = access.key();
        macro_rules! of_these {
            ($table:ident, $meeting:ident) => {
                $table::Entity::find()
                    .select_only()
                    .column($table::Column::$meeting)
                    .filter($table::Column::MunicipalityId.eq(m))
                    .filter($table::Column::CitizenId.eq(c))
                    .filter($table::Column::$meeting.is_in(rows.iter().map(|row| row.meeting_id)))
            };
        }
        let guests = participant::Entity::find()
            .filter(participant::Column::MunicipalityId.eq(m))
            .filter(participant::Column::CitizenId.eq(c))
            .filter(participant::Column::MeetingId.is_in(rows.iter().map(|row| row.meeting_id)))
            .order_by_asc(participant::Column::Position)
            .all(tx)
            .await?
            .unsealed(access)?;
        let shared: Vec<(Uuid, i32)> = of_these!(minutes, MeetingId)
            .column(minutes::Column::Version)
            .filter(minutes::Column::SharedAt.is_not_null())
            .into_tuple()
            .all(tx)
            .await?;
        let opened: Vec<(Uuid, i32)> = of_these!(opening, ItemId)
            .column(opening::Column::Version)
            .filter(opening::Column::Kind.eq(Word(OpenedKind::Minutes)))
            .filter(opening::Column::ActorKind.eq(Word(ActorKind::Citizen)))
            .into_tuple()
            .all(tx)
            .await?;
        let goals: Vec<(Uuid, Uuid)> = of_these!(goal, MeetingId)
            .column(goal::Column::GoalId)
            .filter(goal::Column::TakenBackAt.is_null())
            .into_tuple()
            .all(tx)
            .await?;
        let topics: Vec<(Uuid, Uuid)> = of_these!(topic, MeetingId)
            .column(topic::Column::TopicId)
            .filter(topic::Column::TakenBackAt.is_null())
            .into_tuple()
            .all(tx)
            .await?;
        let moved = rows.iter().filter(|row| row.moved_from_at.is_some()).map(|row| row.meeting_id);
        let was_closed = closed_before(access, tx, moved).await?;
        let mut beside = Self {
            names: HashMap::new(),
            shared: shared.into_iter().collect(),
            opened: opened.into_iter().collect(),
            sent: HashMap::new(),
            was_closed: was_closed.into_iter().map(|(_, meeting, _)| meeting).collect(),
        };
        for guest in guests {
            beside.names.entry(guest.meeting_id).or_default().push(guest.name.into_text());
        }
        for (meeting, _) in goals.into_iter().chain(topics).filter(|(_, id)| !access.hides(*id)) {
            *beside.sent.entry(meeting).or_default() += 1;
        }
        Ok(beside)
    }

    fn summary(&self, row: meeting::Model, now: Timestamp, zone: &TimeZone) -> MeetingSummary {
        let key = row.meeting_id;
        let shared = self.shared.get(&key);
        let is_over = ends_at(&row) <= now;
        let moved_from = row.moved_from_at.filter(|_| !self.was_closed.contains(&key));
        MeetingSummary {
            id: MeetingId(row.meeting_id),
            version: Version(row.version),
            time: time(&row),
            moved_from: moved_from.map(|at| time_at(at.0, row.moved_from_minutes.unwrap_or(row.minutes), zone)),
            purpose: row.purpose.into_text(),
            form: row.form.0,
            place: unseal(row.place),
            is_cancelled: row.is_cancelled,
            has_begun: row.starts_at.0 <= now,
            is_over,
            participant_names: self.names.get(&key).cloned().unwrap_or_default(),
            area: row.area.0,
            has_minutes: shared.is_some(),
            is_minutes_opened: shared.is_some_and(|version| self.opened.contains(&(key, *version))),
            sent_count: self.sent.get(&key).copied().unwrap_or_default(),
        }
    }
}
