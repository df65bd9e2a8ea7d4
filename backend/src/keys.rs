//! The keys that people's words are sealed with: one for each citizen, each wrapped by a master key from outside. They lie
//! in a store of their own: whoever has the data alone, or an old copy of it, can read nothing that people wrote, and what
//! a deleted key has sealed stays sealed for ever.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use contract::MunicipalityId;
use sea_orm::DbErr;
use uuid::Uuid;

use crate::error::{Error, Result};

mod master;
mod sealing;
mod store;

pub use self::{
    master::{Master, MasterError},
    sealing::{Key, Place, Sealed, Unseal, sealed_rows},
    store::ChainEnd,
};
use self::{sealing::random_key, store::Store};

/// Every key there is.
#[derive(Clone)]
pub struct Keys(Arc<Parts>);

struct Parts {
    store: Store,
    masters: Masters,
    chains: Key,
    grown: Mutex<HashMap<(Uuid, Uuid), (i32, Instant)>>,
}

/// Why the keys cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The store does not answer, or its table cannot be made.
    #[error("the store of the keys cannot be opened: {0}")]
    Store(#[from] DbErr),
    /// What lies there cannot be unwrapped.
    #[error(
        "the keys are wrapped by another master key: set keys.master to the one they were made with, or, after a change, keys.previous too"
    )]
    OtherMaster,
    /// A key that has to be there cannot be made.
    #[error("a key cannot be made or unwrapped: {0}")]
    NoKey(#[from] Error),
}

/// The master key, and while it is being changed the one before.
#[derive(Clone)]
pub struct Masters {
    /// Wraps.
    pub current: Master,
    /// Still unwraps.
    pub previous: Option<Master>,
}

impl Masters {
    fn unwrap(&self, m: Uuid, row: &store::Wrapped) -> Result<Key> {
        let all = std::iter::once(&self.current).chain(&self.previous);
        let master = all.into_iter().find(|master| master.id() == row.master);
        master.ok_or(Error::Internal("a key is wrapped by a master key that is not set"))?.unwrap(m, row)
    }
}

/// What a key is for, apart from the citizens' own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Seals what employees have searched for.
    Searches,
    /// Signs the checkpoints of the audit.
    Checkpoints,
    /// Seals what tells a provider whose session is to end.
    Logins,
    /// Hashes the rows of the audit.
    Chains,
}

impl Purpose {
    /// Ids that no citizen has: their version says that they are nobody's.
    fn id(self) -> Uuid {
        Uuid::from_u128(match self {
            Self::Searches => 1,
            Self::Checkpoints => 2,
            Self::Logins => 3,
            Self::Chains => 4,
        })
    }
}

impl Keys {
    /// Opens the store.
    ///
    /// # Errors
    /// Any [`OpenError`].
    pub async fn open(url: &str, masters: Masters) -> Result<Self, OpenError> {
        let store = Store::open(url).await?;
        let set: Vec<&str> = std::iter::once(&masters.current).chain(&masters.previous).map(Master::id).collect();
        if store.masters().await?.iter().any(|master| !set.contains(&master.as_str())) {
            return Err(OpenError::OtherMaster);
        }
        let chains = chains(&store, &masters).await?;
        Ok(Self(Arc::new(Parts { store, masters, chains, grown: Mutex::default() })))
    }

    /// What the rows of the audit are hashed with. It never changes, so it is at hand.
    #[must_use]
    pub fn chains(&self) -> &Key {
        &self.0.chains
    }

    /// That a chain of the audit is about to end with this row; [`crate::audit::ends`] takes it up.
    pub(crate) fn has_grown(&self, m: Uuid, chain: Uuid, until: i32, said_at: Instant) {
        let mut grown = self.0.grown.lock().unwrap_or_else(PoisonError::into_inner);
        let said = grown.entry((m, chain)).or_insert((until, said_at));
        *said = (*said).max((until, said_at));
    }

