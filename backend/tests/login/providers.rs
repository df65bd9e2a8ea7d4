use jsonwebtoken::Algorithm;
use serde_json::json;

use crate::{
    house::{Browser, House, Who},
    issuer::Key,
};

#[tokio::test]
async fn a_new_key_is_taken_after_the_keys_are_read_once_more() {
    let house = House::new().await;
    {
        let mut said = house.citizens.said();
        (said.keys, said.more) = (vec!["one"], vec!["two"]);
    }
    let mut login = house.login(Who::Citizen);
    assert!(house.go(&login, &mut Browser::default()).await.begins_a_session());
    assert_eq!(house.citizens.said().keys_read, 1);
    login.sign("RS256", "two", Key::Named("two"), Algorithm::RS256);
    assert!(house.go(&login, &mut Browser::default()).await.begins_a_session());
    assert!(house.go(&login, &mut Browser::default()).await.begins_a_session());
    assert_eq!(house.citizens.said().keys_read, 2, "and they are remembered");
    login.sign("RS256", "three", Key::Named("foreign"), Algorithm::RS256);
    assert_eq!(house.go(&login, &mut Browser::default()).await.fault().as_deref(), Some("fejl"));
    assert_eq!(house.citizens.said().keys_read, 3, "once for each token, and no more");
}

#[tokio::test]
async fn a_key_that_is_withdrawn_no_longer_counts() {
    let house = House::new().await;
    let login = house.login(Who::Citizen);
    assert!(house.go(&login, &mut Browser::default()).await.begins_a_session());
    house.citizens.said().keys = vec!["two"];
    house.app.clock.set(house.app.clock.now() + jiff::SignedDuration::from_hours(1));
    let login = house.login(Who::Citizen);
    assert_eq!(house.go(&login, &mut Browser::default()).await.fault().as_deref(), Some("fejl"));
}

#[tokio::test]
async fn a_provider_that_is_away_or_says_odd_things_of_itself_gives_a_page() {
    for (name, field, value) in [
        ("another issuer", "issuer", json!("https://evil.example")),
        ("no token endpoint", "token_endpoint", json!(null)),
        ("no addresses at all", "authorization_endpoint", json!("hej")),
        ("a page to log in at that is not safe", "authorization_endpoint", json!("http://evil.example/authorize")),
        ("an end of sessions that is not safe", "end_session_endpoint", json!("http://evil.example/end")),
        ("keys elsewhere", "jwks_uri", json!("http://127.0.0.1:1/keys")),
    ] {
        let house = House::new().await;
        house.citizens.said().metadata.insert(field.to_owned(), value);
        let answered = Browser::default().get(&house.router, "/login/borger?til=/plan").await;
        assert_eq!(answered.place(), "/log-ind?fejl=nede&til=%2Fplan", "{name}");
    }
    for status in [404, 500] {
        let house = House::new().await;
        house.citizens.said().metadata_status = status;
        assert_eq!(Browser::default().get(&house.router, "/login/borger").await.fault().as_deref(), Some("nede"));
        house.citizens.said().metadata_status = 200;
        assert!(house.go(&house.login(Who::Citizen), &mut Browser::default()).await.begins_a_session(), "and back");
    }
    let house = House::with(|config| {
        if let Some(citizen) = &mut config.login.citizen {
            citizen.issuer = "http://127.0.0.1:1".to_owned();
        }
    });
    assert_eq!(Browser::default().get(&house.await.router, "/login/borger").await.fault().as_deref(), Some("nede"));
}

#[tokio::test]
async fn a_provider_that_is_slow_gives_a_page_in_time() {
    let house = House::with(|config| {
        if let Some(citizen) = &mut config.login.citizen {
            citizen.patience_seconds = 2;
        }
    })
    .await;
    let mut login = house.login(Who::Citizen);
    login.delay = std::time::Duration::from_secs(20);
    let began = std::time::Instant::now();
    let answered = house.go(&login, &mut Browser::default()).await;
    assert_eq!((answered.fault().as_deref(), answered.begins_a_session()), (Some("nede"), false));
    assert!(began.elapsed() < std::time::Duration::from_secs(20));
}

#[tokio::test]
async fn in_a_bad_hour_what_was_said_before_is_still_taken() {
    let house = House::new().await;
    assert!(house.go(&house.login(Who::Citizen), &mut Browser::default()).await.begins_a_session());
    house.citizens.said().metadata_status = 500;
    house.app.clock.set(house.app.clock.now() + jiff::SignedDuration::from_hours(2));
    assert!(house.go(&house.login(Who::Citizen), &mut Browser::default()).await.begins_a_session());
}

#[tokio::test]
async fn a_narrower_list_of_signatures_and_levels_is_kept() {
    let house = House::with(|config| {
        if let Some(citizen) = &mut config.login.citizen {
            citizen.algorithms = vec![roed_traad::config::login::Algorithm::ES256];
            citizen.levels = vec!["https://data.gov.dk/concept/core/nsis/High".to_owned()];
        }
    })
    .await;
    let mut login = house.login(Who::Citizen);
    assert_eq!(house.go(&login, &mut Browser::default()).await.fault().as_deref(), Some("fejl"));
    login.sign("ES256", "p256", Key::Named("p256"), Algorithm::ES256);
    assert_eq!(house.go(&login, &mut Browser::default()).await.fault().as_deref(), Some("niveau"));
    login.claim("acr", "https://data.gov.dk/concept/core/nsis/High");
    assert!(house.go(&login, &mut Browser::default()).await.begins_a_session());
}

#[tokio::test]
async fn without_a_login_there_is_a_page_and_no_way_in() {
    let house = House::with(|config| (config.login.citizen, config.login.employee) = (None, None)).await;
    for path in ["/login/borger", "/login/medarbejder", "/login/svar/borger?code=a&state=b"] {
        assert!(Browser::default().get(&house.router, path).await.fault().is_some(), "{path}");
    }
    let session = Browser::default().session(&house.router).await;
    assert!(!session.login.citizen && !session.login.employee);
}
