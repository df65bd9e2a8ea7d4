use axum::http::Method;
use contract::{Lasts, ProblemCode, Session, paths, paths::Subject};
use roed_traad::session::store::end_by_operator;

use crate::town::{Known, Town, Visitor};

async fn lasts(visitor: &Visitor) -> Option<Lasts> {
    let session: Session = visitor.get(paths::SESSION).await;
    session.signed_in.map(|who| who.lasts)
}

#[tokio::test]
async fn a_session_ends_half_an_hour_after_its_last_use() {
    let town = Town::new().await.with_endings();
    let anna = town.as_citizen(town.anna).await;
    assert_eq!(lasts(&anna).await, Some(Lasts { left: 1800, idle: 1800, ends_in: 8 * 3600 }));
    town.set_clock("2026-03-16T09:29:00Z");
    assert_eq!(lasts(&anna).await, Some(Lasts { left: 60, idle: 1800, ends_in: 8 * 3600 - 1740 }));
    assert!(anna.try_get(paths::profile(Subject::Me)).await.status.is_success());
    town.set_clock("2026-03-16T09:58:59Z");
    assert_eq!(lasts(&anna).await.unwrap().left, 1);
    town.set_clock("2026-03-16T09:59:00Z");
    assert_eq!(lasts(&anna).await, None);
    anna.try_get(paths::profile(Subject::Me)).await.is_refused(401, ProblemCode::SignedOut);
}

#[tokio::test]
async fn to_stay_is_a_use_and_to_ask_is_none() {
    let town = Town::new().await.with_endings();
    let anna = town.as_citizen(town.anna).await;
    town.set_clock("2026-03-16T09:20:00Z");
    assert_eq!(lasts(&anna).await.unwrap().left, 600);
    let kept: Lasts = anna.ask(Method::PUT, paths::SESSION, &[], Vec::new()).await.json();
    assert_eq!(kept.left, 1800);
    town.set_clock("2026-03-16T09:49:59Z");
    assert_eq!(lasts(&anna).await.unwrap().left, 1);
    town.set_clock("2026-03-16T09:50:00Z");
    anna.ask(Method::PUT, paths::SESSION, &[], Vec::new()).await.is_refused(401, ProblemCode::SignedOut);
}

#[tokio::test]
async fn a_session_ends_in_time_whatever_is_done() {
    let town = Town::new().await.with_endings();
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    for hour in 9..17 {
        for minute in [5, 25, 45] {
            town.set_clock(&format!("2026-03-16T{hour:02}:{minute:02}:00Z"));
            assert!(anna.try_get(paths::profile(Subject::Me)).await.status.is_success());
            assert!(mette.try_get(paths::CASELOAD).await.status.is_success());
        }
    }
    assert_eq!(lasts(&anna).await.unwrap().left, 15 * 60, "no longer than the session's own end");
    town.set_clock("2026-03-16T17:00:00Z");
    assert_eq!(lasts(&anna).await, None);
    assert_eq!(lasts(&mette).await.unwrap().ends_in, 2 * 3600);
}

#[tokio::test]
async fn signing_out_everywhere_ends_ones_own_sessions_and_no_others() {
    let town = Town::new().await;
    let (phone, library, bo) =
        (town.as_citizen(town.anna).await, town.as_citizen(town.anna).await, town.as_citizen(town.bo).await);
    assert_eq!(phone.delete(paths::SESSIONS, Known::Nothing).await.status, 200);
    for anna in [&phone, &library] {
        anna.try_get(paths::profile(Subject::Me)).await.is_refused(401, ProblemCode::SignedOut);
    }
    assert!(bo.try_get(paths::profile(Subject::Me)).await.status.is_success());
}

#[tokio::test]
async fn who_runs_the_program_signs_out_somebody_or_everybody() {
    let town = Town::new().await;
    let (anna, bo) = (town.as_citizen(town.anna).await, town.as_citizen(town.bo).await);
    let mette = town.as_employee(town.mette).await;
    let m = town.app.config.municipality_id;
    let end = async |whose| {
        let db = &town.app.db;
        db.write(move |tx| Box::pin(async move { end_by_operator(tx, m, whose).await })).await.unwrap()
    };
    assert_eq!(end(Some(town.anna.0)).await, Some(1));
    assert_eq!(end(Some(town.app.config.municipality_id.0)).await, None, "nobody");
    anna.try_get(paths::profile(Subject::Me)).await.is_refused(401, ProblemCode::SignedOut);
    assert!(bo.try_get(paths::profile(Subject::Me)).await.status.is_success());
    assert_eq!(end(None).await, Some(2));
    bo.try_get(paths::profile(Subject::Me)).await.is_refused(401, ProblemCode::SignedOut);
    mette.try_get(paths::CASELOAD).await.is_refused(401, ProblemCode::SignedOut);
}
