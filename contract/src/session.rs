use serde::{Deserialize, Serialize};

use crate::{CitizenId, EmployeeId, Municipality};

/// What the app needs before anything else: whose app it is, and who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The municipality's own name, nouns and contact.
    pub municipality: Municipality,
    /// Who is signed in, if anybody.
    pub signed_in: Option<SignedIn>,
    /// Whether this is the demo, with invented people and no login.
    pub demo: bool,
}

/// Who is signed in. `actor` is the person at the keyboard; `subject` the citizen whose case is open to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// The person at the keyboard.
    pub actor: Actor,
    /// The name to greet them by.
    pub name: String,
    /// The citizen whose case `me` means; absent for employees.
    pub subject: Option<CitizenId>,
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
