//! People as the reader may see them.

use std::collections::HashMap;

use contract::{Author, Employee, EmployeeId, Line, Party};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{employee, representation},
    error::{Error, Result},
    keys::Unseal as _,
    policy::CaseAccess,
    values::{ActorKind, PartyKind},
};

/// The citizen, the employees that something on the page is about, and those who act for the citizen.
pub struct People {
    citizen_name: String,
    employees: HashMap<Uuid, employee::Model>,
    representatives: HashMap<Uuid, String>,
    names_employees: bool,
}

impl People {
    /// Reads the citizen's name and these people, in one query however many they are; in two, if some act for the citizen.
    ///
    /// # Errors
    /// That the database does not answer.
    pub async fn load(access: &CaseAccess, tx: &Tx, people: impl IntoIterator<Item = Uuid>) -> Result<Self> {
        let mut ids: Vec<Uuid> = people.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let rows = if ids.is_empty() {
            Vec::new()
        } else {
            employee::Entity::find()
                .filter(employee::Column::MunicipalityId.eq(access.key().0))
                .filter(employee::Column::EmployeeId.is_in(ids.iter().copied()))
                .all(tx)
                .await?
        };
        let employees: HashMap<Uuid, employee::Model> = rows.into_iter().map(|row| (row.employee_id, row)).collect();
        ids.retain(|id| !employees.contains_key(id));
        Ok(Self {
            citizen_name: access.citizen_name().to_owned(),
            representatives: representatives(access, tx, ids).await?,
            employees,
            names_employees: access.names_employees(),
        })
    }

    /// The name the citizen prefers.
    #[must_use]
    pub fn citizen_name(&self) -> &str {
        &self.citizen_name
    }

    /// One of the employees.
    #[must_use]
    pub fn employee(&self, id: Uuid) -> Option<&employee::Model> {
        self.employees.get(&id)
    }

    /// Who wrote or owns a thing, by name.
    #[must_use]
    pub fn author(&self, kind: ActorKind, id: Option<Uuid>) -> Author {
        self.shown(kind, id, true)
    }

    /// Who did a thing, in openings and history: named only where the municipality has chosen so.
    #[must_use]
    pub fn discreet(&self, kind: ActorKind, id: Option<Uuid>) -> Author {
        self.shown(kind, id, self.names_employees)
    }

    /// The owner of a step.
    #[must_use]
    pub fn owner(&self, kind: PartyKind, id: Option<Uuid>) -> Author {
        match kind {
            PartyKind::Citizen => self.author(ActorKind::Citizen, None),
            PartyKind::Employee => self.author(ActorKind::Employee, id),
        }
    }

    fn shown(&self, kind: ActorKind, id: Option<Uuid>, is_named: bool) -> Author {
        match (kind, id.and_then(|id| self.employees.get(&id))) {
            (ActorKind::Citizen, _) => Author::Citizen { name: self.citizen_name.clone() },
            // The citizen has chosen them, and everybody knows that from them.
            (ActorKind::Representative, _) => {
                let name = id.and_then(|id| self.representatives.get(&id)).cloned().unwrap_or_default();
                Author::Representative { name, citizen: self.citizen_name.clone() }
            }
            (ActorKind::Employee, Some(employee)) => Author::Employee {
                name: is_named.then(|| employee.name.clone()),
                role: employee.role.clone(),
                unit: employee.unit.clone(),
            },
            (ActorKind::Employee, None) | (ActorKind::System, _) => Author::System,
        }
    }
}

/// The names of those who act for the citizen, or did, by what they were given.
async fn representatives(access: &CaseAccess, tx: &Tx, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (m, c) = access.key();
    let rows = representation::Entity::find()
        .filter(representation::Column::MunicipalityId.eq(m))
        .filter(representation::Column::CitizenId.eq(c))
        .filter(representation::Column::RepresentationId.is_in(ids));
    let rows = rows.all(tx).await?.unsealed(access)?;
    Ok(rows.into_iter().map(|row| (row.representation_id, row.name.into_text())).collect())
}

/// The employee or representative behind an actor, to be given to [`People::load`].
#[must_use]
pub fn person_of(kind: ActorKind, id: Option<Uuid>) -> Option<Uuid> {
    matches!(kind, ActorKind::Employee | ActorKind::Representative).then_some(id).flatten()
}

/// An employee as the contract has them.
///
/// # Errors
/// [`Error::Internal`] when a stored text breaks the contract's rules.
pub fn employee(row: &employee::Model) -> Result<Employee> {
    Ok(Employee {
        id: EmployeeId(row.employee_id),
        name: line(&row.name)?,
        role: line(&row.role)?,
        role_line: maybe_line(row.role_line.as_deref())?,
        unit: line(&row.unit)?,
        area: row.area.0,
        phone: maybe_line(row.phone.as_deref())?,
        mail: maybe_line(row.mail.as_deref())?,
    })
}

/// Whose move it is, from its columns.
#[must_use]
pub fn party(kind: PartyKind, id: Option<Uuid>) -> Party {
    match (kind, id) {
        (PartyKind::Employee, Some(id)) => Party::Employee { employee: EmployeeId(id) },
        _ => Party::Citizen,
    }
}

/// Whose move it is, to its columns.
#[must_use]
pub fn party_columns(party: Party) -> (PartyKind, Option<Uuid>) {
    match party {
        Party::Citizen => (PartyKind::Citizen, None),
        Party::Employee { employee } => (PartyKind::Employee, Some(employee.0)),
    }
}

fn line(text: &str) -> Result<Line> {
    Line::parse(text).map_err(|_| Error::Internal("a stored line breaks its rule"))
}

fn maybe_line(text: Option<&str>) -> Result<Option<Line>> {
    text.map(line).transpose()
}
