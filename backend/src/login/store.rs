use contract::{Actor, CitizenId, EmployeeId, MunicipalityId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter,
    sea_query::OnConflict,
};

use super::{
    person::{ANOTHER, By, Sought, UNKNOWN},
    refused::Refused,
};
use crate::{
    audit::{self, Chain},
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
    /// Whether they are to be told now how a protected name is kept.
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
        return Ok(match of_identity(tx, m, &known, by).await? {
            Err(refused) => Err(refused),
            Ok(actor) => {
                let is_protected = protect((tx, keys), m, actor, is_protected, now).await?;
                Ok(found(tx, actor, known, is_protected).await?)
            }
        });
    }
    let actor = match by {
        By::Cpr(Some(cpr)) => {
            let known = citizen::Entity::find()
                .filter(citizen::Column::MunicipalityId.eq(m.0))
                .filter(citizen::Column::CprHash.eq(cpr.hash.as_str()));
            let id = match known.one(tx).await? {
                Some(row) => Some(CitizenId(row.citizen_id)),
                None => newcomer(tx, keys, m, (cpr, name, is_protected), clock.day(now)).await?,
            };
            id.map(Actor::Citizen)
        }
        By::ExternalId(Some(id)) => {
            let known = employee::Entity::find()
                .filter(employee::Column::MunicipalityId.eq(m.0))
                .filter(employee::Column::ExternalId.eq(id))
                .filter(employee::Column::HasLeft.eq(false));
            known.one(tx).await?.map(|row| Actor::Employee(EmployeeId(row.employee_id)))
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
        is_told_of_protection: false,
    };
    identity::Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    let is_protected = protect((tx, keys), m, actor, is_protected, now).await?;
    Ok(Ok(found(tx, actor, row, is_protected).await?))
}

/// Whether a citizen's name is protected. When the login says so, it is so here too from now on; that it is no more, only the
/// municipality's register says.
async fn protect(
    (tx, keys): (&Tx, &Keys),
    m: MunicipalityId,
    actor: Actor,
    is_protected: bool,
    now: Timestamp,
) -> Result<bool> {
    let Actor::Citizen(id) = actor else { return Ok(false) };
    let row = citizen::Entity::find_by_id((m.0, id.0)).one(tx).await?;
    let was_protected = row.is_some_and(|row| row.is_protected);
    if is_protected && !was_protected {
        let update = citizen::ActiveModel {
            municipality_id: Unchanged(m.0),
            citizen_id: Unchanged(id.0),
            is_protected: Set(true),
            ..Default::default()
        };
        let chain = Chain { municipality: m.0, id: id.0 };
        audit::record_login((keys, tx), chain, "login.protected", now).await?;
        citizen::Entity::update(update).exec(tx).await?;
    }
    Ok(is_protected || was_protected)
}

/// Who has a protected name is told once how it is kept, by each login that they are known by.
async fn found(tx: &Tx, actor: Actor, known: identity::Model, is_protected: bool) -> Result<Found> {
    let is_told_of_protection = is_protected && !known.is_told_of_protection;
    if is_told_of_protection {
        let mut row = known.into_active_model();
        row.is_told_of_protection = Set(true);
        identity::Entity::update(row).exec(tx).await?;
    }
    Ok(Found { actor, is_told_of_protection })
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
