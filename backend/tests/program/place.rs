//! A server in a folder of its own, that goes away with it.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use contract::{Actor, CitizenId, DemoPeople, DemoPerson, DemoSignIn, paths};

use roed_traad::{
    app::App,
    clock::Clock,
    config::Config,
    db::Database,
    export,
    import::{self, File, ImportError, Loaded},
    keys::Keys,
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
    folder: TempDir,
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
        let config = Config { database: url, dist: folder.path().join("dist"), ..config };
        let keys = config.keys_database().unwrap();
        let keys = Keys::open(&keys, config.masters().unwrap()).await.unwrap();
        let db = Database::open(&config.database, keys).await.unwrap();
        let clock = Clock::standing(NOW.parse().unwrap()).unwrap();
        let app = App::new(config, clock, db);
        Self { router: serve::router(&app).unwrap(), app, folder }
    }

    pub async fn load(&self, file: File) -> Result<Loaded, ImportError> {
        let municipality =
            import::Municipality { name: "Fjordby Kommune".to_owned(), ..import::Municipality::of(&self.app.config) };
        import::load(&self.app.db, municipality, &self.app.clock, file, |_| ()).await
    }

    pub async fn export(&self, id: CitizenId) -> Option<String> {
        let (m, zone) = (self.app.config.municipality_id, self.app.clock.zone().clone());
        let ring = self.app.db.keys().of(m, &[id.0]).await.unwrap();
        let file = self.app.db.read(move |tx| Box::pin(async move { export::file(tx, &ring, m, id, &zone).await }));
        file.await.unwrap().map(|file| serde_json::to_string_pretty(&file).unwrap())
    }

    /// Every citizen there is.
    pub async fn citizens(&self) -> Vec<CitizenId> {
        let people: DemoPeople = self.get(paths::DEMO_PEOPLE, "").await.json();
        let citizen = |person: DemoPerson| match person.actor {
            Actor::Citizen(id) => Some(id),
            Actor::Employee(_) => None,
        };
        people.people.into_iter().filter_map(citizen).collect()
    }

    /// Every byte of both databases, as they lie on the disk now.
    pub fn stored_bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap().map(|file| file.unwrap().path());
        files.filter(|path| path.is_file()).flat_map(|path| std::fs::read(path).unwrap()).collect()
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
