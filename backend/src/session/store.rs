use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use contract::{Actor, CitizenId, EmployeeId, Language, MunicipalityId, ProblemCode};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Open, SignedIn};
use crate::{
    config::Lifetime,
    db::Tx,
    entity::{citizen, employee, profile, session},
    error::{Error, Result},
    keys::{Ring, Unseal as _},
    policy::actor_key,
    values::{ActorKind, Instant, Word},
};

/// 256 bits that nobody can guess.
pub(super) fn make_token() -> Result<String> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|_| Error::Internal("no randomness"))?;
    Ok(URL_SAFE_NO_PAD.encode(random))
}

/// What is stored of a token: whoever reads the table cannot sign in with it.
pub(super) fn hash(token: &str) -> String {
    format!("{:x}", Sha256::digest(token))
}

/// Gives the language that a citizen has chosen. Sessions that have ended go: nobody signs in with them again.
pub(super) async fn begin(
    tx: &Tx,
    m: MunicipalityId,
    ring: &Ring,
    token_hash: String,
    actor: Actor,
    lifetime: Lifetime,
    at: Timestamp,
) -> Result<Option<Language>> {
    if name_of(tx, m, ring, actor).await?.is_none() {
        return Err(ProblemCode::NotFound.into());
    }
    session::Entity::delete_many()
        .filter(session::Column::MunicipalityId.eq(m.0))
        .filter(session::Column::EndsAt.lte(Instant(at)))
        .exec(tx)
        .await?;
    let (actor_kind, actor_id) = actor_key(actor);
    let ends_at = at.saturating_add(SignedDuration::from_hours(lifetime.hours.into())).unwrap_or(Timestamp::MAX);
    let row = session::ActiveModel {
        municipality_id: Set(m.0),
        token_hash: Set(token_hash),
        session_id: Set(Uuid::now_v7()),
        actor_kind: Set(Word(actor_kind)),
        actor_id: Set(actor_id),
        subject: Set(matches!(actor, Actor::Citizen(_)).then_some(actor_id)),
        made_at: Set(at.into()),
        seen_at: Set(at.into()),
        idle_seconds: Set(i32::try_from(lifetime.idle_minutes.saturating_mul(60)).unwrap_or(i32::MAX)),
        ends_at: Set(ends_at.into()),
    };
    session::Entity::insert(row).exec_without_returning(tx).await?;
    let Actor::Citizen(id) = actor else { return Ok(None) };
    Ok(profile::Entity::find_by_id((m.0, id.0)).one(tx).await?.map(|profile| profile.language.0))
}

pub(super) async fn find(tx: &Tx, m: MunicipalityId, token_hash: String, now: Timestamp) -> Result<Option<Open>> {
    let row = session::Entity::find_by_id((m.0, token_hash)).one(tx).await?;
    Ok(row.and_then(|row| {
        let idle = SignedDuration::from_secs(row.idle_seconds.into());
        if now >= row.ends_at.0 || now.duration_since(row.seen_at.0) >= idle {
            return None;
        }
        let actor = match row.actor_kind.0 {
            ActorKind::Citizen => Actor::Citizen(CitizenId(row.actor_id)),
            ActorKind::Employee => Actor::Employee(EmployeeId(row.actor_id)),
            ActorKind::System => return None,
        };
        let who = SignedIn { actor, subject: row.subject.map(CitizenId), session: row.session_id };
        Some(Open { who, token_hash: row.token_hash, seen_at: row.seen_at.0, idle, ends_at: row.ends_at.0 })
    }))
}

/// Notes that it was used.
pub(super) async fn see(tx: &Tx, m: MunicipalityId, token_hash: String, at: Timestamp) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::SeenAt, Expr::value(Instant(at)))
        .filter(session::Column::MunicipalityId.eq(m.0))
        .filter(session::Column::TokenHash.eq(token_hash))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn end(tx: &Tx, m: MunicipalityId, token_hash: String) -> Result<()> {
    session::Entity::delete_by_id((m.0, token_hash)).exec(tx).await?;
    Ok(())
}

/// Ends every session that somebody has.
pub(super) async fn end_all(tx: &Tx, m: MunicipalityId, actor: Actor) -> Result<()> {
    let (kind, id) = actor_key(actor);
    session::Entity::delete_many()
        .filter(session::Column::MunicipalityId.eq(m.0))
        .filter(session::Column::ActorKind.eq(Word(kind)))
        .filter(session::Column::ActorId.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// The name to greet somebody by; nothing when there is no such person.
pub(super) async fn name_of(tx: &Tx, m: MunicipalityId, ring: &Ring, actor: Actor) -> Result<Option<String>> {
    Ok(match actor {
        Actor::Employee(id) => employee::Entity::find_by_id((m.0, id.0)).one(tx).await?.map(|employee| employee.name),
        // Whose key is deleted is forgotten.
        Actor::Citizen(id) if !ring.has(id.0) => None,
        Actor::Citizen(id) => {
            let preferred = profile::Entity::find_by_id((m.0, id.0)).one(tx).await?.unsealed(ring)?;
            match preferred.and_then(|profile| profile.preferred_name) {
                Some(name) => Some(name.into_text()),
                None => citizen::Entity::find_by_id((m.0, id.0))
                    .one(tx)
                    .await?
                    .unsealed(ring)?
                    .map(|citizen| citizen.name.into_text()),
            }
        }
    })
}
