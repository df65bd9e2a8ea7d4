//! The whole server with two providers, and a browser that goes between them.

use std::{collections::HashMap, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use contract::{CONTRACT_HEADER, CONTRACT_VERSION, Session, paths};
use jsonwebtoken::Algorithm;
use openidconnect::url::{Url, form_urlencoded};
use roed_traad::{app::App, config::Config, cpr::Cpr, entity, serve};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use serde_json::{Map, Value, json};
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::{
    issuer::{Answer, CLIENT, Issuer, Key, SECRET, signed},
    town::Town,
};

pub const SUBSTANTIAL: &str = "https://data.gov.dk/concept/core/nsis/Substantial";
pub const LOW: &str = "https://data.gov.dk/concept/core/nsis/Low";
pub const ANNA: &str = "9913010001";
pub const BO: &str = "9913010002";

pub struct House {
    pub town: Town,
    pub app: App,
    pub router: Router,
    pub citizens: Issuer,
    pub employees: Issuer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Citizen,
    Employee,
}

impl House {
    pub async fn new() -> Self {
        Self::with(|_| ()).await
    }

    /// With settings that a test wants otherwise.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::of(Town::new().await, change).await
    }

    /// In this town.
    pub async fn of(town: Town, change: impl FnOnce(&mut Config)) -> Self {
        let (citizens, employees) = (Issuer::start().await, Issuer::start().await);
        let provider = |issuer: &Issuer, more: Value| {
            let mut settings = json!({
                "issuer": issuer.url, "client_id": CLIENT, "client_secret": SECRET, "patience_seconds": 30,
            });
            settings.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            serde_json::from_value(settings).unwrap()
        };
        let mut config = Config { demo: false, ..town.app.config.clone() };
        config.sessions = Config::default().sessions;
        config.login.public_url = Some("https://plan.fjordby.example".to_owned());
        config.login.citizen = Some(provider(&citizens, json!({ "userinfo": true, "scopes": ["cpr"] })));
        config.login.employee = Some(provider(&employees, json!({ "roles": ["raadgiver"], "id_claim": "ansat" })));
        change(&mut config);
        let app = App::new(config, town.app.clock.clone(), town.app.db.clone());
        let router = serve::router(&app).unwrap();
        let house = Self { town, app, router, citizens, employees };
        house.name(house.town.anna.0, ANNA).await;
        house.name(house.town.bo.0, BO).await;
        house.employee(house.town.mette.0, entity::employee::Column::ExternalId, "mette").await;
        house
    }

    /// Another instance with the same database.
    pub fn beside(&self) -> Router {
        let app = App::new(self.app.config.clone(), self.app.clock.clone(), self.app.db.clone());
        serve::router(&app).unwrap()
    }

    async fn name(&self, citizen: Uuid, cpr: &str) {
        let hash = self.app.config.login.cpr_key.as_ref().unwrap().hash(&Cpr::parse(cpr).unwrap());
        let update = entity::citizen::Entity::update_many()
            .col_expr(entity::citizen::Column::CprHash, Expr::value(hash))
            .filter(entity::citizen::Column::CitizenId.eq(citizen));
        self.app.db.write(move |tx| Box::pin(async move { Ok(update.exec(tx).await?) })).await.unwrap();
    }

    /// Lets the municipality's register say that a citizen's name is protected.
    pub async fn protect(&self, citizen: Uuid) {
        let update = entity::citizen::Entity::update_many()
            .col_expr(entity::citizen::Column::IsProtected, Expr::value(true))
            .filter(entity::citizen::Column::CitizenId.eq(citizen));
        self.app.db.write(move |tx| Box::pin(async move { Ok(update.exec(tx).await?) })).await.unwrap();
    }

    pub async fn employee(&self, id: Uuid, column: entity::employee::Column, value: impl Into<sea_orm::Value>) {
        let update = entity::employee::Entity::update_many()
            .col_expr(column, Expr::value(value.into()))
            .filter(entity::employee::Column::EmployeeId.eq(id));
        self.app.db.write(move |tx| Box::pin(async move { Ok(update.exec(tx).await?) })).await.unwrap();
    }

    /// How many sessions there are, and how many people who have logged in.
    pub async fn counts(&self) -> (u64, u64) {
        self.app
            .db
            .read(|tx| {
                Box::pin(async move {
                    let sessions = entity::session::Entity::find().count(tx).await?;
                    Ok((sessions, entity::identity::Entity::find().count(tx).await?))
                })
            })
            .await
            .unwrap()
    }

    /// What is kept of the ID token of the only session there is.
    pub async fn kept_token(&self) -> String {
        let read = self.app.db.read(|tx| Box::pin(async move { Ok(entity::session::Entity::find().one(tx).await?) }));
        read.await.unwrap().unwrap().id_token.unwrap()
    }

    pub fn issuer(&self, who: Who) -> &Issuer {
        match who {
            Who::Citizen => &self.citizens,
            Who::Employee => &self.employees,
        }
    }

    /// A login that is as it should be, to be broken.
    pub fn login(&self, who: Who) -> Login {
        let now = self.app.clock.now().as_second();
        let issuer = self.issuer(who);
        let claims = match who {
            Who::Citizen => json!({ "acr": SUBSTANTIAL, "sub": "anna-hos-udbyder" }),
            Who::Employee => {
                json!({ "acr": SUBSTANTIAL, "sub": "mette-hos-udbyder", "roles": ["raadgiver"], "ansat": "mette" })
            }
        };
        let mut claims = fields(claims);
        claims.extend(fields(json!({
            "iss": issuer.url, "aud": CLIENT, "exp": now + 300, "iat": now, "auth_time": now, "sid": "session-1",
        })));
        Login {
            who,
            start: "til=/plan".to_owned(),
            header: fields(json!({ "alg": "RS256", "kid": "one", "typ": "JWT" })),
            claims,
            key: Key::Named("one"),
            way: Algorithm::RS256,
            mangle: |token| token,
            status: 200,
            kind: "application/json",
            body: None,
            location: None,
            delay: Duration::ZERO,
            userinfo: Some((200, json!({ "sub": "anna-hos-udbyder", "name": "Anna Testsen", "dk.cpr": ANNA }))),
            answer: |_| (),
            answered_by: who,
            code_at: who,
            cookie: |own| own,
            waits: 0,
        }
    }

    /// Goes to the provider and comes back.
    pub async fn go(&self, login: &Login, browser: &mut Browser) -> Answered {
        if let Some(refused) = self.go_there(login, browser).await {
            return refused;
        }
        // What comes from another site carries no strict cookie.
        let strict = browser.cookies.remove("__Host-rt");
        let answered = browser.get(&self.router, &browser.last.clone()).await;
        if let Some(strict) = strict {
            browser.cookies.entry("__Host-rt".to_owned()).or_insert(strict);
        }
        answered
    }

    /// Goes to the provider, which gives the browser an answer to bring back; or is not let go.
    pub async fn go_there(&self, login: &Login, browser: &mut Browser) -> Option<Answered> {
        let start = match login.who {
            Who::Citizen => paths::LOGIN_CITIZEN,
            Who::Employee => paths::LOGIN_EMPLOYEE,
        };
        let begun = browser.get(&self.router, &format!("{start}?{}", login.start)).await;
        if begun.place().starts_with("/log-ind") {
            return Some(begun);
        }
        let asked: HashMap<String, String> = Url::parse(&begun.place()).unwrap().query_pairs().into_owned().collect();
        assert_eq!((asked["response_type"].as_str(), asked["code_challenge_method"].as_str()), ("code", "S256"));
        let mut claims = login.claims.clone();
        claims.entry("nonce").or_insert_with(|| asked["nonce"].clone().into());
        claims.retain(|_, value| *value != GONE);
        let token = (login.mangle)(signed(&login.header, &claims, login.key, login.way));
        let body = login.body.clone().unwrap_or_else(|| {
            json!({ "access_token": "adgang", "token_type": "Bearer", "expires_in": 60, "id_token": token }).to_string()
        });
        let answer = Answer {
            status: login.status,
            kind: login.kind,
            body,
            location: login.location.clone(),
            delay: login.delay,
        };
        let mut said = self.issuer(login.code_at).said();
        said.codes.insert("kode".to_owned(), (asked["code_challenge"].clone(), answer));
        drop(said);
        if let Some((status, userinfo)) = &login.userinfo {
            self.citizens.said().userinfo = (*status, userinfo.to_string());
        }
        if login.waits > 0 {
            let later = self.app.clock.now() + jiff::SignedDuration::from_secs(login.waits);
            self.app.clock.set(later);
        }
        let mut query = vec![
            ("code".to_owned(), "kode".to_owned()),
            ("state".to_owned(), asked["state"].clone()),
            ("iss".to_owned(), self.issuer(login.who).url.clone()),
        ];
        (login.answer)(&mut query);
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        let back = match login.answered_by {
            Who::Citizen => "/login/svar/borger",
            Who::Employee => "/login/svar/medarbejder",
        };
        if let Some(own) = browser.cookies.remove("__Host-rt_login") {
            let shown = (login.cookie)(own);
            if !shown.is_empty() {
                browser.cookies.insert("__Host-rt_login".to_owned(), shown);
            }
        }
        browser.last = format!("{back}?{query}");
        None
    }
}

