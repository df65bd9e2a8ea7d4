//! What every answer carries, whatever it is: the rules of Mozilla's Observatory, and a few more.

use axum::{
    body::Body,
    http::{HeaderMap, Method, Request},
};
use contract::{CONTRACT_HEADER, CONTRACT_VERSION};
use roed_traad::{app::App, config::Config, serve};
use tower::ServiceExt as _;

use crate::town::Town;

/// A page, a file, data, a refusal of each kind, a redirect, the health checks, and what does not exist.
const ANSWERS: [(&str, &str, u16); 14] = [
    ("GET", "/", 200),
    ("GET", "/moeder/1", 200),
    ("GET", "/medarbejder/", 503),
    ("GET", "/app.js", 200),
    ("GET", "/theme.css", 200),
    ("GET", "/missing.js", 404),
    ("POST", "/", 405),
    ("GET", "/was", 303),
    ("GET", "/api/session", 200),
    ("GET", "/api/openapi.json", 200),
    ("GET", "/api/citizens/me/home", 401),
    ("PUT", "/api/demo/session", 400),
    ("PATCH", "/api/session", 404),
    ("GET", "/healthz", 200),
];

async fn answers() -> Vec<(String, HeaderMap)> {
    let town = Town::new().await;
    let dist = tempfile::tempdir().unwrap();
    let page = "<!doctype html><title>x</title><script>window.a = 1</script><script src=\"/app.js\"></script>";
    std::fs::write(dist.path().join("index.html"), page).unwrap();
    std::fs::write(dist.path().join("app.js"), "1").unwrap();
    let config = Config { dist: dist.path().to_owned(), ..town.app.config.clone() };
    let router = serve::router(&App::new(config, town.app.clock.clone(), town.app.db.clone())).unwrap();
    let mut found = Vec::new();
    for (method, path, status) in ANSWERS {
        for contract in [CONTRACT_VERSION, "0"] {
            let method: Method = method.parse().unwrap();
            let request = Request::builder().method(method.clone()).uri(path).header(CONTRACT_HEADER, contract);
            let request = request.header("x-forwarded-proto", "https").body(Body::from("{}")).unwrap();
            let answer = router.clone().oneshot(request).await.unwrap();
            if contract == CONTRACT_VERSION {
                assert_eq!(answer.status().as_u16(), status, "{method} {path}");
            }
            found.push((format!("{method} {path}: {}", answer.status()), answer.headers().clone()));
        }
    }
    found
}

/// The policy's directives.
fn directives(policy: &str) -> Vec<(&str, Vec<&str>)> {
    let words = policy.split(';').map(|directive| directive.split_whitespace().collect::<Vec<_>>());
    words.filter(|words| !words.is_empty()).map(|words| (words[0], words[1..].to_vec())).collect()
}

#[tokio::test]
async fn every_answer_carries_every_header() {
    for (what, headers) in answers().await {
        let value = |name: &str| headers.get(name).unwrap_or_else(|| panic!("{what}: no {name}")).to_str().unwrap();
        assert_eq!(value("x-content-type-options"), "nosniff", "{what}");
        assert_eq!(value("referrer-policy"), "no-referrer", "{what}");
        assert_eq!(value("x-frame-options"), "DENY", "{what}");
        for (name, wanted) in [("opener", "same-origin"), ("resource", "same-origin"), ("embedder", "require-corp")] {
            assert_eq!(value(&format!("cross-origin-{name}-policy")), wanted, "{what}");
        }
        assert!(value("permissions-policy").contains("camera=()"), "{what}");
        value("cache-control");
        let age = value("strict-transport-security").strip_prefix("max-age=").unwrap();
        assert!(age.parse::<u64>().unwrap() >= 15_768_000, "{what}: at least half a year");
        for name in ["server", "x-powered-by", "access-control-allow-origin"] {
            assert!(headers.get(name).is_none(), "{what}: {name}");
        }
    }
}

#[tokio::test]
async fn every_policy_begins_with_nothing_and_lets_nothing_inline_in() {
    let mut pages = 0;
    for (what, headers) in answers().await {
        let policies: Vec<_> = headers.get_all("content-security-policy").iter().collect();
        assert_eq!(policies.len(), 1, "{what}");
        let directives = directives(policies[0].to_str().unwrap());
        let of =
            |name: &str| directives.iter().find(|(known, _)| *known == name).map(|(_, sources)| sources.as_slice());
        assert_eq!(of("default-src"), Some(["'none'"].as_slice()), "{what}");
        for name in ["base-uri", "frame-ancestors"] {
            assert_eq!(of(name), Some(["'none'"].as_slice()), "{what}: {name}");
        }
        assert!(matches!(of("form-action"), Some(["'none'"] | ["'self'"])), "{what}");
        for (name, sources) in &directives {
            for source in sources {
                let is_own = matches!(*source, "'self'" | "'none'" | "'wasm-unsafe-eval'");
                let is_hash = *name == "script-src" && source.starts_with("'sha256-");
                assert!(is_own || is_hash, "{what}: {name} {source}");
            }
        }
        pages += usize::from(of("script-src").is_some());
    }
    assert!(pages >= 2, "{pages} pages");
}

#[tokio::test]
async fn without_tls_nobody_is_told_to_insist_on_it() {
    let town = Town::new().await;
    let router = serve::router(&town.app).unwrap();
    let request = Request::builder().uri("/healthz").body(Body::empty()).unwrap();
    let answer = router.oneshot(request).await.unwrap();
    assert!(!answer.headers().contains_key("strict-transport-security"));
}
