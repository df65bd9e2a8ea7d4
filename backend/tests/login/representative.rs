use contract::{
    Area, CprNumber, Line, NewRepresentative, NewSubject, RepresentationId, Session, TakingBack, paths, paths::Subject,
};
use serde_json::json;

use crate::{
    house::{Browser, GONE, House, Login, Who},
    town::Known,
};

const NUMBER: &str = "9913019999";

/// A login of somebody whom nobody here knows.
fn unknown(house: &House) -> Login {
    let mut login = house.login(Who::Citizen);
    login.claim("sub", "fremmed-hos-udbyder");
    login.claim("name", "Freja Fremmed");
    login.userinfo = Some((200, json!({ "sub": "fremmed-hos-udbyder", "dk.cpr": NUMBER })));
    login
}

async fn anna_gives(house: &House) -> RepresentationId {
    let new = NewRepresentative {
        name: Line::parse("Min nabo Freja").unwrap(),
        cpr: CprNumber::parse(NUMBER).unwrap(),
        areas: Area::ALL.to_vec(),
        until: "2026-06-01".parse().unwrap(),
    };
    let (anna, id) = (house.town.as_citizen(house.town.anna).await, RepresentationId::make());
    anna.put(paths::representative(Subject::Me, id), Known::New, &new).await;
    id
}

#[tokio::test]
async fn somebody_unknown_who_may_act_for_a_citizen_is_let_in_with_a_case_of_their_own() {
    let house = House::new().await;
    assert_eq!(house.go(&unknown(&house), &mut Browser::default()).await.fault().as_deref(), Some("ukendt"));
    anna_gives(&house).await;
    let mut browser = Browser::default();
    assert!(house.go(&unknown(&house), &mut browser).await.begins_a_session());
    let session: Session = browser.session(&house.router).await;
    let person = session.signed_in.unwrap();
    assert_eq!(person.name, "Freja Fremmed", "as the login says, and not as somebody else wrote");
    assert_eq!(person.cases.iter().map(|case| case.citizen).collect::<Vec<_>>(), [house.town.anna]);
    assert_ne!(person.subject, Some(house.town.anna), "their own case, until they turn to another");
    assert!(browser.get(&house.router, &paths::home(Subject::Me)).await.status.is_success());
    let again = house.go(&unknown(&house), &mut Browser::default()).await;
    assert!(again.begins_a_session() && house.counts().await.1 == 1, "the same person again");
    let data = browser.get(&house.router, &paths::data(Subject::Me)).await.json();
    assert_eq!(data["cpr"], "991301-9999", "their own number is theirs to read");
    assert_eq!(data["cases"][0]["citizen"], json!(house.town.anna), "and for whom they act");
}

#[tokio::test]
async fn somebody_unknown_with_a_protected_name_is_told_how_it_is_kept() {
    let house = House::new().await;
    anna_gives(&house).await;
    let mut login = unknown(&house);
    login.claim("name", "NAVNE & ADRESSEBESKYTTET");
    let mut browser = Browser::default();
    let answered = house.go(&login, &mut browser).await;
    assert!(answered.begins_a_session() && answered.place().starts_with("/beskyttet-navn?til="));
    assert_eq!(browser.name(&house.router).await.as_deref(), Some("Min nabo Freja"), "as Anna wrote");
}

/// Anna's session, begun by a login, gives it.
async fn try_to_give(house: &House, browser: &mut Browser) -> (u16, serde_json::Value) {
    let new = json!({ "name": "Freja", "cpr": NUMBER, "areas": ["health"], "until": "2026-06-01" }).to_string();
    let path = paths::representative(Subject::Me, RepresentationId::make());
    let answer = browser.ask_with(&house.router, axum::http::Method::PUT, &path, &new, ("if-none-match", "*")).await;
    (answer.status.as_u16(), answer.json())
}

async fn needs_login(house: &House, browser: &mut Browser) -> bool {
    let answer = browser.get(&house.router, &paths::representatives(Subject::Me)).await;
    answer.json()["needs_login"].as_bool().unwrap()
}

