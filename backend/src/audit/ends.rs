//! Where each chain ends is remembered in the store of keys, which is another database: whoever takes the last rows out of the
//! data, with the checkpoints that signed them, does not reach it there.

use std::collections::HashMap;

use contract::MunicipalityId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{db::Database, entity::audit_head, error::Result, keys::ChainEnd};

/// How many chains are asked for in one statement.
const CHUNK: usize = 500;

/// Remembers the ends of the chains that have grown since this was last asked. What fails is asked for again.
///
/// # Errors
/// That the database or the store does not answer.
pub async fn remember(db: &Database) -> Result<()> {
    let mut of_municipality: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    db.keys().take_grown().into_iter().for_each(|(m, chain)| of_municipality.entry(m).or_default().push(chain));
    for (m, chains) in of_municipality {
        let remembered = remember_some(db, m, &chains).await;
        if remembered.is_err() {
            chains.iter().for_each(|chain| db.keys().has_grown(m, *chain));
        }
        remembered?;
    }
    Ok(())
}

async fn remember_some(db: &Database, m: Uuid, chains: &[Uuid]) -> Result<()> {
    for some in chains.chunks(CHUNK) {
        let heads = audit_head::Entity::find()
            .filter(audit_head::Column::MunicipalityId.eq(m))
            .filter(audit_head::Column::Chain.is_in(some.iter().copied()));
        let heads = db.read(move |tx| Box::pin(async move { Ok(heads.all(tx).await?) })).await?;
        let end = |row: audit_head::Model| ChainEnd { chain: row.chain, seq: row.seq, hash: row.hash };
        db.keys().remember_ends(MunicipalityId(m), heads.into_iter().map(end).collect()).await?;
    }
    Ok(())
}

/// Takes for the end of every chain what stands in the data, after an older copy of them was put back.
///
/// # Errors
/// That the database or the store does not answer.
pub async fn begin_anew(db: &Database, m: MunicipalityId) -> Result<()> {
    let heads = audit_head::Entity::find().filter(audit_head::Column::MunicipalityId.eq(m.0));
    let heads = db.read(move |tx| Box::pin(async move { Ok(heads.all(tx).await?) })).await?;
    db.keys().forget_ends(m).await?;
    heads.iter().for_each(|head| db.keys().has_grown(m.0, head.chain));
    remember(db).await
}
