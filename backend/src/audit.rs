//! Who looked at or changed what. The row lies in the same transaction as what it tells of: neither is there alone.
//! A citizen's rows are a chain, each with the keyed hash of the one before; so are the lists that an employee has seen, which
//! name many and are nobody's case. One chain for all would let every look wait for every other.

use std::{sync::LazyLock, time::Instant};

use contract::{EmployeeId, MunicipalityId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    EntityTrait, IntoActiveModel as _, QuerySelect as _,
    sea_query::{LockType, OnConflict},
};
use uuid::Uuid;

use crate::{
    db::{Tx, Wait, Work},
    entity::{audit, audit_head},
    error::{Error, Result},
    keys::{Key, Keys},
    policy::{CaseAccess, RegisterAccess},
    values::{ActionKind, ActorKind, Role, SealedText, Word},
};

mod chain;
pub mod checkpoint;
pub mod ends;
pub mod expiry;
pub mod read;
pub mod served;
pub mod verify;

/// This process: how many of its answers have a row can be counted.
static INSTANCE: LazyLock<Uuid> = LazyLock::new(Uuid::now_v7);

/// Whose rows follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The municipality.
    pub municipality: Uuid,
    /// The citizen, or the employee whose lists these are.
    pub id: Uuid,
}

/// Writes what a case was opened for.
///
/// # Errors
/// That the database did not take it.
pub async fn record(keys: &Keys, access: &CaseAccess, tx: &Tx) -> Result<()> {
    let (municipality, id) = access.key();
    let entry = Entry {
        chain: Chain { municipality, id },
        is_case: true,
        at: access.at(),
        actor: access.actor_key(),
        role: access.role(),
        unit: access.unit().map(str::to_owned),
        action: access.action(),
        operation: access.operation(),
        search: None,
    };
    entry.append(keys, tx).await
}

/// Writes what was done by who runs the program: in a case, or with the lists that an employee has seen.
///
/// # Errors
/// That the database did not take it.
pub async fn record_operator(
    (keys, tx): (&Keys, &Tx),
    (chain, is_case): (Chain, bool),
    action: ActionKind,
    operation: &'static str,
    at: Timestamp,
) -> Result<()> {
    let entry = Entry {
        chain,
        is_case,
        at,
        actor: (ActorKind::System, Uuid::nil()),
        role: Role::Operator,
        unit: None,
        action,
        operation,
        search: None,
    };
    entry.append(keys, tx).await
}

/// Writes that another system has said who somebody is: for a citizen in their case, for an employee in their own chain.
///
/// # Errors
/// That the database did not take it.
pub async fn record_register(
    (keys, tx): (&Keys, &Tx),
    access: &RegisterAccess,
    (id, is_case): (Uuid, bool),
    operation: &'static str,
) -> Result<()> {
    let entry = Entry {
        chain: Chain { municipality: access.municipality().0, id },
        is_case,
        at: access.at(),
        actor: (ActorKind::System, Uuid::nil()),
        role: Role::Integration,
        unit: Some(access.name().to_owned()),
        action: ActionKind::Write,
        operation,
        search: None,
    };
    entry.append(keys, tx).await
}

/// Writes what a login changed in the case of the citizen whose login it is.
///
/// # Errors
/// That the database did not take it.
pub async fn record_login(
    (keys, tx): (&Keys, &Tx),
    chain: Chain,
    operation: &'static str,
    at: Timestamp,
) -> Result<()> {
    let entry = Entry {
        chain,
        is_case: true,
        at,
        actor: (ActorKind::Citizen, chain.id),
        role: Role::Citizen,
        unit: None,
        action: ActionKind::Write,
        operation,
        search: None,
    };
    entry.append(keys, tx).await
}

/// What an employee did that is nobody's case: asked for a list of their own citizens, or said what a colleague may.
pub struct List<'a> {
    /// The municipality.
    pub municipality: MunicipalityId,
    /// Who asks.
    pub employee: EmployeeId,
    /// When.
    pub at: Timestamp,
    /// What for, in a word.
    pub operation: &'static str,
    /// What was searched for or said, and the key to seal it with: it may name people.
    pub search: Option<(&'a str, &'a Key)>,
    /// To look or to change.
    pub action: ActionKind,
}

