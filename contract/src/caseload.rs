use crate::time::civil;
use serde::{Deserialize, Serialize};

use crate::{
    CitizenId, Comment, Effort, Employee, Goal, LastTime, Meeting, MeetingId, MeetingSummary, PlanMember, Profile,
    Step, Topic,
};

/// An employee's own meetings and citizens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Caseload {
    /// Today, by the municipality's calendar.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub today: civil::Date,
    /// Meetings from today on, the next one first.
    pub coming: Vec<CaseMeeting>,
    /// Past meetings whose minutes are not shared, the latest first.
    pub waiting: Vec<CaseMeeting>,
    /// The citizens of the employee, by name; those found when there is a search.
    pub citizens: Vec<CaseCitizen>,
}

/// A meeting in an employee's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseMeeting {
    /// Whose meeting.
    pub citizen: CaseCitizen,
    /// Which meeting.
    pub meeting: MeetingSummary,
    /// How many goals, topics and comments of the citizen this employee has not opened.
    pub unopened: u32,
    /// Whether minutes lie as a draft.
    pub has_minutes_draft: bool,
}

/// A citizen in an employee's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseCitizen {
    /// Identity.
    pub id: CitizenId,
    /// The name the citizen prefers.
    pub name: String,
    /// Whether name and address are protected.
    pub is_protected: bool,
    /// The next meeting, if any.
    pub next_meeting: Option<MeetingId>,
}

/// A citizen's page for an employee: who it is, what stands, what waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseFile {
    /// Today, by the municipality's calendar.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub today: civil::Date,
    /// Who.
    pub citizen: CaseCitizen,
    /// What the citizen shares about themself.
    pub profile: Profile,
    /// Meetings, coming ones first.
    pub meetings: Vec<MeetingSummary>,
    /// Everybody in the plan.
    pub people: Vec<PlanMember>,
}

/// What to know before a meeting, in one minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Brief {
    /// Who.
    pub citizen: CaseCitizen,
    /// What the citizen shares about themself.
    pub profile: Profile,
    /// The meeting.
    pub meeting: Meeting,
    /// Goals that this employee has not opened in their latest version; from any meeting.
    pub unopened_goals: Vec<Goal>,
    /// Topics likewise.
    pub unopened_topics: Vec<Topic>,
    /// The citizen's comments likewise, disagreements first.
    pub unopened_comments: Vec<Comment>,
    /// Disagreements that nobody has assessed.
    pub unassessed: Vec<Comment>,
    /// The municipality's open promises, late ones first.
    pub promises: Vec<Step>,
    /// The citizen's open steps.
    pub citizen_steps: Vec<Step>,
    /// The last agreements.
    pub last_time: Option<LastTime>,
    /// The goals already opened.
    pub goals: Vec<Goal>,
    /// The efforts that run.
    pub efforts: Vec<Effort>,
}

/// The municipality's directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Directory {
    /// By name.
    pub employees: Vec<Employee>,
}
