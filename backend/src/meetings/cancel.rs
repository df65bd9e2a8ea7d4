//! Cancelling a meeting.

use axum::extract::State;
use contract::Cancellation;
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

mod store;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(put_cancellation))
}

/// Cancels a meeting that has not begun, for good: whoever wants to meet after all arranges another. `If-Match` has the
/// meeting's version, and the receipt the version that the meeting has now.
#[utoipa::path(put, path = "/api/citizens/{subject}/meetings/{meeting}/cancellation",
    params(("subject" = String, Path, description = "A citizen's id"), ("meeting" = Uuid, Path)),
    request_body = Cancellation, responses((status = 200, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_cancellation(
    State(app): State<App>,
    who: SignedIn,
    At((whose, id)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(new): Body<Cancellation>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Meeting, id, precondition, "meeting.cancel", &new)?;
    let repeat = asked.clone();
    let answer = app
        .write_case(who, whose.0, "meeting.cancel", move |access, tx| {
            Box::pin(async move { store::cancel(access, tx, &asked, new).await })
        })
        .await;
    receipt::or_first(&app, who, whose.0, repeat, answer).await
}
