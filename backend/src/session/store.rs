use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use contract::{Actor, CitizenId, EmployeeId, EmployeeKind, Language, MunicipalityId, ProblemCode};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait as _},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Beginning, ByLogin, Open, SignedIn};
use crate::{
    db::Tx,
    entity::{citizen, employee, profile, same, session},
    error::{Error, Result},
    keys::{Ring, Unseal as _},
    policy::actor_key,
    values::{ActorKind, Instant, Word},
};

/// 256 bits that nobody can guess.
pub(crate) fn make_token() -> Result<String> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|_| Error::Internal("no randomness"))?;
    Ok(URL_SAFE_NO_PAD.encode(random))
}

/// What is stored of a token: whoever reads the table cannot sign in with it.
pub(crate) fn hash(token: &str) -> String {
    format!("{:x}", Sha256::digest(token))
}

/// Gives the language that a citizen has chosen. Sessions that have ended go: nobody signs in with them again.
pub(crate) async fn begin(tx: &Tx, m: MunicipalityId, actor: Actor, it: Beginning) -> Result<Option<Language>> {
    if !is_here(tx, m, actor).await? {
        return Err(ProblemCode::NotFound.into());
    }
    let mut idle_seconds = i32::try_from(it.lifetime.idle_minutes.saturating_mul(60)).unwrap_or(i32::MAX);
    if let Some(replaced) = it.replaces {
        let old = session::Entity::find_by_id((m.0, replaced.clone())).one(tx).await?;
        // A shared computer stays one.
        idle_seconds = old.filter(|_| it.goes_on).map_or(idle_seconds, |old| Ord::min(old.idle_seconds, idle_seconds));
        session::Entity::delete_by_id((m.0, replaced)).exec(tx).await?;
    }
    let Beginning { token_hash, lifetime, at, .. } = it;
    let ByLogin { issuer, subject, sid, id_token, at: logged_in_at, .. } = it.by_login.unwrap_or_default();
    let unused_from =
        Expr::col(session::Column::IdleSeconds).mul(1_000_000_i64).add(Expr::col(session::Column::SeenAt));
    session::Entity::delete_many()
        .filter(session::Column::MunicipalityId.eq(m.0))
        .filter(
            Condition::any().add(session::Column::EndsAt.lte(Instant(at))).add(unused_from.lte(at.as_microsecond())),
        )
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
        idle_seconds: Set(idle_seconds),
        ends_at: Set(ends_at.into()),
        issuer: Set(issuer),
        login_subject: Set(subject),
        sid: Set(sid),
        id_token: Set(id_token),
        logged_in_at: Set(logged_in_at.map(Instant)),
    };
    session::Entity::insert(row).exec_without_returning(tx).await?;
    let Actor::Citizen(id) = actor else { return Ok(None) };
    Ok(profile::Entity::find_by_id((m.0, id.0)).one(tx).await?.map(|profile| profile.language.0))
}

/// An employee who has left has none. The ID token stays in its column.
pub(super) async fn find(tx: &Tx, m: MunicipalityId, token_hash: String, now: Timestamp) -> Result<Option<Open>> {
    type Row = (Uuid, Word<ActorKind>, Uuid, Option<Uuid>, Instant, i32, Instant);
    use session::Column as C;
    let works_here = employee::Entity::find()
        .select_only()
        .expr(Expr::val(1))
        .filter(employee::Column::MunicipalityId.eq(m.0))
        .filter(same((employee::Entity, employee::Column::EmployeeId), (session::Entity, C::ActorId)))
        .filter(employee::Column::HasLeft.eq(false));
    let row = session::Entity::find_by_id((m.0, token_hash.clone()))
        .select_only()
        .columns([C::SessionId, C::ActorKind, C::ActorId, C::Subject, C::SeenAt, C::IdleSeconds, C::EndsAt])
        .filter(
            Condition::any().add(C::ActorKind.ne(Word(ActorKind::Employee))).add(Expr::exists(works_here.into_query())),
        )
        .into_tuple::<Row>()
        .one(tx)
        .await?;
    let Some((session, kind, id, subject, seen_at, idle_seconds, ends_at)) = row else { return Ok(None) };
    let idle = SignedDuration::from_secs(idle_seconds.into());
    if now >= ends_at.0 || now.duration_since(seen_at.0) >= idle {
        return Ok(None);
    }
    let actor = match kind.0 {
        ActorKind::Citizen => Actor::Citizen(CitizenId(id)),
        ActorKind::Employee => Actor::Employee(EmployeeId(id)),
        ActorKind::System | ActorKind::Representative => return Ok(None),
    };
    let who = SignedIn { actor, subject: subject.map(CitizenId), session };
    Ok(Some(Open { who, token_hash, seen_at: seen_at.0, idle, ends_at: ends_at.0 }))
}

