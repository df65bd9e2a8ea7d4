//! What is done once a day, for as long as the server runs: old things go, the audit is signed and held against what was
//! served. Every instance may do all of it; what one has done the next finds done.

use std::time::Duration;

use jiff::ToSpan as _;
use tokio::time::MissedTickBehavior;

use crate::{
    app::App,
    audit::{checkpoint, ends, expiry, served},
    deletion::{self, Deleted},
    error::Result,
};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Now, and then once a day.
pub async fn run(app: App) {
    let mut day = tokio::time::interval(DAY);
    loop {
        day.tick().await;
        run_once(&app).await;
    }
}

/// Holds what was served against the audit every hour, and signs it: a night is long, a process may not see the next one, and
/// only what is signed cannot be written anew.
pub async fn watch_the_audit(app: App) {
    let mut hour = tokio::time::interval(HOUR);
    loop {
        hour.tick().await;
        if let Err(error) = hold_and_sign(&app).await {
            tracing::error!(%error, "the audit was not held against what was answered, and signed");
        }
    }
}

/// How long the last rows of the audit stand in the data alone.
const SECOND: Duration = Duration::from_secs(1);

/// Remembers where the chains of the audit end.
pub async fn remember_ends(app: App) {
    let mut second = tokio::time::interval(SECOND);
    second.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        second.tick().await;
        if let Err(error) = ends::remember(&app.db).await {
            tracing::error!(%error, "where the audit ends was not remembered");
        }
    }
}

/// The last look at the audit before the server ends: what this process has answered nobody counts after it.
pub async fn end(app: &App) {
    let held = hold_and_sign(app).await.and(ends::remember(&app.db).await);
    if let Err(error) = held {
        tracing::error!(%error, "the audit was not held against what was answered, and signed");
    }
}

/// All of it, each part whatever comes of the others.
pub async fn run_once(app: &App) {
    let deleted = deletion::delete_old(app).await;
    match &deleted {
        Ok(Deleted { drafts: 0, receipts: 0 }) => {}
        Ok(Deleted { drafts, receipts }) => tracing::info!(drafts, receipts, "old things were deleted"),
        Err(error) => tracing::error!(%error, "old things were not deleted"),
    }
    let audited = look_after_the_audit(app).await;
    if let Err(error) = &audited {
        tracing::error!(%error, "the audit was not looked after");
    }
    if deleted.is_ok() && audited.is_ok() {
        app.metrics.nightly_done(app.clock.now());
    }
}

async fn hold_and_sign(app: &App) -> Result<()> {
    compare(app).await?;
    if let Some(made) = checkpoint::make(&app.db, app.config.municipality_id, app.clock.now()).await? {
        tracing::info!(number = made.number, digest = made.digest, "a checkpoint of the audit was made");
    }
    ends::look_at_all(&app.db, app.config.municipality_id).await
}

async fn look_after_the_audit(app: &App) -> Result<()> {
    hold_and_sign(app).await?;
    let (m, now) = (app.config.municipality_id, app.clock.now());
    let kept = i64::from(app.config.retention.audit_years).years();
    let Ok(before) =
        app.clock.zone().to_datetime(now).checked_sub(kept).and_then(|at| at.to_zoned(app.clock.zone().clone()))
    else {
        return Ok(());
    };
    let deleted = expiry::delete_before(&app.db, m, before.timestamp(), now).await?;
    if deleted > 0 {
        tracing::info!(deleted, "old rows of the audit were deleted, behind a checkpoint");
    }
    Ok(())
}

/// Says so at the first answer that has no row, in the log and in the metrics. Whoever watches either is to be woken by it.
///
/// # Errors
/// That the database does not answer.
pub async fn compare(app: &App) -> Result<()> {
    let difference = served::compare(app).await?;
    app.metrics.compared(difference);
    if let Some(served::Difference { served, written }) = difference {
        tracing::error!(served, written, "answers were given that are not in the audit");
    }
    Ok(())
}
