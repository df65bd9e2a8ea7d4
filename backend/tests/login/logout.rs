//! The provider says that a session has ended.

use axum::http::Method;
use jsonwebtoken::Algorithm as A;
use openidconnect::url::form_urlencoded;
use serde_json::{Map, Value, json};

use crate::{
    house::{Browser, GONE, House, Who, fields},
    issuer::{CLIENT, Key, signed},
};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

pub struct Token {
    header: Map<String, Value>,
    claims: Map<String, Value>,
    key: Key,
    way: A,
    mangle: fn(String) -> String,
}

impl Token {
    pub fn of(house: &House, id: &str) -> Self {
        let now = house.app.clock.now().as_second();
        Self {
            header: fields(json!({ "alg": "RS256", "kid": "one", "typ": "logout+jwt" })),
            claims: fields(json!({
                "iss": house.citizens.url, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": id,
                "events": { EVENT: {} }, "sub": "anna-hos-udbyder", "sid": "session-1",
            })),
            key: Key::Named("one"),
            way: A::RS256,
            mangle: |token| token,
        }
    }

    fn claim(&mut self, name: &str, value: impl Into<Value>) {
        self.claims.insert(name.to_owned(), value.into());
    }

    fn head(&mut self, name: &str, value: impl Into<Value>) {
        self.header.insert(name.to_owned(), value.into());
    }

    pub async fn send(&self, house: &House, path: &str) -> u16 {
        let mut claims = self.claims.clone();
        claims.retain(|_, value| *value != GONE);
        let token = (self.mangle)(signed(&self.header, &claims, self.key, self.way));
        let body = form_urlencoded::Serializer::new(String::new()).append_pair("logout_token", &token).finish();
        let answered = Browser::default().ask(&house.beside(), Method::POST, path, &body).await;
        assert_eq!(answered.headers["cache-control"], "no-store");
        answered.status.as_u16()
    }
}

pub const HERE: &str = "/login/logud/borger";

async fn anna(house: &House) -> Browser {
    let mut browser = Browser::default();
    house.go(&house.login(Who::Citizen), &mut browser).await;
    assert!(browser.name(&house.router).await.is_some());
    browser
}

#[tokio::test]
async fn a_session_that_began_without_an_id_of_theirs_ends_with_its_person() {
    let house = House::new().await;
    let mut login = house.login(Who::Citizen);
    login.claim("sid", GONE);
    let mut browser = Browser::default();
    assert!(house.go(&login, &mut browser).await.begins_a_session());
    let mut foreign = Token::of(&house, "somebody else");
    foreign.claim("sub", "en-anden");
    assert_eq!(foreign.send(&house, HERE).await, 200);
    assert!(browser.name(&house.router).await.is_some());
    assert_eq!(Token::of(&house, "both").send(&house, HERE).await, 200);
    assert_eq!(browser.name(&house.router).await, None);
}

#[tokio::test]
async fn a_logout_token_ends_what_it_names_at_once_on_every_instance_and_is_taken_once() {
    let house = House::new().await;
    for parts in [&["sub", "sid"][..], &["sid"], &["sub"]] {
        let mut browser = anna(&house).await;
        let mut token = Token::of(&house, &parts.join("-"));
        for part in ["sub", "sid"] {
            if !parts.contains(&part) {
                token.claim(part, GONE);
            }
        }
        assert_eq!(token.send(&house, HERE).await, 200, "{parts:?}");
        assert_eq!(browser.name(&house.router).await, None, "{parts:?}");
        let mut again = anna(&house).await;
        assert_eq!(token.send(&house, HERE).await, 400, "{parts:?}, again");
        assert!(again.name(&house.router).await.is_some(), "{parts:?}, again");
    }
}

#[tokio::test]
async fn an_employee_whom_the_provider_logs_out_is_out_at_once() {
    let house = House::new().await;
    let mut browser = Browser::default();
    assert!(house.go(&house.login(Who::Employee), &mut browser).await.begins_a_session());
    assert!(browser.name(&house.router).await.is_some());
    let mut token = Token::of(&house, "mette");
    token.claim("iss", house.employees.url.clone());
    token.claim("sub", "mette-hos-udbyder");
    token.claim("sid", GONE);
    assert_eq!(token.send(&house, "/login/logud/medarbejder").await, 200);
    assert_eq!(browser.name(&house.router).await, None);
}

#[tokio::test]
async fn a_logout_token_for_somebody_else_ends_nothing_here() {
    let house = House::new().await;
    let mut browser = anna(&house).await;
    for (name, value) in [("sub", "bo"), ("sid", "session-2")] {
        let mut token = Token::of(&house, value);
        token.claim(name, value);
        assert_eq!(token.send(&house, HERE).await, 200);
    }
    assert!(browser.name(&house.router).await.is_some());
}

