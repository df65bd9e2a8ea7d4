//! What is written after a meeting.

use axum::extract::State;
use contract::NewMinutes;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::App,
    error::Result,
    receipt::{self, Answer, Asked},
    request::{At, Body, Precondition, Whose},
    session::SignedIn,
    values::ResourceKind,
};

mod outcomes;
mod store;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(put_minutes))
}

/// Saves minutes, and what came of the agenda. Employees see a draft; the citizen sees what is shared, and what was
/// corrected after that.
#[utoipa::path(put, path = "/api/citizens/{subject}/meetings/{meeting}/minutes",
    params(("subject" = String, Path, description = "A citizen's id"), ("meeting" = Uuid, Path)),
    request_body = NewMinutes, responses((status = 200, body = contract::Receipt), (status = 201, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_minutes(
    State(app): State<App>,
    who: SignedIn,
    At((whose, id)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(new): Body<NewMinutes>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Minutes, id, precondition, "minutes", &new)?;
    let repeat = asked.clone();
    let answer = app
        .write_case(who, whose.0, "minutes.save", move |access, tx| {
            Box::pin(async move { store::save(access, tx, &asked, new).await })
        })
        .await;
    receipt::or_first(&app, who, whose.0, repeat, answer).await
}
