use crate::time::{Timestamp, civil};
use serde::{Deserialize, Serialize};

use crate::{
    AgendaItemId, Area, Author, Employee, EmployeeId, Goal, Line, MeetingId, Minutes, ParticipantId, Prose, Topic,
    TopicId, Version,
};

/// How people meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MeetingForm {
    /// In the same room.
    #[default]
    InPerson,
    /// By telephone.
    Phone,
    /// By video.
    Video,
}

/// Which of the two, when a local time happens twice because the clocks go back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Fold {
    /// The first one (summer time).
    Earlier,
    /// The second one (winter time).
    Later,
}

/// When a meeting is, on the municipality's wall clock, and as an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingTime {
    /// The wall clock in Europe/Copenhagen at the start.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub local_start: civil::DateTime,
    /// The wall clock in Europe/Copenhagen at the end.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub local_end: civil::DateTime,
    /// The start as an instant.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub starts_at: Timestamp,
    /// How long, in minutes.
    pub minutes: u16,
}

/// A meeting in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingSummary {
    /// Identity.
    pub id: MeetingId,
    /// How many times it was saved.
    pub version: Version,
    /// Why we meet.
    pub purpose: String,
    /// When.
    pub time: MeetingTime,
    /// The time before it was moved for the last time, if it was.
    pub moved_from: Option<MeetingTime>,
    /// How.
    pub form: MeetingForm,
    /// Where, for the form: an address, a number, a link.
    pub place: Option<String>,
    /// Whether it is cancelled.
    pub is_cancelled: bool,
    /// Whether it has begun, by the server's clock.
    pub has_begun: bool,
    /// Whether its time is over, by the server's clock; of a cancelled one too.
    pub is_over: bool,
    /// The names of the participants, in order.
    pub participant_names: Vec<String>,
    /// The part of life it is about.
    pub area: Area,
    /// Whether its minutes are shared.
    pub has_minutes: bool,
    /// Whether the citizen has opened the shared minutes as they are now.
    pub is_minutes_opened: bool,
    /// How many goals and topics the citizen has sent for it.
    pub sent_count: u32,
}

/// A citizen's meetings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingList {
    /// Today, by the municipality's calendar.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub today: civil::Date,
    /// Not yet over, the next one first; cancelled ones stay until their day is over.
    pub coming: Vec<MeetingSummary>,
    /// Over, the latest first.
    pub past: Vec<MeetingSummary>,
}

/// One meeting, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Meeting {
    /// What the list shows too.
    pub summary: MeetingSummary,
    /// Today, by the municipality's calendar.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub today: civil::Date,
    /// The meeting's title on the calendar, in a few neutral words.
    pub title: Option<String>,
    /// How to get in.
    pub entrance: Option<String>,
    /// Who receives the citizen.
    pub received_by: Option<String>,
    /// What to bring.
    pub bring: Option<String>,
    /// Whom to call if one cannot come.
    pub contact_phone: Option<String>,
    /// Why it was cancelled.
    pub cancelled_reason: Option<String>,
    /// What was changed since it was first arranged, the latest first; only when, where and how.
    pub changes: Vec<MeetingChange>,
    /// Who comes.
    pub participants: Vec<Participant>,
    /// What to talk about, in order.
    pub agenda: Vec<AgendaItem>,
    /// The citizen's goals for it.
    pub goals: Vec<Goal>,
    /// The citizen's topics for it.
    pub topics: Vec<Topic>,
    /// How many drafts lie unsent for it; 0 to employees, who see none.
    pub draft_count: u32,
    /// What was written afterwards: shared, or the employee's own draft.
    pub minutes: Option<Minutes>,
    /// The last meeting before this one that has shared minutes: "what we agreed last time".
    pub last_time: Option<LastTime>,
    /// Who arranged it.
    pub organizer: Option<Employee>,
    /// The system it comes from; absent when it was arranged here.
    pub source: Option<String>,
}

/// What was agreed at the meeting before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastTime {
    /// Which meeting.
    pub meeting: MeetingId,
    /// When it was.
    pub time: MeetingTime,
    /// Its shared summary.
    pub summary: String,
    /// The steps agreed there.
    pub steps: Vec<crate::Step>,
}

