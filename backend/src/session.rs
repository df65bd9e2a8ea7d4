//! Who is signed in. A login and the demo's sign-in begin the same sessions, each with its own cookie.

use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{AppendHeaders, IntoResponse},
};
use contract::{
    Actor, CitizenId, Language, Lasts, LoginOffer, NewSubject, ProblemCode, SUBJECT_HEADER, Session, SignedOut,
    paths::Subject,
};
use jiff::{SignedDuration, Timestamp};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::App,
    audit::served::Asker,
    config::Lifetime,
    error::{Error, Result},
    keys::Ring,
    limits::Key,
    login,
    representatives::store::{given, open_cases},
    request,
};

pub mod store;

/// The cookie of whoever has logged in. No page of another site sends it, and none of a subdomain can set it.
const COOKIE: &str = "__Host-rt";

/// The demo's. Without `Secure` and the prefix, because some browsers drop those on http to this machine.
const DEMO_COOKIE: &str = "rt_demo";

/// Somebody who is signed in.
#[derive(Clone, Copy, Debug)]
pub struct SignedIn {
    /// The person at the keyboard.
    pub actor: Actor,
    /// The citizen whose case `me` means.
    pub subject: Option<CitizenId>,
    /// Which session: tells one visit from the next.
    pub session: Uuid,
}

impl SignedIn {
    /// The citizen that an address is about.
    #[must_use]
    pub fn case(&self, whose: Subject) -> Option<CitizenId> {
        match whose {
            Subject::Me => self.subject,
            Subject::Citizen(id) => Some(id),
        }
    }

    /// Whether that is the person at the keyboard.
    #[must_use]
    pub fn is_own(&self, whose: Subject) -> bool {
        matches!(self.actor, Actor::Citizen(own) if self.case(whose) == Some(own))
    }

    /// A page that was opened when `me` was somebody else's case is too old.
    fn must_be_meant(&self, headers: &HeaderMap) -> Result<()> {
        let Some(meant) = headers.get(SUBJECT_HEADER) else { return Ok(()) };
        let is_meant = self.subject.is_some_and(|subject| meant.as_bytes() == subject.to_string().as_bytes());
        if is_meant { Ok(()) } else { Err(ProblemCode::OldPage.into()) }
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let Some(open) = find(app, &parts.headers).await? else { return Err(ProblemCode::SignedOut.into()) };
        let now = app.clock.now();
        app.limits.take(Key::Person(open.who.actor), app.config.limits.requests_per_minute_person, now)?;
        if now.duration_since(open.seen_at) >= NOTED_AGAIN {
            let m = app.config.municipality_id;
            app.db.write(move |tx| Box::pin(async move { store::see(tx, m, open.token_hash, now).await })).await?;
        }
        open.who.must_be_meant(&parts.headers)?;
        if let Some(asker) = parts.extensions.get::<Asker>() {
            asker.is(open.who);
        }
        Ok(open.who)
    }
}

/// A request within this time after one that was noted is not: reading stays off the one writer. A session may end so
/// much earlier than it says.
const NOTED_AGAIN: SignedDuration = SignedDuration::from_secs(30);

/// A session that has not ended.
#[derive(Clone, Debug)]
pub struct Open {
    /// Whose it is.
    pub who: SignedIn,
    token_hash: String,
    seen_at: Timestamp,
    idle: SignedDuration,
    ends_at: Timestamp,
}

impl Open {
    fn lasts(&self, now: Timestamp) -> Lasts {
        let seconds = |time: SignedDuration| u32::try_from(time.as_secs()).unwrap_or(0);
        let ends_in = self.ends_at.duration_since(now);
        let left = (self.idle - now.duration_since(self.seen_at)).min(ends_in);
        Lasts { left: seconds(left), idle: seconds(self.idle), ends_in: seconds(ends_in) }
    }
}

/// By what login a session began; empty in the demo.
#[derive(Clone, Debug, Default)]
pub(crate) struct ByLogin {
    /// Whether at the citizens' login.
    pub is_citizen: bool,
    /// Which session it began.
    pub token_hash: String,
    /// The provider.
    pub issuer: Option<String>,
    /// Who the person is there.
    pub subject: Option<String>,
    /// The person's session there.
    pub sid: Option<String>,
    /// What tells the provider whose session is to end, sealed.
    pub id_token: Option<String>,
    /// When the person showed there who they are.
    pub at: Option<Timestamp>,
}

/// A session that is about to begin.
#[derive(Clone, Debug)]
pub(crate) struct Beginning {
    /// What is stored of its token.
    pub token_hash: String,
    /// How long it lasts.
    pub lifetime: Lifetime,
    /// When it begins.
    pub at: Timestamp,
    /// By what login.
    pub by_login: Option<ByLogin>,
    /// The session that it takes the place of.
    pub replaces: Option<String>,
    /// Whether somebody who is here logs in anew, on the computer where they are.
    pub goes_on: bool,
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_session, keep_session, end_session))
        .routes(routes!(end_sessions))
        .routes(routes!(put_subject))
}

