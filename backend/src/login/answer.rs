//! The way back from the provider: the answer is for an attempt of this browser, its code gives a token, and the token
//! names somebody whom we know.

use axum::http::HeaderValue;
use contract::{Actor, LoginFault, MunicipalityId};
use openidconnect::{
    AuthorizationCode, Nonce, PkceCodeVerifier, RequestTokenError,
    core::{CoreErrorResponseType, CoreTokenResponse},
};

use super::{
    Who,
    attempt::{asks_anew, began},
    parameters, person,
    provider::{Known, Provider},
    refused::Refused,
    store, token,
};
use crate::{
    app::App,
    entity::login_attempt,
    keys::Keys,
    session::{self, ByLogin, store::hash},
    values::ActorKind,
};

/// Somebody is signed in.
pub(super) struct Taken {
    pub cookies: Vec<HeaderValue>,
    pub back_to: Option<String>,
    /// Whether they are first told how a protected name is kept.
    pub is_told_of_protection: bool,
}

/// Nobody is, or nobody new.
pub(super) struct Failed {
    pub refused: Refused,
    /// Where the person was going.
    pub back_to: Option<String>,
    /// Whether they were to show anew who they are.
    pub was_here: bool,
}

impl From<Refused> for Failed {
    fn from(refused: Refused) -> Self {
        Self { refused, back_to: None, was_here: false }
    }
}

/// Takes an answer, once.
pub(super) async fn take(app: &App, who: Who, query: &str, browser: Option<&str>) -> Result<Taken, Failed> {
    let expired = || Refused::new(LoginFault::Expired, "no such attempt");
    let parameters = parameters(query, ["state", "code", "error", "iss"]);
    let [state, code, error, iss] = parameters.ok_or(Refused::other("a parameter twice"))?;
    let (Some(state), Some(browser)) = (state, browser) else { return Err(expired().into()) };
    let (m, now) = (app.config.municipality_id, app.clock.now());
    let hashes = (hash(&state), hash(browser));
    let attempt = app.db.write(move |tx| Box::pin(async move { store::take(tx, m, hashes, now).await })).await;
    let attempt = attempt.map_err(Refused::from)?.ok_or_else(expired)?;
    let (back_to, was_here) = (attempt.back_to.clone(), attempt.is_fresh);
    match take_of(app, who, attempt, Said { code, error, iss }).await {
        Ok(taken) => Ok(Taken { back_to, ..taken }),
        Err(refused) => Err(Failed { refused, back_to, was_here }),
    }
}

/// What the provider said through the browser.
struct Said {
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

async fn take_of(app: &App, who: Who, attempt: login_attempt::Model, said: Said) -> Result<Taken, Refused> {
    if attempt.actor_kind.0 != ActorKind::from(who) {
        return Err(Refused::other("the state of another login"));
    }
    let now = app.clock.now();
    let provider = app.login.of(who)?;
    let known = provider.known(now).await?;
    let shown_since = asks_anew(provider, attempt.is_fresh, attempt.is_shared).then(|| began(&attempt));
    let code = code_of(provider, &known, said)?;
    let answer = exchange(provider, &known, code, attempt.verifier).await?;
    let expected = token::Expected { nonce: Nonce::new(attempt.nonce), shown_since };
    let proven = token::prove(provider, &known, &answer, &expected, now).await?;
    let found = person::Sought::of(app, provider, &proven)?;
    let (token, mut beginning) = session::prepare(app, who == Who::Citizen, attempt.is_shared)?;
    (beginning.replaces, beginning.goes_on) = (attempt.replaces, attempt.is_fresh);
    let m = app.config.municipality_id;
    let id_token = match proven.id_token {
        Some(token) => Some(super::hint_key(app).await?.seal(&super::hint_place(&beginning.token_hash), &token)?),
        None => None,
    };
    beginning.by_login = Some(ByLogin {
        token_hash: beginning.token_hash.clone(),
        is_citizen: who == Who::Citizen,
        issuer: Some(provider.settings.issuer.clone()),
        subject: Some(proven.subject),
        sid: proven.sid,
        id_token,
        at: proven.at,
    });
    let (keys, clock) = (app.db.keys().clone(), app.clock.clone());
    let begun = app.db.write(move |tx| {
        Box::pin(async move {
            Ok(match store::person(tx, (&keys, &clock), m, found, now).await? {
                Ok(found) if !has_key(&keys, m, found.actor).await? => Err(person::UNKNOWN),
                Ok(found) => {
                    let begun = session::store::begin(tx, m, found.actor, beginning).await?;
                    Ok((begun, found.is_told_of_protection))
                }
                Err(refused) => Err(refused),
            })
        })
    });
    let (begun, is_told_of_protection) = begun.await??;
    Ok(Taken { cookies: session::login_cookies(&token, begun)?, back_to: None, is_told_of_protection })
}

/// Whose key is deleted is forgotten, and nobody of ours any more.
async fn has_key(keys: &Keys, m: MunicipalityId, actor: Actor) -> crate::error::Result<bool> {
    match actor {
        Actor::Citizen(id) => Ok(keys.of(m, &[id.0]).await?.has(id.0)),
        Actor::Employee(_) => Ok(true),
    }
}

fn code_of(provider: &Provider, known: &Known, said: Said) -> Result<AuthorizationCode, Refused> {
    // An answer of another provider, or of none.
    match said.iss {
        Some(iss) if iss != provider.settings.issuer => return Err(Refused::other("iss of the answer")),
        None if known.names_itself => return Err(Refused::other("no iss in the answer")),
        _ => {}
    }
    match (said.code, said.error.as_deref()) {
        (Some(code), None) => Ok(AuthorizationCode::new(code)),
        (_, Some("access_denied")) => Err(Refused::new(LoginFault::Aborted, "access_denied")),
        (_, Some("server_error" | "temporarily_unavailable")) => Err(Refused::down("the provider's own fault")),
        (_, Some(_)) => Err(Refused::other("an error of the provider")),
        (None, None) => Err(Refused::other("no code")),
    }
}

async fn exchange(
    provider: &Provider,
    known: &Known,
    code: AuthorizationCode,
    verifier: String,
) -> Result<CoreTokenResponse, Refused> {
    let client = provider.client(known)?;
    let request = client.exchange_code(code).set_pkce_verifier(PkceCodeVerifier::new(verifier));
    request.request_async(provider.http()?).await.map_err(|error| match error {
        RequestTokenError::Request(_) => Refused::down("no tokens"),
        RequestTokenError::ServerResponse(said) => match said.error() {
            CoreErrorResponseType::InvalidGrant => Refused::new(LoginFault::Expired, "invalid_grant"),
            CoreErrorResponseType::InvalidClient => {
                tracing::error!(who = provider.who.word(), "the provider does not know our id and secret");
                Refused::other("invalid_client")
            }
            _ => Refused::other("no tokens, by an error"),
        },
        _ => Refused::other("an answer without tokens"),
    })
}
