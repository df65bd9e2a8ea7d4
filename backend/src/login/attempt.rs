//! The way to the provider: what is asked there, and what is kept here until the answer comes.

use std::time::Duration;

use contract::paths;
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AuthenticationContextClass, AuthenticationFlow, CsrfToken, LanguageTag, Nonce, PkceCodeChallenge, Scope,
    core::{CoreAuthPrompt, CoreResponseType},
    url::Url,
};

use super::{Who, own_place, parameters, provider::Provider, refused::Refused, store, token};
use crate::{
    app::App,
    entity::login_attempt,
    session::store::{hash, make_token},
    values::{ActorKind, Word},
};

/// How long somebody may take at the provider.
pub(super) const LASTS: Duration = Duration::from_secs(900);

/// What the link to a login asks for.
pub(super) struct Wish {
    pub back_to: Option<String>,
    is_shared: bool,
    is_fresh: bool,
}

impl Wish {
    /// What cannot be read is not wished.
    pub fn read(who: Who, query: &str) -> Self {
        let [back_to, shared, fresh] =
            parameters(query, [paths::BACK_TO, paths::SHARED, paths::FRESH]).unwrap_or_default();
        let is_yes = |value: Option<String>| value.as_deref() == Some("1");
        Self {
            back_to: back_to.and_then(|asked| own_place(who, &asked)),
            is_shared: is_yes(shared),
            is_fresh: is_yes(fresh),
        }
    }
}

/// A login that has begun.
pub(super) struct Begun {
    /// Where the browser goes.
    pub url: Url,
    /// What the browser shows when it comes back.
    pub browser: String,
}

/// Begins a login. A browser that has begun one in another tab keeps what it shows, so that either can be finished.
pub(super) async fn begin(
    app: &App,
    who: Who,
    wish: Wish,
    browser: Option<&str>,
    replaces: Option<String>,
    language: Option<&str>,
) -> Result<Begun, Refused> {
    let now = app.clock.now();
    let provider = app.login.of(who)?;
    let known = provider.known(now).await?;
    let (state, nonce) = (make_token()?, make_token()?);
    let browser = match browser.filter(|it| it.len() == state.len() && it.bytes().all(is_of_token)) {
        Some(browser) => browser.to_owned(),
        None => make_token()?,
    };
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let client = provider.client(&known)?;
    let (told_state, told_nonce) = (state.clone(), nonce.clone());
    let mut request = client
        .authorize_url(
            AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
            move || CsrfToken::new(told_state),
            move || Nonce::new(told_nonce),
        )
        .set_pkce_challenge(challenge)
        .add_scopes(provider.settings.scopes.iter().filter(|it| *it != "openid").cloned().map(Scope::new))
        .add_ui_locale(LanguageTag::new(language.filter(|it| *it == "en").unwrap_or("da").to_owned()));
    for level in &provider.settings.levels {
        // A wish: the token is what counts.
        request = request.add_auth_context_value(AuthenticationContextClass::new(level.clone()));
    }
    if asks_anew(provider, wish.is_fresh, wish.is_shared) {
        request = request.add_prompt(CoreAuthPrompt::Login);
        request = request.set_max_age(Duration::from_secs(token::FRESH.unsigned_abs()));
    }
    let (url, ..) = request.url();
    let row = login_attempt::Model {
        municipality_id: app.config.municipality_id.0,
        state_hash: hash(&state),
        browser_hash: hash(&browser),
        actor_kind: Word(who.into()),
        nonce,
        verifier: verifier.into_secret(),
        back_to: wish.back_to,
        is_shared: wish.is_shared,
        is_fresh: wish.is_fresh,
        replaces,
        ends_at: now.saturating_add(SignedDuration::try_from(LASTS).unwrap_or_default()).unwrap_or(now).into(),
    };
    app.db.write(move |tx| Box::pin(async move { store::begin(tx, row, now).await })).await?;
    Ok(Begun { url, browser })
}

/// Whether somebody shows anew who they are, whomever the provider remembers.
pub(super) fn asks_anew(provider: &Provider, is_fresh: bool, is_shared: bool) -> bool {
    is_fresh || is_shared || !provider.settings.single_sign_on
}

/// When an attempt began.
pub(super) fn began(attempt: &login_attempt::Model) -> Timestamp {
    attempt.ends_at.0.saturating_sub(SignedDuration::try_from(LASTS).unwrap_or_default()).unwrap_or(attempt.ends_at.0)
}

fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

impl From<Who> for ActorKind {
    fn from(who: Who) -> Self {
        match who {
            Who::Citizen => Self::Citizen,
            Who::Employee => Self::Employee,
        }
    }
}
