use crate::time::{Timestamp, civil};
use serde::{Deserialize, Serialize};

use crate::{Event, MeetingSummary, Participant, PlanMember, Step};

/// The citizen's first screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Home {
    /// Today, by the municipality's calendar.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub today: civil::Date,
    /// When this was read; [`Visit::seen_until`] when it was shown.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub read_at: Timestamp,
    /// The name to greet by.
    pub name: String,
    /// The next meeting that is not over; a cancelled one until its day is over, if there is no other.
    pub next_meeting: Option<MeetingSummary>,
    /// Who comes to it.
    pub participants: Vec<Participant>,
    /// How many drafts lie unsent for it.
    pub draft_count: u32,
    /// The citizen's own open steps, the nearest day first.
    pub my_steps: Vec<Step>,
    /// What the municipality has promised and not done yet, late ones first.
    pub promises: Vec<Step>,
    /// What others changed since the last visit, the latest first; at most 20.
    pub news: Vec<Event>,
    /// When the last visit was; absent on the first.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub last_visit: Option<Timestamp>,
    /// Whether there is anything in the plan.
    pub has_plan: bool,
    /// The one to turn to.
    pub contact_person: Option<PlanMember>,
}

/// A mark that the citizen was here, sent by the page after it has shown [`Home`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Visit {
    /// Up to when the page showed what is new: [`Home::read_at`].
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub seen_until: Timestamp,
}
