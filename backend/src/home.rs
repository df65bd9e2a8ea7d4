//! The citizen's first screen, and the mark that they were here.

use axum::{Json, extract::State, http::StatusCode};
use contract::{Home, Visit};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    error::Result,
    request::{At, Body, Whose},
    session::SignedIn,
};

pub mod store;
pub mod visit;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_home)).routes(routes!(put_visit))
}

/// The next meeting, open steps and promises, and what is new since the last visit. Writes nothing.
#[utoipa::path(get, path = "/api/citizens/{subject}/home", params(("subject" = String, Path, description = "A citizen's id, or `me`")),
    responses((status = 200, body = Home), (status = "default", body = contract::Problem)))]
async fn get_home(State(app): State<App>, who: SignedIn, At(whose): At<Whose>) -> Result<Json<Home>> {
    Ok(Json(app.read_case(who, whose.0, "home", |access, tx| Box::pin(store::read(access, tx))).await?))
}

/// Marks that the citizen was here. Needs no precondition: it only ever moves forward, and a repeat changes nothing.
#[utoipa::path(put, path = "/api/citizens/{subject}/visit", params(("subject" = String, Path, description = "A citizen's id, or `me`")),
    request_body = Visit, responses((status = 204), (status = "default", body = contract::Problem)))]
async fn put_visit(
    State(app): State<App>,
    who: SignedIn,
    At(whose): At<Whose>,
    Body(visit): Body<Visit>,
) -> Result<StatusCode> {
    app.write_case(who, whose.0, "visit", move |access, tx| Box::pin(visit::mark(access, tx, visit))).await?;
    Ok(StatusCode::NO_CONTENT)
}
