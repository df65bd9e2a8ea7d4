use axum::{body::Body, http::Request as HttpRequest};
use tower::ServiceExt as _;

use super::*;

const WASM: &str = "citizen-1f0c8b2d9a7e4c35_bg.wasm";

fn built() -> (tempfile::TempDir, Config) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("index.html", "<html lang=\"{{lang}}\"><script>go()</script>{{municipality_name}} {{theme}} {{t:Hej|Hello}}");
    write("staff/index.html", "<html>staff {{phone}}");
    write("static-comparison.html", "<html>{{municipality_name}} plain");
    write(WASM, "plain wasm");
    write(&format!("{WASM}.br"), "brotli wasm");
    write(&format!("{WASM}.gz"), "gzip wasm");
    write("staff/staff-aaaaaaaaaaaaaaaa.js", "staff()");
    write("icon.svg", "<svg/>");
    let config = Config { dist: folder.path().to_owned(), ..Config::demo().unwrap() };
    (folder, config)
}

async fn get(config: &Config, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HashMap<String, String>, Vec<u8>) {
    ask(config, "GET", path, headers).await
}

async fn ask(
    config: &Config,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
) -> (StatusCode, HashMap<String, String>, Vec<u8>) {
    let mut request = HttpRequest::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let router = Assets::load(config).unwrap().router();
    let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status();
    let headers = response.headers().iter().map(|(n, v)| (n.to_string(), v.to_str().unwrap().to_owned())).collect();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, headers, bytes.to_vec())
}

#[tokio::test]
async fn a_page_is_filled_in_the_language_of_the_cookie_and_always_revalidated() {
    let (_folder, config) = built();
    let (status, headers, body) = get(&config, "/min-plan", &[]).await;
    let body = String::from_utf8(body).unwrap();
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("lang=\"da\"") && body.contains("Fjordby Kommune /theme.css?v=") && body.ends_with("Hej"));
    assert_eq!(headers["cache-control"], "no-cache");
    assert_eq!(headers["vary"], "accept-encoding, cookie");
    assert!(headers["content-security-policy"].contains("'sha256-"));

    let (_, _, body) = get(&config, "/", &[("cookie", "x=1; rt_lang=en")]).await;
    assert!(String::from_utf8(body).unwrap().ends_with("Hello"));

    let (status, again, body) = get(&config, "/", &[("if-none-match", &headers["etag"])]).await;
    assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again["etag"], headers["etag"]);
}

#[tokio::test]
async fn pages_are_compressed_for_those_who_can_read_it() {
    let (_folder, config) = built();
    let (_, headers, body) = get(&config, "/", &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(headers["content-encoding"], "br");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut brotli::Decompressor::new(body.as_slice(), 4096), &mut text).unwrap();
    assert!(text.contains("Fjordby"));
    let (_, headers, _) = get(&config, "/", &[("accept-encoding", "gzip, br;q=0")]).await;
    assert_eq!(headers["content-encoding"], "gzip");
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_sent_as_the_build_compressed_them() {
    let (_folder, config) = built();
    let path = format!("/{WASM}");
    let (_, headers, body) = get(&config, &path, &[("accept-encoding", "gzip, deflate, br")]).await;
    assert_eq!(body, b"brotli wasm");
    assert_eq!(headers["content-type"], "application/wasm");
    assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(get(&config, &path, &[("accept-encoding", "gzip")]).await.2, b"gzip wasm");
    assert_eq!(get(&config, &path, &[]).await.2, b"plain wasm");
    assert_eq!(get(&config, "/icon.svg", &[]).await.1["cache-control"], "no-cache");
}

#[tokio::test]
async fn an_unknown_file_is_missing_and_not_a_page() {
    let (_folder, config) = built();
    for path in [
        "/citizen-ffffffffffffffff.js",
        "/medarbejder/citizen.css",
        "/favicon.ico",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/medarbejder/../index.html.br",
        "/staff/staff-aaaaaaaaaaaaaaaa.js",
        "//etc/passwd.txt",
    ] {
        assert_eq!(get(&config, path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_caseworkers_app_stands_under_its_own_path() {
    let (_folder, config) = built();
    for path in ["/medarbejder", "/medarbejder/", "/medarbejder/borgere/1"] {
        assert!(get(&config, path, &[]).await.2.starts_with(b"<html>staff"), "{path}");
    }
    assert_eq!(get(&config, "/medarbejder/staff-aaaaaaaaaaaaaaaa.js", &[]).await.2, b"staff()");
    assert!(!get(&config, "/medarbejdere", &[]).await.2.starts_with(b"<html>staff"));
}

#[tokio::test]
async fn without_the_demo_its_pages_do_not_exist() {
    let (_folder, config) = built();
    let real = Config { demo: false, ..config.clone() };
    for path in ["/demo", "/static-comparison.html"] {
        assert_eq!(get(&config, path, &[]).await.0, StatusCode::OK, "{path}");
        assert_eq!(get(&real, path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn was_leads_to_the_statement() {
    let (_folder, mut config) = built();
    let (status, headers, _) = get(&config, "/was", &[]).await;
    assert_eq!((status, headers["location"].as_str()), (StatusCode::SEE_OTHER, "/tilgaengelighed"));
    config.municipality.accessibility_url = Some("https://www.was.digst.dk/fjordby-example".to_owned());
    assert_eq!(get(&config, "/was", &[]).await.1["location"], "https://www.was.digst.dk/fjordby-example");
}

#[tokio::test]
async fn the_theme_is_kept_for_ever_by_its_hash() {
    let (_folder, config) = built();
    let (_, headers, body) = get(&config, "/theme.css?v=abc", &[]).await;
    assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
    assert!(String::from_utf8(body).unwrap().contains("--rt-primary:#1f5c63"));
    assert_eq!(get(&config, "/theme.css", &[]).await.1["cache-control"], "no-cache");
}

#[tokio::test]
async fn head_has_the_headers_only_and_other_methods_are_refused() {
    let (_folder, config) = built();
    let (status, headers, _) = ask(&config, "HEAD", "/icon.svg", &[]).await;
    assert_eq!((status, headers["content-length"].as_str()), (StatusCode::OK, "6"));
    let (status, headers, _) = ask(&config, "POST", "/", &[]).await;
    assert_eq!((status, headers["allow"].as_str()), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD"));
}

#[tokio::test]
async fn a_folder_that_is_not_built_says_so() {
    let config = Config { dist: "no/such/folder".into(), ..Config::demo().unwrap() };
    assert_eq!(get(&config, "/", &[]).await.0, StatusCode::SERVICE_UNAVAILABLE);
}
