use axum::{Router, body::Body, http::Request};
use contract::{Actor, paths, paths::Subject};
use roed_traad::{
    audit::served::Difference,
    config::{Config, Limits},
    demo, metrics, nightly,
};
use tower::ServiceExt as _;

use crate::place::{NOW, Place};

async fn fetch(router: Router, path: &str) -> (u16, String) {
    let answer = router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let status = answer.status().as_u16();
    let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test]
async fn metrics_tell_what_was_asked_and_of_nobody() {
    let config = Config::demo().unwrap();
    let limits = Limits { requests_per_minute_person: 2, ..config.limits };
    let place = Place::with(Config { limits, ..config }).await;
    demo::load(&place.app).await.unwrap();
    let citizen = place.citizens().await[0];
    let cookie = place.be(Actor::Citizen(citizen)).await;
    let path = paths::profile(Subject::Citizen(citizen));
    for status in [200, 200, 429] {
        assert_eq!(place.get(&path, &cookie).await.status.as_u16(), status);
    }
    nightly::run_once(&place.app).await;

    let router = metrics::router(place.app.clone());
    let (status, text) = fetch(router.clone(), "/metrics").await;
    assert_eq!(status, 200);
    let at = NOW.parse::<jiff::Timestamp>().unwrap().as_second();
    for line in [
        r#"roed_traad_requests_total{method="GET",route="/api/citizens/{subject}/profile",status="200"} 2"#,
        r#"roed_traad_requests_total{method="GET",route="/api/citizens/{subject}/profile",status="429"} 1"#,
        "roed_traad_rate_limited_total 1",
        "roed_traad_audit_missing_rows 0",
        &format!("roed_traad_nightly_last_success_timestamp_seconds {at}"),
    ] {
        assert!(text.lines().any(|said| said == line), "{line} is not in\n{text}");
    }
    assert!(!text.contains(&citizen.to_string()), "{text}");

    place.app.metrics.compared(Some(Difference { served: 5, written: 3 }));
    let (_, text) = fetch(router, "/metrics").await;
    assert!(text.contains("roed_traad_audit_missing_rows 2"));
    assert!(!place.get("/metrics", "").await.text.contains("roed_traad_"), "not where the apps are served");
}