type Case = (&'static str, fn(&mut Token));

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("iss missing", |it| it.claim("iss", GONE)),
    ("iss of another", |it| it.claim("iss", "https://evil.example")),
    ("aud missing", |it| it.claim("aud", GONE)),
    ("aud another client", |it| it.claim("aud", "andet")),
    ("aud with another client beside", |it| it.claim("aud", json!([CLIENT, "andet"]))),
    ("iat missing", |it| it.claim("iat", GONE)),
    ("iat to come", |it| { let at = it.claims["iat"].as_i64().unwrap() + 61; it.claim("iat", at); }),
    ("exp missing", |it| it.claim("exp", GONE)),
    ("exp past", |it| { let at = it.claims["iat"].as_i64().unwrap() - 61; it.claim("exp", at); }),
    ("exp a word", |it| it.claim("exp", "aldrig")),
    ("jti missing", |it| it.claim("jti", GONE)),
    ("jti empty", |it| it.claim("jti", "")),
    ("jti a number", |it| it.claim("jti", 1)),
    ("events missing, as in an ID token", |it| it.claim("events", GONE)),
    ("another event", |it| it.claim("events", json!({ "http://schemas.openid.net/event/other": {} }))),
    ("the event no object", |it| it.claim("events", json!({ EVENT: true }))),
    ("events a list", |it| it.claim("events", json!([EVENT]))),
    ("a nonce, as in an ID token", |it| it.claim("nonce", "a")),
    ("neither sub nor sid", |it| { it.claim("sub", GONE); it.claim("sid", GONE); }),
    ("sub a number", |it| it.claim("sub", 1)),
    ("sid empty", |it| it.claim("sid", "")),
    ("alg none", |it| { it.head("alg", "none"); it.key = Key::Nothing; }),
    ("HS256 with the client's secret", |it| { it.head("alg", "HS256"); (it.key, it.way) = (Key::Secret, A::HS256); }),
    ("HS256 with the public key's text", |it| { it.head("alg", "HS256"); (it.key, it.way) = (Key::PublicText, A::HS256); }),
    ("RS384", |it| { it.head("alg", "RS384"); it.way = A::RS384; }),
    ("a foreign key", |it| it.key = Key::Named("foreign")),
    ("a foreign key without its name", |it| { it.header.remove("kid"); it.key = Key::Named("foreign"); }),
    ("kid unknown", |it| it.head("kid", "three")),
    ("kid of another key", |it| it.head("kid", "two")),
    ("crit", |it| it.head("crit", json!(["exp"]))),
    ("typ of an access token", |it| it.head("typ", "at+jwt")),
    ("the signature empty", |it| it.mangle = |token| format!("{}.", token.rsplit_once('.').unwrap().0)),
    ("the signature cut off", |it| it.mangle = |token| token[..token.len() - 8].to_owned()),
    ("five parts", |it| it.mangle = |token| format!("{token}.AAAA.AAAA")),
    ("one part", |it| it.mangle = |_| "hej".to_owned()),
    ("nothing", |it| it.mangle = |_| String::new()),
];

#[tokio::test]
async fn more_than_thirty_broken_logout_tokens_are_refused_and_end_nothing() {
    assert!(CASES.len() > 30, "{}", CASES.len());
    let house = House::new().await;
    let mut browser = anna(&house).await;
    for (i, (name, breaks)) in CASES.iter().enumerate() {
        let mut token = Token::of(&house, &format!("id-{i}"));
        breaks(&mut token);
        assert_eq!(token.send(&house, HERE).await, 400, "{name}");
    }
    // A whole token at the other login, and none at all.
    assert_eq!(Token::of(&house, "id").send(&house, "/login/logud/medarbejder").await, 400);
    let nothing = Browser::default().ask(&house.router, Method::POST, HERE, "").await;
    assert_eq!(nothing.status.as_u16(), 400);
    assert!(browser.name(&house.router).await.is_some());
    println!("{} broken logout tokens are refused", CASES.len());
}

#[tokio::test]
async fn keys_are_not_read_again_at_every_strangers_word() {
    let house = House::new().await;
    let sends = async |id: &str| {
        let mut token = Token::of(&house, id);
        token.head("kid", "three");
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("logout_token", &signed(&token.header, &token.claims, token.key, token.way))
            .finish();
        assert_eq!(Browser::default().ask(&house.router, Method::POST, HERE, &body).await.status.as_u16(), 400);
    };
    for id in ["a", "b", "c"] {
        sends(id).await;
    }
    assert_eq!(house.citizens.said().keys_read, 1);
    house.app.clock.set(house.app.clock.now() + jiff::SignedDuration::from_secs(10));
    for id in ["d", "e", "f"] {
        sends(id).await;
    }
    assert_eq!(house.citizens.said().keys_read, 2);
}
