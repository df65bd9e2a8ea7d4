//! Citizens in an employee's list.

use std::collections::HashMap;

use contract::{CaseCitizen, CitizenId, MeetingId, Unopened};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{store::Asker, unopened};
use crate::{
    db::Tx,
    entity::{citizen, meeting, profile},
    error::{Error, Result},
    meetings::summary::after,
    policy::CaseAccess,
    values::{Instant, SealedText},
};

/// The citizen whose case is open.
///
/// # Errors
/// That the database does not answer.
pub async fn one(access: &CaseAccess, tx: &Tx, unopened: &Unopened) -> Result<CaseCitizen> {
    let (m, c) = access.key();
    let Some(row) = citizen::Entity::find_by_id((m, c)).one(tx).await? else {
        return Err(Error::Internal("a case has no citizen"));
    };
    let meetings = still_to_end(m, access.at()).filter(meeting::Column::CitizenId.eq(c)).into_tuple().all(tx).await?;
    Ok(CaseCitizen {
        id: CitizenId(c),
        name: access.citizen_name().to_owned(),
        registered_name: Some(row.name.0).filter(|name| name != access.citizen_name()),
        is_protected: row.is_protected,
        next_meeting: next(&meetings, access.at()).remove(&c),
        unopened: u32::try_from(unopened.count()).unwrap_or(u32::MAX),
    })
}

/// Whether the letters stand in one of the names, large or small.
pub(super) fn is_called(citizen: &CaseCitizen, letters: &str) -> bool {
    let letters = letters.trim().to_lowercase();
    let names = [Some(&citizen.name), citizen.registered_name.as_ref()];
    names.into_iter().flatten().any(|name| name.to_lowercase().contains(&letters))
}

/// All these citizens of an employee, by name, with as few queries however many they are.
pub(super) async fn many(tx: &Tx, asker: &Asker, own: &[Uuid]) -> Result<Vec<CaseCitizen>> {
    let (m, now) = (asker.municipality.0, asker.now);
    let unopened = unopened::count(tx, asker, own).await?;
    let rows = citizen::Entity::find()
        .filter(citizen::Column::MunicipalityId.eq(m))
        .filter(citizen::Column::CitizenId.is_in(own.iter().copied()))
        .all(tx)
        .await?;
    let names: Vec<(Uuid, Option<SealedText>)> = profile::Entity::find()
        .select_only()
        .columns([profile::Column::CitizenId, profile::Column::PreferredName])
        .filter(profile::Column::MunicipalityId.eq(m))
        .filter(profile::Column::CitizenId.is_in(own.iter().copied()))
        .into_tuple()
        .all(tx)
        .await?;
    let mut names: HashMap<Uuid, SealedText> = names.into_iter().filter_map(|(id, name)| Some((id, name?))).collect();
    let meetings = still_to_end(m, now).filter(meeting::Column::CitizenId.is_in(own.iter().copied()));
    let meetings = meetings.into_tuple().all(tx).await?;
    let mut next = next(&meetings, now);
    let mut citizens: Vec<CaseCitizen> = rows
        .into_iter()
        .map(|row| {
            let registered = row.name.0;
            let preferred = names.remove(&row.citizen_id).map(|name| name.0).filter(|name| *name != registered);
            let (name, registered_name) = match preferred {
                Some(name) => (name, Some(registered)),
                None => (registered, None),
            };
            CaseCitizen {
                id: CitizenId(row.citizen_id),
                name,
                registered_name,
                is_protected: row.is_protected,
                next_meeting: next.remove(&row.citizen_id),
                unopened: unopened.get(&row.citizen_id).copied().unwrap_or_default(),
            }
        })
        .collect();
    citizens.sort_by_cached_key(|citizen| (citizen.name.to_lowercase(), citizen.id));
    Ok(citizens)
}

/// A citizen's meeting, when it begins, and how many minutes it takes.
type Slot = (Uuid, Uuid, Instant, i32);

/// Meetings that may not be over, the next one first. None is longer than its day, so what began earlier is over.
fn still_to_end(m: Uuid, now: Timestamp) -> sea_orm::Select<meeting::Entity> {
    let earliest = now.saturating_sub(SignedDuration::from_hours(25)).unwrap_or(Timestamp::MIN);
    meeting::Entity::find()
        .select_only()
        .columns([
            meeting::Column::CitizenId,
            meeting::Column::MeetingId,
            meeting::Column::StartsAt,
            meeting::Column::Minutes,
        ])
        .filter(meeting::Column::MunicipalityId.eq(m))
        .filter(meeting::Column::IsCancelled.eq(false))
        .filter(meeting::Column::StartsAt.gt(Instant(earliest)))
        .order_by_asc(meeting::Column::StartsAt)
}

fn next(meetings: &[Slot], now: Timestamp) -> HashMap<Uuid, MeetingId> {
    let mut next = HashMap::new();
    for (citizen, meeting, ..) in meetings.iter().filter(|(.., start, minutes)| after(start.0, *minutes) > now) {
        next.entry(*citizen).or_insert(MeetingId(*meeting));
    }
    next
}
