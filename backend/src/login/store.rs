use contract::{Actor, CitizenId, EmployeeId, MunicipalityId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter, sea_query::OnConflict,
};

use super::{
    person::{ANOTHER, By, Sought, UNKNOWN},
    refused::Refused,
};
use crate::{
    clock::Clock,
    db::Tx,
    entity::{citizen, employee, identity, login_attempt, logout_token},
    error::Result,
    keys::Keys,
    policy::actor_key,
    representatives::store::newcomer,
    session,
    values::{ActorKind, Instant, Word},
};

/// Keeps an attempt. Those that have come to nothing go.
pub(super) async fn begin(tx: &Tx, row: login_attempt::Model, now: Timestamp) -> Result<()> {
    login_attempt::Entity::delete_many()
        .filter(login_attempt::Column::MunicipalityId.eq(row.municipality_id))
        .filter(login_attempt::Column::EndsAt.lte(Instant(now)))
        .exec(tx)
        .await?;
    login_attempt::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// The attempt with this state, if it began in this browser and is not over; nobody gets it a second time.
pub(super) async fn take(
    tx: &Tx,
    m: MunicipalityId,
    (state, browser): (String, String),
    now: Timestamp,
) -> Result<Option<login_attempt::Model>> {
    let found = login_attempt::Entity::find_by_id((m.0, state)).one(tx).await?;
    let Some(found) = found.filter(|found| found.browser_hash == browser) else { return Ok(None) };
    let is_first = found.clone().delete(tx).await?.rows_affected == 1;
    Ok(Some(found).filter(|found| is_first && now < found.ends_at.0))
}

/// Somebody of ours.
pub(super) struct Found {
    pub actor: Actor,
    /// Whether they are told how a protected name is kept: the first time that they are here.
    pub is_told_of_protection: bool,
}

/// Finds somebody, and remembers by what subject. An employee who has left is nobody; whoever may act for a citizen is
/// somebody, also if nobody knew them before.
pub(super) async fn person(
    tx: &Tx,
    (keys, clock): (&Keys, &Clock),
    m: MunicipalityId,
    sought: Sought,
    now: Timestamp,
) -> Result<std::result::Result<Found, Refused>> {
    let Sought { issuer, subject, name, is_protected, by } = sought;
    let known = identity::Entity::find_by_id((m.0, issuer.clone(), subject.clone())).one(tx).await?;
    if let Some(known) = known {
        let actor = of_identity(tx, m, &known, by).await?;
        return Ok(actor.map(|actor| Found { actor, is_told_of_protection: false }));
    }
    let mut is_told = false;
    let actor = match by {
        By::Cpr(Some(kept)) => {
            let found = citizen::Entity::find()
                .filter(citizen::Column::MunicipalityId.eq(m.0))
                .filter(citizen::Column::CprHash.eq(kept.hash.as_str()));
            let row = match found.one(tx).await? {
                Some(row) => Some(row),
                None => newcomer(tx, keys, m, (kept, name, is_protected), clock.day(now)).await?,
            };
            is_told = row.as_ref().is_some_and(|row| row.is_protected);
            row.map(|row| Actor::Citizen(CitizenId(row.citizen_id)))
        }
        By::ExternalId(Some(id)) => {
            let found = employee::Entity::find()
                .filter(employee::Column::MunicipalityId.eq(m.0))
                .filter(employee::Column::ExternalId.eq(id))
                .filter(employee::Column::HasLeft.eq(false));
            found.one(tx).await?.map(|row| Actor::Employee(EmployeeId(row.employee_id)))
        }
        By::Cpr(None) | By::ExternalId(None) => None,
    };
    let Some(actor) = actor else { return Ok(Err(UNKNOWN)) };
    let (kind, id) = actor_key(actor);
    let row = identity::Model {
        municipality_id: m.0,
        issuer,
        subject,
        actor_kind: Word(kind),
        actor_id: id,
        made_at: now.into(),
    };
    identity::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(Ok(Found { actor, is_told_of_protection: is_told }))
}

/// Somebody who was here before, if what is said of them now is what is known of them.
async fn of_identity(
    tx: &Tx,
    m: MunicipalityId,
    known: &identity::Model,
    by: By,
) -> Result<std::result::Result<Actor, Refused>> {
    let id = known.actor_id;
    Ok(match (known.actor_kind.0, by) {
        (ActorKind::Citizen, By::Cpr(kept)) => match citizen::Entity::find_by_id((m.0, id)).one(tx).await? {
            None => Err(UNKNOWN),
            Some(row) if kept.is_some_and(|kept| Some(kept.hash) != row.cpr_hash) => Err(ANOTHER),
            Some(_) => Ok(Actor::Citizen(CitizenId(id))),
        },
        (ActorKind::Employee, By::ExternalId(external)) => {
            match employee::Entity::find_by_id((m.0, id)).one(tx).await? {
                None => Err(UNKNOWN),
                Some(row) if row.has_left => Err(UNKNOWN),
                Some(row) if external.is_some() && external != row.external_id => Err(ANOTHER),
                Some(_) => Ok(Actor::Employee(EmployeeId(id))),
            }
        }
        _ => Err(ANOTHER),
    })
}

/// A logout token that was checked.
pub(super) struct Logout {
    pub issuer: String,
    pub subject: Option<String>,
    pub sid: Option<String>,
    /// What is stored of its id.
    pub token_hash: String,
    /// Until when it could come again.
    pub ends_at: Timestamp,
}

/// Ends what it names, once; gives how many sessions that were.
pub(super) async fn end(tx: &Tx, m: MunicipalityId, it: Logout, now: Timestamp) -> Result<Option<u64>> {
    logout_token::Entity::delete_many()
        .filter(logout_token::Column::MunicipalityId.eq(m.0))
        .filter(logout_token::Column::EndsAt.lte(Instant(now)))
        .exec(tx)
        .await?;
    let row = logout_token::ActiveModel {
        municipality_id: Set(m.0),
        token_hash: Set(it.token_hash),
        ends_at: Set(it.ends_at.into()),
    };
    let taken = logout_token::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    if taken == 0 {
        return Ok(None);
    }
    let (subject, sid) = (it.subject.as_deref(), it.sid.as_deref());
    session::store::end_by_provider(tx, m, &it.issuer, subject, sid).await.map(Some)
}
