//! The demo: invented people, sign-in without login, and failures on demand. Without the demo flag none of it exists.

mod failure;
mod invent;
mod people;
mod words;

use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{StatusCode, header, request::Parts},
    response::IntoResponse,
};
use contract::{Actor, DemoFailureState, DemoPeople, DemoPerson, DemoSignIn, Problem, ProblemCode};
use utoipa_axum::{router::OpenApiRouter, routes};

pub use self::{
    failure::{Switch, fail},
    invent::invent,
};
use crate::{
    app::App,
    entity::citizen,
    error::{Error, Result},
    import, request,
    session,
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

/// The invented people.
#[utoipa::path(get, path = "/api/demo/people", responses((status = 200, body = DemoPeople), (status = "default", body = Problem)))]
async fn get_people(_: InDemo) -> Result<Json<DemoPeople>> {
    let people = people::all()?;
    let employees = people.employees.iter().map(|it| DemoPerson {
        actor: Actor::Employee(it.id),
        name: it.name.as_str().to_owned(),
        about: it.about.clone(),
        about_en: it.about_en.clone(),
    });
    let citizens = people.citizens.iter().map(|it| DemoPerson {
        actor: Actor::Citizen(it.id),
        name: it.name.as_str().to_owned(),
        about: it.about.clone(),
        about_en: it.about_en.clone(),
    });
    Ok(Json(DemoPeople { people: citizens.chain(employees).collect() }))
}

/// Become somebody.
#[utoipa::path(put, path = "/api/demo/session", request_body = DemoSignIn, responses((status = 204), (status = "default", body = Problem)))]
async fn begin_session(
    _: InDemo,
    State(app): State<App>,
    request::Body(wish): request::Body<DemoSignIn>,
) -> Result<impl IntoResponse> {
    let cookie = session::begin(&app, wish.actor).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]))
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

/// Loads the invented people, unless they are there: what testers have done with them stays.
///
/// # Errors
/// When they do not hang together, or the database does not take them.
pub async fn load(app: &App) -> Result<(), import::ImportError> {
    use sea_orm::EntityTrait as _;
    let people = people::all()?;
    let m = app.config.municipality_id;
    if let Some(first) = people.citizens.first().map(|it| it.id) {
        let find = app.db.read(move |tx| {
            Box::pin(async move { Ok(citizen::Entity::find_by_id((m.0, first.0)).one(tx).await?.is_some()) })
        });
        if find.await? {
            return Ok(());
        }
    }
    let file = people.file(app.clock.now(), app.clock.zone())?;
    let municipality = (m, app.config.municipality.name.clone());
    let loaded = import::load(&app.db, municipality, app.clock.zone(), file, |_| ()).await?;
    tracing::info!(citizens = loaded.citizens, employees = loaded.employees, "the demo municipality is loaded");
    Ok(())
}
