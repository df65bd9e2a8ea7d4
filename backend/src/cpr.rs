//! CPR numbers. They come in by a login, a file or another system. A keyed hash finds their citizen, and the number itself is
//! sealed: neither a log nor an error has words for one, and only the citizen is shown theirs.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize, Serializer};
use sha2::Sha256;

use crate::values::SealedText;

/// Ten digits. The last four need not agree with the rest: since 2007 there are numbers that do not.
#[derive(Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "serde_json::Value")]
pub struct Cpr(String);

/// What is wrong with it; the number itself is not said.
const NO_CPR: &str = "this is no CPR number: write ten digits as text, with or without a hyphen before the last four";

impl Cpr {
    /// Reads `9913010001` and `991301-0001`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = match text.split_once('-') {
            Some((day, rest)) if day.len() == 6 && rest.len() == 4 => format!("{day}{rest}"),
            Some(_) => return None,
            None => text.to_owned(),
        };
        (digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(Self(digits))
    }
}

/// From any value, so that serde's own words never quote it.
impl TryFrom<serde_json::Value> for Cpr {
    type Error = &'static str;
    fn try_from(value: serde_json::Value) -> Result<Self, Self::Error> {
        value.as_str().and_then(Self::parse).ok_or(NO_CPR)
    }
}

impl fmt::Debug for Cpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cpr(…)")
    }
}

impl Serialize for Cpr {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
}

impl schemars::JsonSchema for Cpr {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Cpr".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9]{6}-?[0-9]{4}$" })
    }
}

/// What is kept of a citizen's number.
#[derive(Clone, Debug)]
pub struct Stored {
    /// What the citizen is found by.
    pub hash: String,
    /// The number, to be sealed.
    pub number: SealedText,
}

/// What CPR numbers are hashed with. Whoever has the table but not the key cannot try all numbers.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Key([u8; 32]);

impl Key {
    /// What stands in the database for a number.
    #[must_use]
    pub fn hash(&self, cpr: &Cpr) -> String {
        let Ok(mut hash) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        hash.update(cpr.0.as_bytes());
        format!("{:x}", hash.finalize().into_bytes())
    }

    /// What is to be kept of a citizen's number.
    #[must_use]
    pub fn keep(&self, cpr: &Cpr) -> Stored {
        Stored { hash: self.hash(cpr), number: cpr.0.as_str().into() }
    }
}

impl TryFrom<String> for Key {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bytes = STANDARD.decode(text.trim()).ok();
        let key = bytes.and_then(|bytes| bytes.try_into().ok());
        key.map(Self).ok_or("this is no key: write 32 random bytes as base64, such as from openssl rand -base64 32")
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_digits_are_a_number_with_and_without_a_hyphen() {
        assert_eq!(Cpr::parse("991301-0001"), Cpr::parse("9913010001"));
        assert!(Cpr::parse("9913010001").is_some());
        for text in
            ["", "991301000", "99130100011", "99130-10001", "991301--0001", "991301 0001", "99130100O1", "-9913010001"]
        {
            assert_eq!(Cpr::parse(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_that_can_be_printed_says_the_number() {
        let cpr = Cpr::parse("9913010001").unwrap();
        assert!(!format!("{cpr:?}").contains("9913") && !serde_json::to_string(&cpr).unwrap().contains("9913"));
        for json in ["9913010001", "\"9913010001x\"", "[9913010001]"] {
            assert!(!serde_json::from_str::<Cpr>(json).unwrap_err().to_string().contains("9913"), "{json}");
        }
    }

    #[test]
    fn the_hash_depends_on_the_key() {
        let key = |letter: &str| Key::try_from(STANDARD.encode(letter.repeat(32))).unwrap();
        let cpr = Cpr::parse("9913010001").unwrap();
        assert_eq!(key("a").hash(&cpr), key("a").hash(&cpr));
        assert_ne!(key("a").hash(&cpr), key("b").hash(&cpr));
        assert_eq!(key("a").hash(&cpr).len(), 64);
    }
}
