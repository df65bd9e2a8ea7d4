//! The status and the `ETag` of every success in a test are held against the description of the API.

use std::sync::LazyLock;

use axum::http::{Method, header};
use serde_json::Value;

use crate::town::Answer;

static DESCRIPTION: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(roed_traad::app::openapi()).unwrap());

/// What is said of an address, if it is one of the API's.
pub fn operation(method: &Method, path: &str) -> Option<&'static Value> {
    let path = path.split('?').next()?;
    let fits = |template: &str| {
        let mut parts = template.split('/').zip(path.split('/'));
        template.split('/').count() == path.split('/').count()
            && parts.all(|(part, given)| part.starts_with('{') || part == given)
    };
    let (_, item) = DESCRIPTION["paths"].as_object()?.iter().find(|(template, _)| fits(template))?;
    item.get(method.as_str().to_lowercase())
}

/// That its status is described, and its `ETag`.
pub fn check(method: &Method, path: &str, answer: &Answer) {
    let Some(operation) = operation(method, path).filter(|_| answer.status.is_success()) else { return };
    let described = operation["responses"].get(answer.status.as_str());
    let described = described.unwrap_or_else(|| panic!("{method} {path}: {} is not described", answer.status));
    let has_version = described["headers"].get("ETag").is_some();
    assert_eq!(has_version, answer.headers.contains_key(header::ETAG), "{method} {path}: {}", answer.status);
}
