use sha2::{Digest as _, Sha256};

use super::Chain;
use crate::{entity::audit, keys::Key, values::SealedText};

/// What stands where the first row of a chain names the one before.
pub(super) fn begin(chain: Chain) -> String {
    digest(&("roed-traad audit", chain.municipality, chain.id))
}

/// A row's hash: of all that stands in it, and of the row before by its hash. Who has the database but not the key can make none.
pub(super) fn hash(key: &Key, row: &audit::Model) -> String {
    hash_at(key, row, row.seq)
}

/// The hash that a row would have at another place in its chain.
pub(super) fn hash_at(key: &Key, row: &audit::Model, seq: i32) -> String {
    let words = row.words.as_ref().map(|words| match words {
        SealedText::Open(text) | SealedText::Sealed(text) => text,
    });
    key.mark(&json(&(
        (row.municipality_id, row.chain, seq, row.is_case, row.at.0.as_microsecond()),
        (row.actor_kind.word(), row.actor_id, row.role.word(), &row.unit),
        (row.action.word(), &row.operation, words, row.instance),
        &row.previous,
    )))
}

/// SHA-256 over the JSON of a value, which is the same for the same value.
pub(super) fn digest(value: &impl serde::Serialize) -> String {
    format!("{:x}", Sha256::digest(json(value)))
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    // Tuples of plain values always have one.
    serde_json::to_vec(value).unwrap_or_default()
}
