use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Author, Employee, Event, Look, OpenCase, OpenedKind, Representative, Version};

mod case;

pub use case::*;

/// Everything that is kept about a citizen, as the citizen may see it: the file that "Hent mine data" downloads, and what
/// its page shows.
///
/// The case is written in the format that can be imported (`docs/import.md`), so that nothing is left out by mistake;
/// [`MyCase`] is what a page reads of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyData<C = MyCase> {
    /// When it was put together.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub made_at: Timestamp,
    /// The case. Openings and history stand beside it, with people as the citizen may know them.
    pub citizen: C,
    /// The citizen's CPR number, with a hyphen.
    #[serde(default)]
    pub cpr: Option<String>,
    /// Everybody at the municipality whose id stands in the case.
    pub employees: Vec<Employee>,
    /// What was on somebody's screen, and when.
    pub openings: Vec<MyOpening>,
    /// Every change, the latest first.
    pub history: Vec<Event>,
    /// Who has looked in the case, the latest day first.
    pub looks: Vec<Look>,
    /// Who may act for the citizen, or could.
    pub representatives: Vec<Representative>,
    /// For whom the citizen may act.
    #[serde(default)]
    pub cases: Vec<OpenCase>,
    /// Where the citizen is signed in.
    pub sessions: Vec<MySession>,
    /// As whom login providers know the citizen.
    pub logins: Vec<MyLogin>,
    /// The receipts for what the citizen sent, the latest first.
    pub receipts: Vec<MyReceipt>,
    /// When this was put together before, the latest first.
    pub copies: Vec<MyCopy>,
    /// What was deleted, the latest first.
    pub deletions: Vec<Deletion>,
    /// After how many days things are deleted by themselves.
    pub kept: Kept,
}

/// After how many days things are deleted by themselves; 0 is never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kept {
    /// Drafts, from when they were saved last.
    pub draft_days: u16,
    /// Receipts.
    pub receipt_days: u16,
    /// Years for who has looked in the case.
    pub audit_years: u16,
}

/// What was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeletedKind {
    /// Drafts.
    Draft,
    /// Receipts.
    Receipt,
}

/// Why it was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeletionReason {
    /// It was old.
    Retention,
    /// The citizen threw it away.
    ThrownAway,
}

/// That something was deleted, and nothing of what stood in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deletion {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// What.
    pub kind: DeletedKind,
    /// How many.
    pub count: u32,
    /// Why.
    pub reason: DeletionReason,
}

/// That a version of a thing was on somebody's screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyOpening {
    /// What kind of thing.
    pub kind: OpenedKind,
    /// Which.
    pub item: Uuid,
    /// The version that was shown.
    pub version: Version,
    /// To whom.
    pub by: Author,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}

/// A browser in which the citizen is signed in. Where it is, is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MySession {
    /// Since when.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub made_at: Timestamp,
    /// When something was last done in it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub seen_at: Timestamp,
    /// When it ends at the latest.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub ends_at: Timestamp,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// As whom a login provider knows the citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyLogin {
    /// The provider.
    pub issuer: String,
    /// Who the citizen is there.
    pub subject: String,
    /// Since when it is known here.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub made_at: Timestamp,
}

/// A receipt, less what it is a receipt for: that stands in the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyReceipt {
    /// Its number.
    pub number: String,
    /// When it was given.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// What kind of thing it is for, in a word.
    pub kind: String,
    /// Which.
    pub item: Uuid,
    /// The version that was received.
    pub version: Version,
}

/// That the citizen's data was put together, by the citizen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyCopy {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}
