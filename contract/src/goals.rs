use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Author, Version};

/// Taking back a goal or a topic. It is kept, because somebody may have opened it, but no longer shown to employees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakingBack {}

/// Who has opened something: "Åbnet af … den …". Opened is not read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Openings {
    /// The latest first.
    pub opened: Vec<Opening>,
    /// Whether it was changed after it was last opened.
    pub is_changed_since: bool,
}

/// One person's latest opening of a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Opening {
    /// Who.
    pub by: Author,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Which version was on the screen.
    pub version: Version,
}

/// A mark that items were on the screen of the person who sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewOpening {
    /// What was shown, each in the version that was shown; at least one, at most [`NewOpening::MOST`], else 422 at `items`.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 500))]
    #[serde(deserialize_with = "crate::list::at_most::<{ NewOpening::MOST }, _, _>")]
    pub items: Vec<OpenedItem>,
}

impl NewOpening {
    /// How many things can be marked at once.
    pub const MOST: usize = 500;
}

/// One thing that was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenedItem {
    /// What kind of thing.
    pub kind: OpenedKind,
    /// Its id.
    pub id: uuid::Uuid,
    /// The version that was shown.
    pub version: Version,
}

/// What can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OpenedKind {
    /// A citizen's goal, opened by an employee.
    Goal,
    /// A citizen's topic, opened by an employee.
    Topic,
    /// A step as the citizen left it, opened by an employee.
    Step,
    /// A comment, opened by the other side.
    Comment,
    /// Shared minutes (the meeting's id), opened by the citizen.
    Minutes,
}
