//! What stands in one chain, for who looks after the municipality's data: also what was searched for, in the words that were
//! typed.

use contract::MunicipalityId;
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder as _};
use serde::Serialize;
use uuid::Uuid;

use super::{Chain, record_operator, search_place};
use crate::{
    db::Tx,
    entity::audit,
    error::Result,
    keys::{Key, Keys, Purpose},
    values::{ActionKind, ActorKind, Role, SealedText},
};

/// One row, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its place in the chain.
    pub seq: i32,
    /// When.
    pub at: Timestamp,
    /// What kind of actor.
    pub actor: ActorKind,
    /// Who.
    pub actor_id: Uuid,
    /// In what role.
    pub role: Role,
    /// From which unit, or which system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// To look or to change.
    pub action: ActionKind,
    /// What for.
    pub operation: String,
    /// What was searched for, or what an administrator said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// Every row of a chain, the first one first. That they were read is the next row.
///
/// # Errors
/// That the database does not answer, or that words cannot be opened.
pub async fn chain(tx: &Tx, keys: &Keys, chain: Chain, now: Timestamp) -> Result<Vec<Row>> {
    let rows = audit::Entity::find()
        .filter(audit::Column::MunicipalityId.eq(chain.municipality))
        .filter(audit::Column::Chain.eq(chain.id))
        .order_by_asc(audit::Column::Seq)
        .all(tx)
        .await?;
    if let Some(last) = rows.last() {
        record_operator((keys, tx), (chain, last.is_case), ActionKind::Read, "audit.read", now).await?;
    }
    let key = keys.shared(MunicipalityId(chain.municipality), Purpose::Searches).await?;
    rows.into_iter().map(|row| shown(row, chain, &key)).collect()
}

fn shown(row: audit::Model, chain: Chain, key: &Key) -> Result<Row> {
    let words = match row.words {
        Some(SealedText::Sealed(sealed)) => Some(key.open(&search_place(chain, row.seq), &sealed)?),
        Some(SealedText::Open(words)) => Some(words),
        None => None,
    };
    Ok(Row {
        seq: row.seq,
        at: row.at.0,
        actor: row.actor_kind.0,
        actor_id: row.actor_id,
        role: row.role.0,
        unit: row.unit,
        action: row.action.0,
        operation: row.operation,
        words,
    })
}
