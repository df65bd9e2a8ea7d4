//! Steps: who, what, by when; and where they stand.

use axum::extract::State;
use contract::{NewStep, NewStepState};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::App,
    error::Result,
    receipt::{Answer, Asked},
    request::{At, Body, Precondition, Whose},
    session::SignedIn,
    values::ResourceKind,
};

mod store;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(put_step)).routes(routes!(put_step_state))
}

/// Adds a step, or changes its wording.
#[utoipa::path(put, path = "/api/citizens/{subject}/steps/{step}",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("step" = Uuid, Path)), request_body = NewStep,
    responses((status = 200, body = contract::Receipt), (status = 201, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_step(
    State(app): State<App>,
    who: SignedIn,
    At((whose, step)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(new): Body<NewStep>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Step, step, precondition, "step", &new)?;
    app.write_case(who, whose.0, "step.save", move |access, tx| {
        Box::pin(async move { store::save(access, tx, &asked, new).await })
    })
    .await
}

/// Sets where a step stands.
#[utoipa::path(put, path = "/api/citizens/{subject}/steps/{step}/state",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("step" = Uuid, Path)), request_body = NewStepState,
    responses((status = 200, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_step_state(
    State(app): State<App>,
    who: SignedIn,
    At((whose, step)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(new): Body<NewStepState>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Step, step, precondition, "step.move", &new)?;
    app.write_case(who, whose.0, "step.move", move |access, tx| {
        Box::pin(async move { store::set_state(access, tx, &asked, new).await })
    })
    .await
}
