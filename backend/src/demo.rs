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
use contract::{
    Actor, Area, CitizenId, CprNumber, DemoFailureState, DemoPeople, DemoPerson, DemoSignIn, Line, NewRepresentative,
    Problem, ProblemCode, paths::Subject,
};
use jiff::ToSpan as _;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub use self::{
    failure::{Switch, fail},
    invent::invent,
};
use crate::{
    app::App,
    cpr::Cpr,
    error::{Error, Result},
    import,
    receipt::Asked,
    representatives,
    request::{self, Precondition},
    session::{self, SignedIn},
    values::ResourceKind,
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
    let municipality = import::Municipality { is_told: false, ..import::Municipality::of(&app.config) };
    let loaded = import::load(&app.db, municipality, &app.clock, file, |_| ()).await?;
    let_act(app).await?;
    tracing::info!(citizens = loaded.citizens, employees = loaded.employees, "the demo municipality is loaded");
    Ok(())
}

/// Ole lets Nina act for him, so that both sides can be seen.
async fn let_act(app: &App) -> Result<()> {
    let (ole, nina) = (CitizenId(people::id_of("ole")), Line::parse("Nina Vang"));
    let nina_is = (nina.ok(), CprNumber::parse("9913010014"), app.config.login.cpr_key.as_ref());
    let (Some(name), Some(cpr), Some(key)) = nina_is else { return Ok(()) };
    let today = app.clock.day(app.clock.now());
    let until = today.checked_add(6.months()).map_err(|_| Error::Internal("no day in half a year"))?;
    let cpr_hash = Cpr::parse(cpr.as_str()).map(|cpr| key.hash(&cpr)).unwrap_or_default();
    let new = NewRepresentative { name, cpr, areas: vec![Area::Employment, Area::Housing], until };
    let (id, who) = (people::id_of("ole lets nina"), Actor::Citizen(ole));
    let who = SignedIn { actor: who, subject: Some(ole), session: Uuid::nil() };
    let asked = Asked::new(ResourceKind::Representation, id, Precondition::IsNew, "representation", &new)?;
    let given = app.write_case(who, Subject::Me, "representation.give", move |access, tx| {
        Box::pin(async move { representatives::store::give(access, tx, &asked, new, cpr_hash).await })
    });
    given.await.map(drop)
}
