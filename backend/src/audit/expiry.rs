//! Old rows go: behind a checkpoint, so that the chain still holds.

use std::collections::HashSet;

use contract::MunicipalityId;
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait as _, DbBackend, EntityTrait, IntoActiveModel as _,
    QueryFilter,
};

use super::checkpoint;
use crate::{
    db::{Database, Tx},
    entity::{audit, audit_checkpoint, audit_seal},
    error::Result,
    values::Instant,
};

/// Deletes the rows that a checkpoint from before this moment has sealed. How many they were.
///
/// # Errors
/// That the database did not do it; then all are there.
pub async fn delete_before(db: &Database, m: MunicipalityId, before: Timestamp, now: Timestamp) -> Result<u64> {
    let key = checkpoint::signing_key(db, m).await?;
    let now = Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now);
    db.write(move |tx| Box::pin(async move { delete(tx, m, before, now, &key).await })).await
}

async fn delete(tx: &Tx, m: MunicipalityId, before: Timestamp, now: Timestamp, key: &SigningKey) -> Result<u64> {
    checkpoint::alone(tx, m).await?;
    let old = audit_checkpoint::Entity::find()
        .filter(audit_checkpoint::Column::MunicipalityId.eq(m.0))
        .filter(audit_checkpoint::Column::At.lt(Instant(before)))
        .all(tx)
        .await?;
    let Some(last) = old.iter().map(|checkpoint| checkpoint.number).max() else { return Ok(0) };
    let kept = Condition::any()
        .add(audit_seal::Column::ExpiredAt.is_null())
        .add(audit_seal::Column::ExpirySignature.is_null());
    let seals = audit_seal::Entity::find()
        .filter(audit_seal::Column::MunicipalityId.eq(m.0))
        .filter(audit_seal::Column::Checkpoint.lte(last))
        .filter(kept)
        .all(tx)
        .await?;
    let seals = signed(tx, m, (old, seals), key).await?;
    if seals.is_empty() {
        return Ok(0);
    }
    may_delete(tx, true).await?;
    let mut deleted = 0;
    for seal in seals {
        let (chain, seq) = (seal.chain, seal.seq);
        let signature = checkpoint::sign_words(key, &checkpoint::expiry_of(&seal, now));
        let mut row = seal.into_active_model();
        row.expiry_signature = Set(Some(signature));
        row.expired_at = Set(Some(now.into()));
        audit_seal::Entity::update(row).exec(tx).await?;
        let rows = audit::Entity::delete_many()
            .filter(audit::Column::MunicipalityId.eq(m.0))
            .filter(audit::Column::Chain.eq(chain))
            .filter(audit::Column::Seq.lte(seq));
        deleted += rows.exec(tx).await?.rows_affected;
    }
    may_delete(tx, false).await?;
    Ok(deleted)
}

/// Those that stand in a checkpoint as it was signed: whoever only can write to the database makes no row old.
async fn signed(
    tx: &Tx,
    m: MunicipalityId,
    (mut old, mut seals): (Vec<audit_checkpoint::Model>, Vec<audit_seal::Model>),
    key: &SigningKey,
) -> Result<Vec<audit_seal::Model>> {
    old.retain(|checkpoint| seals.iter().any(|seal| seal.checkpoint == checkpoint.number));
    let by = key.verifying_key();
    let mut genuine = HashSet::new();
    for checkpoint in checkpoint::of_rows(tx, m, old).await? {
        if checkpoint.is_genuine(&by) {
            genuine.insert(checkpoint.number);
        } else {
            tracing::error!(
                checkpoint.number,
                "a checkpoint of the audit is not as it was signed, so nothing behind it goes"
            );
        }
    }
    seals.retain(|seal| genuine.contains(&seal.checkpoint));
    Ok(seals)
}

/// On PostgreSQL the right to delete is taken for this transaction only; the trigger still looks at every row.
async fn may_delete(tx: &Tx, may: bool) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let words =
            if may { "GRANT DELETE ON audit TO CURRENT_USER" } else { "REVOKE DELETE ON audit FROM CURRENT_USER" };
        tx.execute_unprepared(words).await?;
    }
    Ok(())
}
