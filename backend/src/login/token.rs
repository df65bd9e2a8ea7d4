//! What an ID token must be and say before anybody is let in.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use openidconnect::{
    AccessToken, ClaimsVerificationError, Nonce, SignatureVerificationError, TokenResponse as _,
    core::{CoreIdToken, CoreTokenResponse},
};

use super::{
    Who,
    claims::Claims,
    provider::{Known, Provider},
    refused::Refused,
};
use crate::config::login::Provider as Settings;
use contract::LoginFault;

/// How much clocks may differ, in seconds.
pub(super) const SKEW: i64 = 60;

/// What a provider is asked for as `max_age` where somebody shows anew who they are, in seconds: then it says when they did.
pub(super) const FRESH: i64 = 300;

/// The longest subject and session id there may be.
const LONGEST: usize = 255;

/// Who the provider says that somebody is.
pub(super) struct Proven {
    pub subject: String,
    pub sid: Option<String>,
    /// What was said, about CPR number and id only.
    pub claims: Claims,
    /// Kept to end the session there; nothing when it names the CPR number, as it would then come into an address.
    pub id_token: Option<String>,
    /// When the person showed there who they are.
    pub at: Option<Timestamp>,
}

/// What an attempt expects of its token.
pub(super) struct Expected {
    pub nonce: Nonce,
    /// Where the person was to show anew who they are: when the attempt began. The question stands in an address that anybody
    /// can change; what the token says, nobody can.
    pub shown_since: Option<Timestamp>,
}

/// Checks the ID token of an answer; on an unknown key, the keys are read once more.
pub(super) async fn prove(
    provider: &Provider,
    known: &Known,
    answer: &CoreTokenResponse,
    expected: &Expected,
    now: Timestamp,
) -> Result<Proven, Refused> {
    let token = answer.id_token().ok_or(Refused::other("no ID token"))?;
    match verify(provider, known, token, expected, now) {
        Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
            let known = provider.with_new_keys(known, now).await?;
            verify(provider, &known, token, expected, now).map_err(|error| Refused::other(why(&error)))?;
        }
        checked => checked.map_err(|error| Refused::other(why(&error)))?,
    }
    let text = token.to_string();
    let claims = Claims::of_token(&text).ok_or(Refused::other("no claims"))?;
    let proven = read(provider, &claims, expected, now)?;
    let settings = &provider.settings;
    let tells_of_a_person = claims.may_name_a_cpr() || claims.paths().iter().any(|path| !is_technical(path, settings));
    let claims = match known.userinfo.as_deref().filter(|_| settings.userinfo) {
        Some(url) => claims.and(more(provider, url, answer_token(answer), &proven.subject).await?),
        None => claims,
    };
    Ok(Proven { claims, id_token: (!tells_of_a_person).then_some(text), ..proven })
}

/// What an ID token may say and still come into an address, when its person signs out: who issued it to whom and when, and the
/// pseudonyms of person and session (OpenID Connect Core 2, Back-Channel Logout 2.1, RFC 7519 4.1).
const TECHNICAL: [&str; 18] = [
    "acr",
    "amr",
    "at_hash",
    "aud",
    "auth_time",
    "azp",
    "c_hash",
    "exp",
    "iat",
    "iss",
    "jti",
    "nbf",
    "nonce",
    "s_hash",
    "session_state",
    "sid",
    "sub",
    "typ",
];

/// Whether a claim is one of these, or says the level or the role.
fn is_technical(path: &str, settings: &Settings) -> bool {
    TECHNICAL.contains(&path) || [&settings.level_claim, &settings.role_claim].iter().any(|claim| *claim == path)
}

fn answer_token(answer: &CoreTokenResponse) -> &AccessToken {
    use openidconnect::OAuth2TokenResponse as _;
    answer.access_token()
}

