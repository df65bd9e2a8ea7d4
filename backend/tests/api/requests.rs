use axum::http::Method;
use contract::{CONTRACT_HEADER, CitizenId, NewProfile, ProblemCode, Session, paths, paths::Subject};

use crate::town::{Known, Town};

#[tokio::test]
async fn a_case_of_somebody_else_is_the_same_as_none() {
    let town = Town::new().await;
    let nobody = paths::profile(Subject::Citizen(CitizenId::make()));
    let foreign = paths::profile(Subject::Citizen(town.anna));
    for visitor in [town.as_citizen(town.bo).await, town.as_employee(town.karin).await] {
        for path in [&nobody, &foreign] {
            visitor.try_get(path).await.is_refused(404, ProblemCode::NotFound);
            visitor.try_put(path, Known::New, &NewProfile::default()).await.is_refused(404, ProblemCode::NotFound);
        }
        assert_eq!(visitor.try_get(&nobody).await.body, visitor.try_get(&foreign).await.body);
    }
}

#[tokio::test]
async fn an_address_that_is_no_id_is_not_found() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    for path in ["/api/citizens/x/profile", "/api/citizens/me/nothing", "/api/nothing", "/api/citizens/%00/profile"] {
        anna.try_get(path).await.is_refused(404, ProblemCode::NotFound);
    }
}

#[tokio::test]
async fn nobody_is_signed_out_with_an_answer() {
    let town = Town::new().await;
    town.stranger().try_get(paths::profile(Subject::Me)).await.is_refused(401, ProblemCode::SignedOut);
    let session: Session = town.stranger().get(paths::SESSION).await;
    assert!(session.signed_in.is_none() && session.demo);
}

#[tokio::test]
async fn a_session_ends_when_one_signs_out() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let session: Session = anna.get(paths::SESSION).await;
    assert_eq!(session.signed_in.map(|who| who.name).as_deref(), Some("Anna Testsen"));
    let answer = anna.delete(paths::SESSION, Known::Nothing).await;
    assert_eq!((answer.status.as_u16(), &answer.headers["clear-site-data"]), (200, &"\"storage\"".parse().unwrap()));
    anna.try_get(paths::profile(Subject::Me)).await.is_refused(401, ProblemCode::SignedOut);
}

#[tokio::test]
async fn a_request_from_elsewhere_or_from_an_old_page_is_refused() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let path = paths::profile(Subject::Me);
    let body = || serde_json::to_vec(&NewProfile::default()).unwrap();
    let put = async |headers: &[(&str, &str)]| {
        let headers = [headers, &[("if-none-match", "*")]].concat();
        anna.ask(Method::PUT, &path, &headers, body()).await
    };
    put(&[(CONTRACT_HEADER, "")]).await.is_refused(403, ProblemCode::ForeignRequest);
    put(&[(CONTRACT_HEADER, "0")]).await.is_refused(409, ProblemCode::OldPage);
    put(&[("origin", "https://evil.example")]).await.is_refused(403, ProblemCode::ForeignRequest);
    assert!(put(&[("origin", "https://fjordby.example")]).await.status.is_success());
}

#[tokio::test]
async fn a_body_too_large_is_refused() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let body = vec![b' '; 256 * 1024 + 1];
    let answer = anna.ask(Method::PUT, &paths::profile(Subject::Me), &[("if-none-match", "*")], body).await;
    answer.is_refused(413, ProblemCode::TooLarge);
}

#[tokio::test]
async fn no_answer_is_kept_in_a_cache() {
    let town = Town::new().await;
    for answer in [town.stranger().try_get(paths::SESSION).await, town.stranger().try_get("/api/nothing").await] {
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
}

#[tokio::test]
async fn a_database_that_is_away_says_that_nothing_was_saved() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    town.app.db.set_away(true);
    let answer = anna.try_put(paths::profile(Subject::Me), Known::New, &NewProfile::default()).await;
    answer.is_refused(503, ProblemCode::Unavailable);
    town.app.db.set_away(false);
    anna.put(paths::profile(Subject::Me), Known::New, &NewProfile::default()).await;
}
