use crate::time::civil;
use serde::{Deserialize, Serialize};

use crate::{Event, EventId, MeetingSummary, Participant, PlanMember, Step};

/// The citizen's first screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Home {
    /// Today, by the municipality's calendar.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub today: civil::Date,
    /// The last change that this tells of; [`Visit::seen`] when it was shown. Absent when nothing has happened yet.
    pub last_event: Option<EventId>,
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
    /// Whether more than those changed; history has them all.
    pub has_more_news: bool,
    /// The last look at the case by somebody else; [`Visit::looks`] when it was shown.
    pub last_look: Option<u32>,
    /// Whether somebody has looked since the last visit.
    pub has_new_looks: bool,
    /// Whether the citizen was never here before.
    pub is_first_visit: bool,
    /// Whether there is anything in the plan.
    pub has_plan: bool,
    /// The one to turn to.
    pub contact_person: Option<PlanMember>,
}

/// A mark that the citizen was here, sent by the page after it has shown [`Home`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Visit {
    /// The last change that the page knew of: [`Home::last_event`].
    pub seen: Option<EventId>,
    /// The last look that the page knew of: [`Home::last_look`].
    #[serde(default)]
    pub looks: Option<u32>,
}
