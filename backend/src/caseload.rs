//! An employee's own meetings and citizens.

use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use contract::{Actor, Caseload, ProblemCode, Search, Team};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    audit::{self, Chain},
    db::Tx,
    error::Result,
    keys::{Key, Purpose},
    policy,
    request::Body,
    session::SignedIn,
    values::ActionKind,
};

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
    let (asker, chain) = asker(&app, &who)?;
    let Query(Filter { all }) = filter.map_err(|_| ProblemCode::Malformed)?;
    let list = app.db.read_and_note(chain, move |tx| {
        Box::pin(async move {
            asker.record("caseload", None, tx).await?;
            store::read(tx, &asker, all).await
        })
    });
    Ok(Json(list.await?))
}

/// The citizens of the employee who asks that have these letters in their name. What was searched for is written down.
#[utoipa::path(post, path = "/api/caseload/search", request_body = Search,
    responses((status = 200, body = Caseload), (status = "default", body = contract::Problem)))]
async fn search_caseload(State(app): State<App>, who: SignedIn, Body(search): Body<Search>) -> Result<Json<Caseload>> {
    let (asker, chain) = asker(&app, &who)?;
    let key = app.db.keys().shared(asker.municipality, Purpose::Searches).await?;
    let list = app.db.read_and_note(chain, move |tx| {
        Box::pin(async move {
            asker.record("caseload.search", Some((search.letters.trim(), &key)), tx).await?;
            store::search(tx, &asker, &search.letters).await
        })
    });
    Ok(Json(list.await?))
}

/// The employees of the unit that the asker leads, with their load: names and numbers, no content.
#[utoipa::path(get, path = "/api/caseload/team",
    responses((status = 200, body = Team), (status = "default", body = contract::Problem)))]
async fn get_team(State(app): State<App>, who: SignedIn) -> Result<Json<Team>> {
    let (asker, chain) = asker(&app, &who)?;
    let team = app.db.read_and_note(chain, move |tx| {
        Box::pin(async move {
            let lead = policy::must_lead_a_unit(tx, asker.municipality, asker.employee).await?;
            asker.record("caseload.team", None, tx).await?;
            team::read(tx, &asker, lead).await
        })
    });
    Ok(Json(team.await?))
}

fn asker(app: &App, who: &SignedIn) -> Result<(store::Asker, Chain)> {
    let Actor::Employee(employee) = who.actor else { return Err(ProblemCode::NotAllowed.into()) };
    let asker = store::Asker {
        municipality: app.config.municipality_id,
        employee,
        now: app.clock.now(),
        zone: app.clock.zone().clone(),
        keys: app.db.keys().clone(),
        grounds: app.config.sharing.grounds.clone(),
    };
    Ok((asker, Chain { municipality: app.config.municipality_id.0, id: employee.0 }))
}

impl store::Asker {
    /// Writes that they saw the list, and what they searched for.
    async fn record(&self, operation: &'static str, search: Option<(&str, &Key)>, tx: &Tx) -> Result<()> {
        let list = audit::List {
            municipality: self.municipality,
            employee: self.employee,
            at: self.now,
            operation,
            search,
            action: ActionKind::Read,
        };
        list.record(self.keys.chains(), tx).await
    }
}
