//! Who is signed in. The demo's sign-in begins sessions today; a login will begin the same ones.

use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::IntoResponse,
};
use contract::{Actor, CitizenId, Language, Lasts, ProblemCode, Session};
use jiff::{SignedDuration, Timestamp};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::App,
    audit::served::Asker,
    error::{Error, Result},
    keys::Ring,
    limits::Key,
    request,
};

pub mod store;

/// Without `Secure` and the `__Host-` prefix, because some browsers drop those on http to this machine. A real login
/// gets a cookie of its own.
const COOKIE: &str = "rt_demo";

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
        if let Some(asker) = parts.extensions.get::<Asker>() {
            asker.is(open.who.actor);
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

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_session, keep_session, end_session)).routes(routes!(end_sessions))
}

/// Whose app it is, and who is signed in. To ask is no use of the session: it ends when it would have.
#[utoipa::path(get, path = "/api/session", responses((status = 200, body = Session), (status = "default", body = contract::Problem)))]
async fn get_session(State(app): State<App>, headers: HeaderMap) -> Result<Json<Session>> {
    let signed_in = match find(&app, &headers).await? {
        Some(open) => {
            let (m, who) = (app.config.municipality_id, open.who);
            let ring = own_key(&app, who.actor).await?;
            let name = app.db.read(move |tx| Box::pin(async move { store::name_of(tx, m, &ring, who.actor).await }));
            let name = name.await?;
            let lasts = open.lasts(app.clock.now());
            name.map(|name| contract::SignedIn { actor: who.actor, name, subject: who.subject, lasts })
        }
        None => None,
    };
    Ok(Json(Session { municipality: app.config.municipality.clone(), signed_in, demo: app.config.demo }))
}

/// Stay signed in.
#[utoipa::path(put, path = "/api/session", responses((status = 200, body = Lasts), (status = "default", body = contract::Problem)))]
async fn keep_session(State(app): State<App>, headers: HeaderMap) -> Result<Json<Lasts>> {
    let Some(open) = find(&app, &headers).await? else { return Err(ProblemCode::SignedOut.into()) };
    let (m, now, hash) = (app.config.municipality_id, app.clock.now(), open.token_hash.clone());
    app.db.write(move |tx| Box::pin(async move { store::see(tx, m, hash, now).await })).await?;
    Ok(Json(Open { seen_at: now, ..open }.lasts(now)))
}

/// Sign out.
#[utoipa::path(delete, path = "/api/session", responses((status = 204), (status = "default", body = contract::Problem)))]
async fn end_session(State(app): State<App>, headers: HeaderMap) -> Result<impl IntoResponse> {
    if let Some(token) = request::cookie(&headers, COOKIE) {
        let (m, hash) = (app.config.municipality_id, store::hash(token));
        app.db.write(move |tx| Box::pin(async move { store::end(tx, m, hash).await })).await?;
    }
    Ok(signed_out())
}

/// Sign out everywhere: on every phone and computer.
#[utoipa::path(delete, path = "/api/sessions", responses((status = 204), (status = "default", body = contract::Problem)))]
async fn end_sessions(State(app): State<App>, who: SignedIn) -> Result<impl IntoResponse> {
    let m = app.config.municipality_id;
    app.db.write(move |tx| Box::pin(async move { store::end_all(tx, m, who.actor).await })).await?;
    Ok(signed_out())
}

fn signed_out() -> impl IntoResponse {
    let gone = HeaderValue::from_static("rt_demo=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    let clear = (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"storage\""));
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, gone), clear])
}

/// The session of whoever sent these headers, if there is one that has not ended.
///
/// # Errors
/// That the database is away.
pub async fn find(app: &App, headers: &HeaderMap) -> Result<Option<Open>> {
    let Some(token) = request::cookie(headers, COOKIE) else { return Ok(None) };
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

/// Begins a session, and gives the `Set-Cookie` headers that carry it: and the language, if the citizen has chosen one.
///
/// # Errors
/// [`ProblemCode::NotFound`] when there is no such person.
pub async fn begin(app: &App, actor: Actor) -> Result<Vec<HeaderValue>> {
    let token = store::make_token()?;
    let (m, hash, at) = (app.config.municipality_id, store::hash(&token), app.clock.now());
    let lifetime = match actor {
        Actor::Citizen(_) => app.config.sessions.citizen,
        Actor::Employee(_) => app.config.sessions.employee,
    };
    let ring = own_key(app, actor).await?;
    let begun =
        app.db.write(move |tx| Box::pin(async move { store::begin(tx, m, &ring, hash, actor, lifetime, at).await }));
    let language = begun.await?;
    let session = HeaderValue::from_str(&format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict"))
        .map_err(|_| Error::Internal("a token is no header"))?;
    // As the page's own switch writes it, but no longer than the browser is open: others may use it too.
    let language = language.map(|language| match language {
        Language::Da => HeaderValue::from_static("rt_lang=da; Path=/; SameSite=Lax"),
        Language::En => HeaderValue::from_static("rt_lang=en; Path=/; SameSite=Lax"),
    });
    Ok(std::iter::once(session).chain(language).collect())
}
