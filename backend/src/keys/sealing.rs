use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::Ring;
use crate::{
    error::{Error, Result},
    values::SealedText,
};

/// How sealed text begins: the way it was sealed, for the day when there is another.
const WAY: &str = "v1.";

/// The nonce stands before what it was used for.
const NONCE: usize = 12;

/// A key for AES-256-GCM.
#[derive(Clone)]
pub struct Key {
    bytes: Zeroizing<[u8; 32]>,
    cipher: Aes256Gcm,
}

impl Key {
    pub(crate) fn of(bytes: &[u8; 32]) -> Self {
        Self { bytes: Zeroizing::new(*bytes), cipher: Aes256Gcm::new(bytes.into()) }
    }

    /// The key itself, for what is not sealing.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// A mark that tells whether two things are the same, and nothing else: without the key nobody can guess and try.
    #[must_use]
    pub fn mark(&self, bytes: &[u8]) -> String {
        // A key of any length is taken.
        let Ok(mac) = <Hmac<Sha256> as Mac>::new_from_slice(self.bytes.as_slice()) else { return String::new() };
        STANDARD_NO_PAD.encode(mac.chain_update(bytes).finalize().into_bytes())
    }

    /// Seals a text for its place.
    ///
    /// # Errors
    /// That the machine has no randomness.
    pub fn seal(&self, place: &str, text: &str) -> Result<String> {
        encrypt(&self.cipher, place, text.as_bytes())
    }

    /// Opens a text that was sealed for this place.
    ///
    /// # Errors
    /// [`Error::Internal`] when it was changed, or sealed by another key or for another place.
    pub fn open(&self, place: &str, sealed: &str) -> Result<String> {
        String::from_utf8(decrypt(&self.cipher, place, sealed)?)
            .map_err(|_| Error::Internal("a sealed text is no text"))
    }
}

pub(super) fn random_key() -> Result<Zeroizing<[u8; 32]>> {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| Error::Internal("no randomness"))?;
    Ok(bytes)
}

pub(super) fn encrypt(cipher: &Aes256Gcm, place: &str, bytes: &[u8]) -> Result<String> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(|_| Error::Internal("no randomness"))?;
    let payload = Payload { msg: bytes, aad: place.as_bytes() };
    let sealed = cipher.encrypt(Nonce::from_slice(&nonce), payload).map_err(|_| Error::Internal("too long to seal"))?;
    Ok(format!("{WAY}{}", STANDARD_NO_PAD.encode([nonce.as_slice(), &sealed].concat())))
}

pub(super) fn decrypt(cipher: &Aes256Gcm, place: &str, sealed: &str) -> Result<Vec<u8>> {
    let opened = || {
        let bytes = STANDARD_NO_PAD.decode(sealed.strip_prefix(WAY)?).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
        cipher.decrypt(Nonce::from_slice(nonce), Payload { msg: sealed, aad: place.as_bytes() }).ok()
    };
    opened().ok_or(Error::Internal("a sealed text cannot be opened"))
}

/// The row that texts stand in: they open nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// The row's municipality.
    pub municipality: Uuid,
    /// The row's citizen, whose key it is.
    pub citizen: Uuid,
    /// The rest of the row's key.
    pub row: String,
}

impl Place {
    fn of(&self, column: &str) -> String {
        let Self { table, municipality, citizen, row } = self;
        format!("{table}.{column}/{municipality}/{citizen}/{row}")
    }
}

/// A row with texts that are sealed in the database.
pub trait Sealed: Sized {
    /// Where it stands; nothing when the row does not say.
    fn place(&self) -> Option<Place>;

    /// The thing in the case that it is, or belongs to: whoever may not see that does not see the row.
    fn about(&self) -> Option<Uuid> {
        None
    }

    /// The texts that there are, with their columns.
    fn texts(&mut self) -> Vec<(&'static str, &mut SealedText)>;

    /// The row as it may be written: all its texts sealed.
    ///
    /// # Errors
    /// [`Error::Internal`] when the citizen's key is not at hand.
    fn sealed(mut self, ring: impl AsRef<Ring>) -> Result<Self> {
        let place = self.place().ok_or(Error::Internal("a row without a key"))?;
        for (column, text) in self.texts() {
            if let SealedText::Open(words) = text {
                *text = SealedText::Sealed(ring.as_ref().key(&place)?.seal(&place.of(column), words)?);
            }
        }
        Ok(self)
    }
}

/// Rows as they may be written.
///
/// # Errors
/// As [`Sealed::sealed`].
pub fn sealed_rows<R: Sealed>(rows: impl IntoIterator<Item = R>, ring: impl AsRef<Ring>) -> Result<Vec<R>> {
    rows.into_iter().map(|row| row.sealed(ring.as_ref())).collect()
}

/// What was read from the database, to be opened. What is hidden from the reader is left out: who forgot to ask does not
/// show it either.
pub trait Unseal: Sized {
    /// With all its texts open.
    ///
    /// # Errors
    /// [`Error::Internal`] when a text was changed or moved, or the citizen's key is not at hand.
    fn unsealed(self, ring: impl AsRef<Ring>) -> Result<Self>;
}

impl<T: Sealed> Unseal for Vec<T> {
    fn unsealed(mut self, ring: impl AsRef<Ring>) -> Result<Self> {
        self.retain(|row| is_shown(row, ring.as_ref()));
        self.iter_mut().try_for_each(|row| open(row, ring.as_ref()))?;
        Ok(self)
    }
}

impl<T: Sealed> Unseal for Option<T> {
    fn unsealed(self, ring: impl AsRef<Ring>) -> Result<Self> {
        let mut shown = self.filter(|row| is_shown(row, ring.as_ref()));
        shown.iter_mut().try_for_each(|row| open(row, ring.as_ref()))?;
        Ok(shown)
    }
}

fn is_shown(row: &impl Sealed, ring: &Ring) -> bool {
    row.about().is_none_or(|id| !ring.hides(id))
}

fn open(row: &mut impl Sealed, ring: &Ring) -> Result<()> {
    let place = row.place().ok_or(Error::Internal("a row without a key"))?;
    for (column, text) in row.texts() {
        if let SealedText::Sealed(sealed) = text {
            *text = SealedText::Open(ring.key(&place)?.open(&place.of(column), sealed)?);
        }
    }
    Ok(())
}