fn verify(
    provider: &Provider,
    known: &Known,
    token: &CoreIdToken,
    expected: &Expected,
    now: Timestamp,
) -> Result<(), ClaimsVerificationError> {
    let now = now.as_second();
    let client = provider.client(known).map_err(|refused| ClaimsVerificationError::Other(refused.why.to_owned()))?;
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(provider.settings.algorithms.iter().map(|it| (*it).into()))
        // Whoever's clock is a little behind is still heard.
        .set_time_fn(move || DateTime::from_timestamp(now - SKEW, 0).unwrap_or(DateTime::<Utc>::MAX_UTC))
        .set_issue_time_verifier_fn(move |issued| match issued.timestamp() <= now + SKEW {
            true => Ok(()),
            false => Err("issued later than now".to_owned()),
        });
    token.claims(&verifier, &expected.nonce).map(|_| ())
}

/// What the crate leaves to us: the authorized party, the subject's form, the level, the role, and when it was.
fn read(provider: &Provider, claims: &Claims, expected: &Expected, now: Timestamp) -> Result<Proven, Refused> {
    let settings = &provider.settings;
    let now_seconds = now.as_second();
    let party = claims.get("azp");
    if party.is_some_and(|party| party.as_str() != Some(&settings.client_id)) {
        return Err(Refused::other("azp"));
    }
    if claims.get("nbf").is_some() && claims.seconds("nbf").is_none_or(|from| from > now_seconds + SKEW) {
        return Err(Refused::other("nbf"));
    }
    let subject = claims.text("sub").filter(|it| is_name(it)).ok_or(Refused::other("sub"))?.to_owned();
    let sid = match claims.get("sid") {
        None => None,
        Some(sid) => Some(sid.as_str().filter(|it| is_name(it)).ok_or(Refused::other("sid"))?.to_owned()),
    };
    let logged_in = claims.seconds("auth_time");
    if logged_in.is_some_and(|at| at > now_seconds + SKEW) {
        return Err(Refused::other("auth_time"));
    }
    let since = expected.shown_since.map(|since| since.as_second() - SKEW);
    if since.is_some_and(|since| logged_in.is_none_or(|at| at < since)) {
        return Err(Refused::other("auth_time"));
    }
    let level = claims.text(&settings.level_claim);
    if !settings.levels.is_empty() && !level.is_some_and(|level| settings.levels.iter().any(|it| it == level)) {
        return Err(Refused::new(LoginFault::Level, "level"));
    }
    if provider.who == Who::Employee {
        let roles = claims.texts(&settings.role_claim);
        if !settings.roles.iter().any(|role| roles.contains(&role.as_str())) {
            return Err(Refused::new(LoginFault::Role, "role"));
        }
    }
    // A provider that does not say when it was, says nothing.
    let at = logged_in.and_then(|at| Timestamp::from_second(at).ok());
    Ok(Proven { subject, sid, claims: Claims::default(), id_token: None, at })
}

/// What UserInfo says, if it speaks of the same person.
async fn more(provider: &Provider, url: &str, token: &AccessToken, subject: &str) -> Result<Claims, Refused> {
    // What cannot stand in a header was no access token.
    if !token.secret().bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Refused::other("access token"));
    }
    let value = provider.http()?.read(url, token.secret()).await.map_err(|_| Refused::down("UserInfo"))?;
    let claims = Claims::of_value(value).ok_or(Refused::other("UserInfo"))?;
    if claims.text("sub") == Some(subject) { Ok(claims) } else { Err(Refused::other("UserInfo is of somebody else")) }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST && !text.chars().any(char::is_control)
}

/// A word for the log: the crate's own words quote the token.
fn why(error: &ClaimsVerificationError) -> &'static str {
    use ClaimsVerificationError as E;
    match error {
        E::Expired(_) => "exp or iat",
        E::InvalidAudience(_) => "aud",
        E::InvalidIssuer(_) => "iss",
        E::InvalidNonce(_) => "nonce",
        E::SignatureVerification(SignatureVerificationError::NoMatchingKey) => "unknown key",
        E::SignatureVerification(
            SignatureVerificationError::DisallowedAlg(_)
            | SignatureVerificationError::UnsupportedAlg(_)
            | SignatureVerificationError::NoSignature,
        ) => "algorithm",
        E::SignatureVerification(_) => "signature",
        _ => "token",
    }
}
