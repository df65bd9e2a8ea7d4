//! How much one may ask for, with two instances over one database.

use std::net::SocketAddr;

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request, StatusCode, header},
    response::Response,
};
use contract::{CONTRACT_HEADER, CONTRACT_VERSION, DemoFailure, ProblemCode, paths, paths::Subject};
use roed_traad::{
    app::{self, App},
    config::{Config, Limits},
    entity::{rate, rate_salt},
    limits, serve,
};
use sea_orm::EntityTrait;
use tower::ServiceExt as _;

use crate::town::{Town, Visitor};

const LOW: Limits = Limits {
    requests_per_minute_person: 10,
    requests_per_minute_address: 20,
    sign_ins_per_minute_address: 5,
    concurrent: 512,
    seconds: 30,
};

/// Another instance of the town's server, with these limits.
fn instance(town: &Town, limits: Limits) -> App {
    let trusted_proxies = vec!["10.0.0.1".parse().unwrap()];
    let config = Config { limits, trusted_proxies, ..town.app.config.clone() };
    App::new(config, town.app.clock.clone(), town.app.db.clone())
}

async fn ask(router: &Router, method: Method, path: &str, peer: &str, more: &[(&str, &str)]) -> Response {
    let mut request = Request::builder().method(method).uri(path).header(CONTRACT_HEADER, CONTRACT_VERSION);
    for (name, value) in more {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::from("{}")).unwrap();
    request.extensions_mut().insert(ConnectInfo::<SocketAddr>(format!("{peer}:50000").parse().unwrap()));
    router.clone().oneshot(request).await.unwrap()
}

async fn get(router: &Router, peer: &str, more: &[(&str, &str)]) -> StatusCode {
    ask(router, Method::GET, paths::SESSION, peer, more).await.status()
}

async fn times(visitor: &Visitor, count: u32) -> u32 {
    let mut taken = 0;
    for _ in 0..count {
        taken += u32::from(visitor.try_get(paths::profile(Subject::Me)).await.status.is_success());
    }
    taken
}

#[tokio::test]
async fn a_person_may_ask_so_often_a_minute_wherever_they_are() {
    let town = Town::new().await;
    let (one, other) = (instance(&town, LOW), instance(&town, LOW));
    let (phone, library) = (town.as_citizen(town.anna).await, town.as_citizen(town.anna).await);
    let (phone, library) = (phone.at(app::api(one.clone())), library.at(app::api(other.clone())));
    let bo = town.as_citizen(town.bo).await.at(app::api(one.clone()));
    assert_eq!(times(&phone, 6).await + times(&library, 3).await, 9);
    limits::share(&one).await.unwrap();
    limits::share(&other).await.unwrap();
    assert_eq!(times(&library, 4).await, 1, "this one knows of nine");
    // An instance hears of the others when it has something to add.
    assert_eq!(times(&phone, 1).await, 1);
    limits::share(&other).await.unwrap();
    limits::share(&one).await.unwrap();
    assert_eq!(times(&phone, 4).await, 0);
    let refused = library.try_get(paths::profile(Subject::Me)).await;
    refused.is_refused(429, ProblemCode::TooMany);
    assert_eq!(refused.headers["retry-after"], "60");
    assert_eq!(times(&bo, 5).await, 5);
    town.set_clock("2026-03-16T09:00:45Z");
    assert_eq!(library.try_get(paths::profile(Subject::Me)).await.headers["retry-after"], "15");
    town.set_clock("2026-03-16T09:01:00Z");
    assert_eq!(times(&library, 10).await, 10);
}

#[tokio::test]
async fn a_limit_that_one_instance_has_used_up_is_used_up_in_the_other() {
    let town = Town::new().await;
    let (one, other) = (instance(&town, LOW), instance(&town, LOW));
    let (there, here) = (town.as_citizen(town.anna).await, town.as_citizen(town.anna).await);
    let (there, here) = (there.at(app::api(one.clone())), here.at(app::api(other.clone())));
    assert_eq!(times(&there, 12).await, 10);
    limits::share(&one).await.unwrap();
    // The first request is taken, because nothing is known of Anna here; after the next sum, none is.
    assert_eq!(times(&here, 1).await, 1);
    limits::share(&other).await.unwrap();
    assert_eq!(times(&here, 5).await, 0);
}

