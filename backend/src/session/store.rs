use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use contract::{Actor, CitizenId, EmployeeId, Language, MunicipalityId, ProblemCode};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::SignedIn;
use crate::{
    db::Tx,
    entity::{citizen, employee, profile, session},
    error::{Error, Result},
    policy::actor_key,
    values::{ActorKind, Word},
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

/// Gives the language that a citizen has chosen.
pub(super) async fn begin(
    tx: &Tx,
    m: MunicipalityId,
    token_hash: String,
    actor: Actor,
    at: Timestamp,
) -> Result<Option<Language>> {
    if name_of(tx, m, actor).await?.is_none() {
        return Err(ProblemCode::NotFound.into());
    }
    let (actor_kind, actor_id) = actor_key(actor);
    let row = session::ActiveModel {
        municipality_id: Set(m.0),
        token_hash: Set(token_hash),
        session_id: Set(Uuid::now_v7()),
        actor_kind: Set(Word(actor_kind)),
        actor_id: Set(actor_id),
        subject: Set(matches!(actor, Actor::Citizen(_)).then_some(actor_id)),
        made_at: Set(at.into()),
    };
    session::Entity::insert(row).exec_without_returning(tx).await?;
    let Actor::Citizen(id) = actor else { return Ok(None) };
    Ok(profile::Entity::find_by_id((m.0, id.0)).one(tx).await?.map(|profile| profile.language.0))
}

pub(super) async fn find(tx: &Tx, m: MunicipalityId, token_hash: String) -> Result<Option<SignedIn>> {
    let row = session::Entity::find_by_id((m.0, token_hash)).one(tx).await?;
    Ok(row.and_then(|row| {
        let actor = match row.actor_kind.0 {
            ActorKind::Citizen => Actor::Citizen(CitizenId(row.actor_id)),
            ActorKind::Employee => Actor::Employee(EmployeeId(row.actor_id)),
            ActorKind::System => return None,
        };
        Some(SignedIn { actor, subject: row.subject.map(CitizenId), session: row.session_id })
    }))
}

pub(super) async fn end(tx: &Tx, m: MunicipalityId, token_hash: String) -> Result<()> {
    session::Entity::delete_by_id((m.0, token_hash)).exec(tx).await?;
    Ok(())
}

/// The name to greet somebody by; nothing when there is no such person.
pub(super) async fn name_of(tx: &Tx, m: MunicipalityId, actor: Actor) -> Result<Option<String>> {
    Ok(match actor {
        Actor::Employee(id) => employee::Entity::find_by_id((m.0, id.0)).one(tx).await?.map(|employee| employee.name),
        Actor::Citizen(id) => {
            let preferred = profile::Entity::find_by_id((m.0, id.0)).one(tx).await?;
            match preferred.and_then(|profile| profile.preferred_name) {
                Some(name) => Some(name.0),
                None => citizen::Entity::find_by_id((m.0, id.0)).one(tx).await?.map(|citizen| citizen.name.0),
            }
        }
    })
}
