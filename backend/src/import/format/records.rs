use contract::{
    Area, Assessment, CommentId, CommentKind, CommentedKind, EmployeeId, EventId, EventKind, EventTarget, FieldChange,
    MeetingId, OpenedKind, OpeningId, Prose, Version,
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Of, Who, first};

/// A remark or a disagreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// Identity.
    #[schemars(with = "Uuid")]
    pub id: CommentId,
    /// How many times it was saved.
    #[serde(default = "first")]
    #[schemars(with = "i32", range(min = 1))]
    pub version: Version,
    /// What it stands beside.
    #[schemars(with = "Of<CommentedKind>")]
    pub beside: CommentedKind,
    /// The id of what it stands beside; for minutes the meeting's.
    pub beside_id: Uuid,
    /// A remark or a disagreement; only a citizen writes the latter.
    #[schemars(with = "Of<CommentKind>")]
    pub kind: CommentKind,
    /// The words.
    #[schemars(with = "Of<Prose>")]
    pub text: Prose,
    /// Who wrote them.
    pub by: Who,
    /// When they were saved last.
    pub at: Timestamp,
    /// What an employee found a disagreement to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessed: Option<Assessed>,
    /// How many times it was assessed, in these words and in earlier ones; without it once, when it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i32>", range(min = 1))]
    pub assessment_version: Option<Version>,
}

/// What an employee found a disagreement to be in law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assessed {
    /// What it was found to be.
    #[schemars(with = "Of<Assessment>")]
    pub assessment: Assessment,
    /// By whom.
    #[schemars(with = "Uuid")]
    pub by: EmployeeId,
    /// When.
    pub at: Timestamp,
}

/// A mark that a version of a thing was on somebody's screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Identity.
    #[schemars(with = "Uuid")]
    pub id: OpeningId,
    /// What kind of thing.
    #[schemars(with = "Of<OpenedKind>")]
    pub kind: OpenedKind,
    /// Its id.
    pub item: Uuid,
    /// The version that was shown.
    #[serde(default = "first")]
    #[schemars(with = "i32", range(min = 1))]
    pub version: Version,
    /// To whom.
    pub by: Who,
    /// When.
    pub at: Timestamp,
}

/// Up to which event a citizen has seen what is new; it need not be one of the case's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Up to which at the visit before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Uuid>")]
    pub seen_from: Option<EventId>,
    /// Up to which at the last visit.
    #[schemars(with = "Uuid")]
    pub seen_until: EventId,
}

/// One change: who, what, when, old and new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Identity; ids made later are greater.
    #[schemars(with = "Uuid")]
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Who,
    /// What happened.
    #[schemars(with = "Of<EventKind>")]
    pub kind: EventKind,
    /// What it happened to.
    #[schemars(with = "Of<EventTarget>")]
    pub target: EventTarget,
    /// The id of what it happened to.
    pub target_id: Uuid,
    /// The version that came of it.
    #[serde(default = "first")]
    #[schemars(with = "i32", range(min = 0))]
    pub target_version: Version,
    /// The part of life it is about.
    #[serde(default)]
    #[schemars(with = "Of<Area>")]
    pub area: Area,
    /// A few words of what it happened to, as it was called then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The meeting it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Uuid>")]
    pub meeting: Option<MeetingId>,
    /// The fields that changed.
    #[serde(default)]
    #[schemars(with = "Vec<Of<FieldChange>>")]
    pub changes: Vec<FieldChange>,
}
