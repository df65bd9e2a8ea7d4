use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How many times a thing has been saved: 1 when new. In `ETag` and `If-Match` it stands in double quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Version(pub i32);

impl Version {
    /// The version of a thing that has just been made.
    pub const FIRST: Self = Self(1);

    /// As it stands in `ETag` and `If-Match`.
    #[must_use]
    pub fn to_etag(self) -> String {
        format!("\"{}\"", self.0)
    }

    /// Reads what [`Version::to_etag`] writes.
    #[must_use]
    pub fn from_etag(etag: &str) -> Option<Self> {
        etag.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok().map(Self)
    }

    /// The version after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// The answer to every write: the municipality has it, durably. A repeat of the request gets the same receipt again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// A short number to read aloud on the phone, such as `7F3K-2M9P`; unique within the municipality.
    pub number: String,
    /// When it was stored.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub received_at: Timestamp,
    /// The version that the thing has now.
    pub version: Version,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_etag_reads_back_and_anything_else_is_refused() {
        assert_eq!(Version::from_etag(&Version(7).to_etag()), Some(Version(7)));
        for wrong in ["7", "W/\"7\"", "\"\"", "\"x\"", "*", "\"99999999999\""] {
            assert_eq!(Version::from_etag(wrong), None, "{wrong}");
        }
    }
}