/// Whose app it is, and who is signed in. To ask is no use of the session: it ends when it would have.
#[utoipa::path(get, path = "/api/session", responses((status = 200, body = Session), (status = "default", body = contract::Problem)))]
async fn get_session(State(app): State<App>, headers: HeaderMap) -> Result<Json<Session>> {
    let signed_in = match find(&app, &headers).await? {
        Some(open) => {
            let (m, who) = (app.config.municipality_id, open.who);
            let ring = own_key(&app, who.actor).await?;
            let (keys, today) = (app.db.keys().clone(), app.clock.day(app.clock.now()));
            let found = app.db.read(move |tx| {
                Box::pin(async move {
                    let cases = match who.actor {
                        Actor::Citizen(own) => open_cases(tx, &keys, m, own, today).await?,
                        Actor::Employee(_) => Vec::new(),
                    };
                    Ok((store::person(tx, m, &ring, who.actor).await?, cases))
                })
            });
            let (person, cases) = found.await?;
            let lasts = open.lasts(app.clock.now());
            person.map(|(name, kind)| {
                let (actor, subject) = (who.actor, who.subject);
                contract::SignedIn { actor, name, kind, subject, cases, lasts }
            })
        }
        None => None,
    };
    let login =
        LoginOffer { citizen: app.config.login.citizen.is_some(), employee: app.config.login.employee.is_some() };
    Ok(Json(Session {
        municipality: app.config.municipality.clone(),
        signed_in,
        demo: app.config.demo,
        login,
        draft_days: app.config.retention.draft_days,
    }))
}

/// Stay signed in.
#[utoipa::path(put, path = "/api/session", responses((status = 200, body = Lasts), (status = "default", body = contract::Problem)))]
async fn keep_session(State(app): State<App>, headers: HeaderMap) -> Result<Json<Lasts>> {
    let Some(open) = find(&app, &headers).await? else { return Err(ProblemCode::SignedOut.into()) };
    app.limits.take(Key::Person(open.who.actor), app.config.limits.requests_per_minute_person, app.clock.now())?;
    let (m, now, hash) = (app.config.municipality_id, app.clock.now(), open.token_hash.clone());
    app.db.write(move |tx| Box::pin(async move { store::see(tx, m, hash, now).await })).await?;
    Ok(Json(Open { seen_at: now, ..open }.lasts(now)))
}

/// Turn to the case of somebody whom one may act for, or back to one's own.
#[utoipa::path(put, path = "/api/session/subject", request_body = NewSubject, responses((status = 204), (status = "default", body = contract::Problem)))]
async fn put_subject(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<request::Body<NewSubject>>,
) -> Result<StatusCode> {
    let Some(open) = find(&app, &headers).await? else { return Err(ProblemCode::SignedOut.into()) };
    let Actor::Citizen(own) = open.who.actor else { return Err(ProblemCode::NotAllowed.into()) };
    app.limits.take(Key::Person(open.who.actor), app.config.limits.requests_per_minute_person, app.clock.now())?;
    let request::Body(new) = body?;
    let (m, today) = (app.config.municipality_id, app.clock.day(app.clock.now()));
    let turned = app.db.write(move |tx| {
        Box::pin(async move {
            if own != new.citizen && given(tx, m, own, new.citizen, today).await?.is_none() {
                return Err(ProblemCode::NotFound.into());
            }
            store::turn_to(tx, m, open.token_hash, new.citizen).await
        })
    });
    turned.await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign out, and learn where the browser goes next.
#[utoipa::path(delete, path = "/api/session", responses((status = 200, body = SignedOut), (status = "default", body = contract::Problem)))]
async fn end_session(State(app): State<App>, headers: HeaderMap) -> Result<impl IntoResponse> {
    let ended = match token(&app, &headers) {
        Some(token) => {
            let (m, hash) = (app.config.municipality_id, store::hash(token));
            app.db.write(move |tx| Box::pin(async move { store::end(tx, m, hash).await })).await?
        }
        None => None,
    };
    Ok(signed_out(app, ended).await)
}

/// Sign out everywhere: on every phone and computer.
#[utoipa::path(delete, path = "/api/sessions", responses((status = 200, body = SignedOut), (status = "default", body = contract::Problem)))]
async fn end_sessions(State(app): State<App>, who: SignedIn, headers: HeaderMap) -> Result<impl IntoResponse> {
    let (m, hash) = (app.config.municipality_id, token(&app, &headers).map(store::hash).unwrap_or_default());
    let work = app.db.write(move |tx| {
        Box::pin(async move {
            let own = store::end(tx, m, hash).await?;
            store::end_all(tx, m, who.actor).await?;
            Ok(own)
        })
    });
    let own = work.await?;
    Ok(signed_out(app, own).await)
}

async fn signed_out(app: App, ended: Option<ByLogin>) -> impl IntoResponse {
    let next = match ended {
        Some(by_login) => login::way_out(&app, by_login).await,
        None => None,
    };
    let clear = (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"storage\""));
    let gone = [GONE, DEMO_GONE].map(|gone| (header::SET_COOKIE, HeaderValue::from_static(gone)));
    (AppendHeaders([clear]), AppendHeaders(gone), Json(SignedOut { next }))
}

