use crate::time::{Timestamp, civil};
use serde::{Deserialize, Serialize};

use crate::{Area, CitizenId, Line, RepresentationId, Version};

/// How many people may act for one citizen at the same time.
pub const MOST_REPRESENTATIVES: usize = 5;

/// A CPR number that somebody typed. It stands in a request's body and nowhere else: no answer has one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct CprNumber(String);

impl CprNumber {
    /// Reads ten digits, with or without spaces or a hyphen before the last four.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        let digits = match digits.split_once('-') {
            Some((day, rest)) if day.len() == 6 && rest.len() == 4 => format!("{day}{rest}"),
            Some(_) => return None,
            None => digits,
        };
        (digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(Self(digits))
    }

    /// The ten digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CprNumber {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("this is no CPR number")
    }
}

impl From<CprNumber> for String {
    fn from(number: CprNumber) -> Self {
        number.0
    }
}

impl std::fmt::Debug for CprNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CprNumber(…)")
    }
}

/// Somebody who may act for the citizen, as the citizen wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Representative {
    /// Identity of what was given, not of the person.
    pub id: RepresentationId,
    /// 1 when given, 2 when taken back.
    pub version: Version,
    /// The name.
    pub name: String,
    /// What they may see and write about.
    pub areas: Vec<Area>,
    /// The last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until: civil::Date,
    /// When it was given.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub given_at: Timestamp,
    /// When the citizen took it back.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub taken_back_at: Option<Timestamp>,
    /// Whether they may act today.
    pub is_valid: bool,
}

/// Everybody who may act for a citizen, or could: those who may, and then those who could, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Representatives {
    /// Today, by the municipality's calendar.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub today: civil::Date,
    /// Each that was given.
    pub representatives: Vec<Representative>,
    /// Whether the citizen logs in anew before they give it to somebody.
    pub needs_login: bool,
}

/// A citizen lets somebody act for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewRepresentative {
    /// What the citizen calls them.
    pub name: Line,
    /// Whom: by this number they are known when they sign in. It must be another's than the citizen's own, and than those
    /// of everybody who may act already.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub cpr: CprNumber,
    /// What they may see and write about; at least one.
    pub areas: Vec<Area>,
    /// The last day: today or later, and at most a year from now.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until: civil::Date,
}

/// A case of another citizen that somebody may act in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenCase {
    /// Whose.
    pub citizen: CitizenId,
    /// The name that the citizen prefers.
    pub name: String,
    /// What they may see and write about.
    pub areas: Vec<Area>,
    /// The last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until: civil::Date,
}

/// Whose case `me` is to mean from now on: one's own, or one that one may act in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewSubject {
    /// Whose.
    pub citizen: CitizenId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_digits_are_a_number_however_they_are_set() {
        for text in ["9913010001", "991301-0001", " 991301 0001 ", "991301 - 0001"] {
            assert_eq!(CprNumber::parse(text).as_ref().map(CprNumber::as_str), Some("9913010001"), "{text}");
        }
        for text in ["", "991301000", "99130100011", "99130-10001", "991301--0001", "99130100O1"] {
            assert_eq!(CprNumber::parse(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_that_is_printed_says_the_number() {
        let number = CprNumber::parse("9913010001").unwrap();
        assert!(!format!("{number:?}").contains("9913"));
        let fault = serde_json::from_str::<CprNumber>("\"9913010001x\"").unwrap_err();
        assert!(!fault.to_string().contains("9913"));
    }
}
