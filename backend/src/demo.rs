//! The demo: invented people, sign-in without login, and failures on demand. Without the demo flag none of it exists.

mod failure;
mod invent;
mod people;
mod store;
mod words;

use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{StatusCode, header, request::Parts},
    response::{AppendHeaders, IntoResponse},
};
use contract::{DemoFailureState, DemoPeople, DemoPerson, DemoSignIn, Problem, ProblemCode};
use utoipa_axum::{router::OpenApiRouter, routes};

pub use self::{
    failure::{Switch, fail},
    invent::invent,
};
use crate::{
    app::App,
    error::{Error, Result},
    import, request, session,
};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_people))
        .routes(routes!(begin_session))
        .routes(routes!(get_failure, set_failure))
}

/// Proof that this is the demo; elsewhere its addresses are not found.
struct InDemo;

impl FromRequestParts<App> for InDemo {
    type Rejection = Error;

    async fn from_request_parts(_: &mut Parts, app: &App) -> Result<Self> {
        if app.config.demo { Ok(Self) } else { Err(ProblemCode::NotFound.into()) }
    }
}

/// Everybody one can be: the demo's own people, and some of those who were loaded from a file or made for a trial.
#[utoipa::path(get, path = "/api/demo/people", responses((status = 200, body = DemoPeople), (status = "default", body = Problem)))]
async fn get_people(_: InDemo, State(app): State<App>) -> Result<Json<DemoPeople>> {
    let own = people::all()?;
    let m = app.config.municipality_id;
    let keys = app.db.keys().clone();
    let there = app.db.read(move |tx| Box::pin(async move { store::people(tx, &keys, m).await })).await;
    let people = match there {
        Ok(there) => there
            .into_iter()
            .map(|(actor, name)| match own.told(actor) {
                Some(told) => told,
                None => DemoPerson {
                    actor,
                    name,
                    about: FROM_ELSEWHERE.0.to_owned(),
                    about_en: FROM_ELSEWHERE.1.to_owned(),
                },
            })
            .collect(),
        // With the database away, its switch must still be reached.
        Err(_) => own.all_told(),
    };
    Ok(Json(DemoPeople { people: own.sorted(people) }))
}

/// What is said of people who are not the demo's own.
const FROM_ELSEWHERE: (&str, &str) = ("fra en fil eller en prøve", "from a file or a trial");

/// Become somebody.
#[utoipa::path(put, path = "/api/demo/session", request_body = DemoSignIn, responses((status = 204), (status = "default", body = Problem)))]
async fn begin_session(
    _: InDemo,
    State(app): State<App>,
    request::Body(wish): request::Body<DemoSignIn>,
) -> Result<impl IntoResponse> {
    let cookies = session::begin(&app, wish.actor).await?;
    Ok((StatusCode::NO_CONTENT, AppendHeaders(cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie)))))
}

/// The failure that is switched on.
#[utoipa::path(get, path = "/api/demo/failure", responses((status = 200, body = DemoFailureState), (status = "default", body = Problem)))]
async fn get_failure(_: InDemo, State(app): State<App>) -> Json<DemoFailureState> {
    Json(DemoFailureState { failure: app.failure.get() })
}

/// Switch a failure on or off, for everybody.
#[utoipa::path(put, path = "/api/demo/failure", request_body = DemoFailureState, responses((status = 204), (status = "default", body = Problem)))]
async fn set_failure(
    _: InDemo,
    State(app): State<App>,
    request::Body(wish): request::Body<DemoFailureState>,
) -> StatusCode {
    app.failure.set(wish.failure);
    app.db.set_away(wish.failure == contract::DemoFailure::DatabaseAway);
    StatusCode::NO_CONTENT
}

/// Loads the invented people into an empty database. What testers have done with them stays, and where somebody else's
/// people were loaded from a file, there are only those.
///
/// # Errors
/// When they do not hang together, or the database does not take them.
pub async fn load(app: &App) -> Result<(), import::ImportError> {
    let m = app.config.municipality_id;
    if !app.db.read(move |tx| Box::pin(async move { store::is_empty(tx, m).await })).await? {
        return Ok(());
    }
    let file = people::all()?.file(app.clock.now(), app.clock.zone())?;
    let municipality = import::Municipality::of(&app.config);
    let loaded = import::load(&app.db, municipality, &app.clock, file, |_| ()).await?;
    tracing::info!(citizens = loaded.citizens, employees = loaded.employees, "the demo municipality is loaded");
    Ok(())
}
