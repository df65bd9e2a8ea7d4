use contract::{Area, Line, ProblemCode};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::{
    cpr::Cpr,
    error::{Error, Result},
};

/// How many people one request may name.
const MOST: usize = 200;

/// What another system says of employees and citizens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Employees; at most 200.
    #[serde(default)]
    pub employees: Vec<RegisteredEmployee>,
    /// Citizens; at most 200.
    #[serde(default)]
    pub citizens: Vec<RegisteredCitizen>,
}

/// All that a register knows of an employee. What they may is for administrators to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisteredEmployee {
    /// The id in that system; by it they are found, also when they sign in.
    pub external_id: Line,
    /// The name.
    pub name: Line,
    /// The role in one word, such as "rådgiver".
    pub role: Line,
    /// What they do, in one plain line.
    #[serde(default)]
    pub role_line: Option<Line>,
    /// The unit.
    pub unit: Line,
    /// The part of life they work with.
    pub area: Area,
    /// Telephone.
    #[serde(default)]
    pub phone: Option<Line>,
    /// Mail address.
    #[serde(default)]
    pub mail: Option<Line>,
    /// Whether they have left. Who has, comes back by an administrator only.
    #[serde(default)]
    pub has_left: bool,
}

/// All that a register knows of a citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisteredCitizen {
    /// The id in that system, never a CPR number; by it they are found.
    pub external_id: Line,
    /// The registered name.
    pub name: Line,
    /// Whether name and address are protected. Left out, it stays as it is.
    #[serde(default)]
    pub is_protected: Option<bool>,
    /// The external id of the employee the citizen turns to; `null` for nobody. Left out, it stays as it is.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub contact_person: Option<Option<Line>>,
    /// The CPR number, by which they are found the first time they sign in. It is taken with somebody new; for somebody who is
    /// there it may only be the one that is there.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub cpr: Option<Cpr>,
}

/// Tells `null` from what is left out.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Option<Option<Line>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Registered {
    /// Employees and citizens that were new.
    pub made: u32,
    /// That were there, and changed.
    pub changed: u32,
    /// That were there like this.
    pub same: u32,
    /// Citizens whose key is deleted; of them nothing is written.
    pub forgotten: u32,
}

impl Register {
    /// That it is not too much at once, and names nobody twice.
    pub(super) fn check(&self) -> Result<()> {
        let employees = self.employees.iter().map(|it| &it.external_id).collect::<Vec<_>>();
        let citizens = self.citizens.iter().map(|it| &it.external_id).collect::<Vec<_>>();
        for (name, ids) in [("employees", employees), ("citizens", citizens)] {
            if ids.len() > MOST {
                return Err(Error::at(ProblemCode::Invalid, name));
            }
            if let Some(i) = (1..ids.len()).find(|i| ids[..*i].contains(&ids[*i])) {
                return Err(Error::at(ProblemCode::Invalid, format!("{name}[{i}].external_id")));
            }
        }
        Ok(())
    }
}
