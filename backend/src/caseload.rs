//! An employee's own meetings and citizens.

use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use contract::{Actor, Caseload, ProblemCode};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    audit::{self, Chain},
    error::Result,
    keys::Purpose,
    session::SignedIn,
};

pub mod citizens;
mod store;
mod unopened;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_caseload))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filter {
    search: String,
    all: bool,
}

/// The meetings of the employee who asks, and their citizens: all of them, or those with these letters in their name.
#[utoipa::path(get, path = "/api/caseload", params(("search" = Option<String>, Query, description = "Part of a name"),
    ("all" = Option<bool>, Query, description = "Also meetings more than a week away")), responses((status = 200, body = Caseload), (status = "default", body = contract::Problem)))]
async fn get_caseload(
    State(app): State<App>,
    who: SignedIn,
    filter: Result<Query<Filter>, QueryRejection>,
) -> Result<Json<Caseload>> {
    let Actor::Employee(employee) = who.actor else { return Err(ProblemCode::NotAllowed.into()) };
    let Query(Filter { search, all }) = filter.map_err(|_| ProblemCode::Malformed)?;
    let is_search = !search.trim().is_empty();
    let asker = store::Asker {
        municipality: app.config.municipality_id,
        employee,
        now: app.clock.now(),
        zone: app.clock.zone().clone(),
        keys: app.db.keys().clone(),
    };
    let chain = Chain { municipality: asker.municipality.0, id: employee.0 };
    let key = app.db.keys().shared(asker.municipality, Purpose::Searches).await?;
    let list = app.db.read_and_note(chain, move |tx| {
        Box::pin(async move {
            let list = audit::List {
                municipality: asker.municipality,
                employee,
                at: asker.now,
                operation: if is_search { "caseload.search" } else { "caseload" },
                search: is_search.then_some((search.trim(), &key)),
            };
            list.record(tx).await?;
            if is_search { store::search(tx, &asker, &search).await } else { store::read(tx, &asker, all).await }
        })
    });
    Ok(Json(list.await?))
}
