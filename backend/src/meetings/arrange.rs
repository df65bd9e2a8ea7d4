//! Arranging a meeting, and changing it.

use axum::extract::State;
use contract::NewMeeting;
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

mod agenda;
mod guests;
mod store;
mod time;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(put_meeting))
}

/// Arranges a meeting with a citizen, or changes it. The citizen sees what changed.
#[utoipa::path(put, path = "/api/citizens/{subject}/meetings/{meeting}",
    params(("subject" = String, Path, description = "A citizen's id"), ("meeting" = Uuid, Path, description = "Made by the client")),
    request_body = NewMeeting, responses((status = 200, body = contract::Receipt), (status = 201, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_meeting(
    State(app): State<App>,
    who: SignedIn,
    At((whose, id)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(new): Body<NewMeeting>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Meeting, id, precondition, "meeting.arrange", &new)?;
    let zone = app.clock.zone().clone();
    let repeat = asked.clone();
    let answer = app
        .write_case(who, whose.0, "meeting.arrange", move |access, tx| {
            Box::pin(async move { store::save(access, tx, &asked, &zone, new).await })
        })
        .await;
    receipt::or_first(&app, who, whose.0, repeat, answer).await
}
