use aes_gcm::{Aes256Gcm, KeyInit as _};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    sealing::{Key, decrypt, encrypt, random_key},
    store::Wrapped,
};
use crate::error::{Error, Result};

/// The key from outside that wraps all others.
#[derive(Clone)]
pub struct Master {
    cipher: Aes256Gcm,
    id: String,
}

/// It cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a master key is 32 bytes in base64: make one with `roed-traad keys make`")]
pub struct MasterError;

/// Whoever starts the demo without one gets this: its people are invented, and there is nothing to hide.
const OF_THE_DEMO: &str = "Roed Traad's demo, whose people are invented";

impl Master {
    /// From its 32 bytes in base64.
    ///
    /// # Errors
    /// [`MasterError`].
    pub fn parse(text: &str) -> Result<Self, MasterError> {
        let bytes = Zeroizing::new(STANDARD.decode(text.trim()).map_err(|_| MasterError)?);
        let bytes: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| MasterError)?;
        Ok(Self::of(bytes))
    }

    /// A new one, in base64.
    ///
    /// # Errors
    /// That the machine has no randomness.
    pub fn make() -> Result<String> {
        Ok(STANDARD.encode(random_key()?.as_slice()))
    }

    /// The demo's, which everybody knows.
    #[must_use]
    pub fn of_the_demo() -> Self {
        Self::of(&Sha256::digest(OF_THE_DEMO).into())
    }

    fn of(bytes: &[u8; 32]) -> Self {
        let id = Sha256::new().chain_update("roed-traad master key").chain_update(bytes).finalize();
        Self { cipher: Aes256Gcm::new(bytes.into()), id: id[..8].iter().map(|byte| format!("{byte:02x}")).collect() }
    }

    /// Which one it is, without telling anything of it.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn wrap(&self, m: Uuid, owner: Uuid, key: &[u8; 32]) -> Result<Wrapped> {
        let wrapped = encrypt(&self.cipher, &place(m, owner), key)?;
        Ok(Wrapped { owner, master: self.id.clone(), wrapped })
    }

    pub(super) fn unwrap(&self, m: Uuid, row: &Wrapped) -> Result<Key> {
        let bytes = Zeroizing::new(decrypt(&self.cipher, &place(m, row.owner), &row.wrapped)?);
        let bytes: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| Error::Internal("a key has another length"))?;
        Ok(Key::of(bytes))
    }
}

/// Whose key it is: bound to what is wrapped, so that one citizen's cannot be put in another's place.
fn place(m: Uuid, owner: Uuid) -> String {
    format!("key/{m}/{owner}")
}
