//! "Hent mine data": everything that is kept about a citizen, for the citizen. The page and the file are the same answer.

use axum::{
    extract::State,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::IntoResponse,
};
use contract::{Kept, MyData, Problem};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    error::{Error, Result},
    request::{At, Whose},
    session::SignedIn,
};

mod store;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_data))
}

/// Everything that is kept about the citizen, to be read or stored by them only. It is written down that it was asked for.
#[utoipa::path(get, path = "/api/citizens/{subject}/data.json",
    params(("subject" = String, Path, description = "A citizen's id, or `me`")),
    responses((status = 200, body = MyData), (status = "default", body = Problem)))]
async fn get_data(State(app): State<App>, who: SignedIn, At(whose): At<Whose>) -> Result<impl IntoResponse> {
    let retention = app.config.retention;
    let kept = Kept {
        draft_days: retention.draft_days,
        receipt_days: retention.receipt_days,
        audit_years: retention.audit_years,
    };
    let keys = app.db.keys().clone();
    let work = app.copy_case(who, whose.0, "data", move |access, tx| {
        Box::pin(async move { store::read(access, (tx, &keys), kept).await })
    });
    let data = work.await?;
    let text = serde_json::to_string_pretty(&data).map_err(|_| Error::Internal("a citizen's data has no JSON"))?;
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CONTENT_DISPOSITION, "attachment; filename=\"roed-traad-mine-data.json\""),
    ];
    Ok((headers, text))
}