#[tokio::test]
async fn an_address_may_ask_so_often_and_sign_in_less_often() {
    let town = Town::new().await;
    let router = app::api(instance(&town, LOW));
    for _ in 0..20 {
        assert_eq!(get(&router, "192.0.2.1", &[]).await, 200);
    }
    let refused = ask(&router, Method::GET, paths::SESSION, "192.0.2.1", &[]).await;
    assert_eq!((refused.status().as_u16(), &refused.headers()[header::RETRY_AFTER]), (429, &"60".parse().unwrap()));
    assert_eq!(get(&router, "192.0.2.2", &[]).await, 200);
    let sign_in = async || ask(&router, Method::PUT, paths::DEMO_SESSION, "192.0.2.3", &[]).await.status().as_u16();
    for _ in 0..5 {
        assert_eq!(sign_in().await, 400);
    }
    assert_eq!(sign_in().await, 429);
    assert_eq!(get(&router, "192.0.2.3", &[]).await, 200);
}

#[tokio::test]
async fn what_a_visitor_says_of_their_address_is_believed_from_our_proxy_only() {
    let town = Town::new().await;
    let router = app::api(instance(&town, LOW));
    let forwarded = |number: u8| format!("198.51.100.{number}");
    for number in 0..20 {
        assert_eq!(get(&router, "192.0.2.1", &[("x-forwarded-for", &forwarded(number))]).await, 200);
        assert_eq!(get(&router, "10.0.0.1", &[("x-forwarded-for", &forwarded(number))]).await, 200);
    }
    assert_eq!(get(&router, "192.0.2.1", &[("x-forwarded-for", &forwarded(21))]).await, 429);
    assert_eq!(get(&router, "10.0.0.1", &[("x-forwarded-for", &forwarded(21))]).await, 200);
}

#[tokio::test]
async fn what_is_stored_names_nobody_and_is_gone_in_a_minute() {
    let town = Town::new().await;
    let app = instance(&town, LOW);
    let anna = town.as_citizen(town.anna).await.at(app::api(app.clone()));
    times(&anna, 2).await;
    get(&app::api(app.clone()), "192.0.2.1", &[]).await;
    let rows = async || {
        limits::share(&app).await.unwrap();
        let read = app.db.read(|tx| {
            Box::pin(async move { Ok((rate::Entity::find().all(tx).await?, rate_salt::Entity::find().all(tx).await?)) })
        });
        read.await.unwrap()
    };
    let (first, salts) = rows().await;
    assert_eq!((first.len(), salts.len()), (2, 1));
    let written = format!("{first:?}");
    assert!(!written.contains("192.0.2.1") && !written.contains(&town.anna.to_string()), "{written}");
    // Nothing new, and nothing is written; a minute later the old is gone; a day later everybody has another hash.
    town.set_clock("2026-03-16T09:01:00Z");
    get(&app::api(app.clone()), "192.0.2.1", &[]).await;
    let (second, _) = rows().await;
    assert_eq!(second.len(), 1);
    assert!(first.iter().any(|row| row.key_hash == second[0].key_hash));
    town.set_clock("2026-03-17T09:01:00Z");
    get(&app::api(app.clone()), "192.0.2.1", &[]).await;
    let (third, salts) = rows().await;
    assert_eq!((third.len(), salts.len()), (1, 1));
    assert!(first.iter().all(|row| row.key_hash != third[0].key_hash));
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let town = Town::new().await;
    let app = instance(&town, Limits { seconds: 1, ..LOW });
    app.failure.set(DemoFailure::Slow);
    let router = serve::router(&app).unwrap();
    let answer = ask(&router, Method::GET, paths::SESSION, "192.0.2.1", &[]).await;
    assert_eq!((answer.status().as_u16(), &answer.headers()[header::RETRY_AFTER]), (503, &"5".parse().unwrap()));
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
}

