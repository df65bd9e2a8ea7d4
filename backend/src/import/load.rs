use std::collections::HashSet;

use contract::{Line, MunicipalityId, ProblemCode};

use super::{
    Fault, File, ImportError, Rows,
    check::check,
    people::{There, add_cpr},
    rows,
    whole::whole,
};
use crate::{
    audit::{self, Chain},
    clock::Clock,
    config::Config,
    cpr,
    db::{Database, Tx},
    error::Result,
    export,
    keys::Keys,
    values::ActionKind,
};

/// Whose people they become.
#[derive(Clone, Debug)]
pub struct Municipality {
    /// Identity.
    pub id: MunicipalityId,
    /// The name.
    pub name: String,
    /// What CPR numbers are hashed with.
    pub cpr_key: Option<cpr::Key>,
    /// Whether it is written down, and citizens are told, that they were loaded. Invented people are just there.
    pub is_told: bool,
}

impl Municipality {
    /// As it is set.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let (name, cpr_key) = (config.municipality.name.clone(), config.login.cpr_key.clone());
        Self { id: config.municipality_id, name, cpr_key, is_told: true }
    }
}

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
/// refused. `tell` hears how many citizens are done.
///
/// # Errors
/// [`ImportError::Faults`] and [`ImportError::Database`]; then nothing was written.
pub async fn load(
    database: &Database,
    municipality: Municipality,
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
                let m = municipality.id;
                let mut there = There::read(tx, m).await?;
                let mut faults = check(&file, &there.names, &clock);
                let mut loaded = Loaded::default();
                if faults.is_empty() {
                    rows::municipality(tx, m, &municipality.name).await?;
                    let to = (tx, &keys);
                    faults = write(to, &municipality, &clock, file, &mut there, &mut loaded, &tell).await?;
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
    municipality: &Municipality,
    clock: &Clock,
    file: File,
    there: &mut There,
    loaded: &mut Loaded,
    tell: &(impl Fn(u64) + Sync),
) -> Result<Vec<Fault>> {
    let (m, zone, now) = (municipality.id, clock.zone(), clock.now());
    let mut faults = Vec::new();
    let mut written = Vec::new();
    let mut rows = Rows::default();
    for (i, employee) in file.employees.iter().enumerate() {
        if let Some(is_same) = there.knows((tx, keys), m, employee, now).await? {
            if is_same {
                loaded.known += 1;
            } else {
                faults.push(differs(format!("employees[{i}].id"), "an employee"));
            }
        } else if is_taken(&employee.external_id, &there.employee_externals) {
            faults.push(taken(format!("employees[{i}].external_id")));
        } else {
            rows.employee(m, employee);
            written.push((employee.id.0, false, "import"));
            loaded.employees += 1;
        }
        there.names.insert(employee.id, employee.name.as_str().to_owned());
    }
    rows.insert(tx, keys, m).await?;
    let mut rows = Rows::default();
    for (i, citizen) in file.citizens.into_iter().enumerate() {
        let mut citizen = whole(citizen, &there.names, zone);
        let cpr = citizen.cpr.take();
        let path = || format!("citizens[{i}].cpr");
        let kept = there.cpr(citizen.id, cpr.as_ref(), municipality.cpr_key.as_ref(), path);
        let kept = kept.unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        if there.citizens.contains_key(&citizen.id.0) {
            let ring = keys.of(m, &[citizen.id.0]).await?;
            if export::citizen(tx, &ring, m, citizen.id, zone).await?.as_ref() == Some(&citizen) {
                loaded.known += 1;
                if let Some(kept) = kept {
                    add_cpr(tx, &ring, m, citizen.id, kept).await?;
                    written.push((citizen.id.0, true, "import.cpr"));
                }
            } else {
                faults.push(differs(format!("citizens[{i}].id"), "a citizen"));
            }
        } else if is_taken(&citizen.external_id, &there.citizen_externals) {
            faults.push(taken(format!("citizens[{i}].external_id")));
        } else {
            rows.citizen(m, &citizen, kept, zone);
            written.push((citizen.id.0, true, "import"));
            loaded.citizens += 1;
        }
        if (i + 1) % BATCH == 0 {
            std::mem::take(&mut rows).insert(tx, keys, m).await?;
        }
        tell(u64::try_from(i).unwrap_or_default() + 1);
    }
    rows.insert(tx, keys, m).await?;
    if municipality.is_told && faults.is_empty() {
        for (id, is_case, operation) in written {
            let chain = Chain { municipality: m.0, id };
            audit::record_operator((keys, tx), (chain, is_case), ActionKind::Write, operation, now).await?;
        }
    }
    Ok(faults)
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
