use serde::{Deserialize, Serialize};

use crate::{CitizenId, EmployeeId, EmployeeKind, Municipality, OpenCase};

/// What the app needs before anything else: whose app it is, and who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The municipality's own name, nouns and contact.
    pub municipality: Municipality,
    /// Who is signed in, if anybody.
    pub signed_in: Option<SignedIn>,
    /// Whether this is the demo, with invented people and a sign-in without login.
    pub demo: bool,
    /// Who can sign in by a real login.
    pub login: LoginOffer,
    /// After how many days without a save a draft is deleted.
    pub draft_days: u16,
}

/// Who can sign in by a real login. Its addresses are [`crate::paths::LOGIN_CITIZEN`] and [`crate::paths::LOGIN_EMPLOYEE`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoginOffer {
    /// Whether citizens can.
    pub citizen: bool,
    /// Whether employees can.
    pub employee: bool,
}

/// What is left to do when a session has ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedOut {
    /// Where the browser goes next, so that the provider's session ends too; absent when there is none.
    pub next: Option<String>,
}

/// Why a login came to nothing. The server sends the browser to the sign-in page with this as a word in its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginFault {
    /// The person gave up.
    Aborted,
    /// The login was not safe enough.
    Level,
    /// Nobody here is known by it.
    Unknown,
    /// The employee lacks the role.
    Role,
    /// It took too long, was used before, or began in another browser.
    Expired,
    /// The provider does not answer.
    Down,
    /// Too many attempts from one address.
    TooMany,
    /// Anything else; the log says what.
    Other,
}

impl LoginFault {
    /// Each.
    pub const ALL: [Self; 8] =
        [Self::Aborted, Self::Level, Self::Unknown, Self::Role, Self::Expired, Self::Down, Self::TooMany, Self::Other];

    /// The word in the address.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Aborted => "afbrudt",
            Self::Level => "niveau",
            Self::Unknown => "ukendt",
            Self::Role => "rolle",
            Self::Expired => "udloebet",
            Self::Down => "nede",
            Self::TooMany => "for-mange",
            Self::Other => "fejl",
        }
    }

    /// The fault behind a word; nothing for any other word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.word() == word)
    }
}

/// Who is signed in. `actor` is the person at the keyboard; `subject` the citizen whose case is open to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// The person at the keyboard.
    pub actor: Actor,
    /// The name to greet them by.
    pub name: String,
    /// What an employee may; absent for citizens.
    pub kind: Option<EmployeeKind>,
    /// The citizen whose case `me` means; absent for employees.
    pub subject: Option<CitizenId>,
    /// The cases of others that they may act in.
    #[serde(default)]
    pub cases: Vec<OpenCase>,
    /// How long they stay signed in.
    pub lasts: Lasts,
}

/// How long a session lasts, in seconds from the answer on: clocks in browsers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lasts {
    /// Until it ends if nothing more is done in it.
    pub left: u32,
    /// What doing something brings `left` back to, at most `ends_in`.
    pub idle: u32,
    /// Until it ends whatever is done.
    pub ends_in: u32,
}

/// A person who can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A citizen.
    Citizen(CitizenId),
    /// An employee.
    Employee(EmployeeId),
}
