use std::time::Instant;

use axum::http::StatusCode;
use contract::{
    Actor, CitizenId, DemoFailure, DemoFailureState, DemoPeople, DemoSignIn, MunicipalityId, Problem, ProblemCode,
    Session, paths,
};
use jiff::civil::Weekday;
use roed_traad::{
    config::{Config, KeySettings, Secret},
    demo,
    keys::Master,
};

use crate::place::Place;

/// A wish to be somebody who does not exist.
fn nobody() -> String {
    serde_json::to_string(&DemoSignIn { actor: Actor::Citizen(CitizenId(uuid::Uuid::nil())) }).unwrap()
}

async fn people(place: &Place) -> DemoPeople {
    place.get(paths::DEMO_PEOPLE, "").await.json()
}

async fn anna(place: &Place) -> Actor {
    people(place).await.people.into_iter().find(|it| it.name == "Anna Testsen").unwrap().actor
}

async fn fail(place: &Place, failure: DemoFailure) {
    let body = serde_json::to_string(&DemoFailureState { failure }).unwrap();
    let answer = place.ask("PUT", paths::DEMO_FAILURE, "", &body).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    assert_eq!(place.get(paths::DEMO_FAILURE, "").await.json::<DemoFailureState>().failure, failure);
}

#[tokio::test]
async fn everybody_of_the_demo_can_be_chosen() {
    let place = Place::demo().await;
    demo::load(&place.app).await.unwrap();
    let people = people(&place).await.people;
    assert!(people.len() >= 18);
    assert_eq!(people[0].name, "Anna Testsen");
    for person in people {
        assert!(!person.about.is_empty() && !person.about_en.is_empty());
        let cookie = place.be(person.actor).await;
        let session: Session = place.get(paths::SESSION, &cookie).await.json();
        assert_eq!(session.signed_in.unwrap().actor, person.actor);
        assert!(session.demo);
    }
}

#[tokio::test]
async fn the_demo_is_loaded_once() {
    let place = Place::demo().await;
    demo::load(&place.app).await.unwrap();
    let Actor::Citizen(id) = anna(&place).await else { panic!("Anna is a citizen") };
    let before = place.export(id).await;
    place.app.clock.set("2026-04-20T08:00:00Z".parse().unwrap());
    demo::load(&place.app).await.unwrap();
    assert_eq!(place.export(id).await, before);
}

#[tokio::test]
async fn people_from_a_file_are_alone_and_can_be_chosen() {
    let place = Place::demo().await;
    place.load(roed_traad::import::read(crate::files::example().to_string().as_bytes()).unwrap()).await.unwrap();
    demo::load(&place.app).await.unwrap();
    let people = people(&place).await.people;
    let names: Vec<_> = people.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Anna Testsen", "Mette Holm"]);
    place.be(people[0].actor).await;
}

#[tokio::test]
async fn whoever_has_chosen_a_language_meets_the_app_in_it() {
    let place = Place::demo().await;
    demo::load(&place.app).await.unwrap();
    let people = people(&place).await.people;
    let mut languages = Vec::new();
    for name in ["Michael Brown", "Mette Holm"] {
        let actor = people.iter().find(|it| it.name == name).unwrap().actor;
        let body = serde_json::to_string(&DemoSignIn { actor }).unwrap();
        let answer = place.ask("PUT", paths::DEMO_SESSION, "", &body).await;
        languages.push(answer.headers("set-cookie").iter().any(|it| it.starts_with("rt_lang=en;")));
    }
    assert_eq!(languages, [true, false]);
}

