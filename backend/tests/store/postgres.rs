//! What only PostgreSQL does. Run with the PostgreSQL half, and left out with it.

use std::sync::Arc;

use contract::{CitizenId, ProblemCode, paths, paths::Subject};
use roed_traad::{
    audit::{checkpoint, expiry},
    db::Tx,
    error::Result,
};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use tokio::sync::Barrier;

use crate::{postgres, town::Town};

async fn touch(tx: &Tx, citizen: CitizenId) -> Result<()> {
    let update = format!("UPDATE citizen SET is_protected = NOT is_protected WHERE citizen_id = '{citizen}'");
    Ok(tx.execute_unprepared(&update).await.map(drop)?)
}

#[tokio::test]
async fn a_commit_is_on_the_disk_whatever_the_servers_habit_is() {
    let town = postgres().await;
    let asked = town.app.db.write(|tx| {
        Box::pin(async move {
            let row = tx.query_one_raw(Statement::from_string(DbBackend::Postgres, "SHOW synchronous_commit")).await?;
            Ok(row.unwrap().try_get::<String>("", "synchronous_commit")?)
        })
    });
    assert_eq!(asked.await.unwrap(), "on");
}

#[tokio::test]
async fn of_two_who_wait_for_each_other_one_is_told_to_try_again() {
    let town = postgres().await;
    let both = Arc::new(Barrier::new(2));
    let write = |first: CitizenId, second: CitizenId| {
        let both = both.clone();
        town.app.db.write(move |tx| {
            Box::pin(async move {
                touch(tx, first).await?;
                both.wait().await;
                touch(tx, second).await
            })
        })
    };
    let (one, other) = tokio::join!(write(town.anna, town.bo), write(town.bo, town.anna));
    let refused: Vec<ProblemCode> = [one, other].into_iter().filter_map(|done| Some(done.err()?.code())).collect();
    assert_eq!(refused, [ProblemCode::Unavailable]);
}

#[tokio::test]
async fn who_writes_on_what_was_changed_since_their_look_is_told_to_try_again() {
    let town = postgres().await;
    let (db, anna) = (town.app.db.clone(), town.anna);
    let written = town.app.db.read_and_note(town.chain(town.anna), move |tx| {
        Box::pin(async move {
            tx.execute_unprepared("SELECT 1 FROM citizen").await?;
            db.write(move |tx| Box::pin(touch(tx, anna))).await?;
            touch(tx, anna).await
        })
    });
    assert_eq!(written.await.unwrap_err().code(), ProblemCode::Unavailable);
}

#[tokio::test]
async fn whoever_serves_has_no_right_to_change_the_audit() {
    let server = std::env::var("ROED_TRAAD_TEST_POSTGRES").unwrap();
    let name = format!("test_{}", uuid::Uuid::now_v7().simple());
    let admin = sea_orm::Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE ROLE {name} LOGIN")).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name} OWNER {name}")).await.unwrap();
    admin.close().await.unwrap();
    let (_, place) = server.rsplit_once('@').unwrap();
    let (place, _) = place.split_once('/').unwrap();
    let town = Town::at(&format!("postgres://{name}@{place}/{name}"), tempfile::tempdir().unwrap()).await;
    let mette = town.as_employee(town.mette).await;
    assert!(mette.try_get(paths::plan(Subject::Citizen(town.anna))).await.status.is_success());
    for sql in ["UPDATE audit SET seq = 7", "DELETE FROM audit", "TRUNCATE audit", "DELETE FROM audit_checkpoint"] {
        let done =
            town.app.db.write(move |tx| Box::pin(async move { Ok(tx.execute_unprepared(sql).await.map(drop)?) }));
        let Err(roed_traad::error::Error::Database(error)) = done.await else { panic!("{sql} was done") };
        assert!(error.to_string().contains("permission denied"), "{sql}: {error}");
    }
    let (m, now) = (town.app.config.municipality_id, town.now());
    checkpoint::make(&town.app.db, m, now).await.unwrap().unwrap();
    let later = now.saturating_add(jiff::SignedDuration::from_hours(1)).unwrap();
    assert_eq!(expiry::delete_before(&town.app.db, m, later, later).await.unwrap(), 1, "only what has expired");
}
