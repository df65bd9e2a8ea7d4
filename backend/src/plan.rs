//! The one plan.

use axum::{Json, extract::State};
use contract::Plan;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    error::Result,
    request::{At, Whose},
    session::SignedIn,
};

pub mod store;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_plan))
}

/// Goals, efforts, steps, what is said beside them, and everybody who helps.
#[utoipa::path(get, path = "/api/citizens/{subject}/plan", params(("subject" = String, Path, description = "A citizen's id, or `me`")),
    responses((status = 200, body = Plan), (status = "default", body = contract::Problem)))]
async fn get_plan(State(app): State<App>, who: SignedIn, At(whose): At<Whose>) -> Result<Json<Plan>> {
    let plan = app.read_case(who, whose.0, "plan", |access, tx| Box::pin(store::read(access, tx))).await?;
    Ok(Json(plan))
}
