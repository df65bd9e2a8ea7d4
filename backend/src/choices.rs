//! What a citizen has opened to employees who work with other areas of life.

use axum::extract::State;
use contract::{Choices, NewChoices};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    error::Result,
    receipt::{Answer, Asked},
    request::{At, Body, Precondition, Versioned, Whose},
    session::SignedIn,
    values::ResourceKind,
};

mod store;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_choices, put_choices))
}

/// What is chosen, and who sees some of it whatever is chosen. For the citizen only.
#[utoipa::path(get, path = "/api/citizens/{subject}/choices", params(("subject" = String, Path, description = "A citizen's id, or `me`")),
    responses((status = 200, body = Choices, headers(("ETag" = String, description = "The version, in double quotes"))), (status = "default", body = contract::Problem)))]
async fn get_choices(State(app): State<App>, who: SignedIn, At(whose): At<Whose>) -> Result<Versioned<Choices>> {
    let grounds = app.config.sharing.grounds.clone();
    let work = app.read_case(who, whose.0, "choices", move |access, tx| Box::pin(store::read(access, tx, grounds)));
    let choices = work.await?;
    Ok(Versioned(choices.version, choices))
}

/// Opens and closes, from the next request of anybody on.
#[utoipa::path(put, path = "/api/citizens/{subject}/choices", params(("subject" = String, Path, description = "A citizen's id, or `me`")),
    request_body = NewChoices, responses((status = 200, body = contract::Receipt), (status = 201, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_choices(
    State(app): State<App>,
    who: SignedIn,
    At(whose): At<Whose>,
    precondition: Precondition,
    Body(new): Body<NewChoices>,
) -> Result<Answer> {
    // There is one set of choices in a case, so the citizen's key is all the id it needs.
    let asked = Asked::new(ResourceKind::Choices, uuid::Uuid::nil(), precondition, "choices", &new)?;
    app.write_case(who, whose.0, "choices.save", move |access, tx| {
        Box::pin(async move { store::save(access, tx, &asked, new).await })
    })
    .await
}
