//! Checkpoints: now and then all chains that have grown are signed. An exported one proves later what was there then,
//! also against somebody who can change everything in the database.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use contract::MunicipalityId;
use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel as _, JoinType, QueryFilter, QueryOrder, QuerySelect as _,
    sea_query::LockType,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::chain::digest;
use crate::{
    db::{Database, Tx},
    entity::{audit_checkpoint, audit_head, audit_seal, municipality},
    error::{Error, Result},
    keys::Purpose,
};

/// How many rows go into one statement.
const CHUNK: usize = 500;

/// A checkpoint, as it is exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// 1, 2, 3, …
    pub number: i32,
    /// Whose audit.
    pub municipality: MunicipalityId,
    /// When it was made.
    pub at: Timestamp,
    /// The digest of the one before; none before the first.
    pub previous: Option<String>,
    /// Where the chains ended that had grown since then.
    pub heads: Vec<Head>,
    /// SHA-256 over all of the above, in hexadecimal.
    pub digest: String,
    /// Ed25519, in base64.
    pub public_key: String,
    /// Of the digest, in base64.
    pub signature: String,
}

/// Where a chain ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Head {
    /// The citizen, or the employee whose lists these are.
    pub chain: Uuid,
    /// Its last row.
    pub seq: i32,
    /// That row's hash.
    pub hash: String,
}

impl Checkpoint {
    fn contents(&self) -> String {
        digest(&(self.number, self.municipality, self.at.as_microsecond(), &self.previous, &self.heads))
    }

    /// Whether it is as it was made, by who holds this key.
    #[must_use]
    pub fn is_genuine(&self, by: &VerifyingKey) -> bool {
        self.public_key == STANDARD.encode(by.as_bytes())
            && self.digest == self.contents()
            && has_signed(by, &self.digest, &self.signature)
    }
}

/// What is signed when the rows behind a seal go: whoever only can write to the database cannot let them go.
pub(super) fn expiry_of(seal: &audit_seal::Model, at: Timestamp) -> String {
    digest(&("expired", seal.municipality_id, seal.chain, seal.seq, &seal.hash, at.as_microsecond()))
}

/// Signs, in base64.
pub(super) fn sign_words(key: &SigningKey, words: &str) -> String {
    STANDARD.encode(key.sign(words.as_bytes()).to_bytes())
}

/// Whether it is the signature of these words, by who holds this key.
pub(super) fn has_signed(by: &VerifyingKey, words: &str, signature: &str) -> bool {
    let signature = STANDARD.decode(signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
    signature.is_some_and(|signature| by.verify(words.as_bytes(), &signature).is_ok())
}

/// Who signs.
///
/// # Errors
/// That the store of keys does not answer.
pub async fn signing_key(db: &Database, m: MunicipalityId) -> Result<SigningKey> {
    Ok(SigningKey::from_bytes(db.keys().shared(m, Purpose::Checkpoints).await?.bytes()))
}

/// Makes a checkpoint; nothing when no chain has grown since the last.
///
/// # Errors
/// That the database did not take it.
pub async fn make(db: &Database, m: MunicipalityId, at: Timestamp) -> Result<Option<Checkpoint>> {
    let key = signing_key(db, m).await?;
    let at = Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at);
    db.write(move |tx| Box::pin(async move { sign(tx, m, at, &key).await })).await
}

/// Another instance that signs has to end first. Who only names the municipality, as every row does, waits for nobody.
pub(super) async fn alone(tx: &Tx, m: MunicipalityId) -> Result<()> {
    municipality::Entity::find_by_id(m.0).lock(LockType::NoKeyUpdate).one(tx).await?;
    Ok(())
}