/// What makes a browser forget a cookie.
const GONE: &str = "__Host-rt=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0";
const DEMO_GONE: &str = "rt_demo=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0";

/// What the browser shows of its session: by login, or in the demo.
fn token<'a>(app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
    let demo = || request::cookie(headers, DEMO_COOKIE).filter(|_| app.config.demo);
    request::cookie(headers, COOKIE).filter(|_| app.config.login.is_set()).or_else(demo)
}

/// What is stored of the token that the browser shows, of a session or not.
pub(crate) fn shown(app: &App, headers: &HeaderMap) -> Option<String> {
    token(app, headers).map(store::hash)
}

/// The session of whoever sent these headers, if there is one that has not ended.
///
/// # Errors
/// That the database is away.
pub async fn find(app: &App, headers: &HeaderMap) -> Result<Option<Open>> {
    let Some(token) = token(app, headers) else { return Ok(None) };
    let (m, hash, now) = (app.config.municipality_id, store::hash(token), app.clock.now());
    app.db.read(move |tx| Box::pin(async move { store::find(tx, m, hash, now).await })).await
}

/// The key of a citizen; employees have none.
async fn own_key(app: &App, actor: Actor) -> Result<Ring> {
    let citizen = match actor {
        Actor::Citizen(id) => Some(id.0),
        Actor::Employee(_) => None,
    };
    app.db.keys().of(app.config.municipality_id, citizen.as_slice()).await
}

/// Begins a session of the demo, and gives the `Set-Cookie` headers that carry it: and the language, if the citizen has
/// chosen one.
///
/// # Errors
/// [`ProblemCode::NotFound`] when there is no such person.
pub async fn begin(app: &App, actor: Actor) -> Result<Vec<HeaderValue>> {
    // Whose key is deleted is forgotten.
    if let Actor::Citizen(id) = actor
        && !own_key(app, actor).await?.has(id.0)
    {
        return Err(ProblemCode::NotFound.into());
    }
    let (token, beginning) = prepare(app, matches!(actor, Actor::Citizen(_)), false)?;
    let m = app.config.municipality_id;
    let begun = app.db.write(move |tx| Box::pin(async move { store::begin(tx, m, actor, beginning).await })).await;
    let session = format!("{DEMO_COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict");
    cookies(&session, begun?, app.config.login.is_set().then_some(GONE))
}

/// A token that was never anybody's, and the session that it will be of.
pub(crate) fn prepare(app: &App, is_citizen: bool, is_shared: bool) -> Result<(String, Beginning)> {
    let token = store::make_token()?;
    let sessions = &app.config.sessions;
    let mut lifetime = if is_citizen { sessions.citizen } else { sessions.employee };
    if is_shared {
        lifetime.idle_minutes = lifetime.idle_minutes.min(sessions.shared_idle_minutes);
    }
    let token_hash = store::hash(&token);
    Ok((token, Beginning { token_hash, lifetime, at: app.clock.now(), by_login: None, replaces: None, goes_on: false }))
}

/// The headers that carry the session of somebody who has logged in.
pub(crate) fn login_cookies(token: &str, language: Option<Language>) -> Result<Vec<HeaderValue>> {
    let session = format!("{COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Strict");
    cookies(&session, language, Some(DEMO_GONE))
}

fn cookies(session: &str, language: Option<Language>, gone: Option<&'static str>) -> Result<Vec<HeaderValue>> {
    let session = HeaderValue::from_str(session).map_err(|_| Error::Internal("a token is no header"))?;
    // As the page's own switch writes it, but no longer than the browser is open: others may use it too.
    let language = language.map(|language| match language {
        Language::Da => HeaderValue::from_static("rt_lang=da; Path=/; SameSite=Lax"),
        Language::En => HeaderValue::from_static("rt_lang=en; Path=/; SameSite=Lax"),
    });
    let gone = gone.map(HeaderValue::from_static);
    Ok(std::iter::once(session).chain(language).chain(gone).collect())
}
