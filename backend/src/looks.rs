//! Who has looked in a case, as the citizen may know it.

use axum::{
    Json,
    extract::{Query, State},
};
use contract::Looks;
use jiff::civil;
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    error::Result,
    request::{At, Whose},
    session::SignedIn,
};

pub(crate) mod store;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Days {
    /// Only the days before this one.
    #[param(value_type = Option<String>, format = Date)]
    before: Option<civil::Date>,
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_looks))
}

/// Who at the municipality has looked in the case, the latest day first. For the citizen only.
#[utoipa::path(get, path = "/api/citizens/{subject}/looks",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), Days),
    responses((status = 200, body = Looks), (status = "default", body = contract::Problem)))]
async fn get_looks(
    State(app): State<App>,
    who: SignedIn,
    At(whose): At<Whose>,
    days: Result<Query<Days>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Looks>> {
    let Ok(Query(days)) = days else { return Err(contract::ProblemCode::NotFound.into()) };
    let looks =
        app.read_case(who, whose.0, "looks", move |access, tx| Box::pin(store::read(access, tx, days.before))).await?;
    Ok(Json(looks))
}
