//! What a file holds. `docs/import.md` explains it with an example; the field comments become the schema's.

mod meetings;
mod plan;
mod records;

use contract::{Area, CitizenId, ContactWay, EmployeeId, EmployeeKind, Language, Line, Prose, Version};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::{meetings::*, plan::*, records::*};
use super::schema::Of;
use crate::cpr::Cpr;

/// The format's version.
pub const FORMAT: u8 = 1;

/// Employees and citizens of one municipality. Instants are UTC (`2026-03-30T08:15:00Z`); `local_` times are the wall
/// clock in Europe/Copenhagen (`2026-03-30T10:15:00`); ids are UUIDs that never change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The version of this format: 1.
    #[schemars(range(min = 1, max = 1))]
    pub format: u8,
    /// Employees that are not in the database yet, or are there with the same content.
    #[serde(default)]
    pub employees: Vec<Employee>,
    /// Citizens, each with everything that belongs to them.
    #[serde(default)]
    pub citizens: Vec<Citizen>,
}

/// Somebody who works at the municipality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Employee {
    /// Identity.
    #[schemars(with = "Uuid")]
    pub id: EmployeeId,
    /// The name, such as "Mette Holm".
    #[schemars(with = "Of<Line>")]
    pub name: Line,
    /// The role in one word, such as "rådgiver".
    #[schemars(with = "Of<Line>")]
    pub role: Line,
    /// What they do, in one plain line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub role_line: Option<Line>,
    /// The unit, such as "Job og Uddannelse".
    #[schemars(with = "Of<Line>")]
    pub unit: Line,
    /// The part of life they work with.
    #[schemars(with = "Of<Area>")]
    pub area: Area,
    /// Telephone, as it is to be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub phone: Option<Line>,
    /// Mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub mail: Option<Line>,
    /// The id in the municipality's own system; unique. By it they are found when they sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub external_id: Option<Line>,
    /// What they may: work with citizens, lead a unit, or look after people and settings. Left out, it stays as it is, and
    /// is the first of these for somebody new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<EmployeeKind>>")]
    pub kind: Option<EmployeeKind>,
    /// Whether they have left, and can no longer sign in. Left out, it stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has_left: Option<bool>,
}

/// A citizen and the whole case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Citizen {
    /// Identity.
    #[schemars(with = "Uuid")]
    pub id: CitizenId,
    /// The name in the municipality's register.
    #[schemars(with = "Of<Line>")]
    pub name: Line,
    /// Whether name and address are protected.
    #[serde(default)]
    pub is_protected: bool,
    /// The employee the citizen turns to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Uuid>")]
    pub contact_person: Option<EmployeeId>,
    /// The id in the municipality's own system; unique. Never a CPR number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub external_id: Option<Line>,
    /// The CPR number, by which they are found the first time they sign in. Only a keyed hash of it is stored, and it is
    /// not exported.
    #[serde(default, skip_serializing)]
    pub cpr: Option<Cpr>,
    /// The citizen in their own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// What the citizen has opened to employees who work with other areas; without it nothing is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices: Option<Choices>,
    /// Everybody in the plan.
    #[serde(default)]
    pub plan_members: Vec<PlanMember>,
    /// Meetings, coming and past.
    #[serde(default)]
    pub meetings: Vec<Meeting>,
    /// The citizen's goals that were sent.
    #[serde(default)]
    pub goals: Vec<Goal>,
    /// The citizen's topics and questions that were sent.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// What the citizen has written and not sent.
    #[serde(default)]
    pub drafts: Vec<Draft>,
    /// What is set in motion, each with its purpose and its goal.
    #[serde(default)]
    pub efforts: Vec<Effort>,
    /// Who does what, by when.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Remarks and disagreements beside something.
    #[serde(default)]
    pub comments: Vec<Comment>,
    /// Who has opened what.
    #[serde(default)]
    pub openings: Vec<Opening>,
    /// Up to when the citizen has seen what is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Visit>,
    /// Every change. When it is left out, it is made from the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<Vec<Event>>,
}

/// Who wrote or did a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Who {
    /// The citizen whose case it is.
    Citizen,
    /// Somebody at the municipality.
    Employee {
        /// Who.
        #[schemars(with = "Uuid")]
        employee: EmployeeId,
    },
    /// A system.
    System,
}

/// What a citizen has opened to employees who work with other areas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choices {
    /// How many times they were saved.
    #[serde(default = "first")]
    #[schemars(with = "i32", range(min = 1))]
    pub version: Version,
    /// When they were saved last.
    pub saved_at: Timestamp,
    /// Whether all employees in the case see what is marked social.
    #[serde(default)]
    pub social: bool,
    /// Whether all employees in the case see what is marked health.
    #[serde(default)]
    pub health: bool,
}

/// The citizen in their own words; each text is shared only by choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// How many times it was saved.
    #[serde(default = "first")]
    #[schemars(with = "i32", range(min = 1))]
    pub version: Version,
    /// When it was saved last.
    pub saved_at: Timestamp,
    /// The name to be called by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub preferred_name: Option<Line>,
    /// How to be contacted.
    #[serde(default)]
    #[schemars(with = "Of<ContactWay>")]
    pub contact_way: ContactWay,
    /// A few words about being contacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub contact_note: Option<Line>,
    /// The language to be spoken and written to in.
    #[serde(default)]
    #[schemars(with = "Of<Language>")]
    pub language: Language,
    /// "Min situation nu".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Prose>>")]
    pub situation: Option<Prose>,
    /// Whether employees see it.
    #[serde(default)]
    pub is_situation_shared: bool,
    /// "Det er jeg god til".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Prose>>")]
    pub strengths: Option<Prose>,
    /// Whether employees see it.
    #[serde(default)]
    pub is_strengths_shared: bool,
}

/// Somebody in the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanMember {
    /// Who.
    #[schemars(with = "Uuid")]
    pub employee: EmployeeId,
    /// Why they are in the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub why: Option<Line>,
    /// The part of life they help with here, when it is not their usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Area>>")]
    pub area: Option<Area>,
}

fn first() -> Version {
    Version::FIRST
}
