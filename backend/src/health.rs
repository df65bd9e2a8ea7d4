//! What a load balancer asks.

use axum::{
    Router, extract::State, http::StatusCode, http::header::CACHE_CONTROL, response::IntoResponse, routing::get,
};

use crate::app::App;

/// `/healthz`: the process is up. `/readyz`: the database answers, so requests can be sent here.
pub fn router(app: App) -> Router {
    Router::new().route("/healthz", get(healthz)).route("/readyz", get(readyz)).with_state(app)
}

async fn healthz() -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], "ok\n")
}

async fn readyz(State(app): State<App>) -> impl IntoResponse {
    let answer = match app.db.ping().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    };
    ([(CACHE_CONTROL, "no-store")], answer).into_response()
}
