//! "Er det en klage?": what a disagreement is found to be in law.

use axum::extract::State;
use contract::NewAssessment;
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
    OpenApiRouter::new().routes(routes!(put_assessment))
}

/// Assesses a citizen's disagreement. The citizen's words and their version stay as they are: an assessment has versions
/// of its own, so the first goes with `If-None-Match: *` and a change of mind with `If-Match` and the receipt's version.
/// Refused with 412 when the words have changed since they were read.
#[utoipa::path(put, path = "/api/citizens/{subject}/comments/{comment}/assessment",
    params(("subject" = String, Path, description = "A citizen's id"), ("comment" = Uuid, Path)),
    request_body = NewAssessment, responses((status = 200, body = contract::Receipt), (status = 201, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_assessment(
    State(app): State<App>,
    who: SignedIn,
    At((whose, id)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(new): Body<NewAssessment>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Assessment, id, precondition, "assessment", &new)?;
    app.write_case(who, whose.0, "comment.assess", move |access, tx| {
        Box::pin(async move { store::save(access, tx, &asked, new).await })
    })
    .await
}
