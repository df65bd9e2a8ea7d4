//! Signing in at a provider (OpenID Connect, code flow), and being signed out by it. The browser carries a code and a
//! state; what they stand for stays here.

use axum::{
    Router,
    extract::{DefaultBodyLimit, RawQuery, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{AppendHeaders, IntoResponse, Response},
    routing::{get, post},
};
use contract::{LoginFault, paths};
use openidconnect::url::{Url, form_urlencoded};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    app::App,
    error::{Error, Result},
    keys::{Key, Purpose},
    limits, request,
    session::{self, ByLogin},
};

mod answer;
mod attempt;
mod claims;
mod http;
mod logout;
mod person;
mod provider;
mod refused;
mod store;
mod token;

pub use provider::Providers;
use refused::Refused;

/// Binds the login to the browser that began it. It has to come along when the provider sends the browser back, so any
/// site may lead to us with it; what it is good for alone is nothing.
const ROUND_TRIP: &str = "__Host-rt_login";

/// Whose login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Citizen,
    Employee,
}

impl Who {
    fn word(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Employee => "employee",
        }
    }

    /// Where the provider sends the browser back to.
    fn answer_path(self) -> &'static str {
        match self {
            Self::Citizen => "/login/svar/borger",
            Self::Employee => "/login/svar/medarbejder",
        }
    }

    /// Where a login begins.
    fn begin_path(self) -> &'static str {
        match self {
            Self::Citizen => paths::LOGIN_CITIZEN,
            Self::Employee => paths::LOGIN_EMPLOYEE,
        }
    }

    /// The first page.
    fn home(self) -> &'static str {
        match self {
            Self::Citizen => "/",
            Self::Employee => "/medarbejder/",
        }
    }
}

/// Addresses for browsers on their way: outside the API, so without its header.
pub fn router(app: App) -> Router {
    let routes = Router::new()
        .route(
            Who::Citizen.begin_path(),
            get(async |app, query, headers| begin(Who::Citizen, app, query, headers).await),
        )
        .route(
            Who::Employee.begin_path(),
            get(async |app, query, headers| begin(Who::Employee, app, query, headers).await),
        )
        .route(
            Who::Citizen.answer_path(),
            get(async |app, query, headers| finish(Who::Citizen, app, query, headers).await),
        )
        .route(
            Who::Employee.answer_path(),
            get(async |app, query, headers| finish(Who::Employee, app, query, headers).await),
        );
    guarded(routes, app)
}

/// Addresses for providers that end sessions. A busy server takes them too: who has been logged out is out at once.
pub fn logouts(app: App) -> Router {
    let routes = Router::new()
        .route("/login/logud/borger", post(async |app, body| end(Who::Citizen, app, body).await))
        .route("/login/logud/medarbejder", post(async |app, body| end(Who::Employee, app, body).await));
    guarded(routes, app)
}

fn guarded(routes: Router<App>, app: App) -> Router {
    routes
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::custom(|_| {
            tracing::error!("a login panicked");
            go(&fault_page(LoginFault::Other, None), Vec::new())
        }))
        .layer(middleware::from_fn_with_state(app.clone(), limit))
        .layer(middleware::map_response(keep_out_of_caches))
        .with_state(app)
}

/// Whether a browser is there on its way to a provider or back.
#[must_use]
pub fn is_on_the_way(path: &str) -> bool {
    [Who::Citizen, Who::Employee].iter().any(|who| path == who.begin_path() || path == who.answer_path())
}

/// What a browser is led to that cannot be answered now.
pub fn come_back_later(path: &str) -> Response {
    let is_employee = [Who::Employee.begin_path(), Who::Employee.answer_path()].contains(&path);
    go(&fault_page(LoginFault::Down, is_employee.then_some(Who::Employee.home())), Vec::new())
}

/// More than any logout token.
const LARGEST_BODY: usize = 64 * 1024;

