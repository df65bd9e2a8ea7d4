//! A provider that answers on this machine, and signs and says whatever a test wants.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, EncodingKey, crypto::sign};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

pub const CLIENT: &str = "plan";
pub const SECRET: &str = "kun-til-test";

/// A provider; it ends with the test.
#[derive(Clone)]
pub struct Issuer {
    pub url: String,
    said: Arc<Mutex<Said>>,
}

/// What it says.
pub struct Said {
    /// Fields of its metadata that are other than they should be.
    pub metadata: Map<String, Value>,
    pub metadata_status: u16,
    /// The keys that it shows, by name; `more` from the second reading on.
    pub keys: Vec<&'static str>,
    pub more: Vec<&'static str>,
    pub keys_read: usize,
    /// What it answers to a code, and the challenge that the code was given for.
    pub codes: HashMap<String, (String, Answer)>,
    pub userinfo: Response2,
}

/// An answer of the token endpoint.
#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    pub kind: &'static str,
    pub body: String,
    pub location: Option<String>,
    pub delay: Duration,
}

/// An answer of UserInfo.
pub type Response2 = (u16, String);

impl Issuer {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let said = Said {
            metadata: Map::new(),
            metadata_status: 200,
            keys: vec!["one", "two", "p256", "p384"],
            more: Vec::new(),
            keys_read: 0,
            codes: HashMap::new(),
            userinfo: (200, String::new()),
        };
        let issuer = Self { url, said: Arc::new(Mutex::new(said)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/me", get(me))
            .with_state(issuer.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        issuer
    }

    pub fn said(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap()
    }
}

async fn metadata(State(issuer): State<Issuer>) -> Response {
    let at = |path: &str| format!("{}{path}", issuer.url);
    let mut metadata = json!({
        "issuer": issuer.url,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "userinfo_endpoint": at("/me"),
        "end_session_endpoint": at("/end"),
        "jwks_uri": at("/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "PS256", "ES256"],
        "authorization_response_iss_parameter_supported": true,
    });
    let said = issuer.said();
    metadata.as_object_mut().unwrap().extend(said.metadata.clone());
    (StatusCode::from_u16(said.metadata_status).unwrap(), Json(metadata)).into_response()
}

async fn keys(State(issuer): State<Issuer>) -> Json<Value> {
    let mut said = issuer.said();
    said.keys_read += 1;
    let later: &[&str] = if said.keys_read > 1 { &said.more } else { &[] };
    let keys: Vec<Value> = said.keys.iter().chain(later).map(|name| public(name)).collect();
    Json(json!({ "keys": keys }))
}

async fn token(State(issuer): State<Issuer>, headers: HeaderMap, body: String) -> Response {
    let refused = |error: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response();
    let form: HashMap<String, String> =
        openidconnect::url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let client = format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{SECRET}")));
    if headers.get(header::AUTHORIZATION).is_none_or(|shown| *shown != client.as_str()) {
        return refused("invalid_client");
    }
    let Some((challenge, answer)) = issuer.said().codes.remove(&form["code"]) else { return refused("invalid_grant") };
    let shown = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    if shown != challenge || !form["redirect_uri"].contains("/login/svar/") {
        return refused("invalid_grant");
    }
    tokio::time::sleep(answer.delay).await;
    let mut response = (StatusCode::from_u16(answer.status).unwrap(), answer.body).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, answer.kind.parse().unwrap());
    if let Some(location) = answer.location {
        response.headers_mut().insert(header::LOCATION, location.parse().unwrap());
    }
    response
}

async fn me(State(issuer): State<Issuer>, headers: HeaderMap) -> Response {
    assert_eq!(headers[header::AUTHORIZATION], "Bearer adgang");
    let (status, body) = issuer.said().userinfo.clone();
    (StatusCode::from_u16(status).unwrap(), [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// A key as it is shown.
pub fn public(name: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("keys/public.json")).unwrap();
    let mut key = all[name].clone();
    (key["kid"], key["use"]) = (json!(name), json!("sig"));
    key
}

/// What signs.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    Named(&'static str),
    /// The client's secret, as for HS256.
    Secret,
    /// The public key's own text, as in the classic confusion of RS256 with HS256.
    PublicText,
    /// Nothing: the signature is empty.
    Nothing,
}

/// A token of these parts, signed by this key in this way.
pub fn signed(header: &Map<String, Value>, claims: &Map<String, Value>, key: Key, way: Algorithm) -> String {
    let part = |fields: &Map<String, Value>| URL_SAFE_NO_PAD.encode(serde_json::to_string(fields).unwrap());
    let message = format!("{}.{}", part(header), part(claims));
    let pem = |name| match name {
        "one" => include_bytes!("keys/one.pem").as_slice(),
        "two" => include_bytes!("keys/two.pem"),
        "p256" => include_bytes!("keys/p256.pem"),
        "p384" => include_bytes!("keys/p384.pem"),
        _ => include_bytes!("keys/foreign.pem"),
    };
    let key = match key {
        Key::Named(name @ ("p256" | "p384")) => EncodingKey::from_ec_pem(pem(name)).unwrap(),
        Key::Named(name) => EncodingKey::from_rsa_pem(pem(name)).unwrap(),
        Key::Secret => EncodingKey::from_secret(SECRET.as_bytes()),
        Key::PublicText => EncodingKey::from_secret(include_bytes!("keys/one.public.pem")),
        Key::Nothing => return format!("{message}."),
    };
    let signature = sign(message.as_bytes(), &key, way).unwrap();
    format!("{message}.{signature}")
}
