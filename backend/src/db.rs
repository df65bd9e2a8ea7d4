//! The way to the data: reading in a snapshot, writing so that an answer is only given when it is durable.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use contract::ProblemCode;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    IsolationLevel, Statement, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use crate::{
    error::{Error, Result},
    keys::Keys,
    migration::Migrator,
};

mod writer;

use writer::Writer;

/// What a store works in.
pub type Tx = DatabaseTransaction;

/// Hears every statement, to count and to explain them.
pub type Listener = Arc<dyn Fn(&Statement) + Send + Sync>;

/// What a job gives back: `Box::pin(async move { … })`.
pub type Work<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// What a transaction waits for before it begins to read: others who write to the same.
pub trait Wait: Send + Sync {
    /// Waits.
    fn wait<'a>(&'a self, tx: &'a Tx) -> Work<'a, ()>;
}

/// Older ones can lose committed writes when two connections share a WAL.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// All of a look as of one moment. Writes see what was committed while they waited for the case, so that a repeat finds
/// the first one's receipt.
const SNAPSHOT: IsolationLevel = IsolationLevel::RepeatableRead;

/// How long a database may think about nothing at all.
const PATIENCE: Duration = Duration::from_secs(2);

const READERS: u32 = 4;
/// How much of the file each connection to SQLite keeps in memory: negative, so in KiB.
const PAGES_KEPT: &str = "-32768";
/// How many rows SQLite's thread finds before it waits for somebody to take them.
const ROWS_AT_ONCE: usize = 1000;
const POSTGRES_CONNECTIONS: u32 = 16;

/// Both databases behind one door, with the keys to what people wrote there.
#[derive(Clone)]
pub struct Database {
    readers: DatabaseConnection,
    writer: Writer,
    keys: Keys,
    away: Arc<AtomicBool>,
}

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It is neither of the two kinds.
    #[error("the database's address begins neither with sqlite: nor with postgres:")]
    UnknownKind,
    /// SQLite itself is too old to be trusted.
    #[error("SQLite {0} can lose committed writes; 3.51.3 or later is needed")]
    OldSqlite(String),
    /// It does not answer, or its tables cannot be made.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] DbErr),
}

impl Database {
    /// Opens the database, and brings its tables to the form this program knows.
    ///
    /// # Errors
    /// Any [`OpenError`].
    pub async fn open(url: &str, keys: Keys) -> Result<Self, OpenError> {
        Self::open_heard(url, keys, None).await
    }