impl List<'_> {
    /// The chain it belongs to.
    #[must_use]
    pub fn chain(&self) -> Chain {
        Chain { municipality: self.municipality.0, id: self.employee.0 }
    }

    /// Writes that an employee saw a list, or changed what is nobody's case: one row, naming nobody in the clear.
    ///
    /// # Errors
    /// That the database did not take it.
    pub async fn record(&self, keys: &Keys, tx: &Tx) -> Result<()> {
        let entry = Entry {
            chain: self.chain(),
            is_case: false,
            at: self.at,
            actor: (ActorKind::Employee, self.employee.0),
            role: Role::Employee,
            unit: None,
            action: self.action,
            operation: self.operation,
            search: self.search,
        };
        entry.append(keys, tx).await
    }
}

/// What search words are bound to: their column and row.
#[must_use]
pub fn search_place(chain: Chain, seq: i32) -> String {
    format!("audit.words/{}/{}/{seq}", chain.municipality, chain.id)
}

struct Entry<'a> {
    chain: Chain,
    is_case: bool,
    at: Timestamp,
    actor: (ActorKind, Uuid),
    role: Role,
    unit: Option<String>,
    action: ActionKind,
    operation: &'static str,
    search: Option<(&'a str, &'a Key)>,
}

impl Entry<'_> {
    async fn append(self, keys: &Keys, tx: &Tx) -> Result<()> {
        let (actor_kind, actor_id) = self.actor;
        let head = head(tx, self.chain).await?;
        let seq = head.seq + 1;
        let words = self.search.map(|(words, seal)| seal.seal(&search_place(self.chain, seq), words)).transpose()?;
        let mut row = audit::Model {
            municipality_id: self.chain.municipality,
            chain: self.chain.id,
            seq,
            is_case: self.is_case,
            // As it will be read again, so that the hash is the same.
            at: Timestamp::from_microsecond(self.at.as_microsecond()).unwrap_or(self.at).into(),
            actor_kind: Word(actor_kind),
            actor_id,
            role: Word(self.role),
            unit: self.unit,
            action: Word(self.action),
            operation: self.operation.to_owned(),
            words: words.map(SealedText::Sealed),
            instance: *INSTANCE,
            previous: head.hash.clone(),
            hash: String::new(),
        };
        row.hash = chain::hash(keys.chains(), &row);
        let mut end = head.into_active_model();
        (end.seq, end.hash) = (Set(row.seq), Set(row.hash.clone()));
        let written = audit::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
        if written != 1 {
            return Err(Error::Internal("a row of the audit was not written"));
        }
        audit_head::Entity::update(end).exec(tx).await?;
        keys.has_grown(self.chain.municipality, self.chain.id, seq, Instant::now());
        Ok(())
    }
}

/// Where the chain ends, which is this transaction's to say until it is over.
///
/// # Errors
/// That the database does not answer, or that another transaction was in the way.
async fn head(tx: &Tx, chain: Chain) -> Result<audit_head::Model> {
    let find = || audit_head::Entity::find_by_id((chain.municipality, chain.id)).lock(LockType::Update);
    if let Some(head) = find().one(tx).await? {
        return Ok(head);
    }
    let begin =
        audit_head::Model { municipality_id: chain.municipality, chain: chain.id, seq: 0, hash: chain::begin(chain) };
    let known =
        OnConflict::columns([audit_head::Column::MunicipalityId, audit_head::Column::Chain]).do_nothing().to_owned();
    audit_head::Entity::insert(begin.clone().into_active_model()).on_conflict(known).exec_without_returning(tx).await?;
    Ok(find().one(tx).await?.unwrap_or(begin))
}

/// Until the chain is this transaction's.
impl Wait for Chain {
    fn wait<'a>(&'a self, tx: &'a Tx) -> Work<'a, ()> {
        Box::pin(async move { head(tx, *self).await.map(drop) })
    }
}
