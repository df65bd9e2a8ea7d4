//! What is done together: one moment for a look, one commit for a group of writes.

use std::{sync::Arc, time::Duration};

use contract::ProblemCode;
use roed_traad::{
    db::Tx,
    entity::{municipality, plan_member},
    error::{Error, Result},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait as _, EntityTrait, IntoActiveModel as _, PaginatorTrait as _};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::town::Town;

async fn add(tx: &Tx, name: &str) -> Result<()> {
    let row = municipality::Model { municipality_id: Uuid::now_v7(), name: name.to_owned() };
    Ok(municipality::Entity::insert(row.into_active_model()).exec_without_returning(tx).await.map(drop)?)
}

async fn count(tx: &Tx) -> Result<u64> {
    Ok(municipality::Entity::find().count(tx).await?)
}

pub async fn an_employees_look_is_of_one_moment(town: Town) {
    let db = town.app.db.clone();
    let (before, after) = town
        .app
        .db
        .read_and_note(town.chain(town.anna), move |tx| {
            Box::pin(async move {
                let before = count(tx).await?;
                let writing = tokio::spawn(async move { db.write(|tx| Box::pin(add(tx, "Andenby"))).await });
                // PostgreSQL writes meanwhile; SQLite's writer waits for the look to end.
                let _ = tokio::time::timeout(Duration::from_millis(500), writing).await;
                Ok((before, count(tx).await?))
            })
        })
        .await
        .unwrap();
    assert_eq!(before, after);
}

/// Something that is noticed first when the group is committed.
async fn break_the_commit(tx: &Tx) -> Result<()> {
    tx.execute_unprepared("PRAGMA defer_foreign_keys = ON").await?;
    let nobody = plan_member::ActiveModel {
        municipality_id: Set(Uuid::now_v7()),
        citizen_id: Set(Uuid::now_v7()),
        employee_id: Set(Uuid::now_v7()),
        why: Set(None),
        area: Set(None),
    };
    Ok(plan_member::Entity::insert(nobody).exec_without_returning(tx).await.map(drop)?)
}

#[tokio::test]
async fn nothing_that_was_decided_in_a_group_holds_when_its_commit_fails() {
    let town = Town::new().await;
    let db = &town.app.db;
    let go = Arc::new(Notify::new());
    let (held, let_go) = (go.clone(), async { go.notify_one() });
    // While the first one is held, the others gather in one group.
    let (_, broken, written, refused, ()) = tokio::join!(
        db.write(|_| Box::pin(async move {
            held.notified().await;
            Ok(())
        })),
        db.write(|tx| Box::pin(break_the_commit(tx))),
        db.write(|tx| Box::pin(add(tx, "Andenby"))),
        db.write(|tx| Box::pin(async move {
            let is_seen = count(tx).await? == 2;
            Err::<(), _>(Error::from(if is_seen { ProblemCode::VersionConflict } else { ProblemCode::Internal }))
        })),
        let_go,
    );
    for answer in [broken, written, refused] {
        assert_eq!(answer.unwrap_err().code(), ProblemCode::Unavailable);
    }
    assert_eq!(db.read(|tx| Box::pin(count(tx))).await.unwrap(), 1);
    db.write(|tx| Box::pin(add(tx, "Andenby"))).await.unwrap();
    assert_eq!(db.read(|tx| Box::pin(count(tx))).await.unwrap(), 2);
}
