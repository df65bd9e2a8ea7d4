//! Looks that the citizen sees later than they were made, where somebody may come to harm: `docs/decisions/0018-my-data-and-delay.md`.

use axum::{extract::State, http::StatusCode};
use contract::{LookDelay, NewLookDelay};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::App,
    error::Result,
    request::{At, Body, Precondition, Versioned, Whose},
    session::SignedIn,
};

pub(crate) mod store;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(put_look_delay, delete_look_delay))
}

/// Gives a delay, or changes the one that is on. For the contact person and those in the plan.
#[utoipa::path(put, path = "/api/citizens/{subject}/look-delays/{delay}",
    params(("subject" = String, Path, description = "A citizen's id"), ("delay" = Uuid, Path),
        ("If-None-Match" = Option<String>, Header, description = "`*` for a new one; this or `If-Match` is needed"),
        ("If-Match" = Option<String>, Header, description = "The version that is changed, in double quotes")),
    request_body = NewLookDelay, responses((status = 200, body = LookDelay, headers(("ETag" = String, description = "The version, in double quotes"))), (status = "default", body = contract::Problem)))]
async fn put_look_delay(
    State(app): State<App>,
    who: SignedIn,
    At((whose, delay)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(new): Body<NewLookDelay>,
) -> Result<Versioned<LookDelay>> {
    let days = app.config.look_delay_days;
    let put = app.write_case(who, whose.0, "look_delay", move |access, tx| {
        Box::pin(store::put(access, tx, delay, precondition, new, days))
    });
    let delay = put.await?;
    Ok(Versioned(delay.version, delay))
}

/// Ends a delay: from now on the citizen sees every look. One that is over already is fine.
#[utoipa::path(delete, path = "/api/citizens/{subject}/look-delays/{delay}",
    params(("subject" = String, Path, description = "A citizen's id"), ("delay" = Uuid, Path),
        ("If-Match" = String, Header, description = "The version that is ended, in double quotes")),
    responses((status = 204), (status = "default", body = contract::Problem)))]
async fn delete_look_delay(
    State(app): State<App>,
    who: SignedIn,
    At((whose, delay)): At<(Whose, Uuid)>,
    precondition: Precondition,
) -> Result<StatusCode> {
    let end = app.write_case(who, whose.0, "look_delay.end", move |access, tx| {
        Box::pin(store::end(access, tx, delay, precondition))
    });
    end.await?;
    Ok(StatusCode::NO_CONTENT)
}