async fn sign(tx: &Tx, m: MunicipalityId, at: Timestamp, key: &SigningKey) -> Result<Option<Checkpoint>> {
    alone(tx, m).await?;
    let heads = grown(tx, m).await?;
    if heads.is_empty() {
        return Ok(None);
    }
    let last = audit_checkpoint::Entity::find()
        .filter(audit_checkpoint::Column::MunicipalityId.eq(m.0))
        .order_by_desc(audit_checkpoint::Column::Number)
        .one(tx)
        .await?;
    let (before, previous) = last.map_or((0, None), |last| (last.number, Some(last.digest)));
    let number = before.checked_add(1).ok_or(Error::Internal("a checkpoint has a number that none can have"))?;
    let mut made = Checkpoint {
        number,
        municipality: m,
        at,
        previous,
        heads,
        digest: String::new(),
        public_key: STANDARD.encode(key.verifying_key().as_bytes()),
        signature: String::new(),
    };
    made.digest = made.contents();
    made.signature = sign_words(key, &made.digest);
    let row = audit_checkpoint::Model {
        municipality_id: m.0,
        number,
        at: at.into(),
        previous: made.previous.clone(),
        digest: made.digest.clone(),
        public_key: made.public_key.clone(),
        signature: made.signature.clone(),
    };
    audit_checkpoint::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    for heads in made.heads.chunks(CHUNK) {
        let seal = |head: &Head| {
            let row = audit_seal::Model {
                municipality_id: m.0,
                chain: head.chain,
                seq: head.seq,
                hash: head.hash.clone(),
                checkpoint: number,
                expired_at: None,
                expiry_signature: None,
            };
            row.into_active_model()
        };
        audit_seal::Entity::insert_many(heads.iter().map(seal)).exec_without_returning(tx).await?;
    }
    Ok(Some(made))
}

/// The chains whose end is in no checkpoint yet, in their order.
async fn grown(tx: &Tx, m: MunicipalityId) -> Result<Vec<Head>> {
    let sealed = audit_head::Entity::belongs_to(audit_seal::Entity)
        .from((audit_head::Column::MunicipalityId, audit_head::Column::Chain, audit_head::Column::Seq))
        .to((audit_seal::Column::MunicipalityId, audit_seal::Column::Chain, audit_seal::Column::Seq))
        .into();
    let heads = audit_head::Entity::find()
        .join(JoinType::LeftJoin, sealed)
        .filter(audit_head::Column::MunicipalityId.eq(m.0))
        .filter(audit_seal::Column::Seq.is_null())
        .order_by_asc(audit_head::Column::Chain)
        .all(tx)
        .await?;
    let mut heads: Vec<Head> =
        heads.into_iter().map(|row| Head { chain: row.chain, seq: row.seq, hash: row.hash }).collect();
    heads.sort();
    Ok(heads)
}

/// Every checkpoint, the first one first.
///
/// # Errors
/// That the database does not answer.
pub async fn all(tx: &Tx, m: MunicipalityId) -> Result<Vec<Checkpoint>> {
    let rows = audit_checkpoint::Entity::find()
        .filter(audit_checkpoint::Column::MunicipalityId.eq(m.0))
        .order_by_asc(audit_checkpoint::Column::Number)
        .all(tx)
        .await?;
    of_rows(tx, m, rows).await
}

/// Checkpoints with the ends that they name.
pub(super) async fn of_rows(tx: &Tx, m: MunicipalityId, rows: Vec<audit_checkpoint::Model>) -> Result<Vec<Checkpoint>> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let seals = audit_seal::Entity::find()
            .filter(audit_seal::Column::MunicipalityId.eq(m.0))
            .filter(audit_seal::Column::Checkpoint.eq(row.number))
            .all(tx)
            .await?;
        let mut heads: Vec<Head> =
            seals.into_iter().map(|seal| Head { chain: seal.chain, seq: seal.seq, hash: seal.hash }).collect();
        heads.sort();
        all.push(Checkpoint {
            number: row.number,
            municipality: m,
            at: row.at.0,
            previous: row.previous,
            heads,
            digest: row.digest,
            public_key: row.public_key,
            signature: row.signature,
        });
    }
    Ok(all)
}
