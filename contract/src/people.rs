use serde::{Deserialize, Serialize};

use crate::{EmployeeId, Line};

/// The part of life that a thing is about; on every plan item, topic, meeting and minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Work and education.
    #[default]
    Employment,
    /// Support in daily life.
    Social,
    /// Body and mind.
    Health,
    /// A place to live.
    Housing,
    /// Money and debt.
    Economy,
    /// Anything else.
    Other,
}

impl Area {
    /// Every area, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Employment, Self::Social, Self::Health, Self::Housing, Self::Economy, Self::Other];
}

/// What an employee may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EmployeeKind {
    /// Work with the citizens whose contact person they are, in whose plan they are, and whom they meet.
    Caseworker,
    /// The same, and see who in their unit has how many citizens and what waits; content only with a written reason.
    TeamLead,
    /// Look after employees and settings; no case.
    Administrator,
}

/// An employee as a person: who they are and what they do, in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Employee {
    /// Identity.
    pub id: EmployeeId,
    /// The name, such as "Mette Holm".
    pub name: Line,
    /// The role in one word, such as "rådgiver".
    pub role: Line,
    /// What they do, in one plain line.
    pub role_line: Option<Line>,
    /// The unit, such as "Job og Uddannelse".
    pub unit: Line,
    /// The part of life they work with.
    pub area: Area,
    /// Telephone, as it is to be shown.
    pub phone: Option<Line>,
    /// Mail address.
    pub mail: Option<Line>,
}

/// Who wrote or did a thing, as the reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The citizen whose case it is.
    Citizen {
        /// The name the citizen prefers.
        name: String,
    },
    /// Somebody at the municipality.
    Employee {
        /// The person's name; absent towards citizens when the municipality has chosen to show role and unit only.
        name: Option<String>,
        /// The role.
        role: String,
        /// The unit.
        unit: String,
    },
    /// Somebody who acts for the citizen.
    Representative {
        /// The name, as the citizen wrote it.
        name: String,
        /// The name the citizen prefers.
        citizen: String,
    },
    /// A system, such as an import.
    System,
}

/// Whose move a thing is: the owner of a step, the proposer of an agenda item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The citizen.
    Citizen,
    /// A named person at the municipality.
    Employee {
        /// Who.
        employee: EmployeeId,
    },
}
