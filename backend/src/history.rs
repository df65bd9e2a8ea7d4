//! Who changed what, and when.

use axum::{
    Json,
    extract::{Query, State},
};
use contract::{EventId, History};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    error::Result,
    request::{At, Whose},
    session::SignedIn,
};

mod closed_before;
mod names;
pub mod store;

pub use closed_before::{changed, closed_before};

#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct From {
    /// Only what happened before this event.
    before: Option<EventId>,
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_history))
}

/// The changes of a case, the latest first.
#[utoipa::path(get, path = "/api/citizens/{subject}/history",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), From),
    responses((status = 200, body = History), (status = "default", body = contract::Problem)))]
async fn get_history(
    State(app): State<App>,
    who: SignedIn,
    At(whose): At<Whose>,
    from: Result<Query<From>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<History>> {
    let Ok(Query(from)) = from else { return Err(contract::ProblemCode::NotFound.into()) };
    let history = app
        .read_case(who, whose.0, "history", move |access, tx| Box::pin(store::read(access, tx, from.before)))
        .await?;
    Ok(Json(history))
}
