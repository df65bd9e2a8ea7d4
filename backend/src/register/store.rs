use std::collections::{HashMap, HashSet};

use contract::{Actor, EmployeeId, EmployeeKind, ProblemCode};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::NotSet, ColumnTrait, Condition, EntityTrait, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter, QuerySelect as _, sea_query::LockType,
};
use uuid::Uuid;

use super::{Register, Registered, RegisteredCitizen, RegisteredEmployee};
use crate::{
    audit, cpr,
    db::Tx,
    entity::{citizen, employee, goal, meeting, plan_member, step, topic},
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
    let mut outcome = Registered::default();
    if !register.employees.is_empty() {
        access.must_have_employees()?;
        employees(access, tx, keys, register.employees, &mut outcome).await?;
    }
    if !register.citizens.is_empty() {
        access.must_have_citizens()?;
        citizens(access, tx, (keys, cpr_key), &register.citizens, &mut outcome).await?;
    }
    Ok(outcome)
}

async fn employees(
    access: &RegisterAccess,
    tx: &Tx,
    keys: &Keys,
    new: Vec<RegisteredEmployee>,
    outcome: &mut Registered,
) -> Result<()> {
    let m = access.municipality();
    let rows = employee::Entity::find()
        .filter(employee::Column::MunicipalityId.eq(m.0))
        .filter(employee::Column::ExternalId.is_in(new.iter().map(|it| it.external_id.as_str())))
        // What an administrator says meanwhile is not taken back.
        .lock(LockType::Update)
        .all(tx)
        .await?;
    for it in new {
        let old = rows.iter().find(|row| row.external_id.as_deref() == Some(it.external_id.as_str()));
        let row = employee_row(m.0, old, it);
        if !outcome.note(old, &row) {
            continue;
        }
        if row.has_left {
            session::store::end_all(tx, m, Actor::Employee(EmployeeId(row.employee_id))).await?;
        }
        audit::record_register((keys, tx), access, (row.employee_id, false), "register.employee").await?;
        match old {
            None => drop(employee::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?),
            Some(_) => {
                let mut row = row.into_active_model().reset_all();
                // What they may is not a register's to say.
                row.role_kind = NotSet;
                drop(employee::Entity::update(row).exec(tx).await?);
            }
        }
    }
    Ok(())
}

/// A citizen as they will stand, and how they stood.
struct Changed {
    old: Option<citizen::Model>,
    new: citizen::Model,
}

async fn citizens(
    access: &RegisterAccess,
    tx: &Tx,
    (keys, cpr_key): (&Keys, Option<&cpr::Key>),
    new: &[RegisteredCitizen],
    outcome: &mut Registered,
) -> Result<()> {
    let m = access.municipality();
    let numbers = numbers(cpr_key, new)?;
    let contacts = contacts(access, tx, new).await?;
    let rows = citizen::Entity::find()
        .filter(citizen::Column::MunicipalityId.eq(m.0))
        .filter(
            Condition::any()
                .add(citizen::Column::ExternalId.is_in(new.iter().map(|it| it.external_id.as_str())))
                .add(citizen::Column::CprHash.is_in(numbers.iter().flatten().map(|kept| kept.hash.as_str()))),
        )
        .order_by_id_asc()
        .lock(LockType::Update)
        .all(tx)
        .await?;
    let known = keys.of(m, &rows.iter().map(|row| row.citizen_id).collect::<Vec<_>>()).await?;
    let mut changed = Vec::new();
    for ((i, it), kept) in new.iter().enumerate().zip(numbers) {
        let (hash, number) = kept.map(|kept| (kept.hash, kept.number)).unzip();
        let old = find(tx, &rows, it, hash.as_ref()).await?;
        let old = old.ok_or_else(|| Error::at(ProblemCode::Invalid, format!("citizens[{i}].cpr")))?;
        if old.is_some_and(|row| !known.has(row.citizen_id)) {
            outcome.forgotten += 1;
            continue;
        }
        let old = old.cloned().unsealed(&known)?;
        let contact = match &it.contact_person {
            None => old.as_ref().and_then(|row| row.contact_person),
            Some(None) => None,
            Some(Some(id)) => {
                let fault = || Error::at(ProblemCode::UnknownReference, format!("citizens[{i}].contact_person"));
                Some(*contacts.get(id.as_str()).ok_or_else(fault)?)
            }
        };
        let new = citizen::Model {
            municipality_id: m.0,
            citizen_id: old.as_ref().map_or_else(Uuid::now_v7, |row| row.citizen_id),
            name: SealedText::from(it.name.as_str()),
            is_protected: it.is_protected.unwrap_or_else(|| old.as_ref().is_some_and(|row| row.is_protected)),
            contact_person: contact,
            external_id: Some(it.external_id.as_str().to_owned()),
            cpr_hash: hash.or_else(|| old.as_ref().and_then(|row| row.cpr_hash.clone())),
            cpr: number.or_else(|| old.as_ref().and_then(|row| row.cpr.clone())),
        };
        if outcome.note(old.as_ref(), &new) {
            changed.push(Changed { old, new });
        }
    }
    // All of it is right: only now are keys made, which lie elsewhere and stay.
    let made: Vec<Uuid> = changed.iter().filter(|it| it.old.is_none()).map(|it| it.new.citizen_id).collect();
    let ring = keys.make_for(m, &made).await?;
    for it in changed {
        let audited = (keys, tx);
        write(access, audited, if it.old.is_some() { &known } else { &ring }, it).await?;
    }
    Ok(())
}

