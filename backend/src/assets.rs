//! The built apps: read once at start and kept in memory, so that no request can name a file outside the folder.

mod page;
mod stored;

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    extract::{Request, State},
    http::{
        HeaderValue, Method, StatusCode,
        header::{ALLOW, CACHE_CONTROL, COOKIE, LOCATION},
    },
    response::{IntoResponse as _, Response},
};
use contract::ProblemCode;

use self::{
    page::Pages,
    stored::{Cache, Stored},
};
use crate::config::Config;

/// Where the caseworkers' app stands; its files lie in `staff` in the folder.
const STAFF: &str = "/medarbejder";
const STAFF_FOLDER: &str = "staff";
/// The page that the measurement compares the app with; part of the demo.
const COMPARISON: &str = "static-comparison.html";
/// The page where one chooses to be somebody; part of the demo.
const DEMO_PAGE: &str = "demo";
/// Where the accessibility statement is looked for, and the app's own.
const STATEMENT: &str = "was";
const OWN_STATEMENT: &str = "/tilgaengelighed";

/// Everything that is served besides the API.
#[derive(Debug)]
pub struct Assets {
    files: HashMap<String, Stored>,
    citizens: Option<Pages>,
    staff: Option<Pages>,
    comparison: Option<Pages>,
    statement: HeaderValue,
    demo: bool,
}

impl Assets {
    /// Reads the folder and fills the pages from the configuration. A folder that is not there is no error: the API
    /// works without it, and pages say that the app is not built.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn load(config: &Config) -> io::Result<Self> {
        let mut found = Vec::new();
        if config.dist.is_dir() {
            find(&config.dist, "", &mut found)?;
        } else {
            tracing::warn!("the app is not built: there is no folder {}", config.dist.display());
        }
        let theme = page::theme(&config.colours);
        let theme_href = format!("/theme.css?v={}", stored::hash(theme.as_bytes()));
        let mut pages = HashMap::new();
        let mut files = HashMap::new();
        for (name, path) in found {
            if is_page(&name) {
                let template = std::fs::read_to_string(&path)?;
                pages.insert(name, Pages::fill(&template, config, &theme_href));
            } else if !matches!(path.extension().and_then(|it| it.to_str()), Some("br" | "gz")) {
                let cache = if is_hashed(&name) { Cache::Forever } else { Cache::Revalidate };
                files.insert(name, Stored::read(&path, cache)?);
            }
        }
        files.insert("theme.css".to_owned(), Stored::compress("text/css; charset=utf-8", theme, Cache::ByQuery));
        if let Some(logo) = &config.logo {
            files.insert("logo".to_owned(), Stored::read(logo, Cache::Revalidate)?);
        }
        let statement = config.municipality.accessibility_url.as_deref().unwrap_or(OWN_STATEMENT);
        Ok(Self {
            files,
            citizens: pages.remove("index.html"),
            staff: pages.remove("staff/index.html").or_else(|| pages.remove("staff/staff.html")),
            comparison: pages.remove(COMPARISON),
            statement: HeaderValue::from_str(statement).unwrap_or(HeaderValue::from_static(OWN_STATEMENT)),
            demo: config.demo,
        })
    }

    /// Answers every path that the API does not have.
    pub fn router(self) -> Router {
        Router::new().fallback(serve).with_state(Arc::new(self))
    }

    fn find(&self, path: &str) -> Found<'_> {
        let name = path.trim_start_matches('/');
        let (app, below) = match path.strip_prefix(STAFF) {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => (&self.staff, rest.trim_start_matches('/')),
            _ if name == STATEMENT => return Found::Statement,
            _ if name == COMPARISON && self.demo => {
                return self.comparison.as_ref().map_or(Found::Nothing, Found::Page);
            }
            _ if name == DEMO_PAGE && !self.demo => return Found::Nothing,
            _ if name.starts_with(STAFF_FOLDER) && name.contains('.') => return Found::Nothing,
            _ => (&self.citizens, name),
        };
        let key = if below == name { below.to_owned() } else { format!("{STAFF_FOLDER}/{below}") };
        if let Some(file) = self.files.get(&key) {
            return Found::File(file);
        }
        let is_file = below.rsplit('/').next().is_some_and(|last| last.contains('.')) && below != "index.html";
        if is_file { Found::Nothing } else { app.as_ref().map_or(Found::NotBuilt, Found::Page) }
    }
}

enum Found<'a> {
    File(&'a Stored),
    Page(&'a Pages),
    Statement,
    NotBuilt,
    Nothing,
}

async fn serve(State(assets): State<Arc<Assets>>, request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") || path == "/api" {
        return crate::error::Error::from(ProblemCode::NotFound).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
    }
    let headers = request.headers();
    match assets.find(path) {
        Found::File(file) => file.answer(request.uri().query(), headers),
        Found::Page(page) => page.choose(headers.get(COOKIE)).answer(None, headers),
        Found::Statement => (StatusCode::SEE_OTHER, [(LOCATION, assets.statement.clone())]).into_response(),
        Found::NotBuilt => plain(
            StatusCode::SERVICE_UNAVAILABLE,
            "Appen er ikke bygget. / The app is not built: run cargo xtask serve.\n",
        ),
        Found::Nothing => plain(StatusCode::NOT_FOUND, "Siden findes ikke. / There is no such page.\n"),
    }
}

fn plain(status: StatusCode, words: &'static str) -> Response {
    (status, [(CACHE_CONTROL, "no-store")], words).into_response()
}

fn find(folder: &Path, below: &str, found: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let kind = entry.file_type()?;
        if kind.is_dir() {
            find(&entry.path(), &format!("{below}{name}/"), found)?;
        } else if kind.is_file() {
            found.push((format!("{below}{name}"), entry.path()));
        }
    }
    Ok(())
}

fn is_page(name: &str) -> bool {
    matches!(name, "index.html" | "staff/index.html" | "staff/staff.html" | COMPARISON)
}

/// Whether the content decides the name, as in `citizen-1f0c8b2d9a7e4c35_bg.wasm`: then it never changes.
fn is_hashed(name: &str) -> bool {
    name.split(['/', '-', '_', '.'])
        .any(|part| part.len() >= 16 && part.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests;