/// Whoever tries too often is led to a page that asks them to wait: they see it in a browser. A provider is told when to come
/// back.
async fn limit(State(app): State<App>, request: Request, next: Next) -> Response {
    match limits::take_of_address(&app, &request) {
        Ok(()) => next.run(request).await,
        Err(error) if request.method() != Method::GET => error.into_response(),
        Err(_) => {
            app.metrics.was_too_many();
            go(&fault_page(LoginFault::TooMany, None), Vec::new())
        }
    }
}

async fn keep_out_of_caches(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Leads to the provider.
async fn begin(who: Who, State(app): State<App>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let wish = attempt::Wish::read(who, query.as_deref().unwrap_or_default());
    let back_to = wish.back_to.clone();
    let begun = attempt::begin(
        &app,
        who,
        wish,
        request::cookie(&headers, ROUND_TRIP),
        session::shown(&app, &headers),
        request::cookie(&headers, "rt_lang"),
    );
    match begun.await {
        Ok(attempt::Begun { url, browser }) => {
            let cookie = format!(
                "{ROUND_TRIP}={browser}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={}",
                attempt::LASTS.as_secs()
            );
            go(url.as_str(), HeaderValue::from_str(&cookie).into_iter().collect())
        }
        Err(refused) => refuse(who, refused, back_to.as_deref()),
    }
}

/// Takes what the provider sent the browser back with.
async fn finish(who: Who, State(app): State<App>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let browser = request::cookie(&headers, ROUND_TRIP);
    match answer::take(&app, who, query.as_deref().unwrap_or_default(), browser).await {
        Ok(answer::Taken { cookies, back_to, is_told_of_protection }) => {
            let gone = HeaderValue::from_static("__Host-rt_login=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
            tracing::info!(who = who.word(), "a login");
            let place = back_to.unwrap_or_else(|| who.home().to_owned());
            let place = if is_told_of_protection { page(paths::PROTECTED_NAME, None, Some(&place)) } else { place };
            go(&place, cookies.into_iter().chain([gone]).collect())
        }
        // Who is here already, and would not show anew who they are, goes back to where they were.
        Err(answer::Failed {
            refused: Refused { fault: LoginFault::Aborted, .. },
            back_to: Some(back_to),
            was_here: true,
        }) => go(&back_to, Vec::new()),
        Err(answer::Failed { refused, back_to, .. }) => refuse(who, refused, back_to.as_deref()),
    }
}

/// Ends sessions, because the provider says so.
async fn end(who: Who, State(app): State<App>, body: String) -> Response {
    let token = form_urlencoded::parse(body.as_bytes()).find(|(name, _)| name == "logout_token");
    let Some((_, token)) = token else { return (StatusCode::BAD_REQUEST, "no logout_token\n").into_response() };
    match logout::take(&app, who, &token).await {
        Ok(ended) => {
            tracing::info!(who = who.word(), ended, "a provider ended sessions");
            StatusCode::OK.into_response()
        }
        Err(refused) => {
            tracing::warn!(who = who.word(), why = refused.why, "a logout token was refused");
            let status = match refused.fault {
                LoginFault::Down => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::BAD_REQUEST,
            };
            (status, "refused\n").into_response()
        }
    }
}

/// Where a browser goes whose session has ended, so that the provider's ends too.
pub(crate) async fn way_out(app: &App, by_login: ByLogin) -> Option<String> {
    let issuer = by_login.issuer?;
    let provider = app.login.of(if by_login.is_citizen { Who::Citizen } else { Who::Employee }).ok()?;
    if provider.settings.issuer != issuer {
        return None;
    }
    let known = provider.known(app.clock.now()).await.ok()?;
    let mut url = known.end_session.clone()?;
    let back = provider.ours(&format!("{}?{}=1", paths::SIGN_IN, paths::OUT));
    url.query_pairs_mut()
        .append_pair("client_id", &provider.settings.client_id)
        .append_pair("post_logout_redirect_uri", &back);
    if let Some(sealed) = &by_login.id_token {
        // Without it the provider asks the person which session is to end.
        if let Ok(token) = hint_key(app).await.and_then(|key| key.open(&hint_place(&by_login.token_hash), sealed)) {
            url.query_pairs_mut().append_pair("id_token_hint", &token);
        }
    }
    Some(url.into())
}

/// The key that ID tokens are sealed with while a session lasts.
async fn hint_key(app: &App) -> Result<Key> {
    app.db.keys().shared(app.config.municipality_id, Purpose::Logins).await
}

/// What a sealed ID token is bound to: its column and row.
fn hint_place(token_hash: &str) -> String {
    format!("session.id_token/{token_hash}")
}

fn refuse(who: Who, refused: Refused, back_to: Option<&str>) -> Response {
    let Refused { fault, why } = refused;
    match fault {
        LoginFault::Aborted | LoginFault::Expired => tracing::info!(who = who.word(), why, "a login came to nothing"),
        _ => tracing::warn!(who = who.word(), why, "a login was refused"),
    }
    // An employee is told what employees can do, also where they were going nowhere yet.
    let back_to = back_to.or((who == Who::Employee).then_some(who.home()));
    go(&fault_page(fault, back_to), Vec::new())
}

fn fault_page(fault: LoginFault, back_to: Option<&str>) -> String {
    page(paths::SIGN_IN, Some((paths::FAULT, fault.word())), back_to)
}

/// A page of the app, and what its address says.
fn page(path: &str, said: Option<(&str, &str)>, back_to: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(said).extend_pairs(back_to.map(|back_to| (paths::BACK_TO, back_to)));
    format!("{path}?{}", query.finish())
}

fn go(place: &str, cookies: Vec<HeaderValue>) -> Response {
    let Ok(place) = HeaderValue::from_str(place) else {
        return Error::Internal("an address is no header").into_response();
    };
    let cookies = cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie));
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)], AppendHeaders(cookies)).into_response()
}

