use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Area, Prose, Version};

/// What the citizen has opened to employees who work with other areas of life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Choices {
    /// How many times they were saved; 0 when never, and nothing is open.
    pub version: Version,
    /// When they were saved last.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub saved_at: Option<Timestamp>,
    /// What is chosen.
    pub content: NewChoices,
    /// Who sees some of it whatever is chosen.
    pub grounds: Vec<LegalGround>,
}

/// Choices to save. Closed by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewChoices {
    /// Whether all employees in the case see what is marked social.
    pub social: bool,
    /// Whether all employees in the case see what is marked health.
    pub health: bool,
}

/// A law by which employees of one area see what is marked with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LegalGround {
    /// What they see.
    pub of: Area,
    /// What they work with.
    pub to: Area,
    /// The law in plain words, as the municipality writes it.
    pub text: String,
}

/// A reason to open what is closed, which the citizen can read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewGlass {
    /// Why, in the employee's words.
    pub reason: Prose,
}

/// What is closed to the employee who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Closed {
    /// The areas, whether there is anything in them or not.
    pub areas: Vec<Area>,
    /// Until when all is open, for a reason that the employee has written.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub opened_until: Option<Timestamp>,
}