/// One change to when, where or how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingChange {
    /// When it was changed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Who changed it.
    pub by: Author,
    /// What: `time`, `minutes`, `place` or `form`.
    pub field: String,
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
}

/// Somebody who comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Participant {
    /// Identity.
    pub id: ParticipantId,
    /// The employee, when it is one.
    pub employee: Option<EmployeeId>,
    /// The name.
    pub name: String,
    /// The role, in a word.
    pub role: Option<String>,
    /// What they do, in one plain line.
    pub role_line: Option<String>,
    /// The unit.
    pub unit: Option<String>,
    /// Why they come.
    pub why: String,
    /// Whether the citizen has been at a meeting with them before.
    pub is_met_before: bool,
    /// Whether they are in the citizen's plan.
    pub is_in_plan: bool,
}

/// An item on the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgendaItem {
    /// Identity.
    pub id: AgendaItemId,
    /// What it is about.
    pub text: String,
    /// Whether it is closed to the reader: then it has no words, and what came of it is others' to see and to say.
    #[serde(default)]
    pub is_closed: bool,
    /// Who proposed it.
    pub proposed_by: Author,
    /// The citizen's topic it was made from, if any.
    pub topic: Option<TopicId>,
    /// What came of it; to citizens only when the minutes are shared.
    pub outcome: Option<crate::Outcome>,
}

/// A meeting to arrange or change: everything that an employee decides about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewMeeting {
    /// Why we meet, in plain words.
    pub purpose: Prose,
    /// A few neutral words for the calendar.
    #[serde(default)]
    pub title: Option<Line>,
    /// The part of life it is about.
    #[serde(default)]
    pub area: Area,
    /// The wall clock in Europe/Copenhagen at the start.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub local_start: civil::DateTime,
    /// Which of the two, when that wall clock time happens twice.
    #[serde(default)]
    pub fold: Option<Fold>,
    /// How long, in minutes: 5 to 480.
    pub minutes: u16,
    /// How.
    #[serde(default)]
    pub form: MeetingForm,
    /// Where, for the form: an address, a number, a link.
    #[serde(default)]
    pub place: Option<Line>,
    /// How to get in.
    #[serde(default)]
    pub entrance: Option<Line>,
    /// Who receives the citizen.
    #[serde(default)]
    pub received_by: Option<Line>,
    /// What to bring.
    #[serde(default)]
    pub bring: Option<Line>,
    /// Whom to call if one cannot come.
    #[serde(default)]
    pub contact_phone: Option<Line>,
    /// Who comes, in order; at most [`NewMeeting::MOST`], else 422 at `participants`.
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    #[serde(deserialize_with = "crate::list::at_most::<{ NewMeeting::MOST }, _, _>")]
    pub participants: Vec<NewParticipant>,
    /// What to talk about, in order; at most [`NewMeeting::MOST`], else 422 at `agenda`.
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    #[serde(deserialize_with = "crate::list::at_most::<{ NewMeeting::MOST }, _, _>")]
    pub agenda: Vec<NewAgendaItem>,
}

impl NewMeeting {
    /// How many participants, and how many items on the agenda, there can be.
    pub const MOST: usize = 50;
}

/// Somebody to invite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewParticipant {
    /// Identity.
    pub id: ParticipantId,
    /// Somebody from the directory, or somebody else by name.
    pub who: Invited,
    /// Why they come.
    pub why: Line,
}

/// Who is invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Invited {
    /// Somebody from the directory.
    Employee {
        /// Who.
        employee: EmployeeId,
    },
    /// Somebody else.
    Other {
        /// The name.
        name: Line,
        /// The role, in a word.
        role: Option<Line>,
    },
}

/// An item for the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAgendaItem {
    /// Identity; an item that is already there keeps who proposed it.
    pub id: AgendaItemId,
    /// What it is about. An item made from a citizen's topic keeps the citizen's words whatever stands here.
    pub text: Prose,
    /// The citizen's topic it is made from.
    #[serde(default)]
    pub topic: Option<TopicId>,
}

/// Cancelling a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cancellation {
    /// Why, in plain words.
    pub reason: Prose,
}
