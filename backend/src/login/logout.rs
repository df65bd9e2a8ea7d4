//! A logout token: the provider says, server to server, that somebody's session has ended there.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use openidconnect::{JsonWebKey as _, JsonWebKeyId, core::CoreJwsSigningAlgorithm};
use serde_json::Value;

use super::{
    Who,
    claims::Claims,
    provider::{Known, Provider},
    refused::Refused,
    store::{self, Logout},
    token::SKEW,
};
use crate::{app::App, session::store::hash};

/// What it must be about.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// Checks it and ends what it names; gives how many sessions that were.
pub(super) async fn take(app: &App, who: Who, token: &str) -> Result<u64, Refused> {
    let now = app.clock.now();
    let provider = app.login.of(who)?;
    let header = Header::read(token).ok_or(Refused::other("no token"))?;
    let algorithm = header.algorithm(provider)?;
    let known = provider.known(now).await?;
    let known = if header.has_key(&known) { known } else { provider.with_keys_not_older(known, now).await? };
    header.verify(&known, &algorithm, token)?;
    let claims = Claims::of_token(token).ok_or(Refused::other("no claims"))?;
    let logout = read(provider, &claims, now)?;
    let m = app.config.municipality_id;
    let ended = app.db.write(move |tx| Box::pin(async move { store::end(tx, m, logout, now).await })).await?;
    ended.ok_or(Refused::other("replayed"))
}

/// The first part.
struct Header {
    algorithm: String,
    key: Option<JsonWebKeyId>,
}

impl Header {
    fn read(token: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(token.split('.').next()?).ok()?;
        let header = Claims::of_value(serde_json::from_slice(&bytes).ok()?)?;
        let kind = header.get("typ").map_or(Some("jwt"), Value::as_str)?.to_ascii_lowercase();
        let is_known = ["jwt", "logout+jwt", "application/logout+jwt"].contains(&kind.as_str());
        // What is critical is nothing that we know.
        if !is_known || header.get("crit").is_some() || token.split('.').count() != 3 {
            return None;
        }
        let key = header.text("kid").map(|kid| JsonWebKeyId::new(kid.to_owned()));
        Some(Self { algorithm: header.text("alg")?.to_owned(), key })
    }

    /// One of those that are accepted.
    fn algorithm(&self, provider: &Provider) -> Result<CoreJwsSigningAlgorithm, Refused> {
        let accepted = &provider.settings.algorithms;
        let found = accepted.iter().find(|accepted| format!("{accepted:?}") == self.algorithm);
        found.map(|found| (*found).into()).ok_or(Refused::other("algorithm"))
    }

    fn has_key(&self, known: &Known) -> bool {
        known.keys.keys().iter().any(|key| self.key.is_none() || key.key_id() == self.key.as_ref())
    }

    fn verify(&self, known: &Known, algorithm: &CoreJwsSigningAlgorithm, token: &str) -> Result<(), Refused> {
        let (message, signature) = token.rsplit_once('.').ok_or(Refused::other("no token"))?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Refused::other("signature"))?;
        let mut keys = known.keys.keys().iter().filter(|key| self.key.is_none() || key.key_id() == self.key.as_ref());
        let is_signed = keys.any(|key| key.verify_signature(algorithm, message.as_bytes(), &signature).is_ok());
        if is_signed { Ok(()) } else { Err(Refused::other("signature")) }
    }
}

fn read(provider: &Provider, claims: &Claims, now: Timestamp) -> Result<Logout, Refused> {
    let now = now.as_second();
    let must = |is_so, why| if is_so { Ok(()) } else { Err(Refused::other(why)) };
    let settings = &provider.settings;
    must(claims.text("iss") == Some(&settings.issuer), "iss")?;
    must(claims.texts("aud") == [settings.client_id.as_str()], "aud")?;
    must(claims.seconds("iat").is_some_and(|at| at <= now + SKEW), "iat")?;
    must(claims.get("nonce").is_none(), "nonce")?;
    let event = claims.get("events").and_then(|events| events.get(EVENT));
    must(event.is_some_and(Value::is_object), "events")?;
    let ends_at = claims.seconds("exp").filter(|at| *at > now - SKEW).ok_or(Refused::other("exp"))?;
    let id = claims.text("jti").filter(|id| !id.is_empty()).ok_or(Refused::other("jti"))?;
    let part = |name| match claims.get(name) {
        None => Ok(None),
        Some(value) => value.as_str().filter(|it| !it.is_empty()).map(|it| Some(it.to_owned())).ok_or(name),
    };
    let (subject, sid) = (part("sub").map_err(Refused::other)?, part("sid").map_err(Refused::other)?);
    must(subject.is_some() || sid.is_some(), "neither sub nor sid")?;
    let ends_at = Timestamp::from_second(ends_at.saturating_add(SKEW)).map_err(|_| Refused::other("exp"))?;
    Ok(Logout {
        token_hash: hash(&format!("{} {} {id}", settings.issuer, settings.client_id)),
        issuer: settings.issuer.clone(),
        subject,
        sid,
        ends_at,
    })
}
