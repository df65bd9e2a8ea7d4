use crate::time::civil;
use serde::{Deserialize, Serialize};

use crate::{
    AgendaItem, CitizenId, Closed, Comment, Effort, Employee, Goal, LastTime, LookDelay, Meeting, MeetingId,
    MeetingSummary, MeetingTime, PlanMember, Profile, Step, Topic,
};

/// An employee's own meetings and citizens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Caseload {
    /// Today, by the municipality's calendar.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub today: civil::Date,
    /// Meetings from today on, the next one first: those of a week, unless all were asked for. None in a search.
    pub coming: Vec<CaseMeeting>,
    /// How many come after those.
    pub later: u32,
    /// Past meetings whose minutes are not shared, the latest first. None in a search.
    pub waiting: Vec<CaseMeeting>,
    /// The citizens of the employee, by name; those found when there is a search.
    pub citizens: Vec<CaseCitizen>,
}

/// What to look for among one's citizens. Sent as a body: a name is never part of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Search {
    /// Part of a name, large or small.
    pub letters: String,
}

/// A meeting in an employee's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseMeeting {
    /// Whose meeting.
    pub citizen: CaseCitizen,
    /// Which meeting.
    pub id: MeetingId,
    /// When.
    pub time: MeetingTime,
    /// Whether it is cancelled.
    pub is_cancelled: bool,
    /// Whether it was moved.
    pub is_moved: bool,
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
    /// The registered name, when it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered_name: Option<String>,
    /// Whether name and address are protected.
    pub is_protected: bool,
    /// How much of the citizen's this employee has not opened: all that [`Unopened`] holds.
    pub unopened: u32,
}

/// What the citizen has sent, said or done that this employee has not opened in its latest version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unopened {
    /// Goals, from any meeting.
    pub goals: Vec<Goal>,
    /// Topics likewise.
    pub topics: Vec<Topic>,
    /// The citizen's comments, disagreements first.
    pub comments: Vec<Comment>,
    /// Steps that the citizen added, changed or moved in the last 60 days.
    pub steps: Vec<Step>,
}

impl Unopened {
    /// How many things.
    #[must_use]
    pub fn count(&self) -> usize {
        self.goals.len() + self.topics.len() + self.comments.len() + self.steps.len()
    }
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
    /// What is new from the citizen.
    pub unopened: Unopened,
    /// The citizen's disagreements: those that nobody has assessed first.
    pub disagreements: Vec<Comment>,
    /// Meetings, coming ones first.
    pub meetings: Vec<MeetingSummary>,
    /// Everybody in the plan.
    pub people: Vec<PlanMember>,
    /// The delay of looks that is on, if one is.
    pub look_delay: Option<LookDelay>,
    /// The last day that this employee may give such a delay; absent for who may give none.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub longest_delay: Option<civil::Date>,
    /// What is closed to who asks.
    pub closed: Closed,
    /// Whether who asks only looks: somebody who leads a unit, with a written reason.
    pub only_looks: bool,
}

/// Who in a unit has how many citizens, and what waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Team {
    /// The unit's name.
    pub unit: String,
    /// Its employees, by name.
    pub members: Vec<TeamMember>,
}

/// An employee's load.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamMember {
    /// Who.
    pub employee: Employee,
    /// Meetings within a week, today with it.
    pub coming: u32,
    /// Meetings whose minutes are not shared.
    pub waiting: u32,
    /// The citizens whose contact person they are, by name; each with how much is unopened.
    pub citizens: Vec<CaseCitizen>,
}

/// What to know before a meeting, in one minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Brief {
    /// What is closed to who asks.
    pub closed: Closed,
    /// Whether looks are told to the citizen later: then nothing is marked as opened by itself.
    pub has_look_delay: bool,
    /// Who.
    pub citizen: CaseCitizen,
    /// What the citizen shares about themself.
    pub profile: Profile,
    /// The meeting.
    pub meeting: Meeting,
    /// What is new from the citizen.
    pub unopened: Unopened,
    /// The topics already opened that are for this meeting: sent for it, or unanswered since an earlier one.
    pub topics: Vec<Topic>,
    /// What was put off at an earlier meeting, to this one or to none in particular, and stands on no agenda since;
    /// topics are not among it.
    pub carried: Vec<AgendaItem>,
    /// The citizen's disagreements: those that nobody has assessed first.
    pub disagreements: Vec<Comment>,
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
