use std::{panic::AssertUnwindSafe, time::Duration};

use backon::{ConstantBuilder, Retryable as _};
use contract::ProblemCode;
use futures_util::FutureExt as _;
use sea_orm::{DatabaseConnection, DbErr, IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

use super::{Tx, Wait, Work};
use crate::error::{Error, Result};

/// How many jobs may wait. One more is told that the server is busy.
const QUEUE: usize = 1024;

/// How many jobs share one commit at most.
const GROUP: usize = 64;

/// Who writes.
#[derive(Clone)]
pub(super) enum Writer {
    /// SQLite has one writer. Whoever waits while it commits goes into the next commit together, because the disk is what
    /// takes the time.
    One(mpsc::Sender<Box<dyn Job>>, std::sync::Arc<tokio::sync::Mutex<Option<JoinHandle<()>>>>),
    /// PostgreSQL sees to it itself; the case's row is locked by whoever opens the case to write.
    Many(DatabaseConnection),
}

impl Writer {
    pub(super) fn one(connection: DatabaseConnection) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let task = tokio::spawn(write_in_groups(connection, receiver));
        Self::One(sender, std::sync::Arc::new(tokio::sync::Mutex::new(Some(task))))
    }

    pub(super) async fn write<T, F>(&self, job: F) -> Result<T>
    where
        F: for<'a> FnOnce(&'a Tx) -> Work<'a, T> + Send + 'static,
        T: Send + 'static,
    {
        match self {
            Self::One(queue, _) => {
                let (answer, answered) = oneshot::channel();
                let job = Waiting { work: Some(job), result: None, answer };
                queue.try_send(Box::new(job)).map_err(|_| Error::from(ProblemCode::Unavailable))?;
                answered.await?
            }
            Self::Many(pool) => {
                let tx = pool.begin_with_config(Some(IsolationLevel::ReadCommitted), None).await?;
                finish(tx, job).await
            }
        }
    }

    pub(super) async fn close(self) {
        if let Self::One(queue, task) = self {
            drop(queue);
            // Ends when every clone of the queue is gone; somebody who still holds one must not hold us up.
            if let Some(task) = task.lock().await.take() {
                let _ = tokio::time::timeout(std::time::Duration::from_secs(5), task).await;
            }
        }
    }
}

async fn finish<T, F>(tx: Tx, job: F) -> Result<T>
where
    F: for<'a> FnOnce(&'a Tx) -> Work<'a, T>,
{
    let value = job(&tx).await?;
    tx.commit().await.map_err(|_| Error::from(ProblemCode::Unavailable))?;
    Ok(value)
}

/// How often somebody may be overtaken. Each time they have waited for another's commit, so there is no pause.
const OVERTAKEN: usize = 100;

/// On PostgreSQL: a job that sees all as of one moment, which is after the wait.
pub(super) async fn snapshot<T, F>(pool: &DatabaseConnection, wait: impl Wait, job: F) -> Result<T>
where
    F: for<'a> FnOnce(&'a Tx) -> Work<'a, T> + Send + 'static,
    T: Send + 'static,
{
    let begin = async || {
        let tx = pool.begin_with_config(Some(super::SNAPSHOT), None).await?;
        wait.wait(&tx).await?;
        Ok::<_, Error>(tx)
    };
    let no_pause = ConstantBuilder::new().with_delay(Duration::ZERO).with_max_times(OVERTAKEN);
    let tx = begin.retry(no_pause).when(Error::is_passing).await?;
    finish(tx, job).await
}

/// A job of any type, waiting for its commit.
pub(super) trait Job: Send {
    /// Does it; whether it may be kept.
    fn run<'a>(&'a mut self, tx: &'a Tx) -> futures_util::future::BoxFuture<'a, bool>;
    /// Tells whoever waits.
    fn answer(self: Box<Self>, is_durable: bool);
}

struct Waiting<T, F> {
    work: Option<F>,
    result: Option<Result<T>>,
    answer: oneshot::Sender<Result<T>>,
}

impl<T, F> Job for Waiting<T, F>
where
    F: for<'a> FnOnce(&'a Tx) -> Work<'a, T> + Send + 'static,
    T: Send + 'static,
{
    fn run<'a>(&'a mut self, tx: &'a Tx) -> futures_util::future::BoxFuture<'a, bool> {
        async move {
            let Some(work) = self.work.take() else { return false };
            let result = work(tx).await;
            let is_ok = result.is_ok();
            self.result = Some(result);
            is_ok
        }
        .boxed()
    }

    fn answer(self: Box<Self>, is_durable: bool) {
        // A refusal is no more durable than a receipt: it may rest on what another job in the group had written.
        let result = if is_durable {
            self.result.unwrap_or(Err(Error::Internal("a write panicked")))
        } else {
            Err(ProblemCode::Unavailable.into())
        };
        // Nobody may be waiting any more; it is written all the same, and a repeat gets the receipt.
        let _ = self.answer.send(result);
    }
}

async fn write_in_groups(connection: DatabaseConnection, mut queue: mpsc::Receiver<Box<dyn Job>>) {
    let mut group = Vec::with_capacity(GROUP);
    while queue.recv_many(&mut group, GROUP).await > 0 {
        let committed = commit_together(&connection, &mut group).await;
        if let Err(error) = &committed {
            tracing::error!(%error, "a commit failed; nothing of it was written");
        }
        for job in group.drain(..) {
            job.answer(committed.is_ok());
        }
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the database did not close cleanly");
    }
}

async fn commit_together(connection: &DatabaseConnection, group: &mut [Box<dyn Job>]) -> Result<(), DbErr> {
    let immediate =
        TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    let commit = connection.begin_with_options(immediate).await?;
    for job in group {
        let savepoint = commit.begin().await?;
        // A panic is one request's, not the writer's: the others in the group must not lose their words by it.
        match AssertUnwindSafe(job.run(&savepoint)).catch_unwind().await {
            Ok(true) => savepoint.commit().await?,
            _ => savepoint.rollback().await?,
        }
    }
    commit.commit().await
}
