//! What is set in motion to help: each with its purpose and the goal it serves.

use axum::extract::State;
use contract::NewEffort;
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
    OpenApiRouter::new().routes(routes!(put_effort))
}

/// Starts an effort, changes it, or ends it.
#[utoipa::path(put, path = "/api/citizens/{subject}/efforts/{effort}",
    params(("subject" = String, Path, description = "A citizen's id"), ("effort" = Uuid, Path, description = "Made by the client")),
    request_body = NewEffort, responses((status = 200, body = contract::Receipt), (status = 201, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_effort(
    State(app): State<App>,
    who: SignedIn,
    At((whose, id)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(new): Body<NewEffort>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Effort, id, precondition, "effort", &new)?;
    app.write_case(who, whose.0, "effort.save", move |access, tx| {
        Box::pin(async move { store::save(access, tx, &asked, new).await })
    })
    .await
}
