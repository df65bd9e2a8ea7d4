use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AgendaItemId, Author, DraftText, Line, MeetingId, NewMeeting, Prose, Step, Version};

/// What came of an agenda item. Nothing is silently dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was answered.
    Answered {
        /// How.
        answer: Prose,
    },
    /// It is taken up later.
    Later {
        /// At which meeting; absent when that is not arranged yet.
        meeting: Option<MeetingId>,
        /// A few words about it.
        note: Option<Prose>,
    },
    /// It is not ours.
    NotOurs {
        /// Whose it is, and how to reach them.
        who: Line,
    },
}

/// What is written after a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Minutes {
    /// How many times it was saved.
    pub version: Version,
    /// A short summary in plain words.
    pub summary: String,
    /// Who changed the summary or the outcomes last.
    pub by: Author,
    /// When it was saved last.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub saved_at: Timestamp,
    /// When it was shared with the citizen; a draft is seen by employees only.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub shared_at: Option<Timestamp>,
    /// The steps agreed at the meeting.
    pub steps: Vec<Step>,
}

/// Minutes to save: a draft until `share`, and shared for good after that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewMinutes {
    /// A short summary; must not be empty when shared.
    pub summary: DraftText,
    /// What came of the agenda's items. One that is not named keeps what it has, so that nobody's is erased unseen.
    /// To share, each item on the agenda has one; else 422 at `outcomes`. At most [`NewMeeting::MOST`].
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    #[serde(deserialize_with = "crate::list::at_most::<{ NewMeeting::MOST }, _, _>")]
    pub outcomes: Vec<ItemOutcome>,
    /// Whether the citizen can read it now.
    pub share: bool,
}

/// What came of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemOutcome {
    /// Which item.
    pub item: AgendaItemId,
    /// What came of it; absent takes away what stands there.
    #[serde(default)]
    pub outcome: Option<Outcome>,
}
