//! What to know before a meeting, in one minute.

use axum::{Json, extract::State};
use contract::Brief;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::App,
    error::Result,
    request::{At, Whose},
    session::SignedIn,
};

mod carried;
pub mod said;
mod store;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_brief))
}

/// What is new from the citizen to this employee, what earlier meetings left, the open promises, the last agreements. Reading it marks
/// nothing as opened: the page does that, for what it showed.
#[utoipa::path(get, path = "/api/citizens/{subject}/meetings/{meeting}/brief",
    params(("subject" = String, Path, description = "A citizen's id"), ("meeting" = Uuid, Path)),
    responses((status = 200, body = Brief), (status = "default", body = contract::Problem)))]
async fn get_brief(
    State(app): State<App>,
    who: SignedIn,
    At((whose, meeting)): At<(Whose, Uuid)>,
) -> Result<Json<Brief>> {
    let brief =
        app.read_case(who, whose.0, "brief", move |access, tx| Box::pin(store::read(access, tx, meeting))).await?;
    Ok(Json(brief))
}
