//! A small invented municipality in a database of its own, and people who ask the server for things.
#![allow(dead_code, reason = "each test binary uses its part")]

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use contract::{
    Actor, Area, CONTRACT_HEADER, CONTRACT_VERSION, CitizenId, EmployeeId, EmployeeKind, MeetingForm, MeetingId,
    ProblemCode, Receipt, Version,
};
use jiff::{Timestamp, ToSpan, civil};
use roed_traad::{
    app::{self, App},
    audit::Chain,
    clock::Clock,
    config::{Config, Lifetime, Sessions},
    db::{Database, Listener},
    entity::{citizen, employee, meeting, municipality, participant, plan_member},
    keys::{Keys, Ring, Sealed as _},
    values::{Instant, WallTime, Word},
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::described;

/// Anna's CPR number; only she is shown it, with a hyphen.
pub const ANNAS_NUMBER: &str = "9913010091";

/// Monday 16 March 2026, 10.00 in Fjordby.
pub const NOW: &str = "2026-03-16T09:00:00Z";

pub struct Town {
    pub app: App,
    pub router: Router,
    pub url: String,
    pub anna: CitizenId,
    pub bo: CitizenId,
    /// Anna's contact person.
    pub mette: EmployeeId,
    /// In Anna's plan.
    pub omar: EmployeeId,
    /// Knows neither Anna nor Bo.
    pub karin: EmployeeId,
    folder: tempfile::TempDir,
}

impl Town {
    /// In a new SQLite file.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("town.sqlite").display());
        Self::at(&url, folder).await
    }

    pub async fn at(url: &str, folder: tempfile::TempDir) -> Self {
        Self::heard(url, folder, None).await
    }

    /// The store of keys, as another process opens it.
    pub async fn reopened_keys(&self) -> Keys {
        let url = format!("sqlite://{}?mode=rwc", self.folder.path().join("keys.sqlite").display());
        Keys::open(&url, self.app.config.masters().unwrap()).await.unwrap()
    }

    /// With somebody who hears every statement.
    pub async fn heard(url: &str, folder: tempfile::TempDir, listener: Option<Listener>) -> Self {
        // Days go by in a test; whoever signed in stays.
        let for_ever = Lifetime { idle_minutes: 60 * 24 * 400, hours: 24 * 400 };
        let sessions = Sessions { citizen: for_ever, employee: for_ever, shared_idle_minutes: 10, fresh_minutes: 15 };
        let config = Config { sessions, ..Config::demo().unwrap() };
        let clock = Clock::standing(NOW.parse().unwrap()).unwrap();
        let keys = format!("sqlite://{}?mode=rwc", folder.path().join("keys.sqlite").display());
        let keys = Keys::open(&keys, config.masters().unwrap()).await.unwrap();
        let db = Database::open_heard(url, keys, listener).await.unwrap();
        let app = App::new(config, clock, db);
        let router = app::api(app.clone());
        let id = |n: u128| Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n);
        let town = Self {
            app,
            router,
            url: url.to_owned(),
            anna: CitizenId(id(1)),
            bo: CitizenId(id(2)),
            mette: EmployeeId(id(11)),
            omar: EmployeeId(id(12)),
            karin: EmployeeId(id(13)),
            folder,
        };
        town.settle().await;
        town
    }

    async fn settle(&self) {
        let m = self.app.config.municipality_id.0;
        let person = |id: EmployeeId, name: &str, role: &str, unit: &str| employee::ActiveModel {
            municipality_id: Set(m),
            employee_id: Set(id.0),
            name: Set(name.to_owned()),
            role: Set(role.to_owned()),
            role_line: Set(Some("Hjælper dig videre".to_owned())),
            unit: Set(unit.to_owned()),
            area: Set(Word(Area::Employment)),
            phone: Set(None),
            mail: Set(None),
            role_kind: Set(Word(EmployeeKind::Caseworker)),
            external_id: Set(None),
            has_left: Set(false),
        };
        let employees = [
            person(self.mette, "Mette Holm", "rådgiver", "Job og Støtte"),
            person(self.omar, "Omar Lund", "bostøtte", "Hjem og Hverdag"),
            person(self.karin, "Karin Dahl", "rådgiver", "Job og Støtte"),
        ];
        let person = |id: CitizenId, name: &str, contact: Option<EmployeeId>| citizen::ActiveModel {
            municipality_id: Set(m),
            citizen_id: Set(id.0),
            name: Set(name.into()),
            is_protected: Set(false),
            contact_person: Set(contact.map(|id| id.0)),
            external_id: Set(None),
            cpr_hash: Set(None),
            cpr: Set(Some(if id == self.anna { ANNAS_NUMBER } else { "9913010092" }.into())),
        };
        let ring =
            self.app.db.keys().make_for(self.app.config.municipality_id, &[self.anna.0, self.bo.0]).await.unwrap();
        let citizens = [person(self.anna, "Anna Testsen", Some(self.mette)), person(self.bo, "Bo Prøve", None)];
        let citizens = citizens.map(|row| row.sealed(&ring).unwrap());
        let member = plan_member::ActiveModel {
            municipality_id: Set(m),
            citizen_id: Set(self.anna.0),
            employee_id: Set(self.omar.0),
            why: Set(Some("Støtter Anna i hverdagen".into())),
            area: Set(Some(Word(Area::Social))),
        }
        .sealed(&ring)
        .unwrap();
        self.app
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let row = municipality::ActiveModel { municipality_id: Set(m), name: Set("Fjordby".to_owned()) };
                    municipality::Entity::insert(row).exec_without_returning(tx).await?;
                    employee::Entity::insert_many(employees).exec_without_returning(tx).await?;
                    citizen::Entity::insert_many(citizens).exec_without_returning(tx).await?;
                    plan_member::Entity::insert(member).exec_without_returning(tx).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
    }

    /// The same town, where openings and history show role and unit only.
    pub fn without_names(self) -> Self {
        let config = Config { show_employee_names: false, ..self.app.config.clone() };
        self.set(config)
    }

    /// The same town, where sessions end as they do by themselves.
    pub fn with_endings(self) -> Self {
        let config = Config { sessions: Config::default().sessions, ..self.app.config.clone() };
        self.set(config)
    }

    /// The same town, with something else set.
    pub fn with(self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = self.app.config.clone();
        change(&mut config);
        self.set(config)
    }

    fn set(mut self, config: Config) -> Self {
        self.app = App::new(config, self.app.clock.clone(), self.app.db.clone());
        self.router = app::api(self.app.clone());
        self
    }

    pub fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    pub fn set_clock(&self, at: &str) {
        self.app.clock.set(at.parse().unwrap());
    }

    /// A meeting of an hour, arranged by Mette, with Mette there.
    pub async fn meeting(&self, citizen: CitizenId, local_start: &str) -> MeetingId {
        let id = MeetingId::make();
        let m = self.app.config.municipality_id.0;
        let start: civil::DateTime = local_start.parse().unwrap();
        let starts_at = start.to_zoned(self.app.clock.zone().clone()).unwrap().timestamp();
        let (now, mette) = (self.now(), self.mette.0);
        let row = meeting::ActiveModel {
            municipality_id: Set(m),
            citizen_id: Set(citizen.0),
            meeting_id: Set(id.0),
            version: Set(1),
            sequence: Set(0),
            purpose: Set("Vi finder næste skridt sammen".into()),
            area: Set(Word(Area::Employment)),
            local_start: Set(WallTime(start)),
            local_end: Set(WallTime(start.checked_add(1.hour()).unwrap())),
            starts_at: Set(Instant(starts_at)),
            minutes: Set(60),
            form: Set(Word(MeetingForm::InPerson)),
            place: Set(Some("Torvet 1".into())),
            is_cancelled: Set(false),
            organizer: Set(Some(mette)),
            made_at: Set(now.into()),
            changed_at: Set(now.into()),
            ..Default::default()
        };
        let guest = participant::ActiveModel {
            municipality_id: Set(m),
            citizen_id: Set(citizen.0),
            participant_id: Set(Uuid::now_v7()),
            meeting_id: Set(id.0),
            position: Set(0),
            employee_id: Set(Some(mette)),
            name: Set("Mette Holm".into()),
            role: Set(None),
            why: Set("Leder mødet".into()),
        };
        let ring = self.ring(citizen).await;
        let (row, guest) = (row.sealed(&ring).unwrap(), guest.sealed(&ring).unwrap());
        self.app
            .db
            .write(move |tx| {
                Box::pin(async move {
                    meeting::Entity::insert(row).exec_without_returning(tx).await?;
                    participant::Entity::insert(guest).exec_without_returning(tx).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        id
    }

    /// Where the looks at a citizen's case are written.
    pub fn chain(&self, citizen: CitizenId) -> Chain {
        Chain { municipality: self.app.config.municipality_id.0, id: citizen.0 }
    }

    /// A citizen's key, for rows that a test writes by itself.
    pub async fn ring(&self, citizen: CitizenId) -> Ring {
        self.app.db.keys().of(self.app.config.municipality_id, &[citizen.0]).await.unwrap()
    }

    pub async fn as_citizen(&self, id: CitizenId) -> Visitor {
        self.sign_in(Actor::Citizen(id)).await
    }

    pub async fn as_employee(&self, id: EmployeeId) -> Visitor {
        self.sign_in(Actor::Employee(id)).await
    }

    async fn sign_in(&self, actor: Actor) -> Visitor {
        let cookie = roed_traad::session::begin(&self.app, actor).await.unwrap();
        let cookie = cookie[0].to_str().unwrap().split(';').next().unwrap().to_owned();
        Visitor { cookie: Some(cookie), ..self.stranger() }
    }

    pub fn stranger(&self) -> Visitor {
        Visitor { router: self.router.clone(), cookie: None, key: None }
    }
}

/// Somebody with a browser.
#[derive(Clone)]
pub struct Visitor {
    router: Router,
    cookie: Option<String>,
    key: Option<String>,
}

/// What the browser knows of the thing it changes.
#[derive(Clone, Copy, Debug)]
pub enum Known {
    New,
    Is(i32),
    Nothing,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Visitor {
    /// With this cookie, whoever it is from.
    pub fn with_cookie(self, cookie: &str) -> Self {
        Self { cookie: Some(cookie.to_owned()), ..self }
    }

    /// Another system, with its key.
    pub fn with_key(self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self }
    }

    /// The same person, at another instance of the server.
    pub fn at(self, router: Router) -> Self {
        Self { router, ..self }
    }

    pub async fn get<T: DeserializeOwned>(&self, path: impl AsRef<str>) -> T {
        let answer = self.ask(Method::GET, path.as_ref(), &[], Vec::new()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}: {}", path.as_ref(), answer.text());
        answer.json()
    }

    pub async fn try_get(&self, path: impl AsRef<str>) -> Answer {
        self.ask(Method::GET, path.as_ref(), &[], Vec::new()).await
    }

    /// Looks among an employee's citizens.
    pub async fn search(&self, letters: &str) -> Answer {
        let body = serde_json::to_vec(&contract::Search { letters: letters.to_owned() }).unwrap();
        self.ask(Method::POST, contract::paths::SEARCH, &[], body).await
    }

    /// A write that is taken.
    pub async fn put(&self, path: impl AsRef<str>, known: Known, body: &impl Serialize) -> Receipt {
        let answer = self.try_put(path.as_ref(), known, body).await;
        assert!(answer.status.is_success(), "{}: {} {}", path.as_ref(), answer.status, answer.text());
        answer.json()
    }

    pub async fn try_put(&self, path: impl AsRef<str>, known: Known, body: &impl Serialize) -> Answer {
        let etag = match known {
            Known::Is(version) => Version(version).to_etag(),
            _ => "*".to_owned(),
        };
        let condition = match known {
            Known::New => vec![("if-none-match", etag.as_str())],
            Known::Is(_) => vec![("if-match", etag.as_str())],
            Known::Nothing => Vec::new(),
        };
        self.ask(Method::PUT, path.as_ref(), &condition, serde_json::to_vec(body).unwrap()).await
    }

    pub async fn delete(&self, path: impl AsRef<str>, known: Known) -> Answer {
        let etag = if let Known::Is(version) = known { Version(version).to_etag() } else { "*".to_owned() };
        self.ask(Method::DELETE, path.as_ref(), &[("if-match", etag.as_str())], Vec::new()).await
    }

    /// With the contract's header, unless one is given.
    pub async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method.clone()).uri(path).header(header::HOST, "fjordby.example");
        if !headers.iter().any(|(name, _)| *name == CONTRACT_HEADER) {
            request = request.header(CONTRACT_HEADER, CONTRACT_VERSION);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(key) = &self.key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        let request = request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body)).unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        let answer = Answer { status: parts.status, headers: parts.headers, body };
        described::check(&method, path, &answer);
        answer
    }
}

impl Answer {
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// That it was refused for this reason, with this status.
    #[track_caller]
    pub fn is_refused(&self, status: u16, code: ProblemCode) -> Option<String> {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        let problem: contract::Problem = self.json();
        assert_eq!((problem.status, problem.code), (status, code));
        problem.field
    }

    pub fn value(&self) -> Value {
        self.json()
    }
}
