//! A server in a folder of its own, that goes away with it.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use contract::{Actor, CitizenId, DemoSignIn, paths};

use roed_traad::{
    app::App,
    clock::Clock,
    config::Config,
    db::Database,
    export,
    import::{self, File, ImportError, Loaded},
    serve,
};
use serde::de::DeserializeOwned;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// A Thursday afternoon.
pub const NOW: &str = "2026-03-26T13:00:00Z";

pub struct Place {
    pub app: App,
    router: Router,
    _folder: TempDir,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn headers(&self, name: &str) -> Vec<&str> {
        self.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Place {
    pub async fn demo() -> Self {
        Self::with(Config::demo().unwrap()).await
    }

    pub async fn with(config: Config) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("test.sqlite").display());
        let db = Database::open(&url).await.unwrap();
        let clock = Clock::standing(NOW.parse().unwrap()).unwrap();
        let app = App::new(Config { database: url, dist: folder.path().join("dist"), ..config }, clock, db);
        Self { router: serve::router(&app).unwrap(), app, _folder: folder }
    }

    pub async fn load(&self, file: File) -> Result<Loaded, ImportError> {
        let municipality =
            import::Municipality { name: "Fjordby Kommune".to_owned(), ..import::Municipality::of(&self.app.config) };
        import::load(&self.app.db, municipality, &self.app.clock, file, |_| ()).await
    }

    pub async fn export(&self, id: CitizenId) -> Option<String> {
        let (m, zone) = (self.app.config.municipality_id, self.app.clock.zone().clone());
        let file = self.app.db.read(move |tx| Box::pin(async move { export::file(tx, m, id, &zone).await }));
        file.await.unwrap().map(|file| serde_json::to_string_pretty(&file).unwrap())
    }

    /// Signs in, and gives the cookie.
    pub async fn be(&self, actor: Actor) -> String {
        let body = serde_json::to_string(&DemoSignIn { actor }).unwrap();
        let answer = self.ask("PUT", paths::DEMO_SESSION, "", &body).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
        answer.header("set-cookie").split(';').next().unwrap().to_owned()
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.ask("GET", path, cookie, "").await
    }

    pub async fn ask(&self, method: &str, path: &str, cookie: &str, body: &str) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", cookie)
            .header("content-type", "application/json")
            .header("if-none-match", "*")
            .header(contract::CONTRACT_HEADER, contract::CONTRACT_VERSION)
            .body(Body::from(body.to_owned()))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}
