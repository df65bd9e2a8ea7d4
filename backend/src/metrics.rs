//! Figures for who looks after the server, in Prometheus' text, on an address of their own: how much was asked, how it was
//! answered, and whether the nightly work was done. No label says anything of a person: routes stand with placeholders.

use std::net::SocketAddr;

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{StatusCode, header::CONTENT_TYPE},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::Timestamp;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};

use crate::{
    app::App,
    audit::served::Difference,
    error::{Error, Result},
    security,
};

/// How one request was answered.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

/// What is counted by this instance, from its start.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    rate_limited: Counter,
    audit_missing: Gauge,
    nightly_at: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("roed_traad");
        let (requests, rate_limited) = (Family::<Answered, Counter>::default(), Counter::default());
        let (audit_missing, nightly_at) = (Gauge::default(), Gauge::default());
        registry.register("requests", "Requests answered, by route and status", requests.clone());
        registry.register("rate_limited", "Requests refused because there were too many", rate_limited.clone());
        registry.register(
            "audit_missing_rows",
            "Answers about people's cases that have no row in the audit, as of last night: more than 0 is an alarm",
            audit_missing.clone(),
        );
        registry.register(
            "nightly_last_success_timestamp_seconds",
            "When the nightly work was last done without a fault, in seconds since 1970",
            nightly_at.clone(),
        );
        Self { registry, requests, rate_limited, audit_missing, nightly_at }
    }
}

impl Metrics {
    /// Notes that somebody asked for more than they may.
    pub fn was_too_many(&self) {
        self.rate_limited.inc();
    }

    /// Notes how the audit and what was answered compare.
    pub fn compared(&self, difference: Option<Difference>) {
        let missing = difference.map_or(0, |it| it.served.saturating_sub(it.written));
        self.audit_missing.set(i64::try_from(missing).unwrap_or(i64::MAX));
    }

    /// Notes that the nightly work was done.
    pub fn nightly_done(&self, at: Timestamp) {
        self.nightly_at.set(at.as_second());
    }

    /// All of it, as Prometheus reads it.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be written.
    pub fn text(&self) -> Result<String> {
        let mut text = String::new();
        encode(&mut text, &self.registry).map_err(|_| Error::Internal("the metrics have no text"))?;
        Ok(text)
    }
}

/// Counts one request.
pub async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("file", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let status = response.status();
    if status == StatusCode::TOO_MANY_REQUESTS {
        app.metrics.was_too_many();
    }
    app.metrics.requests.get_or_create(&Answered { method, route, status: status.as_u16() }).inc();
    response
}

/// A method of HTTP; what a client makes up is no label.
fn known(method: &axum::http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        _ => "other",
    }
}

/// `/metrics`, for an address of its own.
pub fn router(app: App) -> Router {
    Router::new().route("/metrics", get(answer)).layer(middleware::from_fn(security::headers)).with_state(app)
}

/// Listens for who fetches them, where the operator has set an address. Runs until the server ends.
///
/// # Errors
/// That the address cannot be listened to.
pub async fn listen(app: &App) -> std::io::Result<Option<tokio::task::JoinHandle<()>>> {
    let Some(address) = app.config.metrics.address else { return Ok(None) };
    let listener = tokio::net::TcpListener::bind::<SocketAddr>(address).await?;
    tracing::info!(address = %listener.local_addr()?, "metrics");
    let router = router(app.clone());
    let serving = async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "metrics are not served");
        }
    };
    Ok(Some(tokio::spawn(serving)))
}

async fn answer(State(app): State<App>) -> Result<impl IntoResponse> {
    Ok(([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], app.metrics.text()?))
}
