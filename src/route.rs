//! Every address of the two apps, as a function.

use contract::{CitizenId, MeetingId, paths};

/// Sign in, and how a protected name is kept; and what their addresses may say: where to go to afterwards, what came of a login,
/// and that one is out.
pub use contract::paths::{BACK_TO, EVERYWHERE, FAULT, OUT, PROTECTED_NAME, SIGN_IN};
/// The citizen's first screen.
pub const HOME: &str = "/";
/// All meetings.
pub const MEETINGS: &str = "/moeder";
/// Goals without a meeting.
pub const PREPARE: &str = "/forbered";
/// The plan.
pub const PLAN: &str = "/plan";
/// What has happened.
pub const HISTORY: &str = "/plan/historik";
/// The citizen in their own words.
pub const PROFILE: &str = "/mig";
/// What the citizen has opened to whom.
pub const CHOICES: &str = "/mig/valg";
/// Who has looked in the citizen's case.
pub const LOOKS: &str = "/mig/set";
/// Everything that is kept about the citizen.
pub const DATA: &str = "/mig/data";
/// Who may act for the citizen.
pub const REPRESENTATIVES: &str = "/mig/fuldmagt";
/// Questions and answers.
pub const HELP: &str = "/hjaelp";
/// The accessibility statement, wherever it is.
pub const WAS: &str = "/was";
/// The accessibility statement in the app.
pub const ACCESSIBILITY: &str = "/tilgaengelighed";
/// What is kept about a person, in the app.
pub const PRIVACY: &str = "/dine-data";
/// The demo's people and failures.
pub const DEMO: &str = "/demo";

/// Sign in again, and come back to this address.
pub fn sign_in_again(here: &str) -> String {
    format!("{SIGN_IN}?{BACK_TO}={}", js_sys::encode_uri_component(here))
}

/// The sign-in page, for who has signed out everywhere.
pub fn signed_out_everywhere() -> String {
    format!("{SIGN_IN}?{OUT}={EVERYWHERE}")
}

/// Where a login begins: the server's, so a link with `rel="external"`.
pub fn login(is_citizen: bool, back: Option<&str>, is_shared: bool) -> String {
    let start = if is_citizen { paths::LOGIN_CITIZEN } else { paths::LOGIN_EMPLOYEE };
    let back = back.map(|back| format!("{BACK_TO}={}", js_sys::encode_uri_component(back)));
    let shared = is_shared.then(|| format!("{}=1", paths::SHARED));
    let query: Vec<String> = back.into_iter().chain(shared).collect();
    if query.is_empty() { start.to_owned() } else { format!("{start}?{}", query.join("&")) }
}

/// The same for a citizen who is here and has to show anew that it is them.
pub fn login_anew(back: &str) -> String {
    format!("{}&{}=1", login(true, Some(back), false), paths::FRESH)
}

/// One meeting.
pub fn meeting(id: MeetingId) -> String {
    format!("/moeder/{id}")
}

/// Preparing a meeting.
pub fn prepare(id: MeetingId) -> String {
    format!("/moeder/{id}/forbered")
}

/// Preparing a meeting, or writing without one.
pub fn write(meeting: Option<MeetingId>) -> String {
    meeting.map_or_else(|| PREPARE.to_owned(), prepare)
}

/// Looking through what is written.
pub fn look_through(meeting: Option<MeetingId>) -> String {
    write(meeting) + "/se"
}

/// The receipt for what was sent.
pub fn sent(meeting: Option<MeetingId>) -> String {
    write(meeting) + "/sendt"
}

/// The employees' app.
pub mod staff {
    use contract::EffortId;

    use super::{CitizenId, MeetingId};

    /// Where the employees' app lives.
    pub const BASE: &str = "/medarbejder";
    /// The employee's meetings and citizens; for administrators, employees and settings.
    pub const CASES: &str = "/medarbejder/";

    /// The unit that somebody leads.
    pub const TEAM: &str = "/medarbejder/team";

    /// Writing why one needs to look at a citizen's case.
    pub fn reason(citizen: CitizenId) -> String {
        format!("/medarbejder/borger/{citizen}/hvorfor")
    }

    /// A citizen.
    pub fn citizen(citizen: CitizenId) -> String {
        format!("/medarbejder/borger/{citizen}")
    }

    /// A citizen's plan.
    pub fn plan(citizen: CitizenId) -> String {
        format!("/medarbejder/borger/{citizen}/plan")
    }

    /// Starting an effort.
    pub fn new_effort(citizen: CitizenId) -> String {
        format!("/medarbejder/borger/{citizen}/plan/indsats")
    }

    /// Changing an effort.
    pub fn effort(citizen: CitizenId, effort: EffortId) -> String {
        format!("/medarbejder/borger/{citizen}/plan/indsats/{effort}")
    }

    /// What has happened in a citizen's case.
    pub fn history(citizen: CitizenId) -> String {
        format!("/medarbejder/borger/{citizen}/historik")
    }

    /// What to know before a meeting.
    pub fn brief(citizen: CitizenId, meeting: MeetingId) -> String {
        format!("/medarbejder/borger/{citizen}/moede/{meeting}")
    }

    /// Arranging a new meeting.
    pub fn arrange(citizen: CitizenId) -> String {
        format!("/medarbejder/borger/{citizen}/nyt-moede")
    }

    /// Changing a meeting.
    pub fn change(citizen: CitizenId, meeting: MeetingId) -> String {
        format!("/medarbejder/borger/{citizen}/moede/{meeting}/ret")
    }

    /// Cancelling a meeting.
    pub fn cancel(citizen: CitizenId, meeting: MeetingId) -> String {
        format!("/medarbejder/borger/{citizen}/moede/{meeting}/aflys")
    }

    /// Writing what came of a meeting.
    pub fn minutes(citizen: CitizenId, meeting: MeetingId) -> String {
        format!("/medarbejder/borger/{citizen}/moede/{meeting}/referat")
    }
}