#[tokio::test]
async fn somebody_who_does_not_exist_cannot_be_chosen() {
    let place = Place::demo().await;
    demo::load(&place.app).await.unwrap();
    let body = nobody();
    assert_eq!(place.ask("PUT", paths::DEMO_SESSION, "", &body).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn without_the_flag_there_is_no_demo() {
    let master = Secret(Master::make().unwrap());
    let keys = KeySettings { master, ..KeySettings::default() };
    let place = Place::with(Config { demo: false, keys, ..Config::demo().unwrap() }).await;
    let body = nobody();
    for (method, path, body) in [
        ("GET", paths::DEMO_PEOPLE, ""),
        ("PUT", paths::DEMO_SESSION, body.as_str()),
        ("PUT", paths::DEMO_SESSION, "nonsense"),
        ("GET", paths::DEMO_FAILURE, ""),
        ("PUT", paths::DEMO_FAILURE, r#"{"failure":"slow"}"#),
        ("GET", "/demo", ""),
    ] {
        assert_eq!(place.ask(method, path, "", body).await.status, StatusCode::NOT_FOUND, "{method} {path}");
    }
    assert!(!place.get(paths::SESSION, "").await.json::<Session>().demo);
}

#[tokio::test]
async fn a_failure_is_real_until_it_is_switched_off() {
    let place = Place::demo().await;
    demo::load(&place.app).await.unwrap();
    let cookie = place.be(anna(&place).await).await;
    let profile = paths::profile(paths::Subject::Me);
    let code = async |method: &str| {
        let answer = place.ask(method, &profile, &cookie, r#"{"preferred_name":"Anna"}"#).await;
        assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text);
        answer.json::<Problem>().code
    };
    fail(&place, DemoFailure::ServerError).await;
    assert_eq!(code("GET").await, ProblemCode::Internal);
    fail(&place, DemoFailure::Conflict).await;
    assert_eq!(code("PUT").await, ProblemCode::VersionConflict);
    assert_eq!(place.get(&profile, &cookie).await.status, StatusCode::OK);
    fail(&place, DemoFailure::SessionEnded).await;
    assert_eq!(code("GET").await, ProblemCode::SignedOut);
    assert!(place.get(paths::SESSION, &cookie).await.json::<Session>().signed_in.is_none());
    fail(&place, DemoFailure::DatabaseAway).await;
    assert_eq!(code("GET").await, ProblemCode::Unavailable);
    assert!(people(&place).await.people.len() >= 18);
    assert_eq!(place.get("/readyz", "").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(place.get("/healthz", "").await.status, StatusCode::OK);
    fail(&place, DemoFailure::None).await;
    assert_eq!(place.get(&profile, &cookie).await.status, StatusCode::OK);
    assert_eq!(place.get("/readyz", "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn slow_is_slow_but_the_switch_is_not() {
    let place = Place::demo().await;
    fail(&place, DemoFailure::Slow).await;
    let before = Instant::now();
    place.get(paths::DEMO_PEOPLE, "").await;
    place.get(paths::DEMO_FAILURE, "").await;
    assert!(before.elapsed().as_secs() < 3);
    place.get(paths::SESSION, "").await;
    assert!(before.elapsed().as_secs() >= 3);
}

#[tokio::test]
async fn the_same_seed_invents_the_same_citizens() {
    let first = invented(7).await;
    assert_eq!(first.len(), 320);
    assert_eq!(first, invented(7).await);
    assert_ne!(first, invented(8).await);
}

#[tokio::test]
async fn what_is_invented_could_have_happened() {
    for citizen in invented(7).await.iter().filter(|citizen| !citizen.is_empty()) {
        let file: serde_json::Value = serde_json::from_str(citizen).unwrap();
        let citizen = &file["citizens"][0];
        let meetings = citizen["meetings"].as_array().unwrap();
        for meeting in meetings {
            let start: jiff::civil::DateTime = meeting["time"]["local_start"].as_str().unwrap().parse().unwrap();
            assert!(!matches!(start.weekday(), Weekday::Saturday | Weekday::Sunday), "{start}");
        }
        for step in citizen["steps"].as_array().unwrap().iter().filter(|step| step["meeting"].is_string()) {
            let meeting = meetings.iter().find(|meeting| meeting["id"] == step["meeting"]).unwrap();
            let instant = |at: &serde_json::Value| at.as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
            assert!(instant(&meeting["minutes"]["saved_at"]) <= instant(&step["made_at"]));
        }
    }
}

/// Every citizen that is invented, as they are exported.
async fn invented(seed: u64) -> Vec<String> {
    use sea_orm::EntityTrait as _;
    let place = Place::demo().await;
    let m: MunicipalityId = place.app.config.municipality_id;
    let municipality = (m, "Fjordby Kommune".to_owned());
    demo::invent(&place.app.db, municipality, &place.app.clock, 320, seed, |_| ()).await.unwrap();
    let rows = place
        .app
        .db
        .read(|tx| Box::pin(async move { Ok(roed_traad::entity::citizen::Entity::find().all(tx).await?) }))
        .await
        .unwrap();
    let mut all = Vec::new();
    for row in rows.iter().take(40) {
        all.push(place.export(CitizenId(row.citizen_id)).await.unwrap());
    }
    all.resize(rows.len(), String::new());
    all
}
