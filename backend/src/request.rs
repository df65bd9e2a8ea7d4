//! What every request has in common: the contract's header, its body, its precondition, whose case it is about.

use axum::{
    Json, RequestPartsExt as _,
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use contract::{CONTRACT_HEADER, CONTRACT_VERSION, ProblemCode, TextFault, Version, paths::Subject};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::error::{Error, Result, code_of_text};

/// The largest body there may be, in bytes.
pub const LARGEST_BODY: usize = 256 * 1024;

/// Refuses what comes from another page or from an old one, and keeps every answer out of every cache.
pub async fn guard(request: Request, next: Next) -> Response {
    let mut answer = match check(request.method(), request.uri(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(code) => Error::from(code).into_response(),
    };
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

fn check(method: &Method, uri: &axum::http::Uri, headers: &HeaderMap) -> Result<(), ProblemCode> {
    let is_change = !matches!(*method, Method::GET | Method::HEAD);
    match headers.get(CONTRACT_HEADER).map(HeaderValue::as_bytes) {
        Some(version) if version == CONTRACT_VERSION.as_bytes() => {}
        Some(_) => return Err(ProblemCode::OldPage),
        None if !is_change && is_for_others(uri.path()) => {}
        None => return Err(ProblemCode::ForeignRequest),
    }
    // Browsers say where a request comes from; what is no browser says nothing, and has nobody's cookie.
    let is_foreign = headers.get(header::ORIGIN).is_some_and(|origin| !is_own(origin, uri, headers))
        || headers.get(SEC_FETCH_SITE).is_some_and(|site| site != "same-origin" && site != "none");
    if is_change && is_foreign { Err(ProblemCode::ForeignRequest) } else { Ok(()) }
}

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// A calendar opens its file, a browser stores a download, and a developer reads the description, without our page.
pub(crate) fn is_for_others(path: &str) -> bool {
    path.ends_with("/calendar.ics") || path.ends_with("/data.json") || path == "/api/openapi.json"
}

fn is_own(origin: &HeaderValue, uri: &axum::http::Uri, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.or_else(|| uri.authority().map(axum::http::uri::Authority::as_str));
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    matches!((origin, host), (Some((_, origin)), Some(host)) if origin.eq_ignore_ascii_case(host))
}

/// A cookie's value.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// Which version the client knows, by `If-None-Match: *` or `If-Match: "<version>"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precondition {
    /// The thing is new.
    IsNew,
    /// The thing is in this version.
    Is(Version),
}

impl Precondition {
    fn read(headers: &HeaderMap) -> Result<Self, ProblemCode> {
        let text = |name| headers.get(name).map(|value: &HeaderValue| value.to_str().unwrap_or_default().trim());
        match (text(header::IF_NONE_MATCH), text(header::IF_MATCH)) {
            (None, None) => Err(ProblemCode::PreconditionMissing),
            (Some("*"), None) => Ok(Self::IsNew),
            (None, Some(etag)) => Version::from_etag(etag).map(Self::Is).ok_or(ProblemCode::Malformed),
            _ => Err(ProblemCode::Malformed),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Precondition {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        Ok(Self::read(&parts.headers)?)
    }
}

/// Whose case an address is about.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Whose(pub Subject);

impl TryFrom<String> for Whose {
    type Error = uuid::Error;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

/// The parts of an address. What cannot be an id is not found, like an id that is not there.
#[derive(Clone, Copy, Debug)]
pub struct At<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send + 'static> FromRequestParts<S> for At<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        match parts.extract::<Path<T>>().await {
            Ok(Path(parts)) => Ok(Self(parts)),
            Err(_) => Err(ProblemCode::NotFound.into()),
        }
    }
}

/// A JSON body that the contract knows.
#[derive(Clone, Debug)]
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        parse(&bytes(request, state).await?).map(Self)
    }
}

/// The whole body.
///
/// # Errors
/// [`ProblemCode::TooLarge`], and [`ProblemCode::Malformed`] for what does not come whole.
pub async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status().as_u16() {
        413 => Error::from(ProblemCode::TooLarge),
        _ => ProblemCode::Malformed.into(),
    })
}