#[tokio::test]
async fn whoever_logged_in_long_ago_does_so_anew_before_they_let_somebody_in() {
    let house = House::new().await;
    let mut browser = Browser::default();
    let mut login = house.login(Who::Citizen);
    login.start = "faelles=1".to_owned();
    assert!(house.go(&login, &mut browser).await.begins_a_session());
    assert!(!needs_login(&house, &mut browser).await);
    for minutes in [8, 16, 24, 32] {
        // In use all the time, on a shared computer.
        let later = house.app.clock.now() + jiff::SignedDuration::from_mins(8);
        house.app.clock.set(later);
        browser.ask(&house.router, axum::http::Method::PUT, paths::SESSION, "").await;
        assert_eq!(needs_login(&house, &mut browser).await, minutes > 15);
    }
    let (status, problem) = try_to_give(&house, &mut browser).await;
    assert_eq!((status, problem["code"].as_str()), (403, Some("login_too_old")));

    let mut aborted = house.login(Who::Citizen);
    aborted.start = "til=/mig/fuldmagt&frisk=1".to_owned();
    aborted.answer = |query| query[0] = ("error".to_owned(), "access_denied".to_owned());
    let answered = house.go(&aborted, &mut browser).await;
    assert_eq!(answered.place(), "/mig/fuldmagt", "they are still here");
    assert!(needs_login(&house, &mut browser).await);

    let mut anew = house.login(Who::Citizen);
    anew.start = "til=/mig/fuldmagt&frisk=1".to_owned();
    // The new session takes the old one's place, whose cookie the browser brings along at the start.
    let answered = house.go(&anew, &mut browser).await;
    assert_eq!(answered.place(), "/mig/fuldmagt");
    assert!(!needs_login(&house, &mut browser).await);
    assert_eq!(try_to_give(&house, &mut browser).await.0, 201);
    let lasts = browser.session(&house.router).await.signed_in.unwrap().lasts;
    assert_eq!((lasts.idle, house.counts().await.0), (600, 1), "still a shared computer, and one session");
}

#[tokio::test]
async fn a_login_that_the_provider_remembers_is_no_fresh_one() {
    let house = House::with(|config| {
        if let Some(citizen) = &mut config.login.citizen {
            citizen.single_sign_on = true;
        }
    })
    .await;
    let long_ago = house.app.clock.now().as_second() - 3600;
    for said in [json!(long_ago), json!(GONE)] {
        let mut login = house.login(Who::Citizen);
        login.claim("auth_time", said);
        let mut browser = Browser::default();
        assert!(house.go(&login, &mut browser).await.begins_a_session());
        assert!(needs_login(&house, &mut browser).await);
        assert_eq!(try_to_give(&house, &mut browser).await.0, 403);
    }
}

#[tokio::test]
async fn somebody_may_take_their_time_with_what_they_began() {
    let house = House::new().await;
    let mut browser = Browser::default();
    assert!(house.go(&house.login(Who::Citizen), &mut browser).await.begins_a_session());
    house.app.clock.set(house.app.clock.now() + jiff::SignedDuration::from_mins(20));
    assert_eq!(try_to_give(&house, &mut browser).await.0, 201);
}

#[tokio::test]
async fn whose_name_is_protected_is_called_what_the_citizen_wrote() {
    let house = House::new().await;
    anna_gives(&house).await;
    let mut login = unknown(&house);
    login.claim("name", "NAVNE & ADRESSEBESKYTTET");
    let mut browser = Browser::default();
    assert!(house.go(&login, &mut browser).await.begins_a_session());
    assert_eq!(browser.name(&house.router).await.as_deref(), Some("Min nabo Freja"));
    let profile: contract::Profile =
        serde_json::from_value(browser.get(&house.router, &paths::profile(Subject::Me)).await.json()).unwrap();
    assert!(profile.is_protected);
}

#[tokio::test]
async fn what_was_taken_back_or_is_over_lets_nobody_in() {
    for is_taken_back in [true, false] {
        let house = House::new().await;
        let id = anna_gives(&house).await;
        if is_taken_back {
            let anna = house.town.as_citizen(house.town.anna).await;
            anna.put(paths::representative_taking_back(Subject::Me, id), Known::Is(1), &TakingBack {}).await;
        } else {
            house.town.set_clock("2026-06-02T09:00:00Z");
        }
        let answered = house.go(&unknown(&house), &mut Browser::default()).await;
        assert_eq!((answered.fault().as_deref(), answered.begins_a_session()), (Some("ukendt"), false));
    }
}

#[tokio::test]
async fn a_stranger_to_a_case_is_told_the_same_as_of_one_that_is_not_there() {
    let house = House::new().await;
    anna_gives(&house).await;
    let mut browser = Browser::default();
    assert!(house.go(&unknown(&house), &mut browser).await.begins_a_session());
    let mut said = Vec::new();
    for citizen in [house.town.bo, contract::CitizenId::make()] {
        let body = serde_json::to_string(&NewSubject { citizen }).unwrap();
        let answer = browser.ask(&house.router, axum::http::Method::PUT, paths::SUBJECT, &body).await;
        said.push((answer.status, answer.body));
    }
    assert_eq!((said[0].0.as_u16(), &said[0]), (404, &said[1]));
}
