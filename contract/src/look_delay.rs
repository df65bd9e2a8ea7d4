use crate::time::{Timestamp, civil};
use serde::{Deserialize, Serialize};

use crate::{Author, LookDelayId, Prose, Version};

/// On what ground looks may be shown later than they were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DelayGround {
    /// Somebody may come to harm by violence.
    Violence,
    /// A child must be protected.
    ChildProtection,
}

/// A delay to give or to change: looks are shown to the citizen after its last day, as they were. Employees only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewLookDelay {
    /// On what ground.
    pub ground: DelayGround,
    /// Why it is needed here.
    pub reason: Prose,
    /// The last day, from today to [`crate::CaseFile::longest_delay`]; else 422 at `until`.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until: civil::Date,
}

/// A delay that is on. The citizen is told nothing of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookDelay {
    /// Identity.
    pub id: LookDelayId,
    /// How many times it was changed.
    pub version: Version,
    /// On what ground.
    pub ground: DelayGround,
    /// Why; for those who may give a delay.
    pub reason: Option<String>,
    /// Looks from this moment on are hidden.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub from: Timestamp,
    /// The last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until: civil::Date,
    /// Who gave it or changed it last.
    pub by: Author,
}
