use std::collections::{HashMap, HashSet};

use contract::{EmployeeId, Line, MunicipalityId, ProblemCode};
use jiff::tz::TimeZone;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{Fault, File, ImportError, Rows, check::check, rows, whole::whole};
use crate::{
    clock::Clock,
    db::{Database, Tx},
    entity::{citizen, employee},
    error::Result,
    export,
    keys::Keys,
};

/// What a file brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Employees that were new.
    pub employees: usize,
    /// Citizens that were new.
    pub citizens: usize,
    /// Employees and citizens that were there with the same content.
    pub known: usize,
}

/// Loads a file in one transaction. Whoever is there with the same content is left alone; with another, the file is
/// refused. `tell` hears how many citizens are done. No audit row is written: nobody looked into a case.
///
/// # Errors
/// [`ImportError::Faults`] and [`ImportError::Database`]; then nothing was written.
pub async fn load(
    database: &Database,
    municipality: (MunicipalityId, String),
    clock: &Clock,
    file: File,
    tell: impl Fn(u64) + Send + Sync + 'static,
) -> Result<Loaded, ImportError> {
    let (clock, keys) = (clock.clone(), database.keys().clone());
    // Only an error takes back what a job wrote, and the API's errors have no room for a list.
    let (say, hear) = std::sync::mpsc::channel();
    let outcome = database
        .write(move |tx| {
            Box::pin(async move {
                let (m, name) = municipality;
                let mut there = There::read(tx, m).await?;
                let mut faults = check(&file, &there.names, &clock);
                let mut loaded = Loaded::default();
                if faults.is_empty() {
                    rows::municipality(tx, m, &name).await?;
                    faults = write((tx, &keys), m, clock.zone(), file, &mut there, &mut loaded, &tell).await?;
                }
                if faults.is_empty() {
                    return Ok(loaded);
                }
                let _ = say.send(faults);
                Err(ProblemCode::Invalid.into())
            })
        })
        .await;
    match (outcome, hear.try_recv()) {
        (Ok(loaded), _) => Ok(loaded),
        (Err(_), Ok(faults)) => Err(ImportError::Faults(faults)),
        (Err(error), Err(_)) => Err(error.into()),
    }
}

/// How many citizens are made into rows before they are written.
const BATCH: usize = 200;

async fn write(
    (tx, keys): (&Tx, &Keys),
    m: MunicipalityId,
    zone: &TimeZone,
    file: File,
    there: &mut There,
    loaded: &mut Loaded,
    tell: &(impl Fn(u64) + Sync),
) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let mut rows = Rows::default();
    for (i, employee) in file.employees.iter().enumerate() {
        if let Some(stored) = there.employees.get(&employee.id.0) {
            if *stored == rows::employee_row(m, employee) {
                loaded.known += 1;
            } else {
                faults.push(differs(format!("employees[{i}].id"), "an employee"));
            }
        } else if is_taken(&employee.external_id, &there.employee_externals) {
            faults.push(taken(format!("employees[{i}].external_id")));
        } else {
            rows.employee(m, employee);
            loaded.employees += 1;
        }
        there.names.insert(employee.id, employee.name.as_str().to_owned());
    }
    rows.insert(tx, keys, m).await?;
    let mut rows = Rows::default();
    for (i, citizen) in file.citizens.into_iter().enumerate() {
        let citizen = whole(citizen, &there.names, zone);
        if there.citizens.contains(&citizen.id.0) {
            let ring = keys.of(m, &[citizen.id.0]).await?;
            if export::citizen(tx, &ring, m, citizen.id, zone).await?.as_ref() == Some(&citizen) {
                loaded.known += 1;
            } else {
                faults.push(differs(format!("citizens[{i}].id"), "a citizen"));
            }
        } else if is_taken(&citizen.external_id, &there.citizen_externals) {
            faults.push(taken(format!("citizens[{i}].external_id")));
        } else {
            rows.citizen(m, &citizen, zone);
            loaded.citizens += 1;
        }
        if (i + 1) % BATCH == 0 {
            std::mem::take(&mut rows).insert(tx, keys, m).await?;
        }
        tell(u64::try_from(i).unwrap_or_default() + 1);
    }
    rows.insert(tx, keys, m).await?;
    Ok(faults)
}

/// Who is in the database already.
struct There {
    employees: HashMap<Uuid, employee::Model>,
    names: HashMap<EmployeeId, String>,
    employee_externals: HashSet<String>,
    citizens: HashSet<Uuid>,
    citizen_externals: HashSet<String>,
}

impl There {
    async fn read(tx: &Tx, m: MunicipalityId) -> Result<Self> {
        let employees = employee::Entity::find().filter(employee::Column::MunicipalityId.eq(m.0)).all(tx).await?;
        let citizens = citizen::Entity::find()
            .select_only()
            .column(citizen::Column::CitizenId)
            .column(citizen::Column::ExternalId)
            .filter(citizen::Column::MunicipalityId.eq(m.0))
            .into_tuple::<(Uuid, Option<String>)>()
            .all(tx)
            .await?;
        Ok(Self {
            names: employees.iter().map(|row| (EmployeeId(row.employee_id), row.name.clone())).collect(),
            employee_externals: employees.iter().filter_map(|row| row.external_id.clone()).collect(),
            employees: employees.into_iter().map(|row| (row.employee_id, row)).collect(),
            citizens: citizens.iter().map(|row| row.0).collect(),
            citizen_externals: citizens.into_iter().filter_map(|row| row.1).collect(),
        })
    }
}

fn is_taken(external: &Option<Line>, among: &HashSet<String>) -> bool {
    external.as_ref().is_some_and(|id| among.contains(id.as_str()))
}

fn taken(path: String) -> Fault {
    Fault { path, what: "somebody else in the database has this external id: correct it, or correct the id".to_owned() }
}

fn differs(path: String, whom: &str) -> Fault {
    let what = format!(
        "{whom} with this id is in the database with other content; what is there is never overwritten: \
         take them out of the file, or give them another id"
    );
    Fault { path, what }
}
