use contract::{LookDelay, LookDelayId, NewLookDelay, ProblemCode, Version};
use jiff::{Timestamp, ToSpan as _, civil};
use sea_orm::{ActiveModelTrait as _, ColumnTrait, EntityTrait, IntoActiveModel as _, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::look_delay,
    error::{Error, Result},
    keys::{Sealed as _, Unseal as _},
    people::People,
    policy::{self, CaseAccess},
    request::Precondition,
    values::{ActorKind, Instant, Word},
};

/// From when on looks are hidden from the citizen now; nothing when none are.
///
/// # Errors
/// That the database does not answer.
pub(crate) async fn hidden_from(access: &CaseAccess, tx: &Tx) -> Result<Option<Instant>> {
    Ok(running(access, tx).await?.map(|row| row.given_at))
}

/// The delay that is on, as an employee of the case may see it; the reason is for those who may give one.
///
/// # Errors
/// That the database does not answer.
pub(crate) async fn current(access: &CaseAccess, tx: &Tx) -> Result<Option<LookDelay>> {
    access.must_be_employee()?;
    match running(access, tx).await? {
        Some(row) => shown(access, tx, row).await.map(Some),
        None => Ok(None),
    }
}

/// The last day that one may give; nothing for who may give none.
#[must_use]
pub(crate) fn longest(access: &CaseAccess, days: u16) -> Option<civil::Date> {
    access.may_delay_looks().then(|| access.today().saturating_add(i64::from(days).days()))
}

/// The one that is on. There is never more than one: whoever gives it has the case to themself.
async fn running(access: &CaseAccess, tx: &Tx) -> Result<Option<look_delay::Model>> {
    let (m, c) = access.key();
    let row = look_delay::Entity::find()
        .filter(look_delay::Column::MunicipalityId.eq(m))
        .filter(look_delay::Column::CitizenId.eq(c))
        .filter(look_delay::Column::EndsAt.gt(Instant(access.at())))
        .order_by_asc(look_delay::Column::GivenAt)
        .one(tx)
        .await?;
    row.unsealed(access)
}

async fn find(access: &CaseAccess, tx: &Tx, id: Uuid) -> Result<Option<look_delay::Model>> {
    let (m, c) = access.key();
    look_delay::Entity::find_by_id((m, c, id)).one(tx).await?.unsealed(access)
}

pub(super) async fn put(
    access: &CaseAccess,
    tx: &Tx,
    id: Uuid,
    precondition: Precondition,
    new: NewLookDelay,
    days: u16,
) -> Result<LookDelay> {
    let given_by = access.must_be_employee()?.0;
    policy::allowed(access.may_delay_looks())?;
    let ends_at = end_of(access, &new, days)?;
    let (municipality_id, citizen_id) = access.key();
    let old = find(access, tx, id).await?;
    let make = |version: i32, given_at: Instant| look_delay::Model {
        municipality_id,
        citizen_id,
        delay_id: id,
        version,
        ground: Word(new.ground),
        reason: new.reason.clone().into(),
        given_at,
        ends_at,
        given_by,
    };
    let (version, given_at) = match (precondition, &old) {
        (Precondition::IsNew, None) => (Version::FIRST, Instant(whole(access.at()))),
        (Precondition::IsNew, Some(old)) => (Version::FIRST, old.given_at),
        (Precondition::Is(version), Some(old)) => (version.next(), old.given_at),
        (Precondition::Is(_), None) => return Err(ProblemCode::VersionConflict.into()),
    };
    let row = make(version.0, given_at);
    match (precondition, old) {
        // The same once more: it is done already.
        (_, Some(old)) if old == row => {}
        (Precondition::IsNew, None) if running(access, tx).await?.is_none() => {
            let row = row.clone().sealed(access)?.into_active_model();
            look_delay::Entity::insert(row).exec_without_returning(tx).await?;
        }
        (Precondition::Is(known), Some(old)) if old.version == known.0 && old.ends_at.0 > access.at() => {
            let row = row.clone().sealed(access)?.into_active_model().reset_all();
            look_delay::Entity::update(row).exec(tx).await?;
        }
        _ => return Err(ProblemCode::VersionConflict.into()),
    }
    shown(access, tx, row).await
}

pub(super) async fn end(access: &CaseAccess, tx: &Tx, id: Uuid, precondition: Precondition) -> Result<()> {
    access.must_be_employee()?;
    policy::allowed(access.may_delay_looks())?;
    let Some(mut row) = find(access, tx, id).await?.filter(|row| row.ends_at.0 > access.at()) else { return Ok(()) };
    if precondition != Precondition::Is(Version(row.version)) {
        return Err(ProblemCode::VersionConflict.into());
    }
    row.version += 1;
    row.ends_at = Instant(whole(access.at()));
    look_delay::Entity::update(row.sealed(access)?.into_active_model().reset_all()).exec(tx).await?;
    Ok(())
}

/// When the last day is over, on the municipality's clock.
fn end_of(access: &CaseAccess, new: &NewLookDelay, days: u16) -> Result<Instant> {
    if new.until < access.today() {
        return Err(Error::at(ProblemCode::TimeInThePast, "until"));
    }
    let end = longest(access, days)
        .filter(|longest| new.until <= *longest)
        .and_then(|_| new.until.tomorrow().ok())
        .and_then(|after| after.to_zoned(access.zone().clone()).ok());
    end.map(|end| Instant(end.timestamp())).ok_or_else(|| Error::at(ProblemCode::Invalid, "until"))
}

/// As it is read again from the database, and as the audit's rows are: in whole microseconds.
fn whole(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

async fn shown(access: &CaseAccess, tx: &Tx, row: look_delay::Model) -> Result<LookDelay> {
    let people = People::load(access, tx, [row.given_by]).await?;
    let last = row.ends_at.0.saturating_sub(1.second()).unwrap_or(row.ends_at.0);
    Ok(LookDelay {
        id: LookDelayId(row.delay_id),
        version: Version(row.version),
        ground: row.ground.0,
        reason: access.may_delay_looks().then(|| row.reason.into_text()),
        from: row.given_at.0,
        until: access.zone().to_datetime(last).date(),
        by: people.author(ActorKind::Employee, Some(row.given_by)),
    })
}
