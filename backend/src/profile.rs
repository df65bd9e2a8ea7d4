//! The citizen in their own words.

use axum::extract::State;
use contract::{NewProfile, Profile};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    error::Result,
    receipt::{Answer, Asked},
    request::{At, Body, Precondition, Versioned, Whose},
    session::SignedIn,
    values::ResourceKind,
};

pub mod store;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_profile, put_profile))
}

/// What the citizen has written about themself; to employees only what is shared.
#[utoipa::path(get, path = "/api/citizens/{subject}/profile", params(("subject" = String, Path, description = "A citizen's id, or `me`")),
    responses((status = 200, body = Profile, headers(("ETag" = String, description = "The version, in double quotes"))), (status = "default", body = contract::Problem)))]
async fn get_profile(State(app): State<App>, who: SignedIn, At(whose): At<Whose>) -> Result<Versioned<Profile>> {
    let profile = app
        .read_case(who, whose.0, "profile", |access, tx| Box::pin(async move { store::read(access, tx).await }))
        .await?;
    Ok(Versioned(profile.version, profile))
}

/// Saves what the citizen writes about themself.
#[utoipa::path(put, path = "/api/citizens/{subject}/profile", params(("subject" = String, Path, description = "A citizen's id, or `me`")),
    request_body = NewProfile, responses((status = 200, body = contract::Receipt), (status = 201, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_profile(
    State(app): State<App>,
    who: SignedIn,
    At(whose): At<Whose>,
    precondition: Precondition,
    Body(new): Body<NewProfile>,
) -> Result<Answer> {
    // There is one profile in a case, so the citizen's key is all the id it needs.
    let asked = Asked::new(ResourceKind::Profile, uuid::Uuid::nil(), precondition, "profile", &new)?;
    app.write_case(who, whose.0, "profile.save", |access, tx| {
        Box::pin(async move { store::save(access, tx, &asked, new).await })
    })
    .await
}
