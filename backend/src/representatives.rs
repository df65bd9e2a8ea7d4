//! Who may act for a citizen: the citizen gives it, for some areas and until a day, and takes it back. Every request of a
//! representative asks anew whether it is still so (`policy.rs`).

use axum::{Json, extract::State};
use contract::{NewRepresentative, RepresentationId, Representatives, TakingBack};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::App,
    cpr::Cpr,
    error::{Error, Result},
    receipt::{Answer, Asked},
    request::{At, Body, Precondition, Whose},
    session::SignedIn,
    values::ResourceKind,
};

pub mod store;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_representatives))
        .routes(routes!(put_representative))
        .routes(routes!(put_representative_taking_back))
}

/// Who may act for the citizen, and who could. For the citizen only.
#[utoipa::path(get, path = "/api/citizens/{subject}/representatives", params(("subject" = String, Path, description = "A citizen's id, or `me`")),
    responses((status = 200, body = Representatives), (status = "default", body = contract::Problem)))]
async fn get_representatives(
    State(app): State<App>,
    who: SignedIn,
    At(whose): At<Whose>,
) -> Result<Json<Representatives>> {
    let read = app.read_case(who, whose.0, "representatives", |access, tx| Box::pin(store::read(access, tx)));
    Ok(Json(read.await?))
}

/// Lets somebody act for the citizen. The answer is the same whether they are known here or not.
#[utoipa::path(put, path = "/api/citizens/{subject}/representatives/{representation}",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("representation" = Uuid, Path)), request_body = NewRepresentative,
    responses((status = 200, body = contract::Receipt), (status = 201, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_representative(
    State(app): State<App>,
    who: SignedIn,
    At((whose, id)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(new): Body<NewRepresentative>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Representation, id, precondition, "representation", &new)?;
    let key = app.config.login.cpr_key.as_ref().ok_or(Error::Internal("no key for CPR numbers"))?;
    let cpr = Cpr::parse(new.cpr.as_str()).ok_or(Error::Internal("a CPR number that is none"))?;
    let cpr_hash = key.hash(&cpr);
    app.write_case(who, whose.0, "representation.give", move |access, tx| {
        Box::pin(async move { store::give(access, tx, &asked, new, cpr_hash).await })
    })
    .await
}

/// Takes it back: from the next request on, also in sessions that are open.
#[utoipa::path(put, path = "/api/citizens/{subject}/representatives/{representation}/taking-back",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("representation" = Uuid, Path)), request_body = TakingBack,
    responses((status = 200, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_representative_taking_back(
    State(app): State<App>,
    who: SignedIn,
    At((whose, id)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(body): Body<TakingBack>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Representation, id, precondition, "representation.take_back", &body)?;
    app.write_case(who, whose.0, "representation.take_back", move |access, tx| {
        Box::pin(async move { store::take_back(access, tx, &asked, RepresentationId(id)).await })
    })
    .await
}
