use crate::time::{Timestamp, civil};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Area, Author, EventId, MeetingId, Version};

/// What happened. Each becomes one whole sentence on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each name is its own sentence")]
pub enum EventKind {
    GoalSent,
    GoalChanged,
    GoalTakenBack,
    TopicSent,
    TopicChanged,
    TopicTakenBack,
    MeetingArranged,
    MeetingMoved,
    MeetingChanged,
    AgendaChanged,
    MeetingCancelled,
    MinutesDraftChanged,
    MinutesShared,
    MinutesCorrected,
    StepAdded,
    StepReworded,
    StepMoved,
    EffortStarted,
    EffortChanged,
    EffortEnded,
    RemarkWritten,
    RemarkChanged,
    DisagreementWritten,
    DisagreementChanged,
    DisagreementAssessed,
    ProfileChanged,
    ChoicesChanged,
    MemberAdded,
    RepresentationGiven,
    RepresentationTakenBack,
}

/// What it happened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each name is its own sentence")]
pub enum EventTarget {
    Goal,
    Topic,
    Meeting,
    Minutes,
    Step,
    Effort,
    Comment,
    Profile,
    Choices,
    Member,
    Representation,
}

/// One change: who, what, when, old and new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// Identity; ids made later are greater.
    pub id: EventId,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Who.
    pub by: Author,
    /// What happened.
    pub kind: EventKind,
    /// What it happened to.
    pub target: EventTarget,
    /// The id of what it happened to.
    pub target_id: Uuid,
    /// The version that came of it.
    pub target_version: Version,
    /// The part of life it is about.
    pub area: Area,
    /// A few words of what it happened to, as it was called then.
    pub title: Option<String>,
    /// The meeting it belongs to.
    pub meeting: Option<MeetingId>,
    /// The fields that changed.
    pub changes: Vec<FieldChange>,
}

/// One field, before and after. Times are local (`2026-03-30T10:15:00`); states and forms are the contract's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// The field's name in the contract, such as `text` or `state`. `item` names the agenda item that those after it are of.
    pub field: String,
    /// Before; absent when there was nothing.
    pub old: Option<String>,
    /// After; absent when there is nothing now.
    pub new: Option<String>,
}

/// The changes of a case, the latest first, 50 at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct History {
    /// Today, by the municipality's calendar.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub today: civil::Date,
    /// The latest first.
    pub events: Vec<Event>,
    /// Ask for those before this one; absent when there are none.
    pub before: Option<EventId>,
}
