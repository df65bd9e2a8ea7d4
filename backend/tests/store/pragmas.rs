use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use crate::town::Town;

async fn pragma(town: &Town, name: &'static str) -> String {
    town.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let row = tx
                    .query_one_raw(Statement::from_string(
                        DbBackend::Sqlite,
                        format!("SELECT CAST({name} AS TEXT) AS v FROM pragma_{name}"),
                    ))
                    .await?
                    .unwrap();
                Ok(row.try_get::<String>("", "v")?)
            })
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn sqlite_writes_so_that_a_power_cut_takes_nothing_that_was_answered() {
    let town = Town::new().await;
    assert_eq!(pragma(&town, "journal_mode").await, "wal");
    assert_eq!(pragma(&town, "synchronous").await, "2");
    assert_eq!(pragma(&town, "foreign_keys").await, "1");
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let town = Town::new().await;
    let written =
        town.app.db.read(|tx| Box::pin(async move { Ok(tx.execute_unprepared("DELETE FROM session").await?) })).await;
    assert!(written.is_err());
}
