use axum::http::StatusCode;
use contract::paths;

use crate::place::Place;

#[tokio::test]
async fn every_answer_carries_the_security_headers_errors_too() {
    let place = Place::demo().await;
    for path in ["/healthz", "/readyz", "/", "/no/such/file.js", "/api/nothing", paths::SESSION, "/theme.css", "/was"] {
        let answer = place.get(path, "").await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.header("x-request-id").len(), 36, "{path}");
    }
}

#[tokio::test]
async fn an_unknown_address_of_the_api_is_a_problem_and_not_a_page() {
    let place = Place::demo().await;
    for path in ["/api", "/api/", "/api/nothing", "/api/citizens/me/nothing"] {
        let answer = place.get(path, "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
    }
}

#[tokio::test]
async fn without_a_database_nothing_is_ready_and_everything_says_so() {
    let place = Place::demo().await;
    let cookie = String::from("rt_demo=x");
    assert_eq!(place.get("/readyz", "").await.status, StatusCode::OK);
    place.app.db.clone().close().await;
    assert_eq!(place.get("/readyz", "").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(place.get("/healthz", "").await.status, StatusCode::OK);
    let answer = place.get(&paths::profile(paths::Subject::Me), &cookie).await;
    assert_eq!(answer.json::<contract::Problem>().code, contract::ProblemCode::Unavailable);
}
