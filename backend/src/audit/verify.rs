//! Whether the audit is as it was written: every row, every link, every checkpoint.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use contract::MunicipalityId;
use ed25519_dalek::VerifyingKey;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect as _};
use uuid::Uuid;

use super::{
    Chain,
    chain::{begin, hash, hash_at},
    checkpoint::{self, Checkpoint},
};
use crate::{
    db::{Database, Tx},
    entity::{audit, audit_head, audit_seal},
    error::Result,
    keys::{ChainEnd, Key},
};

/// What was looked at, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many chains.
    pub chains: usize,
    /// How many rows.
    pub rows: usize,
    /// How many checkpoints.
    pub checkpoints: usize,
    /// Everything that is not as it was written.
    pub findings: Vec<Finding>,
}

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A row holds something else than when it was written.
    Changed(Uuid, i32),
    /// Rows are not there, the first and the last of them.
    Missing(Uuid, i32, i32),
    /// The last rows are not there, by what the store of keys knows: the first and the last of them.
    Ended(Uuid, i32, i32),
    /// Where the store of keys knows a row, another stands, which was written too.
    Other(Uuid, i32),
    /// A row stands where another stood: here, and its own place.
    Moved(Uuid, i32, i32),
    /// A row follows another one than when it was written.
    Unlinked(Uuid, i32),
    /// There are rows behind the chain's end, or no end at all.
    Beyond(Uuid, i32),
    /// A row stands where all rows were let go.
    Expired(Uuid, i32),
    /// A checkpoint is not as it was signed.
    Checkpoint(i32),
    /// That a chain's end was signed, or that all behind it was let go, stands there, and nobody has signed it.
    Seal(Uuid, i32),
    /// A checkpoint that was exported is not there, or is another one.
    Exported(i32),
}

impl Finding {
    /// Whether it is what an older copy of the data looks like: rows that are known of elsewhere are not there yet.
    #[must_use]
    pub fn is_of_the_end(&self) -> bool {
        matches!(self, Self::Ended(..) | Self::Other(..))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(chain, seq) => write!(f, "chain {chain}, row {seq}: changed"),
            Self::Missing(chain, from, to) if from == to => write!(f, "chain {chain}, row {from}: missing"),
            Self::Missing(chain, from, to) => write!(f, "chain {chain}, rows {from} to {to}: missing"),
            Self::Ended(chain, from, to) => write!(f, "chain {chain}, rows {from} to {to}: missing at the end"),
            Self::Other(chain, seq) => write!(f, "chain {chain}, row {seq}: another one than was written here first"),
            Self::Moved(chain, seq, from) => write!(f, "chain {chain}, row {seq}: moved here from {from}"),
            Self::Unlinked(chain, seq) => write!(f, "chain {chain}, row {seq}: another row stood before it"),
            Self::Beyond(chain, seq) => write!(f, "chain {chain}, row {seq}: behind the end of the chain"),
            Self::Expired(chain, seq) => write!(f, "chain {chain}, row {seq}: written where all was let go"),
            Self::Checkpoint(number) => write!(f, "checkpoint {number}: not as it was signed"),
            Self::Seal(chain, seq) => write!(f, "chain {chain}, row {seq}: a seal that nobody has signed"),
            Self::Exported(number) => write!(f, "checkpoint {number}: not the one that was exported"),
        }
    }
}

/// Looks at everything, and holds it against checkpoints that were exported before.
///
/// # Errors
/// That the database does not answer.
pub async fn all(db: &Database, m: MunicipalityId, exported: Vec<Checkpoint>) -> Result<Report> {
    let signer = checkpoint::signing_key(db, m).await?.verifying_key();
    // Before the data are read: what is written meanwhile is there too.
    let ends = db.keys().chain_ends(m, None).await?.into_iter().map(|end| (end.chain, end)).collect();
    let known = Known { signer, chains: db.keys().chains().clone(), ends, exported };
    db.read(move |tx| Box::pin(async move { read(tx, m, &known).await })).await
}

/// What lies elsewhere.
struct Known {
    /// Who signs.
    signer: VerifyingKey,
    /// What rows are hashed with.
    chains: Key,
    /// Where chains end at least.
    ends: HashMap<Uuid, ChainEnd>,
    exported: Vec<Checkpoint>,
}

