//! The only file that knows HTTP. Below it stands one short function per endpoint.

use std::cell::Cell;

use backon::{ExponentialBuilder, Retryable};
use contract::{
    CONTRACT_HEADER, CONTRACT_VERSION, CitizenId, Problem, ProblemCode, Receipt, SUBJECT_HEADER, Version, paths,
};
use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::{Date, JSON, Object, Reflect};
use leptos::prelude::window;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

pub mod choices;
pub mod data;
pub mod demo;
pub mod looks;
pub mod meetings;
pub mod plan;
pub mod preparation;
pub mod profile;
pub mod representatives;
pub mod session;
pub mod staff;

/// Why there is no answer to work with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer came: no network, or no server.
    Offline,
    /// The server said why not.
    Problem(Box<Problem>),
    /// An answer came that this page cannot read.
    Unreadable,
    /// The server no longer has the rest of the program this page began with.
    OldPage,
}

impl From<wasm_split_helpers::SplitLoaderError> for Failure {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self::Offline
    }
}

impl Failure {
    /// The server's code, if it gave one.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Problem(problem) => Some(problem.code),
            Self::OldPage => Some(ProblemCode::OldPage),
            Self::Offline | Self::Unreadable => None,
        }
    }

    /// Whether the same request can succeed later without anybody changing anything.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Offline) || matches!(self.code(), Some(ProblemCode::Unavailable | ProblemCode::TooMany))
    }
}

/// What a write builds on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precondition {
    /// The thing is new.
    New,
    /// The thing has this version.
    Version(Version),
}

impl From<Option<Version>> for Precondition {
    fn from(version: Option<Version>) -> Self {
        version.map_or(Self::New, Self::Version)
    }
}

impl Precondition {
    fn header(self) -> (&'static str, String) {
        match self {
            Self::New => ("If-None-Match", "*".to_owned()),
            Self::Version(version) => ("If-Match", version.to_etag()),
        }
    }
}

/// Reads. The signal ends it when the page that asked is gone.
pub(crate) async fn get<T: DeserializeOwned>(path: &str, abort: Option<&AbortSignal>) -> Result<T, Failure> {
    let response = match early(path) {
        Some(promise) => JsFuture::from(promise)
            .await
            .ok()
            .and_then(|response| response.dyn_into::<web_sys::Response>().ok())
            .map(Response::from)
            .ok_or(Failure::Offline)?,
        None => {
            let request = request(Method::GET, path).abort_signal(abort);
            request.send().await.map_err(|_| Failure::Offline)?
        }
    };
    read(&text(response).await?)
}

/// Asks with words that belong in no address. The signal ends it when the page that asked is gone.
pub(crate) async fn ask<B: Serialize, T: DeserializeOwned>(
    path: &str,
    body: &B,
    abort: Option<&AbortSignal>,
) -> Result<T, Failure> {
    let body = write(body).ok_or(Failure::Unreadable)?;
    let request = request(Method::POST, path).header("Content-Type", "application/json").abort_signal(abort);
    let request = request.body(body).map_err(|_| Failure::Unreadable)?;
    read(&text(request.send().await.map_err(|_| Failure::Offline)?).await?)
}

/// Writes, and answers with the receipt. To repeat it is safe.
pub(crate) async fn put<T: Serialize>(path: &str, precondition: Precondition, body: &T) -> Result<Receipt, Failure> {
    read(&send(Method::PUT, path, Some(precondition), body).await?)
}

/// The same, where the answer is no receipt and nobody waits for it.
pub(crate) async fn put_unreceipted<T: Serialize>(
    path: &str,
    precondition: Precondition,
    body: &T,
) -> Result<(), Failure> {
    send(Method::PUT, path, Some(precondition), body).await.map(|_| ())
}

/// Writes, where there is nothing to say in return.
pub(crate) async fn put_quietly<T: Serialize>(path: &str, body: &T) -> Result<(), Failure> {
    send(Method::PUT, path, None, body).await.map(|_| ())
}

/// Does it, and reads what comes of it. To repeat it is safe.
pub(crate) async fn put_for<T: DeserializeOwned>(path: &str) -> Result<T, Failure> {
    read(&send(Method::PUT, path, None, &()).await?)
}

/// Deletes this version.
pub(crate) async fn delete(path: &str, version: Option<Version>) -> Result<(), Failure> {
    send(Method::DELETE, path, version.map(Precondition::Version), &()).await.map(|_| ())
}

/// Deletes, and reads what comes of it.
pub(crate) async fn delete_for<T: DeserializeOwned>(path: &str) -> Result<T, Failure> {
    read(&send(Method::DELETE, path, None, &()).await?)
}

