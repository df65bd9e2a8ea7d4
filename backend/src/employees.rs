//! The municipality's directory.

use axum::{Json, extract::State};
use contract::{Actor, Directory};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{app::App, error::Result, policy::allowed, session::SignedIn};

mod store;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_employees))
}

/// Everybody who works at the municipality, by name; for employees. It tells of no citizen, so looking leaves no mark.
#[utoipa::path(get, path = "/api/employees", responses((status = 200, body = Directory), (status = "default", body = contract::Problem)))]
async fn get_employees(State(app): State<App>, who: SignedIn) -> Result<Json<Directory>> {
    allowed(matches!(who.actor, Actor::Employee(_)))?;
    let m = app.config.municipality_id;
    let employees = app.db.read(move |tx| Box::pin(async move { store::read(tx, m).await })).await?;
    Ok(Json(Directory { employees }))
}
