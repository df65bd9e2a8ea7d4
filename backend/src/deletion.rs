//! What is deleted by its age, and the note of it that the citizen can read: when, what and how many, never what stood there.

use std::collections::BTreeMap;

use contract::{DeletedKind, Deletion, DeletionReason};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

use crate::{
    app::App,
    db::Tx,
    entity::{deletion, receipt},
    error::Result,
    policy::CaseAccess,
    preparation::draft,
    values::{Instant, Word},
};

/// How many rows one transaction deletes: the others who write wait for no longer than that takes.
pub(crate) const BATCH: usize = 500;

/// How many were deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deleted {
    /// Drafts.
    pub drafts: u64,
    /// Receipts.
    pub receipts: u64,
}

/// Deletes what is older than the operator has set, of every citizen. Nobody looks into a case for it, so there is no row
/// in the audit; the note stands with the citizen.
///
/// # Errors
/// That the database did not do it; what was deleted before stays deleted, and is noted.
pub async fn delete_old(app: &App) -> Result<Deleted> {
    let kept = app.config.retention;
    let drafts = in_batches(app, kept.draft_days, draft::delete_old).await?;
    let receipts = if kept.receipt_days == 0 { 0 } else { in_batches(app, kept.receipt_days, old_receipts).await? };
    Ok(Deleted { drafts, receipts })
}

/// One batch of what is older than a moment: how many rows.
type Batch = for<'a> fn(&'a Tx, Uuid, [Timestamp; 2]) -> crate::db::Work<'a, u64>;

async fn in_batches(app: &App, days: u16, batch: Batch) -> Result<u64> {
    let (m, now) = (app.config.municipality_id.0, app.clock.now());
    let before = now.saturating_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN);
    let mut deleted = 0;
    loop {
        let count = app.db.write(move |tx| batch(tx, m, [before, now])).await?;
        deleted += count;
        if count < BATCH as u64 {
            return Ok(deleted);
        }
    }
}

fn old_receipts(tx: &Tx, m: Uuid, [before, now]: [Timestamp; 2]) -> crate::db::Work<'_, u64> {
    Box::pin(async move {
        let is_old =
            Condition::all().add(receipt::Column::MunicipalityId.eq(m)).add(receipt::Column::At.lt(Instant(before)));
        let numbers: Vec<(Uuid, String)> = receipt::Entity::find()
            .select_only()
            .columns([receipt::Column::CitizenId, receipt::Column::Number])
            .filter(is_old.clone())
            .order_by_asc(receipt::Column::CitizenId)
            .limit(BATCH as u64)
            .into_tuple()
            .all(tx)
            .await?;
        let mut deleted = 0;
        for (citizen, numbers) in by_citizen(numbers) {
            let gone = receipt::Entity::delete_many()
                .filter(is_old.clone())
                .filter(receipt::Column::CitizenId.eq(citizen))
                .filter(receipt::Column::Number.is_in(numbers))
                .exec(tx)
                .await?;
            note(tx, (m, citizen), now, DeletedKind::Receipt, gone.rows_affected, DeletionReason::Retention).await?;
            deleted += gone.rows_affected;
        }
        Ok(deleted)
    })
}

/// Rows by whose they are.
pub(crate) fn by_citizen<T>(rows: Vec<(Uuid, T)>) -> BTreeMap<Uuid, Vec<T>> {
    let mut of = BTreeMap::<Uuid, Vec<T>>::new();
    rows.into_iter().for_each(|(citizen, row)| of.entry(citizen).or_default().push(row));
    of
}

/// Notes that so many were deleted; none leave no note. In the transaction that deletes them.
///
/// # Errors
/// That the database did not take it.
pub(crate) async fn note(
    tx: &Tx,
    (municipality_id, citizen_id): (Uuid, Uuid),
    at: Timestamp,
    kind: DeletedKind,
    count: u64,
    reason: DeletionReason,
) -> Result<()> {
    if count == 0 {
        return Ok(());
    }
    let row = deletion::Model {
        municipality_id,
        citizen_id,
        deletion_id: Uuid::now_v7(),
        at: at.into(),
        kind: Word(kind),
        count: i32::try_from(count).unwrap_or(i32::MAX),
        reason: Word(reason),
    };
    deletion::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// What was deleted of a citizen's, the latest first.
///
/// # Errors
/// That the database does not answer.
pub(crate) async fn of_case(access: &CaseAccess, tx: &Tx) -> Result<Vec<Deletion>> {
    let (m, c) = access.key();
    let rows = deletion::Entity::find()
        .filter(deletion::Column::MunicipalityId.eq(m))
        .filter(deletion::Column::CitizenId.eq(c))
        .order_by_desc(deletion::Column::At)
        .order_by_desc(deletion::Column::DeletionId)
        .all(tx)
        .await?;
    let told = rows.into_iter().map(|row| Deletion {
        at: row.at.0,
        kind: row.kind.0,
        count: u32::try_from(row.count).unwrap_or_default(),
        reason: row.reason.0,
    });
    Ok(told.collect())
}