    /// The same, with somebody who hears what is asked of it.
    ///
    /// # Errors
    /// Any [`OpenError`].
    pub async fn open_heard(url: &str, keys: Keys, listener: Option<Listener>) -> Result<Self, OpenError> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url, keys, listener).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url, keys, listener).await
        } else {
            Err(OpenError::UnknownKind)
        }
    }

    async fn open_sqlite(url: &str, keys: Keys, listener: Option<Listener>) -> Result<Self, OpenError> {
        let mut options = options(url, 1);
        options.map_sqlx_sqlite_opts(|options| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            options
                .create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(5))
                .pragma("cache_size", PAGES_KEPT)
                .row_buffer_size(ROWS_AT_ONCE)
        });
        let mut writer = sea_orm::Database::connect(options.clone()).await?;
        let version = sqlite_version(&writer).await?;
        if !is_trusted(&version) {
            return Err(OpenError::OldSqlite(version));
        }
        Migrator::up(&writer, None).await?;
        options.max_connections(READERS).min_connections(READERS);
        options.map_sqlx_sqlite_opts(|options| {
            let options = options.foreign_keys(true).busy_timeout(Duration::from_secs(5));
            options.row_buffer_size(ROWS_AT_ONCE).pragma("cache_size", PAGES_KEPT).pragma("query_only", "ON")
        });
        let mut readers = sea_orm::Database::connect(options).await?;
        hear(&mut writer, listener.as_ref());
        hear(&mut readers, listener.as_ref());
        Ok(Self { readers, writer: Writer::one(writer), keys, away: Arc::default() })
    }

    async fn open_postgres(url: &str, keys: Keys, listener: Option<Listener>) -> Result<Self, OpenError> {
        let mut options = options(url, POSTGRES_CONNECTIONS);
        // Whatever the server's habit is: what was answered is on its disk.
        options.map_sqlx_postgres_opts(|options| options.options([("synchronous_commit", "on")]));
        let mut pool = sea_orm::Database::connect(options).await?;
        Migrator::up(&pool, None).await?;
        hear(&mut pool, listener.as_ref());
        Ok(Self { readers: pool.clone(), writer: Writer::Many(pool), keys, away: Arc::default() })
    }

    /// Reads, all of it as of one moment.
    ///
    /// # Errors
    /// What the job says, or that the database is away.
    pub async fn read<T, F>(&self, job: F) -> Result<T>
    where
        F: for<'a> FnOnce(&'a Tx) -> Work<'a, T> + Send,
        T: Send,
    {
        self.is_there()?;
        let tx = match self.readers.get_database_backend() {
            DbBackend::Postgres => self.readers.begin_with_config(Some(SNAPSHOT), Some(AccessMode::ReadOnly)).await?,
            _ => self.readers.begin().await?,
        };
        let result = job(&tx).await;
        tx.rollback().await?;
        result
    }

    /// Writes: all of the job or nothing; when this returns `Ok`, it is on the disk.
    ///
    /// # Errors
    /// What the job says, or that the database is away or has too much to do; then nothing was written.
    pub async fn write<T, F>(&self, job: F) -> Result<T>
    where
        F: for<'a> FnOnce(&'a Tx) -> Work<'a, T> + Send + 'static,
        T: Send + 'static,
    {
        self.is_there()?;
        self.writer.write(job).await
    }

    /// Reads, all of it as of one moment, and writes down who did. `wait` is for what the job writes to: it comes first, so
    /// that the moment is after the wait for others who write there, and it is done again when they were in the way.
    ///
    /// # Errors
    /// As [`Database::write`].
    pub async fn read_and_note<T, F>(&self, wait: impl Wait, job: F) -> Result<T>
    where
        F: for<'a> FnOnce(&'a Tx) -> Work<'a, T> + Send + 'static,
        T: Send + 'static,
    {
        self.is_there()?;
        match &self.writer {
            // Whoever is alone with the data waits for nobody.
            Writer::One(..) => self.writer.write(job).await,
            Writer::Many(pool) => writer::snapshot(pool, wait, job).await,
        }
    }

    /// Whether the database answers, soon enough for whoever asks.
    ///
    /// # Errors
    /// That it is away.
    pub async fn ping(&self) -> Result<()> {
        self.is_there()?;
        let answer = tokio::time::timeout(PATIENCE, self.readers.execute_unprepared("SELECT 1")).await;
        Ok(answer.map_err(|_| ProblemCode::Unavailable)?.map(drop)?)
    }

    /// Lets the database seem away, for testers.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::Relaxed);
    }

    /// The keys to what people wrote.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Which of the two it is.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.readers.get_database_backend()
    }

    /// Ends every connection, when all that was accepted is written.
    pub async fn close(self) {
        self.writer.close().await;
        if let Err(error) = self.readers.close().await {
            tracing::warn!(%error, "the database did not close cleanly");
        }
        self.keys.close().await;
    }

    fn is_there(&self) -> Result<()> {
        if self.away.load(Ordering::Relaxed) { Err(ProblemCode::Unavailable.into()) } else { Ok(()) }
    }
}

fn hear(connection: &mut DatabaseConnection, listener: Option<&Listener>) {
    if let Some(listener) = listener.cloned() {
        connection.set_metric_callback(move |asked| listener(asked.statement));
    }
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).acquire_timeout(Duration::from_secs(5)).sqlx_logging(false);
    options
}

/// The version of the SQLite that is built in.
///
/// # Errors
/// That the database does not answer.
async fn sqlite_version(connection: &DatabaseConnection) -> Result<String, DbErr> {
    let row = connection
        .query_one_raw(Statement::from_string(DbBackend::Sqlite, "SELECT sqlite_version() AS version"))
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("version".to_owned()))?;
    row.try_get("", "version")
}

fn is_trusted(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or_default());
    let mut next = || parts.next().unwrap_or_default();
    (next(), next(), next()) >= OLDEST_SQLITE
}

impl From<tokio::sync::oneshot::error::RecvError> for Error {
    fn from(_: tokio::sync::oneshot::error::RecvError) -> Self {
        ProblemCode::Unavailable.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sqlite_that_loses_writes_is_not_trusted() {
        for (version, trusted) in
            [("3.51.2", false), ("3.46.0", false), ("3.51.3", true), ("3.52.0", true), ("4.0.0", true)]
        {
            assert_eq!(is_trusted(version), trusted, "{version}");
        }
    }

    #[tokio::test]
    async fn the_sqlite_that_is_built_in_is_trusted() {
        let connection = sea_orm::Database::connect("sqlite::memory:").await.unwrap();
        let version = sqlite_version(&connection).await.unwrap();
        assert!(is_trusted(&version), "{version}");
    }
}
