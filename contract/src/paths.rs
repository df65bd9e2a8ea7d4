//! Every address of the API, as a function. `Subject` is a citizen's id, or `me`.

use crate::time::civil;
use crate::{
    CitizenId, CommentId, DraftId, EffortId, EmployeeId, EventId, GlassId, GoalId, LookDelayId, MeetingId, OpeningId,
    RepresentationId, SendingId, StepId, TopicId,
};

/// Whose case: that of the session, or one named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The citizen that the session is about.
    Me,
    /// This citizen.
    Citizen(CitizenId),
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Me => f.write_str("me"),
            Self::Citizen(id) => id.fmt(f),
        }
    }
}

impl std::str::FromStr for Subject {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "me" { Ok(Self::Me) } else { text.parse().map(Self::Citizen) }
    }
}

/// Who is signed in: GET, PUT to stay, DELETE.
pub const SESSION: &str = "/api/session";
/// Every session of whoever is signed in: DELETE.
pub const SESSIONS: &str = "/api/sessions";
/// Whose case `me` means: PUT.
pub const SUBJECT: &str = "/api/session/subject";
/// Where a citizen's login begins: a link, with [`BACK_TO`], [`SHARED`] and [`FRESH`].
pub const LOGIN_CITIZEN: &str = "/login/borger";
/// Where an employee's login begins.
pub const LOGIN_EMPLOYEE: &str = "/login/medarbejder";
/// The sign-in page.
pub const SIGN_IN: &str = "/log-ind";
/// Where a citizen reads how a protected name is kept.
pub const PROTECTED_NAME: &str = "/beskyttet-navn";
/// The parameter with the address to go to afterwards: at the sign-in page, where a login begins, and at [`PROTECTED_NAME`].
pub const BACK_TO: &str = "til";
/// The parameter that says, by `1`, that others use the computer too.
pub const SHARED: &str = "faelles";
/// The parameter that says, by `1`, that an earlier login at the provider is not enough.
pub const FRESH: &str = "frisk";
/// The sign-in page's parameter with the word of a [`crate::LoginFault`].
pub const FAULT: &str = "fejl";
/// The sign-in page's parameter that says, by `1`, that the provider's session has ended too.
pub const OUT: &str = "ud";
/// What it says instead, when every session of the person has ended.
pub const EVERYWHERE: &str = "alle";
/// The people of the demo: GET.
pub const DEMO_PEOPLE: &str = "/api/demo/people";
/// Become somebody in the demo: PUT.
pub const DEMO_SESSION: &str = "/api/demo/session";
/// The failure that is switched on: GET, PUT.
pub const DEMO_FAILURE: &str = "/api/demo/failure";
/// An employee's meetings and citizens: GET, with `?all=true` for all meetings.
pub const CASELOAD: &str = "/api/caseload";
/// Those of the citizens who are called so: POST.
pub const SEARCH: &str = "/api/caseload/search";
/// A unit's employees and their load, for who leads it: GET.
pub const TEAM: &str = "/api/caseload/team";
/// Employees and settings, for administrators: GET.
pub const ADMINISTRATION: &str = "/api/administration";

/// What another system knows of employees and citizens. No page of ours asks for it.
pub const REGISTER: &str = "/api/register";
/// The directory: GET.
pub const EMPLOYEES: &str = "/api/employees";

/// What an employee may: PUT.
#[must_use]
pub fn standing(employee: EmployeeId) -> String {
    format!("{ADMINISTRATION}/employees/{employee}")
}

macro_rules! paths {
    ($($(#[$doc:meta])* $name:ident($($part:ident: $kind:ty),*) = $form:literal;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(citizen: Subject $(, $part: $kind)*) -> String {
            format!("/api/citizens/{citizen}") + &format!($form)
        }
    )*};
}

paths! {
    /// A citizen's first screen: GET.
    home() = "/home";
    /// A mark that the citizen was here: PUT.
    visit() = "/visit";
    /// A citizen's page for an employee: GET.
    file() = "/file";
    /// All meetings: GET.
    meetings() = "/meetings";
    /// One meeting: GET, PUT.
    meeting(meeting: MeetingId) = "/meetings/{meeting}";
    /// A calendar file: GET.
    calendar(meeting: MeetingId) = "/meetings/{meeting}/calendar.ics";
    /// Cancelling a meeting: PUT.
    cancellation(meeting: MeetingId) = "/meetings/{meeting}/cancellation";
    /// What to know before a meeting: GET.
    brief(meeting: MeetingId) = "/meetings/{meeting}/brief";
    /// What is written after a meeting: PUT.
    minutes(meeting: MeetingId) = "/meetings/{meeting}/minutes";
    /// What the citizen prepares for a meeting: GET.
    preparation(meeting: MeetingId) = "/meetings/{meeting}/preparation";
    /// What the citizen prepares without a meeting: GET.
    own_preparation() = "/preparation";
    /// A draft: PUT, DELETE.
    draft(draft: DraftId) = "/drafts/{draft}";
    /// Sending drafts: PUT.
    sending(sending: SendingId) = "/sendings/{sending}";
    /// Taking back a goal: PUT.
    goal_taking_back(goal: GoalId) = "/goals/{goal}/taking-back";
    /// Taking back a topic: PUT.
    topic_taking_back(topic: TopicId) = "/topics/{topic}/taking-back";
    /// A mark that items were opened: PUT.
    opening(opening: OpeningId) = "/openings/{opening}";
    /// The plan: GET.
    plan() = "/plan";
    /// An effort: PUT.
    effort(effort: EffortId) = "/efforts/{effort}";
    /// A step: PUT.
    step(step: StepId) = "/steps/{step}";
    /// A step's state: PUT.
    step_state(step: StepId) = "/steps/{step}/state";
    /// A comment: PUT.
    comment(comment: CommentId) = "/comments/{comment}";
    /// Whether a disagreement is a complaint: PUT.
    assessment(comment: CommentId) = "/comments/{comment}/assessment";
    /// The citizen in their own words: GET, PUT.
    profile() = "/profile";
    /// Who may act for the citizen: GET.
    representatives() = "/representatives";
    /// Letting somebody act: PUT.
    representative(representation: RepresentationId) = "/representatives/{representation}";
    /// Taking it back: PUT.
    representative_taking_back(representation: RepresentationId) = "/representatives/{representation}/taking-back";
    /// What the citizen has opened to whom: GET, PUT.
    choices() = "/choices";
    /// Opening what is closed, with a reason: PUT.
    glass(glass: GlassId) = "/glass/{glass}";
    /// The latest changes: GET.
    history() = "/history";
    /// The changes before one: GET.
    history_before(before: EventId) = "/history?before={before}";
    /// Who has looked in the case, on the latest days: GET.
    looks() = "/looks";
    /// The same on the days before one: GET.
    looks_before(before: civil::Date) = "/looks?before={before}";
    /// A delay of looks: PUT, DELETE.
    look_delay(delay: LookDelayId) = "/look-delays/{delay}";
    /// Everything that is kept about the citizen, as a file: GET.
    data() = "/data.json";
}
