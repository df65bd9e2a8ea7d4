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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::values::{ActionKind, ActorKind, Role, Word};

    #[test]
    fn without_the_key_nobody_makes_a_hash_that_fits() {
        let row = audit::Model {
            municipality_id: Uuid::nil(),
            chain: Uuid::nil(),
            seq: 1,
            is_case: true,
            at: Timestamp::UNIX_EPOCH.into(),
            actor_kind: Word(ActorKind::Employee),
            actor_id: Uuid::nil(),
            role: Word(Role::Operator),
            unit: None,
            action: Word(ActionKind::Read),
            operation: "plan".to_owned(),
            words: None,
            instance: Uuid::nil(),
            previous: String::new(),
            hash: String::new(),
        };
        let (ours, anothers) = (Key::of(&[1; 32]), Key::of(&[2; 32]));
        assert_eq!(hash(&ours, &row), hash(&ours, &row));
        assert_ne!(hash(&ours, &row), hash(&anothers, &row));
        assert_ne!(hash_at(&ours, &row, 2), hash(&ours, &row));
    }
}