/// Stands for a claim that is not there.
pub const GONE: &str = "— ikke med —";

pub fn fields(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

/// One login: what the browser asks, what the provider answers, how the browser comes back.
#[derive(Clone)]
pub struct Login {
    pub who: Who,
    pub start: String,
    pub header: Map<String, Value>,
    pub claims: Map<String, Value>,
    pub key: Key,
    pub way: Algorithm,
    pub mangle: fn(String) -> String,
    pub status: u16,
    pub kind: &'static str,
    pub body: Option<String>,
    pub location: Option<String>,
    pub delay: Duration,
    pub userinfo: Option<(u16, Value)>,
    pub answer: fn(&mut Vec<(String, String)>),
    pub answered_by: Who,
    pub code_at: Who,
    pub cookie: fn(String) -> String,
    pub waits: i64,
}

impl Login {
    pub fn claim(&mut self, name: &str, value: impl Into<Value>) {
        self.claims.insert(name.to_owned(), value.into());
    }

    pub fn head(&mut self, name: &str, value: impl Into<Value>) {
        self.header.insert(name.to_owned(), value.into());
    }

    pub fn sign(&mut self, alg: &str, kid: &str, key: Key, way: Algorithm) {
        (self.key, self.way) = (key, way);
        self.head("alg", alg);
        self.head("kid", kid);
    }
}

/// A browser with its cookies.
#[derive(Clone, Default)]
pub struct Browser {
    pub cookies: HashMap<String, String>,
    /// The answer that it brought last.
    pub last: String,
}

pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answered {
    pub fn place(&self) -> String {
        self.headers.get(header::LOCATION).map(|place| place.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The word of a refusal.
    pub fn fault(&self) -> Option<String> {
        let place = self.place();
        let query = place.strip_prefix("/log-ind?")?;
        form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "fejl").map(|(_, word)| word.into_owned())
    }

    pub fn set_cookies(&self) -> Vec<String> {
        let all = self.headers.get_all(header::SET_COOKIE).iter();
        all.map(|cookie| cookie.to_str().unwrap().to_owned()).collect()
    }

    pub fn begins_a_session(&self) -> bool {
        self.set_cookies().iter().any(|cookie| cookie.starts_with("__Host-rt=") && !cookie.contains("Max-Age=0"))
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Browser {
    pub async fn get(&mut self, router: &Router, path: &str) -> Answered {
        self.ask(router, Method::GET, path, "").await
    }

    pub async fn ask(&mut self, router: &Router, method: Method, path: &str, body: &str) -> Answered {
        self.ask_with(router, method, path, body, ("accept", "*/*")).await
    }

    /// With one more header.
    pub async fn ask_with(
        &mut self,
        router: &Router,
        method: Method,
        path: &str,
        body: &str,
        (name, value): (&str, &str),
    ) -> Answered {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "plan.fjordby.example");
        if path.starts_with("/api") {
            request = request.header(CONTRACT_HEADER, CONTRACT_VERSION);
        }
        let kind = "application/x-www-form-urlencoded";
        let request = request
            .header(name, value)
            .header(header::COOKIE, cookies.join("; "))
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body.to_owned()))
            .unwrap();
        let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        let answered = Answered { status: parts.status, headers: parts.headers, body };
        for cookie in answered.set_cookies() {
            let (name, rest) = cookie.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), rest.split(';').next().unwrap().to_owned());
            }
        }
        answered
    }

    pub async fn session(&mut self, router: &Router) -> Session {
        serde_json::from_slice(&self.get(router, paths::SESSION).await.body).unwrap()
    }

    /// The name of whoever is signed in.
    pub async fn name(&mut self, router: &Router) -> Option<String> {
        self.session(router).await.signed_in.map(|person| person.name)
    }
}