async fn read(tx: &Tx, m: MunicipalityId, known: &Known) -> Result<Report> {
    let mut report = Report::default();
    let seals = audit_seal::Entity::find().filter(audit_seal::Column::MunicipalityId.eq(m.0)).all(tx).await?;
    let checkpoints = checkpoint::all(tx, m).await?;
    let numbers: HashSet<i32> = checkpoints.iter().map(|made| made.number).collect();
    let unsigned = seals.iter().filter(|seal| {
        !numbers.contains(&seal.checkpoint) || seal.expired_at.is_some() && !is_expired(seal, &known.signer)
    });
    report.findings.extend(unsigned.map(|seal| Finding::Seal(seal.chain, seal.seq)));
    let mut of_chain: HashMap<Uuid, Vec<audit_seal::Model>> = HashMap::new();
    seals.into_iter().for_each(|seal| of_chain.entry(seal.chain).or_default().push(seal));
    let heads = audit_head::Entity::find().filter(audit_head::Column::MunicipalityId.eq(m.0)).all(tx).await?;
    let mut ends: HashMap<Uuid, audit_head::Model> = heads.into_iter().map(|head| (head.chain, head)).collect();

    let mut chains: Vec<Uuid> = ends.keys().chain(of_chain.keys()).chain(known.ends.keys()).copied().collect();
    let with_rows = audit::Entity::find()
        .select_only()
        .column(audit::Column::Chain)
        .distinct()
        .filter(audit::Column::MunicipalityId.eq(m.0));
    chains.extend(with_rows.into_tuple::<Uuid>().all(tx).await?);
    chains.sort_unstable();
    chains.dedup();
    for id in chains {
        let rows = audit::Entity::find()
            .filter(audit::Column::MunicipalityId.eq(m.0))
            .filter(audit::Column::Chain.eq(id))
            .order_by_asc(audit::Column::Seq)
            .all(tx)
            .await?;
        report.chains += 1;
        report.rows += rows.len();
        let seals = of_chain.remove(&id).unwrap_or_default();
        let chain = Chain { municipality: m.0, id };
        let is_expired = |seal: &&audit_seal::Model| is_expired(seal, &known.signer);
        let expired = seals.iter().filter(is_expired).max_by_key(|seal| seal.seq);
        let remembered = known.ends.get(&id);
        let kept = Remains { rows: &rows, seals: &seals, expired, end: ends.remove(&id), remembered };
        report.findings.extend(kept.findings(chain, &known.chains));
    }
    report.checkpoints = checkpoints.len();
    report.findings.extend(checkpoint_findings(&checkpoints, known));
    Ok(report)
}

/// Whether the rows behind it were let go by who holds the key.
fn is_expired(seal: &audit_seal::Model, key: &VerifyingKey) -> bool {
    let (Some(at), Some(signature)) = (seal.expired_at, &seal.expiry_signature) else { return false };
    checkpoint::has_signed(key, &checkpoint::expiry_of(seal, at.0), signature)
}

/// What is there of one chain. Its rows come in the order of their numbers.
struct Remains<'a> {
    rows: &'a [audit::Model],
    seals: &'a [audit_seal::Model],
    /// Behind which rows were let go.
    expired: Option<&'a audit_seal::Model>,
    end: Option<audit_head::Model>,
    /// Where it ends at least, by what lies elsewhere.
    remembered: Option<&'a ChainEnd>,
}

impl Remains<'_> {
    /// What is wrong there.
    fn findings(&self, chain: Chain, key: &Key) -> Vec<Finding> {
        let Self { rows, seals, expired, end, remembered } = self;
        let end = end.as_ref();
        let mut findings = Vec::new();
        // What has expired is not there any more, and what comes after it names it by the seal's hash.
        let (mut last, mut before) = expired.map_or_else(|| (0, begin(chain)), |seal| (seal.seq, seal.hash.clone()));
        let (gone, kept): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.seq <= last);
        findings.extend(gone.iter().map(|row| Finding::Expired(chain.id, row.seq)));
        for row in kept {
            if row.seq > last + 1 {
                findings.push(Finding::Missing(chain.id, last + 1, row.seq - 1));
            }
            if row.hash != hash(key, row) {
                let longest = rows.last().map_or(0, |row| row.seq).max(end.map_or(0, |end| end.seq));
                let own = (1..=longest).find(|seq| hash_at(key, row, *seq) == row.hash);
                findings.push(match own {
                    Some(own) => Finding::Moved(chain.id, row.seq, own),
                    None => Finding::Changed(chain.id, row.seq),
                });
            } else if row.seq == last + 1 && row.previous != before {
                findings.push(Finding::Unlinked(chain.id, row.seq));
            }
            let differs = seals.iter().any(|seal| seal.seq == row.seq && seal.hash != row.hash);
            if differs {
                findings.push(Finding::Changed(chain.id, row.seq));
            }
            if remembered.is_some_and(|end| end.seq == row.seq && end.hash != row.hash) && row.hash == hash(key, row) {
                findings.push(Finding::Other(chain.id, row.seq));
            }
            (last, before) = (row.seq, row.hash.clone());
        }
        let sealed = seals.iter().map(|seal| seal.seq).max().unwrap_or(0);
        let end_seq = end.map_or(0, |end| end.seq).max(sealed);
        let remembered = remembered.map_or(0, |end| end.seq);
        if end_seq.max(last) < remembered {
            findings.push(Finding::Ended(chain.id, end_seq.max(last) + 1, remembered));
        }
        if last < end_seq {
            findings.push(Finding::Missing(chain.id, last + 1, end_seq));
        } else if last > end_seq || end.is_some_and(|end| end.hash != before) {
            findings.push(Finding::Beyond(chain.id, last));
        }
        findings.dedup();
        findings
    }
}

fn checkpoint_findings(all: &[Checkpoint], Known { signer: key, exported, .. }: &Known) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut before: Option<&Checkpoint> = None;
    for (number, made) in (1..).zip(all) {
        let follows = made.number == number && made.previous.as_ref() == before.map(|before| &before.digest);
        if !follows || !made.is_genuine(key) {
            findings.push(Finding::Checkpoint(made.number));
        }
        before = Some(made);
    }
    let differs = |copy: &&Checkpoint| {
        let made = all.iter().find(|made| made.number == copy.number);
        !copy.is_genuine(key) || made != Some(copy)
    };
    findings.extend(exported.iter().filter(differs).map(|copy| Finding::Exported(copy.number)));
    findings
}