/// When the person behind a session logged in; nothing in the demo.
///
/// # Errors
/// That the database does not answer.
pub async fn logged_in_at(tx: &Tx, m: MunicipalityId, session: Uuid) -> Result<Option<Timestamp>> {
    let at = session::Entity::find()
        .select_only()
        .column(session::Column::LoggedInAt)
        .filter(session::Column::MunicipalityId.eq(m.0))
        .filter(session::Column::SessionId.eq(session))
        .into_tuple::<Option<Instant>>();
    Ok(at.one(tx).await?.flatten().map(|at| at.0))
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

/// From now on `me` is this citizen.
pub(super) async fn turn_to(tx: &Tx, m: MunicipalityId, token_hash: String, subject: CitizenId) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::Subject, Expr::value(subject.0))
        .filter(session::Column::MunicipalityId.eq(m.0))
        .filter(session::Column::TokenHash.eq(token_hash))
        .exec(tx)
        .await?;
    Ok(())
}

/// Gives what it began by.
pub(super) async fn end(tx: &Tx, m: MunicipalityId, token_hash: String) -> Result<Option<ByLogin>> {
    let row = session::Entity::find_by_id((m.0, token_hash.clone())).one(tx).await?;
    session::Entity::delete_by_id((m.0, token_hash)).exec(tx).await?;
    Ok(row.map(|row| ByLogin {
        token_hash: row.token_hash,
        is_citizen: row.actor_kind.0 == ActorKind::Citizen,
        issuer: row.issuer,
        subject: row.login_subject,
        sid: row.sid,
        id_token: row.id_token,
        at: row.logged_in_at.map(|at| at.0),
    }))
}

/// Ends what began by a login at this provider: its session there, or everything of one subject.
pub(crate) async fn end_by_provider(
    tx: &Tx,
    m: MunicipalityId,
    issuer: &str,
    subject: Option<&str>,
    sid: Option<&str>,
) -> Result<u64> {
    let mut ended = session::Entity::delete_many()
        .filter(session::Column::MunicipalityId.eq(m.0))
        .filter(session::Column::Issuer.eq(issuer));
    if let Some(subject) = subject {
        ended = ended.filter(session::Column::LoginSubject.eq(subject));
    }
    if let Some(sid) = sid {
        // A session that began without an id of theirs is known by its subject only.
        let unnamed = subject.map(|_| session::Column::Sid.is_null());
        ended = ended.filter(Condition::any().add(session::Column::Sid.eq(sid)).add_option(unnamed));
    }
    if subject.is_none() && sid.is_none() {
        return Ok(0);
    }
    Ok(ended.exec(tx).await?.rows_affected)
}

/// Ends every session that somebody has.
pub(crate) async fn end_all(tx: &Tx, m: MunicipalityId, actor: Actor) -> Result<()> {
    let (kind, id) = actor_key(actor);
    session::Entity::delete_many()
        .filter(session::Column::MunicipalityId.eq(m.0))
        .filter(session::Column::ActorKind.eq(Word(kind)))
        .filter(session::Column::ActorId.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends every session of a citizen or an employee, or of everybody. How many there were; nothing when there is no such person.
///
/// # Errors
/// That the database did not do it.
pub async fn end_by_operator(tx: &Tx, m: MunicipalityId, whose: Option<Uuid>) -> Result<Option<u64>> {
    let mut ended = session::Entity::delete_many().filter(session::Column::MunicipalityId.eq(m.0));
    if let Some(id) = whose {
        let is_citizen = citizen::Entity::find_by_id((m.0, id)).one(tx).await?.is_some();
        if !is_citizen && employee::Entity::find_by_id((m.0, id)).one(tx).await?.is_none() {
            return Ok(None);
        }
        ended = ended.filter(session::Column::ActorId.eq(id));
    }
    Ok(Some(ended.exec(tx).await?.rows_affected))
}

/// Whether there is such a person, and they have not left.
async fn is_here(tx: &Tx, m: MunicipalityId, actor: Actor) -> Result<bool> {
    Ok(match actor {
        Actor::Employee(id) => {
            let row = employee::Entity::find_by_id((m.0, id.0)).one(tx).await?;
            row.is_some_and(|employee| !employee.has_left)
        }
        Actor::Citizen(id) => citizen::Entity::find_by_id((m.0, id.0)).one(tx).await?.is_some(),
    })
}

/// The name to greet somebody by; nothing when there is no such person.
pub(crate) async fn person(
    tx: &Tx,
    m: MunicipalityId,
    ring: &Ring,
    actor: Actor,
) -> Result<Option<(String, Option<EmployeeKind>)>> {
    Ok(match actor {
        Actor::Employee(id) => {
            let row = employee::Entity::find_by_id((m.0, id.0)).one(tx).await?;
            row.map(|employee| (employee.name, Some(employee.role_kind.0)))
        }
        // Whose key is deleted is forgotten.
        Actor::Citizen(id) if !ring.has(id.0) => None,
        Actor::Citizen(id) => {
            let preferred = profile::Entity::find_by_id((m.0, id.0)).one(tx).await?.unsealed(ring)?;
            let name = match preferred.and_then(|profile| profile.preferred_name) {
                Some(name) => Some(name),
                None => citizen::Entity::find_by_id((m.0, id.0)).one(tx).await?.unsealed(ring)?.map(|row| row.name),
            };
            name.map(|name| (name.into_text(), None))
        }
    })
}
