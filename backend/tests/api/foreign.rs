//! A page of somebody else in the browser of somebody who is signed in: it changes nothing, at any address.

use axum::http::Method;
use contract::{CONTRACT_HEADER, ProblemCode};
use serde_json::Value;
use uuid::Uuid;

use crate::town::Town;

/// Every changing operation of the description, at Anna's case with new ids.
fn changes(document: &Value) -> Vec<(Method, String)> {
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys().filter(|method| *method != "get");
        methods.map(|method| (method.to_uppercase().parse().unwrap(), at(path)))
    });
    operations.collect()
}

fn at(path: &str) -> String {
    let part = |part: &str| match part {
        "{subject}" => "me".to_owned(),
        part if part.starts_with('{') => Uuid::now_v7().to_string(),
        part => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn a_change_that_comes_from_another_page_is_refused_at_every_address() {
    let town = Town::new().await;
    let document: Value = town.stranger().get("/api/openapi.json").await;
    let changes = changes(&document);
    assert!(changes.len() > 20, "{}", changes.len());
    let foreign: [&[(&str, &str)]; 9] = [
        &[(CONTRACT_HEADER, "")],
        &[(CONTRACT_HEADER, ""), ("origin", "https://fjordby.example")],
        &[("origin", "https://evil.example")],
        &[("origin", "https://fjordby.example.evil.example")],
        &[("origin", "https://fjordby.example:8443")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://fjordby.example"), ("sec-fetch-site", "cross-site")],
    ];
    let before: Value = town.as_citizen(town.anna).await.get("/api/citizens/me/history").await;
    for (method, path) in &changes {
        // One who signs in anew, because one of the addresses signs out.
        let anna = town.as_citizen(town.anna).await;
        for headers in foreign {
            let headers = [headers, &[("if-none-match", "*")]].concat();
            let answer = anna.ask(method.clone(), path, &headers, b"{}".to_vec()).await;
            assert_eq!(answer.status.as_u16(), 403, "{method} {path} {headers:?}: {}", answer.text());
            answer.is_refused(403, ProblemCode::ForeignRequest);
        }
        assert!(anna.try_get("/api/citizens/me/profile").await.status.is_success(), "{method} {path} signed out");
    }
    let after: Value = town.as_citizen(town.anna).await.get("/api/citizens/me/history").await;
    assert_eq!(before, after);
}

#[tokio::test]
async fn our_own_page_and_what_is_no_browser_are_heard() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let own: [&[(&str, &str)]; 4] = [
        &[],
        &[("origin", "https://fjordby.example")],
        &[("origin", "https://fjordby.example"), ("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "none")],
    ];
    for headers in own {
        let answer = anna.ask(Method::PUT, "/api/session", headers, Vec::new()).await;
        assert!(answer.status.is_success(), "{headers:?}: {}", answer.text());
    }
}
