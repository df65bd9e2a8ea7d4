use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    extract::{Request, State},
    http::{Method, header::COOKIE},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use contract::{DemoFailure, ProblemCode};

use crate::{app::App, error::Error};

/// The failure that testers have switched on.
#[derive(Clone, Debug, Default)]
pub struct Switch(Arc<Mutex<DemoFailure>>);

impl Switch {
    /// Which it is.
    #[must_use]
    pub fn get(&self) -> DemoFailure {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Switches it.
    pub fn set(&self, failure: DemoFailure) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }
}

const SLOW: Duration = Duration::from_secs(3);

/// Makes the failure real for the API, but for the demo's own addresses, where it is switched off again.
pub async fn fail(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !path.starts_with("/api/") || path.starts_with("/api/demo/") {
        return next.run(request).await;
    }
    let is_write = !matches!(*request.method(), Method::GET | Method::HEAD);
    match app.failure.get() {
        DemoFailure::None | DemoFailure::DatabaseAway => {}
        DemoFailure::Slow => tokio::time::sleep(SLOW).await,
        DemoFailure::ServerError => return Error::from(ProblemCode::Internal).into_response(),
        DemoFailure::Conflict if is_write => return Error::from(ProblemCode::VersionConflict).into_response(),
        DemoFailure::Conflict => {}
        // As if every session had ended: who asks is nobody.
        DemoFailure::SessionEnded => {
            request.headers_mut().remove(COOKIE);
        }
    }
    next.run(request).await
}
