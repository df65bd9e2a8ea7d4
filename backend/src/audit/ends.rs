//! Where each chain ends is remembered in the store of keys, which is another database: whoever takes the last rows out of the
//! data, with the checkpoints that signed them, does not reach it there. An end is only moved along rows that follow it.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use contract::MunicipalityId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    Chain,
    chain::{begin, hash},
};
use crate::{
    db::Database,
    entity::{audit, audit_head},
    error::Result,
    keys::{ChainEnd, Key},
};

/// How many chains are asked for in one statement.
const CHUNK: usize = 500;

/// How long a row that is about to be written may take. What is not there then was taken back.
const PATIENCE: Duration = Duration::from_secs(120);

/// Remembers the ends of the chains that have grown since this was last asked. What fails, or is not there yet, is asked for again.
///
/// # Errors
/// That the database or the store does not answer.
pub async fn remember(db: &Database) -> Result<()> {
    let mut of_municipality: HashMap<Uuid, HashMap<Uuid, (i32, Instant)>> = HashMap::new();
    for ((m, chain), said) in db.keys().take_grown() {
        of_municipality.entry(m).or_default().insert(chain, said);
    }
    let mut result = Ok(());
    for (m, mut grown) in of_municipality {
        let mut chains: Vec<Uuid> = grown.keys().copied().collect();
        chains.sort_unstable();
        for some in chains.chunks(CHUNK) {
            match move_ends(db, m, some).await {
                Ok(heads) => grown.retain(|chain, (until, said_at)| {
                    !some.contains(chain)
                        || heads.get(chain).is_none_or(|seq| seq < until) && said_at.elapsed() < PATIENCE
                }),
                Err(error) => result = Err(error),
            }
        }
        grown.into_iter().for_each(|(chain, (until, said_at))| db.keys().has_grown(m, chain, until, said_at));
    }
    result
}

/// Marks every chain that has grown past its known end: after a start, and where another process was ended before it could say so.
///
/// # Errors
/// That the database or the store does not answer.
pub async fn look_at_all(db: &Database, m: MunicipalityId) -> Result<()> {
    let known = db.keys().chain_ends(m, None).await?;
    let known: HashMap<Uuid, ChainEnd> = known.into_iter().map(|end| (end.chain, end)).collect();
    let heads = heads(db, m.0, None).await?;
    for head in &heads {
        if known.get(&head.chain).is_none_or(|end| end.seq < head.seq) {
            db.keys().has_grown(m.0, head.chain, head.seq, Instant::now());
        }
    }
    let heads: HashMap<Uuid, &audit_head::Model> = heads.iter().map(|head| (head.chain, head)).collect();
    let is_cut = |end: &&ChainEnd| {
        heads.get(&end.chain).is_none_or(|head| head.seq < end.seq || head.seq == end.seq && head.hash != end.hash)
    };
    let cut = known.values().filter(is_cut).count();
    if cut > 0 {
        tracing::error!(cut, "chains of the audit end before where they ended: roed-traad audit verify says which");
    }
    Ok(())
}

/// Takes for the end of every chain what stands in the data, after an older copy of them was put back.
///
/// # Errors
/// That the database or the store does not answer.
pub async fn begin_anew(db: &Database, m: MunicipalityId) -> Result<()> {
    let ends = heads(db, m.0, None).await?.into_iter().map(end_of).collect();
    db.keys().replace_ends(m, ends).await
}

fn end_of(head: audit_head::Model) -> ChainEnd {
    ChainEnd { chain: head.chain, seq: head.seq, hash: head.hash }
}

async fn heads(db: &Database, m: Uuid, of: Option<&[Uuid]>) -> Result<Vec<audit_head::Model>> {
    let mut heads = audit_head::Entity::find().filter(audit_head::Column::MunicipalityId.eq(m));
    if let Some(of) = of {
        heads = heads.filter(audit_head::Column::Chain.is_in(of.iter().copied()));
    }
    let heads = heads.order_by_asc(audit_head::Column::Chain);
    db.read(move |tx| Box::pin(async move { Ok(heads.all(tx).await?) })).await
}

/// Moves the known ends of these chains along the rows that follow them. How far each goes in the data.
async fn move_ends(db: &Database, m: Uuid, chains: &[Uuid]) -> Result<HashMap<Uuid, i32>> {
    let known = db.keys().chain_ends(MunicipalityId(m), Some(chains)).await?;
    let known: HashMap<Uuid, ChainEnd> = known.into_iter().map(|end| (end.chain, end)).collect();
    let heads = heads(db, m, Some(chains)).await?;
    let reached = heads.iter().map(|head| (head.chain, head.seq)).collect();
    let mut moved = Vec::new();
    for head in heads {
        let (chain, until) = (head.chain, head.seq);
        let end = known.get(&chain).cloned().unwrap_or_else(|| ChainEnd {
            chain,
            seq: 0,
            hash: begin(Chain { municipality: m, id: chain }),
        });
        if end.seq >= until {
            continue;
        }
        let rows = audit::Entity::find()
            .filter(audit::Column::MunicipalityId.eq(m))
            .filter(audit::Column::Chain.eq(chain))
            .filter(audit::Column::Seq.gt(end.seq))
            .filter(audit::Column::Seq.lte(until))
            .order_by_asc(audit::Column::Seq);
        let rows = db.read(move |tx| Box::pin(async move { Ok(rows.all(tx).await?) })).await?;
        if follow(&rows, &end, db.keys().chains()) && rows.last().is_some_and(|row| row.hash == head.hash) {
            moved.push(end_of(head));
        } else {
            tracing::error!(%chain, seq = end.seq, "rows of the audit do not follow the end that is known: roed-traad audit verify");
        }
    }
    db.keys().remember_ends(MunicipalityId(m), moved).await?;
    Ok(reached)
}

/// Whether these rows are as they were written, and stand one behind the other behind this end.
fn follow(rows: &[audit::Model], end: &ChainEnd, key: &Key) -> bool {
    let mut before = (end.seq, end.hash.as_str());
    rows.iter().all(|row| {
        let follows = (row.seq - 1, row.previous.as_str()) == before && row.hash == hash(key, row);
        before = (row.seq, row.hash.as_str());
        follows
    })
}
