//! What the tables must hold, the same on both databases. The PostgreSQL half needs a server, as the tests of the store do.

use contract::paths;
use sea_orm::ConnectionTrait as _;

use crate::{
    house::{BO, Browser, House, Who},
    logout::{HERE, Token},
    town::Town,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_and_its_end_on_sqlite() {
    a_login_and_its_end(House::new().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_and_its_end_on_postgres() {
    let server = std::env::var("ROED_TRAAD_TEST_POSTGRES")
        .expect("ROED_TRAAD_TEST_POSTGRES is not set: `cargo xtask test` starts a server and sets it");
    let name = format!("test_{}", uuid::Uuid::now_v7().simple());
    let admin = sea_orm::Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    let (address, _) = server.rsplit_once('/').unwrap();
    let town = Town::at(&format!("{address}/{name}"), tempfile::tempdir().unwrap()).await;
    a_login_and_its_end(House::of(town, |_| ()).await).await;
}

async fn a_login_and_its_end(house: House) {
    // Of many who bring the same answer at once, one gets a session, whatever instance they meet.
    let mut browser = Browser::default();
    assert!(house.go_there(&house.login(Who::Citizen), &mut browser).await.is_none());
    let bring = || async {
        let mut browser = browser.clone();
        let answered = browser.get(&house.beside(), &browser.last.clone()).await;
        answered.begins_a_session().then_some(browser)
    };
    let (a, b, c, d) = tokio::join!(bring(), bring(), bring(), bring());
    let mut signed_in: Vec<Browser> = [a, b, c, d].into_iter().flatten().collect();
    assert_eq!((signed_in.len(), house.counts().await), (1, (1, 1)));
    let mut anna = signed_in.remove(0);
    assert_eq!(anna.name(&house.router).await.as_deref(), Some("Anna Testsen"));

    // Of many who bring the same logout token at once, one is taken.
    let token = Token::of(&house, "samme");
    let (a, b, c) = tokio::join!(token.send(&house, HERE), token.send(&house, HERE), token.send(&house, HERE));
    let mut answers = [a, b, c];
    answers.sort_unstable();
    assert_eq!(answers, [200, 400, 400]);
    assert_eq!(anna.name(&house.router).await, None);

    // An employee who has left is out; a session that has ended goes, with its token, when somebody else signs in.
    let mut mette = Browser::default();
    house.go(&house.login(Who::Employee), &mut mette).await;
    assert_eq!(mette.get(&house.router, paths::CASELOAD).await.status.as_u16(), 200);
    house.employee(house.town.mette.0, roed_traad::entity::employee::Column::HasLeft, true).await;
    assert_eq!(mette.get(&house.router, paths::CASELOAD).await.status.as_u16(), 401);
    house.app.clock.set(house.app.clock.now() + jiff::SignedDuration::from_mins(31));
    let mut login = house.login(Who::Citizen);
    login.claim("sub", "bo");
    login.userinfo = Some((200, serde_json::json!({ "sub": "bo", "dk.cpr": BO })));
    assert!(house.go(&login, &mut Browser::default()).await.begins_a_session());
    assert_eq!(house.counts().await, (1, 3));
}
