//! Breaking the glass: an employee opens what is closed to them, with a written reason that the citizen can read.

use axum::extract::State;
use contract::NewGlass;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::App,
    error::Result,
    policy::BREAK_GLASS,
    receipt::{Answer, Asked},
    request::{At, Body, Precondition, Whose},
    session::SignedIn,
    values::ResourceKind,
};

pub mod store;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(put_glass))
}

/// Opens to this employee all that is closed in the case, for a while; to whoever leads a unit, the case.
#[utoipa::path(put, path = "/api/citizens/{subject}/glass/{glass}",
    params(("subject" = String, Path, description = "A citizen's id"), ("glass" = Uuid, Path, description = "Made by the client")),
    request_body = NewGlass, responses((status = 201, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_glass(
    State(app): State<App>,
    who: SignedIn,
    At((whose, id)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(new): Body<NewGlass>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Glass, id, precondition, "glass", &new)?;
    let minutes = app.config.sharing.glass_minutes;
    app.write_case(who, whose.0, BREAK_GLASS, move |access, tx| {
        Box::pin(async move { store::save(access, tx, &asked, new, minutes).await })
    })
    .await
}
