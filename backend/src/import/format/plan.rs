use contract::{
    Area, DraftId, DraftKind, DraftText, EffortId, EmployeeId, GoalId, Line, MeetingId, Prose, StepId, TopicId, Version,
};
use jiff::{Timestamp, civil};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Of, Who, first};

/// A goal that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Identity.
    #[schemars(with = "Uuid")]
    pub id: GoalId,
    /// How many times it was sent.
    #[serde(default = "first")]
    #[schemars(with = "i32", range(min = 1))]
    pub version: Version,
    /// The part of life it is about.
    #[serde(default)]
    #[schemars(with = "Of<Area>")]
    pub area: Area,
    /// The goal in the citizen's words.
    #[schemars(with = "Of<Prose>")]
    pub text: Prose,
    /// Why it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Prose>>")]
    pub why: Option<Prose>,
    /// A first small step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Prose>>")]
    pub first_step: Option<Prose>,
    /// Who helped write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub helped_by: Option<Line>,
    /// The meeting it was written for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Uuid>")]
    pub meeting: Option<MeetingId>,
    /// When it was sent first, if not `sent_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_at: Option<Timestamp>,
    /// When this version was sent.
    pub sent_at: Timestamp,
    /// When it was taken back, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_back_at: Option<Timestamp>,
}

/// A topic or question that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Identity.
    #[schemars(with = "Uuid")]
    pub id: TopicId,
    /// How many times it was sent.
    #[serde(default = "first")]
    #[schemars(with = "i32", range(min = 1))]
    pub version: Version,
    /// The part of life it is about.
    #[serde(default)]
    #[schemars(with = "Of<Area>")]
    pub area: Area,
    /// The topic in the citizen's words.
    #[schemars(with = "Of<Prose>")]
    pub text: Prose,
    /// Who helped write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub helped_by: Option<Line>,
    /// The meeting it was written for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Uuid>")]
    pub meeting: Option<MeetingId>,
    /// When it was sent first, if not `sent_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_at: Option<Timestamp>,
    /// When this version was sent.
    pub sent_at: Timestamp,
    /// When it was taken back, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_back_at: Option<Timestamp>,
}

/// What lies unsent; employees never see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Identity: the goal's or topic's own when it changes one that was sent.
    #[schemars(with = "Uuid")]
    pub id: DraftId,
    /// How many times it was stored.
    #[serde(default = "first")]
    #[schemars(with = "i32", range(min = 1))]
    pub version: Version,
    /// What it is sent as.
    #[schemars(with = "Of<DraftKind>")]
    pub kind: DraftKind,
    /// The meeting it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Uuid>")]
    pub meeting: Option<MeetingId>,
    /// The part of life it is about.
    #[serde(default)]
    #[schemars(with = "Of<Area>")]
    pub area: Area,
    /// The goal, topic or question itself.
    #[schemars(with = "Of<DraftText>")]
    pub text: DraftText,
    /// Why it matters.
    #[serde(default)]
    #[schemars(with = "Of<DraftText>")]
    pub why: DraftText,
    /// A first small step.
    #[serde(default)]
    #[schemars(with = "Of<DraftText>")]
    pub first_step: DraftText,
    /// Who helped write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<DraftText>>")]
    pub helped_by: Option<DraftText>,
    /// When it was begun.
    pub made_at: Timestamp,
    /// When it was stored last.
    pub saved_at: Timestamp,
}

/// Something set in motion to help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Effort {
    /// Identity.
    #[schemars(with = "Uuid")]
    pub id: EffortId,
    /// How many times it was saved.
    #[serde(default = "first")]
    #[schemars(with = "i32", range(min = 1))]
    pub version: Version,
    /// The goal it serves.
    #[schemars(with = "Uuid")]
    pub goal: GoalId,
    /// The part of life it is about.
    #[serde(default)]
    #[schemars(with = "Of<Area>")]
    pub area: Area,
    /// What it is.
    #[schemars(with = "Of<Line>")]
    pub title: Line,
    /// Why: what it is good for.
    #[schemars(with = "Of<Prose>")]
    pub purpose: Prose,
    /// What happens if one does not take part, when taking part is required.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Prose>>")]
    pub obligation: Option<Prose>,
    /// Who at the municipality is responsible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Uuid>")]
    pub responsible: Option<EmployeeId>,
    /// From when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<civil::Date>,
    /// Until when; not before `starts_on`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<civil::Date>,
    /// Whether it has ended.
    #[serde(default)]
    pub is_ended: bool,
    /// When it was written down.
    pub made_at: Timestamp,
}

/// Whose move a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Party {
    /// The citizen's.
    Citizen,
    /// A named person's at the municipality.
    Employee {
        /// Who.
        #[schemars(with = "Uuid")]
        employee: EmployeeId,
    },
}

/// Where a step stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum StepState {
    /// Nobody has begun.
    #[default]
    NotStarted,
    /// Under way.
    UnderWay,
    /// Done.
    Done,
    /// It cannot be done yet.
    CannotYet {
        /// Why.
        #[schemars(with = "Of<Prose>")]
        reason: Prose,
    },
    /// It is no longer needed.
    NotNeeded {
        /// Why.
        #[schemars(with = "Of<Prose>")]
        reason: Prose,
    },
}

/// Who, what, by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Identity.
    #[schemars(with = "Uuid")]
    pub id: StepId,
    /// How many times it was saved.
    #[serde(default = "first")]
    #[schemars(with = "i32", range(min = 1))]
    pub version: Version,
    /// The goal it leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Uuid>")]
    pub goal: Option<GoalId>,
    /// The effort it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Uuid>")]
    pub effort: Option<EffortId>,
    /// The meeting where it was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Uuid>")]
    pub meeting: Option<MeetingId>,
    /// The part of life it is about.
    #[serde(default)]
    #[schemars(with = "Of<Area>")]
    pub area: Area,
    /// What is to be done.
    #[schemars(with = "Of<Line>")]
    pub title: Line,
    /// Whose it is.
    pub owner: Party,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<civil::Date>,
    /// Where it stands.
    #[serde(default)]
    pub state: StepState,
    /// When that state was set, if not `made_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_at: Option<Timestamp>,
    /// Who wrote it down.
    pub written_by: Who,
    /// When it was written down.
    pub made_at: Timestamp,
}
