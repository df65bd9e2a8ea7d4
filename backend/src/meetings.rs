//! Meetings, as they are seen.

use axum::{Json, extract::State};
use contract::{Meeting, MeetingList};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::App,
    error::Result,
    request::{At, Versioned, Whose},
    session::SignedIn,
};

mod arrange;
mod cancel;
pub mod store;
pub mod summary;
pub mod whole;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_meetings))
        .routes(routes!(get_meeting))
        .merge(arrange::routes())
        .merge(cancel::routes())
}

/// All meetings, coming and past.
#[utoipa::path(get, path = "/api/citizens/{subject}/meetings", params(("subject" = String, Path, description = "A citizen's id, or `me`")),
    responses((status = 200, body = MeetingList), (status = "default", body = contract::Problem)))]
async fn get_meetings(State(app): State<App>, who: SignedIn, At(whose): At<Whose>) -> Result<Json<MeetingList>> {
    let list = app.read_case(who, whose.0, "meetings", |access, tx| Box::pin(store::list(access, tx))).await?;
    Ok(Json(list))
}

/// One meeting, whole.
#[utoipa::path(get, path = "/api/citizens/{subject}/meetings/{meeting}",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("meeting" = Uuid, Path)),
    responses((status = 200, body = Meeting, headers(("ETag" = String, description = "The version, in double quotes"))), (status = "default", body = contract::Problem)))]
async fn get_meeting(
    State(app): State<App>,
    who: SignedIn,
    At((whose, meeting)): At<(Whose, Uuid)>,
) -> Result<Versioned<Meeting>> {
    let meeting =
        app.read_case(who, whose.0, "meeting", move |access, tx| Box::pin(store::read(access, tx, meeting))).await?;
    Ok(Versioned(meeting.summary.version, meeting))
}
