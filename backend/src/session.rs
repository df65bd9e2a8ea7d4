//! Who is signed in. The demo's sign-in begins sessions today; a login will begin the same ones.

use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::IntoResponse,
};
use contract::{Actor, CitizenId, Language, ProblemCode, Session};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::App,
    error::{Error, Result},
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
        find(app, &parts.headers).await?.ok_or_else(|| ProblemCode::SignedOut.into())
    }
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_session, end_session))
}

/// Whose app it is, and who is signed in.
#[utoipa::path(get, path = "/api/session", responses((status = 200, body = Session), (status = "default", body = contract::Problem)))]
async fn get_session(State(app): State<App>, headers: HeaderMap) -> Result<Json<Session>> {
    let signed_in = match find(&app, &headers).await? {
        Some(who) => {
            let m = app.config.municipality_id;
            let name = app.db.read(move |tx| Box::pin(async move { store::name_of(tx, m, who.actor).await })).await?;
            name.map(|name| contract::SignedIn { actor: who.actor, name, subject: who.subject })
        }
        None => None,
    };
    Ok(Json(Session { municipality: app.config.municipality.clone(), signed_in, demo: app.config.demo }))
}

/// Sign out.
#[utoipa::path(delete, path = "/api/session", responses((status = 204), (status = "default", body = contract::Problem)))]
async fn end_session(State(app): State<App>, headers: HeaderMap) -> Result<impl IntoResponse> {
    if let Some(token) = request::cookie(&headers, COOKIE) {
        let (m, hash) = (app.config.municipality_id, store::hash(token));
        app.db.write(move |tx| Box::pin(async move { store::end(tx, m, hash).await })).await?;
    }
    let gone = HeaderValue::from_static("rt_demo=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    let clear = (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"storage\""));
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, gone), clear]))
}

/// Who sent these headers, if anybody who is signed in.
///
/// # Errors
/// That the database is away.
pub async fn find(app: &App, headers: &HeaderMap) -> Result<Option<SignedIn>> {
    let Some(token) = request::cookie(headers, COOKIE) else { return Ok(None) };
    let (m, hash) = (app.config.municipality_id, store::hash(token));
    app.db.read(move |tx| Box::pin(async move { store::find(tx, m, hash).await })).await
}

/// Begins a session, and gives the `Set-Cookie` headers that carry it: and the language, if the citizen has chosen one.
///
/// # Errors
/// [`ProblemCode::NotFound`] when there is no such person.
pub async fn begin(app: &App, actor: Actor) -> Result<Vec<HeaderValue>> {
    let token = store::make_token()?;
    let (m, hash, at) = (app.config.municipality_id, store::hash(&token), app.clock.now());
    let language = app.db.write(move |tx| Box::pin(async move { store::begin(tx, m, hash, actor, at).await })).await?;
    let session = HeaderValue::from_str(&format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict"))
        .map_err(|_| Error::Internal("a token is no header"))?;
    // As the page's own switch writes it, but no longer than the browser is open: others may use it too.
    let language = language.map(|language| match language {
        Language::Da => HeaderValue::from_static("rt_lang=da; Path=/; SameSite=Lax"),
        Language::En => HeaderValue::from_static("rt_lang=en; Path=/; SameSite=Lax"),
    });
    Ok(std::iter::once(session).chain(language).collect())
}