    /// The chains of which that was said, with how far and when, once.
    pub(crate) fn take_grown(&self) -> HashMap<(Uuid, Uuid), (i32, Instant)> {
        std::mem::take(&mut *self.0.grown.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Where these chains of the audit, or all, end, as far as this store knows.
    ///
    /// # Errors
    /// That the store does not answer.
    pub async fn chain_ends(&self, m: MunicipalityId, of: Option<&[Uuid]>) -> Result<Vec<ChainEnd>> {
        Ok(self.0.store.ends(m.0, of).await?)
    }

    /// Remembers where chains end, unless later ends are known.
    ///
    /// # Errors
    /// That the store does not answer.
    pub async fn remember_ends(&self, m: MunicipalityId, ends: Vec<ChainEnd>) -> Result<()> {
        Ok(self.0.store.remember_ends(m.0, ends).await?)
    }

    /// Knows these ends and no others.
    ///
    /// # Errors
    /// That the store does not answer; then it knows those from before.
    pub async fn replace_ends(&self, m: MunicipalityId, ends: Vec<ChainEnd>) -> Result<()> {
        Ok(self.0.store.replace_ends(m.0, ends).await?)
    }

    /// The keys of these citizens; whoever has none is not among them, and what they wrote is gone.
    ///
    /// # Errors
    /// That the store does not answer, or that another master key has wrapped them.
    pub async fn of(&self, m: MunicipalityId, citizens: &[Uuid]) -> Result<Ring> {
        let wrapped = self.0.store.read(m.0, citizens).await?;
        let unwrapped = wrapped.into_iter().map(|row| Ok((row.owner, self.0.masters.unwrap(m.0, &row)?)));
        Ok(Ring { municipality: m.0, keys: unwrapped.collect::<Result<_>>()?, hidden: Arc::default() })
    }

    /// The same, with new keys for those who have none yet. When this returns, they are on the disk.
    ///
    /// # Errors
    /// As [`Keys::of`].
    pub async fn make_for(&self, m: MunicipalityId, citizens: &[Uuid]) -> Result<Ring> {
        let ring = self.of(m, citizens).await?;
        let new: Vec<Uuid> = citizens.iter().copied().filter(|id| !ring.keys.contains_key(id)).collect();
        if new.is_empty() {
            return Ok(ring);
        }
        let wrapped = new.into_iter().map(|owner| {
            let key = random_key()?;
            self.0.masters.current.wrap(m.0, owner, &key)
        });
        self.0.store.add(m.0, wrapped.collect::<Result<_>>()?).await?;
        // Somebody else may have been first.
        self.of(m, citizens).await
    }

    /// The municipality's key for this, made when it is first asked for.
    ///
    /// # Errors
    /// As [`Keys::of`].
    pub async fn shared(&self, m: MunicipalityId, purpose: Purpose) -> Result<Key> {
        let ring = self.make_for(m, &[purpose.id()]).await?;
        ring.keys.into_values().next().ok_or(Error::Internal("a key that was made is not there"))
    }

    /// Deletes a citizen's key: what it has sealed cannot be read any more, in no copy of the data either. Whether there
    /// was one.
    ///
    /// # Errors
    /// That the store does not answer.
    pub async fn forget(&self, m: MunicipalityId, citizen: Uuid) -> Result<bool> {
        Ok(self.0.store.delete(m.0, citizen).await?)
    }

    /// Wraps by the current master key what the one before has wrapped. How many keys that were.
    ///
    /// # Errors
    /// That the store does not answer, or that neither master key has wrapped one of them; then all stays as it was.
    pub async fn rewrap(&self) -> Result<usize> {
        let masters = &self.0.masters;
        let mut changed = Vec::new();
        for (m, row) in self.0.store.wrapped_by_others(masters.current.id()).await? {
            let key = masters.unwrap(m, &row)?;
            changed.push((m, masters.current.wrap(m, row.owner, key.bytes())?));
        }
        let count = changed.len();
        self.0.store.replace(changed).await?;
        Ok(count)
    }

    /// Ends every connection.
    pub async fn close(&self) {
        self.0.store.close().await;
    }
}

/// The key of every municipality's chains, made when the store is first opened.
async fn chains(store: &Store, masters: &Masters) -> Result<Key> {
    let (nobody, owner) = (Uuid::nil(), Purpose::Chains.id());
    if store.read(nobody, &[owner]).await?.is_empty() {
        let key = random_key()?;
        store.add(nobody, vec![masters.current.wrap(nobody, owner, &key)?]).await?;
    }
    // Somebody else may have been first.
    let wrapped = store.read(nobody, &[owner]).await?;
    masters.unwrap(nobody, wrapped.first().ok_or(Error::Internal("a key that was made is not there"))?)
}

/// The keys of some citizens, to read and write their words with; but for what is hidden from whoever has the ring.
#[derive(Clone)]
pub struct Ring {
    municipality: Uuid,
    keys: HashMap<Uuid, Key>,
    hidden: Arc<HashSet<Uuid>>,
}

impl Ring {
    /// Whether this citizen's is among them.
    #[must_use]
    pub fn has(&self, citizen: Uuid) -> bool {
        self.keys.contains_key(&citizen)
    }

    /// This citizen's.
    ///
    /// # Errors
    /// [`Error::Internal`] when it is not at hand.
    pub fn of(&self, citizen: Uuid) -> Result<&Key> {
        self.keys.get(&citizen).ok_or(Error::Internal("a citizen's key is not at hand"))
    }

    /// The same keys, for somebody who may not see these things.
    #[must_use]
    pub fn without(self, hidden: HashSet<Uuid>) -> Self {
        Self { hidden: Arc::new(hidden), ..self }
    }

    /// The things that may not be seen by whoever has the ring.
    #[must_use]
    pub fn hidden(&self) -> &HashSet<Uuid> {
        &self.hidden
    }

    /// Whether this is one of them.
    #[must_use]
    pub fn hides(&self, id: Uuid) -> bool {
        self.hidden.contains(&id)
    }

    fn key(&self, place: &Place) -> Result<&Key> {
        let is_own = place.municipality == self.municipality;
        self.keys.get(&place.citizen).filter(|_| is_own).ok_or(Error::Internal("a citizen's key is not at hand"))
    }
}

impl AsRef<Self> for Ring {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl std::fmt::Debug for Ring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ring({} keys)", self.keys.len())
    }
}

#[cfg(test)]
mod tests;
