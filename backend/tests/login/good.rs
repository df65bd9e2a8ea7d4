use axum::http::Method;
use contract::{Actor, ProblemCode, paths, paths::Subject};
use jsonwebtoken::Algorithm;
use roed_traad::entity::employee;
use serde_json::json;

use crate::{
    house::{ANNA, Browser, GONE, House, LOW, Who},
    issuer::Key,
};

#[tokio::test]
async fn a_citizen_logs_in_with_each_accepted_signature() {
    for (alg, kid, way) in [
        ("RS256", "one", Algorithm::RS256),
        ("RS256", "two", Algorithm::RS256),
        ("PS256", "one", Algorithm::PS256),
        ("ES256", "p256", Algorithm::ES256),
    ] {
        let house = House::new().await;
        let mut login = house.login(Who::Citizen);
        login.sign(alg, kid, Key::Named(kid), way);
        let mut browser = Browser::default();
        let answered = house.go(&login, &mut browser).await;
        assert_eq!((answered.status.as_u16(), answered.place().as_str()), (303, "/plan"), "{alg} {kid}");
        assert_eq!(answered.headers["cache-control"], "no-store");
        assert_eq!(answered.headers["x-content-type-options"], "nosniff");
        let cookies = answered.set_cookies();
        let session = cookies.iter().find(|cookie| cookie.starts_with("__Host-rt=")).unwrap();
        assert!(session.ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict"), "{session}");
        assert!(!browser.cookies.contains_key("__Host-rt_login"), "the round trip is over");
        let session = browser.session(&house.router).await;
        let person = session.signed_in.unwrap();
        assert_eq!((person.actor, person.name.as_str()), (Actor::Citizen(house.town.anna), "Anna Testsen"));
        assert!(session.login.citizen && session.login.employee && !session.demo);
    }
}

#[tokio::test]
async fn the_provider_is_asked_for_what_is_needed_and_told_no_more() {
    let house = House::new().await;
    let begun = Browser::default().get(&house.router, "/login/borger?til=/plan").await;
    assert_eq!((begun.status.as_u16(), &begun.headers["cache-control"]), (303, &"no-store".parse().unwrap()));
    let place = begun.place();
    for part in [
        "response_type=code",
        "client_id=plan",
        "redirect_uri=https%3A%2F%2Fplan.fjordby.example%2Flogin%2Fsvar%2Fborger",
        "code_challenge_method=S256",
        "scope=openid+cpr",
        "acr_values=https%3A%2F%2Fdata.gov.dk%2Fconcept%2Fcore%2Fnsis%2FSubstantial",
        "ui_locales=da",
        "prompt=login",
        "max_age=300",
    ] {
        assert!(place.contains(part), "{part}: {place}");
    }
    assert!(!place.contains("kun-til-test"), "{place}");
    let cookie = &begun.set_cookies()[0];
    assert!(cookie.contains("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age="), "{cookie}");
    let again = House::with(|config| {
        if let Some(citizen) = &mut config.login.citizen {
            citizen.single_sign_on = true;
        }
    })
    .await;
    for (query, asks) in [("til=/plan", false), ("faelles=1", true), ("frisk=1", true)] {
        let place = Browser::default().get(&again.router, &format!("/login/borger?{query}")).await.place();
        assert_eq!((place.contains("prompt=login"), place.contains("max_age=300")), (asks, asks), "{query}: {place}");
    }
    let fresh = Browser::default().get(&house.router, "/login/borger?frisk=1").await.place();
    assert!(fresh.contains("max_age=300") && fresh.contains("prompt=login"), "{fresh}");
}

#[tokio::test]
async fn a_fresh_login_is_taken_where_one_is_asked_for() {
    let house = House::new().await;
    let mut login = house.login(Who::Citizen);
    login.start = "frisk=1".to_owned();
    let answered = house.go(&login, &mut Browser::default()).await;
    assert!(answered.begins_a_session());
    assert_eq!(answered.place(), "/");
}

#[tokio::test]
async fn an_employee_with_the_role_logs_in() {
    let house = House::new().await;
    let mut login = house.login(Who::Employee);
    login.start = "til=/medarbejder/borger/1".to_owned();
    let mut browser = Browser::default();
    assert_eq!(house.go(&login, &mut browser).await.place(), "/medarbejder/borger/1");
    assert_eq!(browser.name(&house.router).await.as_deref(), Some("Mette Holm"));
    // The second time by issuer and subject, whatever else is said or not said.
    login.claim("ansat", GONE);
    assert!(house.go(&login, &mut Browser::default()).await.begins_a_session());
}

#[tokio::test]
async fn an_employee_who_has_left_is_out_at_the_next_request_and_cannot_come_back() {
    let house = House::new().await;
    let login = house.login(Who::Employee);
    let mut browser = Browser::default();
    house.go(&login, &mut browser).await;
    assert_eq!(browser.get(&house.router, paths::CASELOAD).await.status.as_u16(), 200);
    house.employee(house.town.mette.0, employee::Column::HasLeft, true).await;
    let refused = browser.get(&house.beside(), paths::CASELOAD).await;
    assert_eq!(refused.status.as_u16(), 401);
    assert_eq!(refused.json()["code"], serde_json::to_value(ProblemCode::SignedOut).unwrap());
    assert_eq!(house.go(&login, &mut browser).await.fault().as_deref(), Some("ukendt"));
}

#[tokio::test]
async fn an_employee_without_the_role_or_without_a_name_of_ours_gets_no_session() {
    let house = House::new().await;
    for (name, value, word) in [
        ("roles", json!(GONE), "rolle"),
        ("roles", json!([]), "rolle"),
        ("roles", json!(["noget-andet"]), "rolle"),
        ("roles", json!("raadgiverne"), "rolle"),
        ("roles", json!({ "raadgiver": true }), "rolle"),
        ("ansat", json!("karin"), "ukendt"),
        ("ansat", json!(GONE), "ukendt"),
        ("ansat", json!(["mette"]), "ukendt"),
        ("acr", json!(LOW), "niveau"),
    ] {
        let mut login = house.login(Who::Employee);
        login.claim(name, value.clone());
        let answered = house.go(&login, &mut Browser::default()).await;
        assert_eq!(answered.fault().as_deref(), Some(word), "{name} {value}");
        assert!(!answered.begins_a_session());
    }
    assert_eq!(house.counts().await, (0, 0));
}

#[tokio::test]
async fn who_has_a_protected_name_is_told_once_how_it_is_kept() {
    let house = House::new().await;
    let login = house.login(Who::Citizen);
    assert_eq!(house.go(&login, &mut Browser::default()).await.place(), "/plan");
    // It is since then that the register says so.
    house.protect(house.town.anna.0).await;
    let answered = house.go(&login, &mut Browser::default()).await;
    assert_eq!((answered.begins_a_session(), answered.place().as_str()), (true, "/beskyttet-navn?til=%2Fplan"));
    let again = house.go(&login, &mut Browser::default()).await;
    assert_eq!((again.begins_a_session(), again.place().as_str()), (true, "/plan"), "once is enough");
}

#[tokio::test]
async fn a_protected_name_is_let_in_and_its_words_are_shown_nowhere() {
    let house = House::new().await;
    let mut login = house.login(Who::Citizen);
    login.claim("name", "NAVNE & ADRESSEBESKYTTET");
    let mut browser = Browser::default();
    let answered = house.go(&login, &mut browser).await;
    assert!(answered.begins_a_session() && answered.place().starts_with("/beskyttet-navn?til="));
    assert_eq!(browser.name(&house.router).await.as_deref(), Some("Anna Testsen"));
    let profile = browser.get(&house.router, &paths::profile(Subject::Me)).await.json();
    assert_eq!(profile["is_protected"], true, "as the login says");
    for path in [paths::SESSION.to_owned(), paths::home(Subject::Me), paths::profile(Subject::Me)] {
        let body = browser.get(&house.router, &path).await.body;
        assert!(!String::from_utf8_lossy(&body).contains("BESKYTTET"), "{path}");
    }
}

#[tokio::test]
async fn whoever_is_known_needs_no_number_again_and_another_number_is_refused() {
    let house = House::new().await;
    let login = house.login(Who::Citizen);
    assert!(house.go(&login, &mut Browser::default()).await.begins_a_session());
    let mut without = login.clone();
    without.userinfo = Some((200, json!({ "sub": "anna-hos-udbyder" })));
    assert!(house.go(&without, &mut Browser::default()).await.begins_a_session());
    let mut hyphen = login.clone();
    hyphen.userinfo = Some((200, json!({ "sub": "anna-hos-udbyder", "dk.cpr": "991301-0001" })));
    assert!(house.go(&hyphen, &mut Browser::default()).await.begins_a_session());
    for number in ["9913010002", "9913019999"] {
        let mut other = login.clone();
        other.userinfo = Some((200, json!({ "sub": "anna-hos-udbyder", "dk.cpr": number })));
        let answered = house.go(&other, &mut Browser::default()).await;
        assert_eq!((answered.fault().as_deref(), answered.begins_a_session()), (Some("fejl"), false), "{number}");
    }
    // A new login of the same person is the same person.
    let mut moved = login.clone();
    moved.claim("sub", "anna-igen");
    moved.userinfo = Some((200, json!({ "sub": "anna-igen", "dk.cpr": ANNA })));
    assert!(house.go(&moved, &mut Browser::default()).await.begins_a_session());
    assert_eq!(house.counts().await.1, 2);
}

#[tokio::test]
async fn a_cookie_that_was_there_before_is_never_adopted_and_a_stolen_one_is_dead_after_signing_out() {
    let house = House::new().await;
    let login = house.login(Who::Citizen);
    let planted = "A".repeat(43);
    let mut browser = Browser::default();
    browser.cookies.insert("__Host-rt".to_owned(), planted.clone());
    browser.cookies.insert("rt_demo".to_owned(), planted.clone());
    house.go(&login, &mut browser).await;
    let stolen = browser.clone();
    assert_ne!(browser.cookies["__Host-rt"], planted);
    let mut attacker = Browser::default();
    for name in ["__Host-rt", "rt_demo"] {
        attacker.cookies.insert(name.to_owned(), planted.clone());
    }
    assert_eq!(attacker.name(&house.router).await, None);
    // The demo's cookie is none here, whatever stands in it.
    let mut renamed = Browser::default();
    renamed.cookies.insert("rt_demo".to_owned(), stolen.cookies["__Host-rt"].clone());
    assert_eq!(renamed.name(&house.router).await, None);

    let first = browser.cookies["__Host-rt"].clone();
    house.go(&login, &mut browser).await;
    assert_ne!(browser.cookies["__Host-rt"], first, "each login has its own");
    assert_eq!(stolen.clone().name(&house.router).await, None, "a new login ends the browser's session before");
    let stolen = browser.clone();
    assert!(stolen.clone().name(&house.router).await.is_some());
    assert_eq!(browser.ask(&house.router, Method::DELETE, paths::SESSION, "").await.status.as_u16(), 200);
    assert_eq!(stolen.clone().name(&house.router).await, None);
    assert_eq!(stolen.clone().get(&house.beside(), &paths::profile(Subject::Me)).await.status.as_u16(), 401);
}

#[tokio::test]
async fn on_a_shared_computer_a_session_ends_sooner() {
    let house = House::new().await;
    let mut login = house.login(Who::Citizen);
    login.start = "faelles=1".to_owned();
    let mut browser = Browser::default();
    house.go(&login, &mut browser).await;
    assert_eq!(browser.session(&house.router).await.signed_in.unwrap().lasts.idle, 600);
    house.app.clock.set(house.app.clock.now() + jiff::SignedDuration::from_mins(10));
    assert_eq!(browser.name(&house.router).await, None);
}

#[tokio::test]
async fn two_tabs_can_each_finish_the_login_they_began() {
    let house = House::new().await;
    let login = house.login(Who::Citizen);
    let mut browser = Browser::default();
    browser.get(&house.router, paths::LOGIN_CITIZEN).await;
    let shown = browser.cookies["__Host-rt_login"].clone();
    browser.get(&house.router, paths::LOGIN_CITIZEN).await;
    assert_eq!(browser.cookies["__Host-rt_login"], shown);
    assert!(house.go(&login, &mut browser).await.begins_a_session());
    // What is no token of ours is not kept.
    browser.cookies.insert("__Host-rt_login".to_owned(), "x".to_owned());
    browser.get(&house.router, paths::LOGIN_CITIZEN).await;
    assert_ne!(browser.cookies["__Host-rt_login"], "x");
}

#[tokio::test]
async fn the_provider_hears_of_a_sign_out_by_a_token_that_tells_nothing_of_the_person() {
    let house = House::new().await;
    let mut browser = Browser::default();
    house.go(&house.login(Who::Citizen), &mut browser).await;
    assert!(house.kept_token().await.starts_with("v1."), "what is kept of it is sealed");
    let gone = browser.ask(&house.router, Method::DELETE, paths::SESSION, "").await;
    let next = gone.json()["next"].as_str().unwrap().to_owned();
    assert!(next.starts_with(&format!("{}/end?client_id=plan", house.citizens.url)), "{next}");
    assert!(next.contains("post_logout_redirect_uri=https%3A%2F%2Fplan.fjordby.example%2Flog-ind%3Fud%3D1"), "{next}");
    assert!(next.contains("id_token_hint=ey"), "{next}");

    // What a token tells of its person would come into an address with it, so it is not kept.
    for (claim, value) in [
        ("dk.cpr", json!(ANNA)),
        ("name", json!("Anna Testsen")),
        ("email", json!("anna@fjordby.example")),
        ("noget", json!("x")),
        ("roles", json!({ "all": ["raadgiver"], "name": "Anna Testsen" })),
    ] {
        let mut login = house.login(Who::Citizen);
        login.claim(claim, value);
        let mut browser = Browser::default();
        assert!(house.go(&login, &mut browser).await.begins_a_session(), "{claim}");
        let gone = browser.ask(&house.router, Method::DELETE, paths::SESSION, "").await;
        assert!(!gone.json()["next"].as_str().unwrap().contains("id_token_hint"), "{claim}");
    }
    assert_eq!(house.counts().await.0, 0);
}
