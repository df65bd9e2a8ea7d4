//! Words beside something: a remark, or "jeg er ikke enig". Nobody but their writer can change them.

use axum::extract::State;
use contract::NewComment;
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

pub mod store;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(put_comment))
}

/// Writes a comment, or changes one's own.
#[utoipa::path(put, path = "/api/citizens/{subject}/comments/{comment}",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("comment" = Uuid, Path)), request_body = NewComment,
    responses((status = 200, body = contract::Receipt), (status = 201, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_comment(
    State(app): State<App>,
    who: SignedIn,
    At((whose, comment)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(new): Body<NewComment>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Comment, comment, precondition, "comment", &new)?;
    app.write_case(who, whose.0, "comment.save", move |access, tx| {
        Box::pin(async move { store::save(access, tx, &asked, new).await })
    })
    .await
}
