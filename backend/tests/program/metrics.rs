use axum::{Router, body::Body, http::Request};
use contract::{Actor, DemoPeople, paths, paths::Subject};
use jiff::ToSpan as _;
use roed_traad::{
    config::{Config, Limits},
    demo, entity, metrics, nightly,
};
use sea_orm::{ConnectionTrait as _, EntityTrait as _, PaginatorTrait as _};
use std::sync::{Arc, Mutex};
use tower::ServiceExt as _;

use crate::place::{NOW, Place};

async fn fetch(router: Router, path: &str) -> (u16, String) {
    let answer = router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    assert!(answer.headers().contains_key("content-security-policy"));
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

    assert!(!place.get("/metrics", "").await.text.contains("roed_traad_"), "not where the apps are served");
}

/// What is logged, as text.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn at_the_first_answer_without_a_row_a_metric_and_a_line_say_so() {
    let lines = Lines::default();
    let writer = lines.clone();
    let _logging =
        tracing::subscriber::set_default(tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish());
    let place = Place::demo().await;
    demo::load(&place.app).await.unwrap();
    let people: DemoPeople = place.get(paths::DEMO_PEOPLE, "").await.json();
    let employee = people.people.iter().find(|it| matches!(it.actor, Actor::Employee(_))).unwrap().actor;
    let cookie = place.be(employee).await;
    for _ in 0..3 {
        assert_eq!(place.get(paths::CASELOAD, &cookie).await.status.as_u16(), 200);
    }
    let router = metrics::router(place.app.clone());
    let said = || String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    nightly::run_once(&place.app).await;
    let (_, text) = fetch(router.clone(), "/metrics").await;
    assert!(text.contains("roed_traad_audit_missing_rows 0") && !said().contains("not in the audit"), "{text}");
    let lose = place.app.db.write(|tx| {
        Box::pin(async move {
            tx.execute_unprepared("DROP TRIGGER audit_is_not_deleted").await?;
            tx.execute_unprepared("DELETE FROM audit WHERE operation = 'caseload' AND seq = 2").await?;
            Ok(())
        })
    });
    lose.await.unwrap();
    nightly::run_once(&place.app).await;
    let (_, text) = fetch(router, "/metrics").await;
    assert!(text.contains("roed_traad_audit_missing_rows 1"), "{text}");
    let said = said();
    let line = said.lines().find(|line| line.contains("answers were given that are not in the audit")).unwrap();
    assert!(line.contains("\"ERROR\"") && line.contains("\"served\":3") && line.contains("\"written\":2"), "{line}");
}

#[tokio::test]
async fn rows_of_the_audit_go_when_they_are_as_old_as_the_operator_has_set() {
    let lines = Lines::default();
    let writer = lines.clone();
    let _logging =
        tracing::subscriber::set_default(tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish());
    let mut config = Config::demo().unwrap();
    config.retention.audit_years = 2;
    let place = Place::with(config).await;
    demo::load(&place.app).await.unwrap();
    let people: DemoPeople = place.get(paths::DEMO_PEOPLE, "").await.json();
    let employee = people.people.iter().find(|it| matches!(it.actor, Actor::Employee(_))).unwrap().actor;
    let look = async || {
        let cookie = place.be(employee).await;
        assert_eq!(place.get(paths::CASELOAD, &cookie).await.status.as_u16(), 200);
    };
    let rows = async || {
        let count = place.app.db.read(|tx| Box::pin(async move { Ok(entity::audit::Entity::find().count(tx).await?) }));
        count.await.unwrap()
    };
    look().await;
    let all = rows().await;
    assert!(all > 0);
    let begun = place.app.clock.now().to_zoned(place.app.clock.zone().clone());
    for (later, left) in [(0.days(), all), (23.months(), all), (25.months(), 0)] {
        place.app.clock.set(begun.checked_add(later).unwrap().timestamp());
        nightly::run_once(&place.app).await;
        assert_eq!(rows().await, left, "{later}");
    }
    let said = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let line = said.lines().find(|line| line.contains("old rows of the audit were deleted")).unwrap();
    assert!(line.contains("\"INFO\"") && line.contains(&format!("\"deleted\":{all}")), "{line}");
}