/// Reads JSON, and says where it is wrong.
///
/// # Errors
/// [`ProblemCode::Malformed`] for what is no JSON or of another form, else the rule that a value breaks, with its path.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let code = code_of_json(error.inner());
        if path == "." { code.into() } else { Error::at(code, path) }
    })?;
    json.end().map_err(|_| Error::from(ProblemCode::Malformed))?;
    Ok(value)
}

/// A value type's own error reaches us only as words, so they are stable (see [`TextFault`]'s `Display`).
fn code_of_json(error: &serde_json::Error) -> ProblemCode {
    if !error.is_data() {
        return ProblemCode::Malformed;
    }
    let words = error.to_string();
    let faults = [TextFault::Empty, TextFault::TooLong { max: 0, count: 0 }, TextFault::ControlCharacter];
    if let Some(fault) = faults.into_iter().find(|fault| words.starts_with(&fault.to_string())) {
        return code_of_text(fault);
    }
    let is_form = ["missing field", "invalid type", "unknown variant", "duplicate field", "invalid length"];
    if is_form.iter().any(|form| words.starts_with(form)) { ProblemCode::Malformed } else { ProblemCode::Invalid }
}

/// A thing with its version as `ETag`.
#[derive(Clone, Debug)]
pub struct Versioned<T>(pub Version, pub T);

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let mut answer = Json(self.1).into_response();
        if let Ok(etag) = HeaderValue::from_str(&self.0.to_etag()) {
            answer.headers_mut().insert(header::ETAG, etag);
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{NewComment, NewStep, NewStepState};

    fn fault<T: DeserializeOwned + std::fmt::Debug>(json: &str) -> (ProblemCode, Option<String>) {
        match parse::<T>(json.as_bytes()).unwrap_err() {
            Error::Refused { code, field } => (code, field),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_fault_in_a_text_names_the_rule_and_the_field() {
        let comment = |text: &str| {
            format!(r#"{{"beside":"goal","beside_id":"{}","kind":"remark","text":{text:?}}}"#, uuid::Uuid::nil())
        };
        assert_eq!(fault::<NewComment>(&comment("  ")), (ProblemCode::TextEmpty, Some("text".into())));
        assert_eq!(fault::<NewComment>(&comment(&"a".repeat(4001))), (ProblemCode::TextTooLong, Some("text".into())));
    }

    #[test]
    fn a_date_that_does_not_exist_is_invalid() {
        let owner = serde_json::to_string(&contract::Party::Citizen).unwrap();
        let step = format!(r#"{{"title":"a","owner":{owner},"due":"2026-02-30"}}"#);
        assert_eq!(fault::<NewStep>(&step), (ProblemCode::Invalid, Some("due".into())));
    }

    #[test]
    fn what_is_no_json_or_lacks_a_field_is_malformed() {
        assert_eq!(fault::<NewStepState>("{").0, ProblemCode::Malformed);
        assert_eq!(fault::<NewStepState>("{}").0, ProblemCode::Malformed);
        assert_eq!(fault::<serde_json::Value>("{} x").0, ProblemCode::Malformed);
    }

    #[test]
    fn a_precondition_is_one_of_two_headers() {
        let read = |pairs: &[(header::HeaderName, &'static str)]| {
            let headers = pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
            Precondition::read(&headers)
        };
        assert_eq!(read(&[]), Err(ProblemCode::PreconditionMissing));
        assert_eq!(read(&[(header::IF_NONE_MATCH, "*")]), Ok(Precondition::IsNew));
        assert_eq!(read(&[(header::IF_MATCH, "\"3\"")]), Ok(Precondition::Is(Version(3))));
        assert_eq!(read(&[(header::IF_MATCH, "*")]), Err(ProblemCode::Malformed));
        assert_eq!(read(&[(header::IF_MATCH, "\"3\""), (header::IF_NONE_MATCH, "*")]), Err(ProblemCode::Malformed));
    }
}