/// The parameters of an address; nothing when one of those that are known stands there twice.
fn parameters<const N: usize>(query: &str, known: [&str; N]) -> Option<[Option<String>; N]> {
    let mut found = [const { None }; N];
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let Some(place) = known.iter().position(|it| *it == name) else { continue };
        if found[place].replace(value.into_owned()).is_some() {
            return None;
        }
    }
    Some(found)
}

/// An address in our own app, as it may stand in a header: `/plan`, never `//evil.example`.
fn own_place(who: Who, asked: &str) -> Option<String> {
    let base = Url::parse("https://own.invalid").ok()?;
    if asked.len() > 500 || !asked.starts_with('/') || asked.contains('\\') {
        return None;
    }
    let there = base.join(asked).ok().filter(|there| there.origin() == base.origin())?;
    let place = there.query().map_or_else(|| there.path().to_owned(), |query| format!("{}?{query}", there.path()));
    let is_page = !["/login", "/api", paths::SIGN_IN].iter().any(|part| place.starts_with(part));
    let is_staff = place.starts_with("/medarbejder");
    (is_page && !place.starts_with("//") && is_staff == (who == Who::Employee)).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_leads_back_into_the_app_and_nowhere_else() {
        let citizen = |asked| own_place(Who::Citizen, asked);
        assert_eq!(citizen("/plan").as_deref(), Some("/plan"));
        assert_eq!(citizen("/plan?a=b#c").as_deref(), Some("/plan?a=b"));
        assert_eq!(citizen("/møder").as_deref(), Some("/m%C3%B8der"));
        for asked in [
            "",
            "plan",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/.//evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/login/borger",
            "/api/session",
            "/log-ind",
            "/medarbejder/",
        ] {
            assert_eq!(citizen(asked), None, "{asked}");
        }
        assert_eq!(own_place(Who::Employee, "/medarbejder/borger/1").as_deref(), Some("/medarbejder/borger/1"));
        assert_eq!(own_place(Who::Employee, "/plan"), None);
    }

    #[test]
    fn what_stands_twice_is_taken_neither_time() {
        assert_eq!(parameters("a=1&b=2&c=3", ["a", "b"]), Some([Some("1".to_owned()), Some("2".to_owned())]));
        assert_eq!(parameters("a=1&a=1", ["a"]), None);
    }
}
