use crate::time::{Timestamp, civil};
use serde::{Deserialize, Serialize};

use crate::{
    Area, Author, Comment, EffortId, Employee, EmployeeId, Goal, GoalId, Line, MeetingId, Party, Prose, StepId, Version,
};

/// The one plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plan {
    /// Today, by the municipality's calendar.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub today: civil::Date,
    /// The citizen's preferred name.
    pub citizen_name: String,
    /// The goals in the order they were made, without those taken back.
    pub goals: Vec<Goal>,
    /// The efforts, each under its goal.
    pub efforts: Vec<Effort>,
    /// The steps; some stand under a goal, some under none.
    pub steps: Vec<Step>,
    /// Everything said beside the items.
    pub comments: Vec<Comment>,
    /// Everybody in the plan.
    pub people: Vec<PlanMember>,
}

/// Somebody in the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanMember {
    /// Who.
    pub employee: Employee,
    /// Why they are in the plan.
    pub why: Option<String>,
    /// Whether this is the one the citizen turns to.
    pub is_contact_person: bool,
}

/// Something set in motion to help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Effort {
    /// Identity.
    pub id: EffortId,
    /// How many times it was saved.
    pub version: Version,
    /// The goal it serves.
    pub goal: GoalId,
    /// The part of life it is about.
    pub area: Area,
    /// What it is.
    pub title: String,
    /// Why: what it is good for.
    pub purpose: String,
    /// What happens if one does not take part, when taking part is required; absent when it is an offer.
    pub obligation: Option<String>,
    /// Who at the municipality is responsible.
    pub responsible: Option<Author>,
    /// The responsible employee's id.
    pub responsible_id: Option<EmployeeId>,
    /// From when.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub starts_on: Option<civil::Date>,
    /// Until when.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub ends_on: Option<civil::Date>,
    /// Whether it has ended.
    pub is_ended: bool,
}

/// An effort to start or change; refused without a purpose and a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewEffort {
    /// The goal it serves.
    pub goal: GoalId,
    /// The part of life it is about.
    #[serde(default)]
    pub area: Area,
    /// What it is.
    pub title: Line,
    /// Why: what it is good for, in plain words.
    pub purpose: Prose,
    /// What happens if one does not take part, when taking part is required.
    #[serde(default)]
    pub obligation: Option<Prose>,
    /// Who at the municipality is responsible.
    #[serde(default)]
    pub responsible: Option<EmployeeId>,
    /// From when.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub starts_on: Option<civil::Date>,
    /// Until when; not before `starts_on`.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub ends_on: Option<civil::Date>,
    /// Whether it has ended.
    #[serde(default)]
    pub is_ended: bool,
}

/// Where a step stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
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
        reason: Prose,
    },
    /// It is no longer needed.
    NotNeeded {
        /// Why.
        reason: Prose,
    },
}

impl StepState {
    /// Whether nothing more is expected of anybody.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self, Self::Done | Self::NotNeeded { .. })
    }
}

/// Who, what, by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    /// Identity.
    pub id: StepId,
    /// How many times it was saved, wording and state together.
    pub version: Version,
    /// The goal it leads to.
    pub goal: Option<GoalId>,
    /// The effort it belongs to.
    pub effort: Option<EffortId>,
    /// The meeting where it was agreed.
    pub meeting: Option<MeetingId>,
    /// When that meeting was, on the wall clock.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub agreed_on: Option<civil::Date>,
    /// The part of life it is about.
    pub area: Area,
    /// What is to be done.
    pub title: String,
    /// Whose it is.
    pub owner: Party,
    /// The owner, as the reader may see them.
    pub owner_shown: Author,
    /// By when.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub due: Option<civil::Date>,
    /// Where it stands.
    pub state: StepState,
    /// When that state was set.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub state_at: Timestamp,
    /// Whether its day is past while it is open.
    pub is_late: bool,
    /// Who wrote it down.
    pub written_by: Author,
    /// Whether the reader may change its wording.
    pub can_reword: bool,
    /// Whether the reader may set its state.
    pub can_move: bool,
}

/// A step to add or reword: by whoever wrote it down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewStep {
    /// The goal it leads to.
    #[serde(default)]
    pub goal: Option<GoalId>,
    /// The effort it belongs to.
    #[serde(default)]
    pub effort: Option<EffortId>,
    /// The meeting where it was agreed; employees only.
    #[serde(default)]
    pub meeting: Option<MeetingId>,
    /// The part of life it is about.
    #[serde(default)]
    pub area: Area,
    /// What is to be done.
    pub title: Line,
    /// Whose it is; a citizen can add steps of their own only.
    pub owner: Party,
    /// By when.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub due: Option<civil::Date>,
}

/// A step's new state: by its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewStepState {
    /// Where it stands now.
    pub state: StepState,
}
