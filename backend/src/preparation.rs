//! Preparing a meeting: drafts that only the citizen sees, sending them, and taking back what was sent.

use axum::{Json, extract::State, http::StatusCode};
use contract::{GoalId, MeetingId, NewDraft, NewSending, Preparation, TakingBack, TopicId, paths::Subject};
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

mod agendas;
pub mod draft;
pub mod sending;
mod store;
mod taking_back;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_preparation))
        .routes(routes!(get_own_preparation))
        .routes(routes!(put_draft, delete_draft))
        .routes(routes!(get_sending, put_sending))
        .routes(routes!(put_goal_taking_back))
        .routes(routes!(put_topic_taking_back))
}

/// What the citizen prepares for a meeting.
#[utoipa::path(get, path = "/api/citizens/{subject}/meetings/{meeting}/preparation",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("meeting" = Uuid, Path)),
    responses((status = 200, body = Preparation), (status = "default", body = contract::Problem)))]
async fn get_preparation(
    State(app): State<App>,
    who: SignedIn,
    At((whose, meeting)): At<(Whose, Uuid)>,
) -> Result<Json<Preparation>> {
    read(app, who, whose.0, Some(MeetingId(meeting))).await
}

/// What the citizen prepares without a meeting.
#[utoipa::path(get, path = "/api/citizens/{subject}/preparation",
    params(("subject" = String, Path, description = "A citizen's id, or `me`")),
    responses((status = 200, body = Preparation), (status = "default", body = contract::Problem)))]
async fn get_own_preparation(State(app): State<App>, who: SignedIn, At(whose): At<Whose>) -> Result<Json<Preparation>> {
    read(app, who, whose.0, None).await
}

async fn read(app: App, who: SignedIn, whose: Subject, meeting: Option<MeetingId>) -> Result<Json<Preparation>> {
    let read = app.read_case(who, whose, "preparation", move |access, tx| Box::pin(store::read(access, tx, meeting)));
    Ok(Json(read.await?))
}

/// Stores a draft.
#[utoipa::path(put, path = "/api/citizens/{subject}/drafts/{draft}",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("draft" = Uuid, Path)), request_body = NewDraft,
    responses((status = 200, body = contract::Receipt), (status = 201, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_draft(
    State(app): State<App>,
    who: SignedIn,
    At((whose, draft)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(new): Body<NewDraft>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Draft, draft, precondition, "draft", &new)?;
    app.write_case(who, whose.0, "draft.save", move |access, tx| {
        Box::pin(async move { draft::save(access, tx, &asked, new).await })
    })
    .await
}

/// Deletes a draft, and all that stood in it. One that is gone already is fine.
#[utoipa::path(delete, path = "/api/citizens/{subject}/drafts/{draft}",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("draft" = Uuid, Path),
        ("If-Match" = String, Header, description = "The version that is thrown away, in double quotes")),
    responses((status = 204), (status = "default", body = contract::Problem)))]
async fn delete_draft(
    State(app): State<App>,
    who: SignedIn,
    At((whose, draft)): At<(Whose, Uuid)>,
    precondition: Precondition,
) -> Result<StatusCode> {
    app.write_case(who, whose.0, "draft.delete", move |access, tx| {
        Box::pin(draft::delete(access, tx, draft, precondition))
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends drafts: all or none.
#[utoipa::path(put, path = "/api/citizens/{subject}/sendings/{sending}",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("sending" = Uuid, Path)), request_body = NewSending,
    responses((status = 201, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_sending(
    State(app): State<App>,
    who: SignedIn,
    At((whose, sending)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(new): Body<NewSending>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Sending, sending, precondition, "sending", &new)?;
    app.write_case(who, whose.0, "sending", move |access, tx| {
        Box::pin(async move { sending::send(access, tx, &asked, new).await })
    })
    .await
}

/// The receipt for what was sent.
#[utoipa::path(get, path = "/api/citizens/{subject}/sendings/{sending}",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("sending" = Uuid, Path)),
    responses((status = 200, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn get_sending(
    State(app): State<App>,
    who: SignedIn,
    At((whose, id)): At<(Whose, Uuid)>,
) -> Result<Json<contract::Receipt>> {
    let read =
        app.read_case(who, whose.0, "sending.receipt", move |access, tx| Box::pin(sending::receipt(access, tx, id)));
    Ok(Json(read.await?))
}

/// Takes back a goal.
#[utoipa::path(put, path = "/api/citizens/{subject}/goals/{goal}/taking-back",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("goal" = Uuid, Path)), request_body = TakingBack,
    responses((status = 200, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_goal_taking_back(
    State(app): State<App>,
    who: SignedIn,
    At((whose, goal)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(body): Body<TakingBack>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Goal, goal, precondition, "goal.take_back", &body)?;
    app.write_case(who, whose.0, "goal.take_back", move |access, tx| {
        Box::pin(async move { taking_back::goal(access, tx, &asked, GoalId(goal)).await })
    })
    .await
}

/// Takes back a topic.
#[utoipa::path(put, path = "/api/citizens/{subject}/topics/{topic}/taking-back",
    params(("subject" = String, Path, description = "A citizen's id, or `me`"), ("topic" = Uuid, Path)), request_body = TakingBack,
    responses((status = 200, body = contract::Receipt), (status = "default", body = contract::Problem)))]
async fn put_topic_taking_back(
    State(app): State<App>,
    who: SignedIn,
    At((whose, topic)): At<(Whose, Uuid)>,
    precondition: Precondition,
    Body(body): Body<TakingBack>,
) -> Result<Answer> {
    let asked = Asked::new(ResourceKind::Topic, topic, precondition, "topic.take_back", &body)?;
    app.write_case(who, whose.0, "topic.take_back", move |access, tx| {
        Box::pin(async move { taking_back::topic(access, tx, &asked, TopicId(topic)).await })
    })
    .await
}
