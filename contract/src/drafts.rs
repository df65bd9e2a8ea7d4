use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Area, DraftId, DraftText, GoalId, MeetingId, MeetingSummary, Openings, TopicId, Version};

/// What a draft is sent as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DraftKind {
    /// A goal in the citizen's own words.
    Goal,
    /// A topic or a question for the meeting.
    Topic,
}

/// A draft to store: invisible to employees, kept at the municipality, deleted when it has lain for [`crate::Session::draft_days`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewDraft {
    /// What it is sent as.
    pub kind: DraftKind,
    /// The meeting it is for, if any.
    pub meeting: Option<MeetingId>,
    /// The part of life it is about.
    #[serde(default)]
    pub area: Area,
    /// The goal, topic or question itself.
    pub text: DraftText,
    /// Why it matters; goals only.
    #[serde(default)]
    pub why: DraftText,
    /// A first small step; goals only.
    #[serde(default)]
    pub first_step: DraftText,
    /// Who helped write it; absent when nobody did.
    #[serde(default)]
    pub helped_by: Option<DraftText>,
    /// The version of the sent goal or topic that it changes; absent when it is new. A new draft that names another
    /// version than the one that was sent is refused with 412: it is a late repeat, or was sent elsewhere.
    #[serde(default)]
    pub changes: Option<Version>,
}

/// A stored draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Draft {
    /// Identity: the goal's or topic's own when it changes one that was sent.
    pub id: DraftId,
    /// How many times it was stored.
    pub version: Version,
    /// What is written.
    pub content: NewDraft,
    /// When it was stored last.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub saved_at: Timestamp,
}

/// The drafts to send, all or none, each in the version the person looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewSending {
    /// At least one, at most [`NewSending::MOST`]; else 422 at `drafts`.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 500))]
    #[serde(deserialize_with = "crate::list::at_most::<{ NewSending::MOST }, _, _>")]
    pub drafts: Vec<DraftVersion>,
}

impl NewSending {
    /// How many drafts can be sent at once: more than anybody writes for a meeting.
    pub const MOST: usize = 500;
}

/// A draft in one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftVersion {
    /// Which draft.
    pub id: DraftId,
    /// The version that was looked through.
    pub version: Version,
}

/// Everything on the page where a citizen prepares a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preparation {
    /// The meeting; absent when the citizen prepares without one.
    pub meeting: Option<MeetingSummary>,
    /// Whether what was sent can still be changed and taken back.
    pub is_open: bool,
    /// What lies as drafts, oldest first.
    pub drafts: Vec<Draft>,
    /// The goals sent for this meeting, oldest first.
    pub goals: Vec<Goal>,
    /// The topics sent for this meeting, oldest first.
    pub topics: Vec<Topic>,
}

/// A goal that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Goal {
    /// Identity.
    pub id: GoalId,
    /// How many times it was sent.
    pub version: Version,
    /// The part of life it is about.
    pub area: Area,
    /// The goal in the citizen's words.
    pub text: String,
    /// Why it matters.
    pub why: Option<String>,
    /// A first small step.
    pub first_step: Option<String>,
    /// Who helped write it.
    pub helped_by: Option<String>,
    /// The meeting it was written for.
    pub meeting: Option<MeetingId>,
    /// When this version was sent.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub sent_at: Timestamp,
    /// When it was taken back, if it was.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub taken_back_at: Option<Timestamp>,
    /// Whether the citizen can still take it back: until the meeting it was written for begins.
    pub is_open: bool,
    /// Who has opened it.
    pub openings: Openings,
}

/// A topic or question that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Topic {
    /// Identity.
    pub id: TopicId,
    /// How many times it was sent.
    pub version: Version,
    /// The part of life it is about.
    pub area: Area,
    /// The topic in the citizen's words.
    pub text: String,
    /// Who helped write it.
    pub helped_by: Option<String>,
    /// The meeting it was written for.
    pub meeting: Option<MeetingId>,
    /// When this version was sent.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub sent_at: Timestamp,
    /// When it was taken back, if it was.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub taken_back_at: Option<Timestamp>,
    /// Whether it stands on the agenda of a meeting that is not over or cancelled.
    pub is_on_agenda: bool,
    /// Who has opened it.
    pub openings: Openings,
}
