//! An employee's own meetings and citizens.

use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use contract::{Actor, Caseload, ProblemCode};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{app::App, audit, error::Result, session::SignedIn};

pub mod citizens;
mod store;
mod unopened;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_caseload))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    search: String,
    all: bool,
}

/// The meetings of the employee who asks, and their citizens: all of them, or those with these letters in their name.
#[utoipa::path(get, path = "/api/caseload", params(("search" = Option<String>, Query, description = "Part of a name"),
    ("all" = Option<bool>, Query, description = "Also meetings more than two weeks away")), responses((status = 200, body = Caseload), (status = "default", body = contract::Problem)))]
async fn get_caseload(
    State(app): State<App>,
    who: SignedIn,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Caseload>> {
    let Actor::Employee(employee) = who.actor else { return Err(ProblemCode::NotAllowed.into()) };
    let Query(Asked { search, all }) = asked.map_err(|_| ProblemCode::Malformed)?;
    let asker = store::Asker {
        municipality: app.config.municipality_id,
        employee,
        now: app.clock.now(),
        zone: app.clock.zone().clone(),
    };
    let list = app.db.read_and_note(move |tx| {
        Box::pin(async move {
            let operation = if search.trim().is_empty() { "caseload" } else { "caseload.search" };
            audit::record_list(asker.municipality, who.actor, asker.now, operation, tx).await?;
            if search.trim().is_empty() {
                store::read(tx, &asker, all).await
            } else {
                store::search(tx, &asker, &search).await
            }
        })
    });
    Ok(Json(list.await?))
}
