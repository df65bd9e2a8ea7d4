//! Marks that something was on somebody's screen. A page sends them for what it showed; reading alone never does.

use axum::extract::State;
use contract::NewOpening;
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
    OpenApiRouter::new().routes(routes!(put_opening))
}

/// Marks things as opened, each in the version that was shown: a citizen's goals, topics and steps by an employee, shared
/// minutes by the citizen, a comment by the other side. Who opened the same version before keeps the first time.
#[utoipa::path(put, path = "/api/citizens/{subject}/openings/{opening}",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("opening" = Uuid, Path, description = "Made by the client")),
    request_body = NewOpening, responses((status = 200, body = contract::Receipt), (status = 201, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_opening(
    State(app): State<App>,
    who: SignedIn,
    At((whose, id)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(new): Body<NewOpening>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Opening, id, precondition, "opening", &new)?;
    app.write_case(who, whose.0, "opening.mark", move |access, tx| {
        Box::pin(async move { store::save(access, tx, &asked, new).await })
    })
    .await
}
