use std::collections::HashMap;

use contract::{Actor, EmployeeId, EmployeeKind, ProblemCode};
use sea_orm::{ActiveModelTrait as _, ColumnTrait, Condition, EntityTrait, IntoActiveModel as _, QueryFilter};
use uuid::Uuid;

use super::{Register, Registered, RegisteredCitizen, RegisteredEmployee};
use crate::{
    audit, cpr,
    db::Tx,
    entity::{citizen, employee},
    error::{Error, Result},
    keys::{Keys, Ring, Sealed as _, Unseal as _},
    policy::RegisterAccess,
    session,
    values::{SealedText, Word},
};

/// Employees before citizens, whose contact persons they may be.
pub(super) async fn save(
    access: &RegisterAccess,
    tx: &Tx,
    keys: &Keys,
    cpr_key: Option<&cpr::Key>,
    register: Register,
) -> Result<Registered> {
    let m = access.municipality().0;
    let mut outcome = Registered::default();
    let rows = employee::Entity::find().filter(employee::Column::MunicipalityId.eq(m)).all(tx).await?;
    let mut employees: HashMap<String, employee::Model> =
        rows.into_iter().filter_map(|row| Some((row.external_id.clone()?, row))).collect();
    if !register.employees.is_empty() {
        access.must_have_employees()?;
    }
    for it in register.employees {
        let old = employees.get(it.external_id.as_str());
        let new = employee_row(m, old, it);
        if outcome.counts(old, &new) {
            audit::record_register(access, tx, (new.employee_id, false), "register.employee").await?;
            if new.has_left {
                session::store::end_all(tx, access.municipality(), Actor::Employee(EmployeeId(new.employee_id)))
                    .await?;
            }
            let row = new.clone().into_active_model();
            match old {
                None => drop(employee::Entity::insert(row).exec_without_returning(tx).await?),
                Some(_) => drop(employee::Entity::update(row.reset_all()).exec(tx).await?),
            }
        }
        employees.extend(new.external_id.clone().map(|id| (id, new)));
    }
    if !register.citizens.is_empty() {
        access.must_have_citizens()?;
        let employees = employees.into_iter().map(|(external, row)| (external, row.employee_id)).collect();
        citizens(access, tx, keys, (cpr_key, &employees), &register.citizens, &mut outcome).await?;
    }
    Ok(outcome)
}

async fn citizens(
    access: &RegisterAccess,
    tx: &Tx,
    keys: &Keys,
    (cpr_key, employees): (Option<&cpr::Key>, &HashMap<String, Uuid>),
    new: &[RegisteredCitizen],
    outcome: &mut Registered,
) -> Result<()> {
    let m = access.municipality();
    let hashes = new.iter().enumerate().map(|(i, it)| hash(cpr_key, it, i)).collect::<Result<Vec<_>>>()?;
    let rows = citizen::Entity::find()
        .filter(citizen::Column::MunicipalityId.eq(m.0))
        .filter(
            Condition::any()
                .add(citizen::Column::ExternalId.is_in(new.iter().map(|it| it.external_id.as_str())))
                .add(citizen::Column::CprHash.is_in(hashes.iter().flatten())),
        )
        .all(tx)
        .await?;
    let known = keys.of(m, &rows.iter().map(|row| row.citizen_id).collect::<Vec<_>>()).await?;
    for ((i, it), hash) in new.iter().enumerate().zip(hashes) {
        let fault = |code, field: &str| Err(Error::at(code, format!("citizens[{i}].{field}")));
        let contact = it.contact_person.as_ref().map(|id| employees.get(id.as_str()).copied());
        if contact == Some(None) {
            return fault(ProblemCode::UnknownReference, "contact_person");
        }
        let by_id = rows.iter().find(|row| row.external_id.as_deref() == Some(it.external_id.as_str()));
        let by_cpr = rows.iter().find(|row| hash.is_some() && row.cpr_hash == hash);
        let old = match (by_id, by_cpr) {
            // Somebody whom only the login knows so far: they came to act for another.
            (None, Some(row)) if row.external_id.is_none() => Some(row),
            (None, Some(_)) => return fault(ProblemCode::Invalid, "cpr"),
            (Some(one), Some(other)) if one.citizen_id != other.citizen_id => {
                return fault(ProblemCode::Invalid, "cpr");
            }
            (Some(row), None) if hash.is_some() && row.cpr_hash.is_some() => return fault(ProblemCode::Invalid, "cpr"),
            (old, _) => old,
        };
        if old.is_some_and(|row| !known.has(row.citizen_id)) {
            outcome.forgotten += 1;
            continue;
        }
        let row = citizen::Model {
            municipality_id: m.0,
            citizen_id: old.map_or_else(Uuid::now_v7, |row| row.citizen_id),
            name: SealedText::from(it.name.as_str()),
            is_protected: it.is_protected,
            contact_person: contact.flatten(),
            external_id: Some(it.external_id.as_str().to_owned()),
            cpr_hash: hash.or_else(|| old.and_then(|row| row.cpr_hash.clone())),
        };
        if outcome.counts(old.cloned().unsealed(&known)?.as_ref(), &row) {
            write(access, tx, old.map(|_| &known), keys, row).await?;
        }
    }
    Ok(())
}

/// With the row that tells the citizen of it.
async fn write(access: &RegisterAccess, tx: &Tx, known: Option<&Ring>, keys: &Keys, row: citizen::Model) -> Result<()> {
    let id = row.citizen_id;
    if let Some(known) = known {
        let row = row.sealed(known)?.into_active_model().reset_all();
        citizen::Entity::update(row).exec(tx).await?;
    } else {
        let ring = keys.make_for(access.municipality(), &[id]).await?;
        citizen::Entity::insert(row.sealed(&ring)?.into_active_model()).exec_without_returning(tx).await?;
    }
    audit::record_register(access, tx, (id, true), "register.citizen").await
}

fn hash(key: Option<&cpr::Key>, it: &RegisteredCitizen, i: usize) -> Result<Option<String>> {
    let Some(cpr) = &it.cpr else { return Ok(None) };
    // Without a key for them, numbers cannot be taken.
    let key = key.ok_or_else(|| Error::at(ProblemCode::Invalid, format!("citizens[{i}].cpr")))?;
    Ok(Some(key.hash(cpr)))
}

fn employee_row(m: Uuid, old: Option<&employee::Model>, it: RegisteredEmployee) -> employee::Model {
    employee::Model {
        municipality_id: m,
        employee_id: old.map_or_else(Uuid::now_v7, |row| row.employee_id),
        name: it.name.into(),
        role: it.role.into(),
        role_line: it.role_line.map(String::from),
        unit: it.unit.into(),
        area: Word(it.area),
        phone: it.phone.map(String::from),
        mail: it.mail.map(String::from),
        role_kind: old.map_or(Word(EmployeeKind::Caseworker), |row| row.role_kind),
        has_left: it.has_left.unwrap_or_else(|| old.is_some_and(|row| row.has_left)),
        external_id: Some(it.external_id.into()),
    }
}

impl Registered {
    /// Counts one, and says whether there is anything to write.
    fn counts<T: PartialEq>(&mut self, old: Option<&T>, new: &T) -> bool {
        let count = match old {
            None => &mut self.made,
            Some(old) if old == new => &mut self.same,
            Some(_) => &mut self.changed,
        };
        *count += 1;
        old != Some(new)
    }
}
