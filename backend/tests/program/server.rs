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
