//! Employees and citizens as another of the municipality's systems has them: names, contact persons, who has left. A system
//! comes with its key, says what its key is for, and sees nothing.

use axum::{Json, extract::State, http::HeaderMap};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{app::App, error::Result, policy, request::Body};

mod format;
mod store;

pub use format::{Register, Registered, RegisteredCitizen, RegisteredEmployee};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(put_register))
}

/// Says what another system knows of employees and citizens. All of it is taken, or nothing; the same again changes nothing.
/// Whoever is not named stays as they are.
#[utoipa::path(put, path = "/api/register", request_body = Register, security(("integration" = [])),
    responses((status = 200, body = Registered), (status = "default", body = contract::Problem)))]
async fn put_register(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Body<Register>>,
) -> Result<Json<Registered>> {
    let access = policy::integration(&app, &headers)?;
    let Body(register) = body?;
    register.check()?;
    let (keys, cpr_key) = (app.db.keys().clone(), app.config.login.cpr_key.clone());
    let work = app
        .db
        .write(move |tx| Box::pin(async move { store::save(&access, tx, &keys, cpr_key.as_ref(), register).await }));
    Ok(Json(work.await?))
}
