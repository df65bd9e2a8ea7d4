use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DatabaseTransaction, DbErr, QueryResult,
    TransactionTrait as _,
    sea_query::{ColumnDef, Expr, ExprTrait as _, Index, OnConflict, Query, Table},
};
use uuid::Uuid;

/// How many keys go into one statement.
const CHUNK: usize = 500;

const TABLE: &str = "wrapped_key";

/// Where each chain of the audit ends: whoever takes its last rows out of the data does not reach it here.
const ENDS: &str = "chain_end";

/// A key, wrapped.
#[derive(Clone, Debug)]
pub(super) struct Wrapped {
    /// The citizen, or what it is for.
    pub(super) owner: Uuid,
    /// Which master key has wrapped it.
    pub(super) master: String,
    pub(super) wrapped: String,
}

/// The last row of a chain of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainEnd {
    /// The citizen, or the employee whose lists these are.
    pub chain: Uuid,
    /// Its number.
    pub seq: i32,
    /// Its hash.
    pub hash: String,
}

/// Where the wrapped keys lie.
pub(super) struct Store(DatabaseConnection);

impl Store {
    pub(super) async fn open(url: &str) -> Result<Self, DbErr> {
        let mut options = ConnectOptions::new(url);
        options.max_connections(4).acquire_timeout(Duration::from_secs(5)).sqlx_logging(false);
        options.map_sqlx_sqlite_opts(|options| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            let options = options.create_if_missing(true).busy_timeout(Duration::from_secs(5));
            // What is deleted is to be gone from the file too.
            options
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .pragma("secure_delete", "ON")
        });
        options.map_sqlx_postgres_opts(|options| options.options([("synchronous_commit", "on")]));
        let connection = Database::connect(options).await?;
        let mut primary = Index::create();
        let table = Table::create()
            .table(TABLE)
            .if_not_exists()
            .col(ColumnDef::new("municipality_id").uuid().not_null())
            .col(ColumnDef::new("owner_id").uuid().not_null())
            .col(ColumnDef::new("master").text().not_null())
            .col(ColumnDef::new("wrapped").text().not_null())
            .primary_key(primary.col("municipality_id").col("owner_id"))
            .to_owned();
        connection.execute(&table).await?;
        let mut primary = Index::create();
        let table = Table::create()
            .table(ENDS)
            .if_not_exists()
            .col(ColumnDef::new("municipality_id").uuid().not_null())
            .col(ColumnDef::new("chain").uuid().not_null())
            .col(ColumnDef::new("seq").integer().not_null())
            .col(ColumnDef::new("hash").text().not_null())
            .primary_key(primary.col("municipality_id").col("chain"))
            .to_owned();
        connection.execute(&table).await?;
        Ok(Self(connection))
    }

    pub(super) async fn read(&self, m: Uuid, owners: &[Uuid]) -> Result<Vec<Wrapped>, DbErr> {
        let mut found = Vec::with_capacity(owners.len());
        for some in owners.chunks(CHUNK) {
            let query = Query::select()
                .columns(["municipality_id", "owner_id", "master", "wrapped"])
                .from(TABLE)
                .and_where(Expr::col("municipality_id").eq(m))
                .and_where(Expr::col("owner_id").is_in(some.iter().copied()))
                .to_owned();
            for row in self.0.query_all(&query).await? {
                found.push(read(&row)?.1);
            }
        }
        Ok(found)
    }

    /// Leaves alone those that are there.
    pub(super) async fn add(&self, m: Uuid, keys: Vec<Wrapped>) -> Result<(), DbErr> {
        let known = OnConflict::columns(["municipality_id", "owner_id"]).do_nothing().to_owned();
        let tx = self.0.begin().await?;
        insert(&tx, keys.into_iter().map(|key| (m, key)).collect(), known).await?;
        tx.commit().await
    }

    /// Which master keys have wrapped something.
    pub(super) async fn masters(&self) -> Result<Vec<String>, DbErr> {
        let query = Query::select().distinct().column("master").from(TABLE).to_owned();
        self.0.query_all(&query).await?.iter().map(|row| row.try_get("", "master")).collect()
    }

    pub(super) async fn wrapped_by_others(&self, master: &str) -> Result<Vec<(Uuid, Wrapped)>, DbErr> {
        let query = Query::select()
            .columns(["municipality_id", "owner_id", "master", "wrapped"])
            .from(TABLE)
            .and_where(Expr::col("master").ne(master))
            .to_owned();
        self.0.query_all(&query).await?.iter().map(read).collect()
    }

    /// All or nothing. A key that was deleted meanwhile stays deleted.
    pub(super) async fn replace(&self, keys: Vec<(Uuid, Wrapped)>) -> Result<(), DbErr> {
        let tx = self.0.begin().await?;
        for (m, key) in keys {
            let update = Query::update()
                .table(TABLE)
                .value("master", key.master)
                .value("wrapped", key.wrapped)
                .and_where(Expr::col("municipality_id").eq(m))
                .and_where(Expr::col("owner_id").eq(key.owner))
                .to_owned();
            tx.execute(&update).await?;
        }
        tx.commit().await
    }

    pub(super) async fn delete(&self, m: Uuid, owner: Uuid) -> Result<bool, DbErr> {
        let delete = Query::delete()
            .from_table(TABLE)
            .and_where(Expr::col("municipality_id").eq(m))
            .and_where(Expr::col("owner_id").eq(owner))
            .to_owned();
        let is_deleted = self.0.execute(&delete).await?.rows_affected() > 0;
        if self.0.get_database_backend() == sea_orm::DbBackend::Sqlite {
            // The log beside the file holds the row until it is folded in.
            self.0.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(is_deleted)
    }

    /// Of these chains, or of all.
    pub(super) async fn ends(&self, m: Uuid, of: Option<&[Uuid]>) -> Result<Vec<ChainEnd>, DbErr> {
        let mut query = Query::select()
            .columns(["chain", "seq", "hash"])
            .from(ENDS)
            .and_where(Expr::col("municipality_id").eq(m))
            .to_owned();
        if let Some(of) = of {
            query.and_where(Expr::col("chain").is_in(of.iter().copied()));
        }
        let read = |row: &QueryResult| {
            Ok(ChainEnd {
                chain: row.try_get("", "chain")?,
                seq: row.try_get("", "seq")?,
                hash: row.try_get("", "hash")?,
            })
        };
        self.0.query_all(&query).await?.iter().map(read).collect()
    }

    /// Another instance may know of a later one.
    pub(super) async fn remember_ends(&self, m: Uuid, ends: Vec<ChainEnd>) -> Result<(), DbErr> {
        let tx = self.0.begin().await?;
        insert_ends(&tx, m, ends).await?;
        tx.commit().await
    }

    pub(super) async fn replace_ends(&self, m: Uuid, ends: Vec<ChainEnd>) -> Result<(), DbErr> {
        let tx = self.0.begin().await?;
        let delete = Query::delete().from_table(ENDS).and_where(Expr::col("municipality_id").eq(m)).to_owned();
        tx.execute(&delete).await?;
        insert_ends(&tx, m, ends).await?;
        tx.commit().await
    }

    pub(super) async fn close(&self) {
        if let Err(error) = self.0.close_by_ref().await {
            tracing::warn!(%error, "the store of keys did not close cleanly");
        }
    }
}

