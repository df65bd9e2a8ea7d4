use crate::time::{Timestamp, civil};
use serde::{Deserialize, Serialize};

use crate::Author;

/// What an employee looked at or worked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LookedAt {
    /// What to know before a meeting.
    Brief,
    /// A meeting or its minutes.
    Meeting,
    /// The plan: goals, efforts, steps, and what is said beside them.
    Plan,
    /// Who changed what, and when.
    History,
    /// All of it: who runs the program took a copy.
    Copy,
    /// All of it: who runs the program loaded it from a file.
    Loaded,
    /// The CPR number, which says whose login opens the case, likewise.
    Cpr,
    /// What was closed to them, with a reason that they wrote.
    Closed,
    /// The name, or its protection, as another system of the municipality has it.
    Register,
    /// The contact person, likewise.
    ContactPerson,
    /// The citizen's page: names, contact, and their own words as far as they are shared.
    File,
}

/// Who it was, where it was nobody at the municipality's desks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Via {
    /// Who runs the program.
    Operator,
    /// Another system of the municipality.
    System {
        /// What the municipality calls it.
        name: String,
    },
}

/// What one employee, representative or system looked at on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Look {
    /// The day, by the municipality's calendar.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub day: civil::Date,
    /// The last time on that day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub last_at: Timestamp,
    /// Who.
    pub by: Author,
    /// More about who, where it was no employee and no representative.
    pub via: Option<Via>,
    /// Whether it is the one the citizen turns to.
    pub is_contact_person: bool,
    /// At what, in the order of [`LookedAt`].
    pub at: Vec<LookedAt>,
    /// Whether they also changed something; history says what.
    pub has_changed: bool,
    /// Why they opened what was closed to them, in their words; the first one first.
    pub reasons: Vec<String>,
}

/// Who has looked in a case, the latest day first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Looks {
    /// Today, by the municipality's calendar.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub today: civil::Date,
    /// Whole days.
    pub looks: Vec<Look>,
    /// Ask for the days before this one; absent when nobody looked then.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub before: Option<civil::Date>,
}