/// With the row that tells the citizen of it.
async fn write(
    access: &RegisterAccess,
    (keys, tx): (&Keys, &Tx),
    ring: &Ring,
    Changed { old, new }: Changed,
) -> Result<()> {
    let is_another = old.as_ref().map_or(new.contact_person.is_some(), |old| old.contact_person != new.contact_person);
    let operation = if is_another { "register.contact_person" } else { "register.citizen" };
    let id = new.citizen_id;
    let row = new.sealed(ring)?.into_active_model();
    match old {
        Some(_) => drop(citizen::Entity::update(row.reset_all()).exec(tx).await?),
        None => drop(citizen::Entity::insert(row).exec_without_returning(tx).await?),
    }
    audit::record_register((keys, tx), access, (id, true), operation).await
}

/// Who of those who are there is meant: by the id, else by the number, if only the login knows them so far. Nothing when a number
/// says otherwise: then it could be another person's case.
async fn find<'a>(
    tx: &Tx,
    rows: &'a [citizen::Model],
    it: &RegisteredCitizen,
    hash: Option<&String>,
) -> Result<Option<Option<&'a citizen::Model>>> {
    let by_id = rows.iter().find(|row| row.external_id.as_deref() == Some(it.external_id.as_str()));
    let by_cpr = rows.iter().find(|row| hash.is_some() && row.cpr_hash.as_ref() == hash);
    Ok(match (by_id, by_cpr) {
        (None, None) => Some(None),
        (Some(row), None) if hash.is_none() => Some(Some(row)),
        (Some(one), Some(other)) if one.citizen_id == other.citizen_id => Some(Some(one)),
        (None, Some(row)) if is_newcomer(tx, row).await? => Some(Some(row)),
        _ => None,
    })
}

/// Whether somebody came to act for another, and has no case of their own yet.
async fn is_newcomer(tx: &Tx, row: &citizen::Model) -> Result<bool> {
    if row.external_id.is_some() || row.contact_person.is_some() {
        return Ok(false);
    }
    let (m, c) = (row.municipality_id, row.citizen_id);
    macro_rules! has_none {
        ($($table:ident),*) => { $(
            $table::Entity::find()
                .filter($table::Column::MunicipalityId.eq(m))
                .filter($table::Column::CitizenId.eq(c))
                .count(tx)
                .await? == 0
        )&&* };
    }
    Ok(has_none!(meeting, plan_member, goal, topic, step))
}

/// The employees who may be contact persons, by their id in that system: those who have left may not.
async fn contacts(access: &RegisterAccess, tx: &Tx, new: &[RegisteredCitizen]) -> Result<HashMap<String, Uuid>> {
    let named = new.iter().filter_map(|it| it.contact_person.as_ref()?.as_ref()).map(contract::Line::as_str);
    let rows = employee::Entity::find()
        .filter(employee::Column::MunicipalityId.eq(access.municipality().0))
        .filter(employee::Column::HasLeft.eq(false))
        .filter(employee::Column::ExternalId.is_in(named));
    let rows = rows.all(tx).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.external_id?, row.employee_id))).collect())
}

/// What is kept of the numbers, each once.
fn numbers(key: Option<&cpr::Key>, new: &[RegisteredCitizen]) -> Result<Vec<Option<cpr::Stored>>> {
    let mut seen = HashSet::new();
    let mut keep = |(i, it): (usize, &RegisteredCitizen)| {
        let fault = || Error::at(ProblemCode::Invalid, format!("citizens[{i}].cpr"));
        let Some(cpr) = &it.cpr else { return Ok(None) };
        // Without a key for them, numbers cannot be taken.
        let kept = key.ok_or_else(fault)?.keep(cpr);
        if seen.insert(kept.hash.clone()) { Ok(Some(kept)) } else { Err(fault()) }
    };
    new.iter().enumerate().map(&mut keep).collect()
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
        has_left: it.has_left || old.is_some_and(|row| row.has_left),
        external_id: Some(it.external_id.into()),
    }
}

impl Registered {
    /// Counts one. Whether there is anything to write.
    fn note<T: PartialEq>(&mut self, old: Option<&T>, new: &T) -> bool {
        let count = match old {
            None => &mut self.made,
            Some(old) if old == new => &mut self.same,
            Some(_) => &mut self.changed,
        };
        *count += 1;
        old != Some(new)
    }
}