async fn insert_ends(tx: &DatabaseTransaction, m: Uuid, ends: Vec<ChainEnd>) -> Result<(), DbErr> {
    for some in ends.chunks(CHUNK) {
        let mut later = OnConflict::columns(["municipality_id", "chain"]);
        later
            .update_columns(["seq", "hash"])
            .action_and_where(Expr::col((ENDS, "seq")).lt(Expr::col(("excluded", "seq"))));
        let mut insert = Query::insert();
        insert.into_table(ENDS).columns(["municipality_id", "chain", "seq", "hash"]).on_conflict(later);
        for end in some {
            let row: [Expr; 4] = [m.into(), end.chain.into(), end.seq.into(), end.hash.clone().into()];
            insert.values_panic(row);
        }
        tx.execute(&insert).await?;
    }
    Ok(())
}

async fn insert(tx: &DatabaseTransaction, keys: Vec<(Uuid, Wrapped)>, known: OnConflict) -> Result<(), DbErr> {
    for some in keys.chunks(CHUNK) {
        let mut statement = Query::insert();
        statement.into_table(TABLE).columns(["municipality_id", "owner_id", "master", "wrapped"]);
        for (m, key) in some {
            let row: [Expr; 4] = [(*m).into(), key.owner.into(), key.master.clone().into(), key.wrapped.clone().into()];
            statement.values_panic(row);
        }
        tx.execute(statement.on_conflict(known.clone())).await?;
    }
    Ok(())
}

fn read(row: &QueryResult) -> Result<(Uuid, Wrapped), DbErr> {
    let wrapped = Wrapped {
        owner: row.try_get("", "owner_id")?,
        master: row.try_get("", "master")?,
        wrapped: row.try_get("", "wrapped")?,
    };
    Ok((row.try_get("", "municipality_id")?, wrapped))
}