/// Repeats a write until it gets an answer that will not change by itself; tells of each failure in between.
pub(crate) async fn until_answered<T, F, Fut>(write: F, on_retry: impl Fn()) -> Result<T, Failure>
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<T, Failure>>,
{
    let pauses = ExponentialBuilder::default()
        .with_min_delay(std::time::Duration::from_secs(1))
        .with_max_delay(std::time::Duration::from_secs(8))
        .with_max_times(2000);
    write.retry(pauses).when(Failure::may_pass).notify(|_, _| on_retry()).await
}

/// Writes while the page is going away; nobody hears how it went. The browser carries it on for at most 64 KiB; what is
/// more goes as an ordinary request, which may arrive.
pub(crate) fn put_on_leaving<T: Serialize>(path: &str, precondition: Precondition, body: &T) {
    let Some(body) = write(body) else { return };
    let (name, value) = precondition.header();
    let init = web_sys::RequestInit::new();
    init.set_method("PUT");
    if let Ok(headers) = web_sys::Headers::new() {
        let _ = headers.set(CONTRACT_HEADER, CONTRACT_VERSION);
        let _ = headers.set("Content-Type", "application/json");
        let _ = headers.set(name, &value);
        if let Some(subject) = MEANT.get() {
            let _ = headers.set(SUBJECT_HEADER, &subject.to_string());
        }
        init.set_headers(&headers);
    }
    // web-sys has no setter for it.
    let _ = Reflect::set(init.as_ref(), &"keepalive".into(), &JsValue::from_bool(body.len() <= CARRIED_ON));
    init.set_body(&body.into());
    drop(window().fetch_with_str_and_init(path, &init));
}

/// How long a body the browser carries on for certain, in bytes: a little below its 64 KiB.
pub(crate) const CARRIED_ON: usize = 60_000;

fn request(method: Method, path: &str) -> RequestBuilder {
    let request = RequestBuilder::new(path).method(method).header(CONTRACT_HEADER, CONTRACT_VERSION);
    match MEANT.get() {
        Some(subject) => request.header(SUBJECT_HEADER, &subject.to_string()),
        None => request,
    }
}

thread_local! {
    static MEANT: Cell<Option<CitizenId>> = const { Cell::new(None) };
}

/// Whose case this page takes `me` for: the server refuses what was meant for another.
pub fn mean(subject: Option<CitizenId>) {
    MEANT.set(subject);
}

async fn send<T: Serialize>(
    method: Method,
    path: &str,
    precondition: Option<Precondition>,
    body: &T,
) -> Result<String, Failure> {
    let body = write(body).ok_or(Failure::Unreadable)?;
    send_text(method, path, precondition, body).await
}

async fn send_text(
    method: Method,
    path: &str,
    precondition: Option<Precondition>,
    body: String,
) -> Result<String, Failure> {
    let mut request = request(method, path).header("Content-Type", "application/json");
    if let Some(precondition) = precondition {
        let (name, value) = precondition.header();
        request = request.header(name, &value);
    }
    let request = request.body(body).map_err(|_| Failure::Unreadable)?;
    text(request.send().await.map_err(|_| Failure::Offline)?).await
}

thread_local! {
    static USED_AT: Cell<f64> = const { Cell::new(0.0) };
}

/// When the server last did what this page asked of it, in milliseconds since 1970: the session lasts from there. To ask
/// who is signed in is no use of it.
pub fn used_at() -> f64 {
    USED_AT.get()
}

async fn text(response: Response) -> Result<String, Failure> {
    let text = response.text().await.map_err(|_| Failure::Offline)?;
    if response.ok() {
        if !response.url().ends_with(paths::SESSION) {
            USED_AT.set(Date::now());
        }
        return Ok(text);
    }
    // A proxy in front of the server says 502, 503 or 504 in its own words.
    match read(&text) {
        Ok(problem) => Err(Failure::Problem(Box::new(problem))),
        Err(_) if response.status() >= 502 => Err(Failure::Offline),
        Err(_) => Err(Failure::Unreadable),
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    let value = JSON::parse(text).map_err(|_| Failure::Unreadable)?;
    serde_wasm_bindgen::from_value(value).map_err(|_| Failure::Unreadable)
}

fn write<T: Serialize>(value: &T) -> Option<String> {
    let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).ok()?;
    JSON::stringify(&value).ok()?.as_string()
}

/// The answer that index.html asked for while the app was still on its way; each is used once.
fn early(path: &str) -> Option<js_sys::Promise> {
    let asked = Reflect::get(&window(), &"rtEarly".into()).ok()?;
    let asked = asked.dyn_into::<Object>().ok()?;
    let promise = Reflect::get(&asked, &path.into()).ok()?.dyn_into().ok()?;
    let _ = Reflect::delete_property(&asked, &path.into());
    Some(promise)
}
