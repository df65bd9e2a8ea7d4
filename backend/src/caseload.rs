//! An employee's own meetings and citizens.

use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use contract::{Caseload, ProblemCode, Search, Team};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{app::App, error::Result, keys::Purpose, policy::Asker, request::Body, session::SignedIn};

pub mod citizens;
mod store;
mod team;
mod unopened;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_caseload)).routes(routes!(search_caseload)).routes(routes!(get_team))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filter {
    all: bool,
}

/// The meetings of the employee who asks, and all their citizens.
#[utoipa::path(get, path = "/api/caseload",
    params(("all" = Option<bool>, Query, description = "Also meetings more than a week away")),
    responses((status = 200, body = Caseload), (status = "default", body = contract::Problem)))]
async fn get_caseload(
    State(app): State<App>,
    who: SignedIn,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Result<Json<Caseload>> {
    let asker = Asker::of(&app, &who)?;
    let Query(Filter { all }) = filter.map_err(|_| ProblemCode::Malformed)?;
    let list = app.db.read_and_note(asker.chain(), move |tx| {
        Box::pin(async move {
            let access = asker.open(tx, "caseload", None).await?;
            store::read(tx, &access, all).await
        })
    });
    Ok(Json(list.await?))
}

/// The citizens of the employee who asks that have these letters in their name. What was searched for is written down.
#[utoipa::path(post, path = "/api/caseload/search", request_body = Search,
    responses((status = 200, body = Caseload), (status = "default", body = contract::Problem)))]
async fn search_caseload(State(app): State<App>, who: SignedIn, Body(search): Body<Search>) -> Result<Json<Caseload>> {
    let asker = Asker::of(&app, &who)?;
    let key = app.db.keys().shared(app.config.municipality_id, Purpose::Searches).await?;
    let list = app.db.read_and_note(asker.chain(), move |tx| {
        Box::pin(async move {
            let access = asker.open(tx, "caseload.search", Some((search.letters.trim(), &key))).await?;
            store::search(tx, &access, &search.letters).await
        })
    });
    Ok(Json(list.await?))
}

/// The employees of the unit that the asker leads, with their load: names and numbers, no content.
#[utoipa::path(get, path = "/api/caseload/team",
    responses((status = 200, body = Team), (status = "default", body = contract::Problem)))]
async fn get_team(State(app): State<App>, who: SignedIn) -> Result<Json<Team>> {
    let asker = Asker::of(&app, &who)?;
    let team = app.db.read_and_note(asker.chain(), move |tx| {
        Box::pin(async move {
            let access = asker.open_unit(tx, "caseload.team").await?;
            team::read(tx, &access).await
        })
    });
    Ok(Json(team.await?))
}
