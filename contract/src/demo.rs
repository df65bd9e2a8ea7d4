use serde::{Deserialize, Serialize};

use crate::Actor;

/// The invented people that one can be in the demo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoPeople {
    /// Citizens and employees, in the order in which they are told about.
    pub people: Vec<DemoPerson>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoPerson {
    /// Who one becomes.
    pub actor: Actor,
    /// The name.
    pub name: String,
    /// What state the person shows, such as "møde flyttet", in Danish.
    pub about: String,
    /// The same in English.
    pub about_en: String,
}

/// A wish to be somebody in the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoSignIn {
    /// Who to be.
    pub actor: Actor,
}

/// A failure that testers switch on in the server; for everybody, until it is switched off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DemoFailure {
    /// All is well.
    #[default]
    None,
    /// Every answer takes three seconds longer.
    Slow,
    /// Every answer is a 500.
    ServerError,
    /// Every write finds that somebody saved first: 412.
    Conflict,
    /// Every session has ended: 401.
    SessionEnded,
    /// The database is away: 503.
    DatabaseAway,
}

/// The failure that is switched on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoFailureState {
    /// Which.
    pub failure: DemoFailure,
}