#[tokio::test]
async fn more_than_can_be_answered_at_once_is_told_to_come_back() {
    let town = Town::new().await;
    let app = instance(&town, Limits { concurrent: 2, seconds: 2, ..LOW });
    app.failure.set(DemoFailure::Slow);
    let router = serve::router(&app).unwrap();
    let session = async || ask(&router, Method::GET, paths::SESSION, "192.0.2.1", &[]).await;
    let later = async {
        tokio::task::yield_now().await;
        let refused = session().await;
        let health = ask(&router, Method::GET, "/healthz", "192.0.2.1", &[]).await;
        // It did not wait for those that are under way.
        app.failure.set(DemoFailure::None);
        (refused, health)
    };
    let (_, _, (refused, health)) = tokio::join!(session(), session(), later);
    assert_eq!((refused.status().as_u16(), &refused.headers()[header::RETRY_AFTER]), (503, &"5".parse().unwrap()));
    assert_eq!(health.status(), 200);
    assert_eq!(get(&router, "192.0.2.1", &[]).await, 200);
}

#[tokio::test]
async fn who_tries_to_log_in_too_often_is_told_in_a_page_and_a_provider_by_a_status() {
    let town = Town::new().await;
    let router = serve::router(&instance(&town, LOW)).unwrap();
    let mut places = Vec::new();
    for _ in 0..6 {
        let answer = ask(&router, Method::GET, paths::LOGIN_CITIZEN, "192.0.2.1", &[]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        places.push(answer.headers()[header::LOCATION].to_str().unwrap().to_owned());
    }
    assert!(places[..5].iter().all(|place| !place.contains("for-mange")), "{places:?}");
    assert_eq!(places[5], "/log-ind?fejl=for-mange");
    let logout = async || ask(&router, Method::POST, "/login/logud/borger", "192.0.2.1", &[]).await;
    let mut last = logout().await;
    assert_eq!(last.status(), StatusCode::BAD_REQUEST, "until there are too many");
    for _ in 0..LOW.requests_per_minute_address {
        last = logout().await;
    }
    assert_eq!(last.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(last.headers().contains_key(header::RETRY_AFTER));
}

#[tokio::test]
async fn a_busy_server_leads_who_logs_in_to_a_page_and_takes_what_ends_sessions() {
    let town = Town::new().await;
    let app = instance(&town, Limits { concurrent: 1, seconds: 2, ..LOW });
    app.failure.set(DemoFailure::Slow);
    let router = serve::router(&app).unwrap();
    let meanwhile = async {
        tokio::task::yield_now().await;
        let citizen = ask(&router, Method::GET, paths::LOGIN_CITIZEN, "192.0.2.1", &[]).await;
        let employee = ask(&router, Method::GET, paths::LOGIN_EMPLOYEE, "192.0.2.1", &[]).await;
        let ends = ask(&router, Method::POST, "/login/logud/borger", "192.0.2.1", &[]).await;
        app.failure.set(DemoFailure::None);
        (citizen, employee, ends)
    };
    let under_way = ask(&router, Method::GET, paths::SESSION, "192.0.2.1", &[]);
    let (_, (citizen, employee, ends)) = tokio::join!(under_way, meanwhile);
    assert_eq!(
        (citizen.status().as_u16(), &citizen.headers()["location"]),
        (303, &"/log-ind?fejl=nede".parse().unwrap())
    );
    let place = &employee.headers()["location"];
    assert_eq!(place, "/log-ind?fejl=nede&til=%2Fmedarbejder%2F");
    assert_eq!(ends.status(), StatusCode::BAD_REQUEST, "it is read: there is no token in it");
}

#[tokio::test]
async fn a_body_that_never_comes_holds_nothing_up() {
    let town = Town::new().await;
    let app = instance(&town, Limits { seconds: 1, ..LOW });
    let never = Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
    let path = paths::profile(contract::paths::Subject::Citizen(town.anna));
    let request = Request::builder().method(Method::PUT).uri(path).header(CONTRACT_HEADER, CONTRACT_VERSION);
    let answer = serve::router(&app).unwrap().oneshot(request.body(never).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    tokio::time::timeout(std::time::Duration::from_secs(5), app.served.is_all_done()).await.unwrap();
}
