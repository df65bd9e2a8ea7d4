//! Who is in the database already, and what a file may still change about them: what an employee may, that they have left or
//! are back; and a citizen's CPR number.

use std::collections::{HashMap, HashSet};

use contract::{Actor, CitizenId, EmployeeId, EmployeeKind, MunicipalityId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{Employee, Fault};
use crate::{
    audit::{self, Chain},
    cpr::{self, Cpr},
    db::Tx,
    entity::{citizen, employee},
    error::Result,
    keys::{Keys, Ring, Sealed as _},
    session,
    values::{ActionKind, Word},
};

/// Who is there.
pub(super) struct There {
    pub employees: HashMap<Uuid, employee::Model>,
    pub names: HashMap<EmployeeId, String>,
    pub employee_externals: HashSet<String>,
    pub citizens: HashMap<Uuid, Option<String>>,
    pub citizen_externals: HashSet<String>,
    pub cprs: HashSet<String>,
}

impl There {
    pub async fn read(tx: &Tx, m: MunicipalityId) -> Result<Self> {
        let employees = employee::Entity::find().filter(employee::Column::MunicipalityId.eq(m.0)).all(tx).await?;
        let citizens = citizen::Entity::find()
            .select_only()
            .column(citizen::Column::CitizenId)
            .column(citizen::Column::ExternalId)
            .column(citizen::Column::CprHash)
            .filter(citizen::Column::MunicipalityId.eq(m.0))
            .into_tuple::<(Uuid, Option<String>, Option<String>)>()
            .all(tx)
            .await?;
        Ok(Self {
            names: employees.iter().map(|row| (EmployeeId(row.employee_id), row.name.clone())).collect(),
            employee_externals: employees.iter().filter_map(|row| row.external_id.clone()).collect(),
            employees: employees.into_iter().map(|row| (row.employee_id, row)).collect(),
            cprs: citizens.iter().filter_map(|row| row.2.clone()).collect(),
            citizens: citizens.iter().map(|row| (row.0, row.2.clone())).collect(),
            citizen_externals: citizens.into_iter().filter_map(|row| row.1).collect(),
        })
    }

    /// Whether an employee who is there is there with this content; what they may and whether they have left may be another answer.
    /// That is done, and written down.
    pub async fn knows(
        &self,
        (tx, keys): (&Tx, &Keys),
        m: MunicipalityId,
        it: &Employee,
        now: Timestamp,
    ) -> Result<Option<bool>> {
        let Some(stored) = self.employees.get(&it.id.0) else { return Ok(None) };
        let has_left = it.has_left.unwrap_or(stored.has_left);
        let role_kind = it.kind.map_or(stored.role_kind, Word);
        let (was_kind, had_left) = (stored.role_kind, stored.has_left);
        if *stored != (employee::Model { has_left: had_left, role_kind: was_kind, ..employee_row(m, it) }) {
            return Ok(Some(false));
        }
        if (has_left, role_kind) != (had_left, was_kind) {
            let chain = Chain { municipality: m.0, id: it.id.0 };
            audit::record_operator((keys, tx), (chain, false), ActionKind::Write, "import", now).await?;
            employee::Entity::update_many()
                .col_expr(employee::Column::HasLeft, Expr::value(has_left))
                .col_expr(employee::Column::RoleKind, Expr::value(role_kind))
                .filter(employee::Column::MunicipalityId.eq(m.0))
                .filter(employee::Column::EmployeeId.eq(it.id.0))
                .exec(tx)
                .await?;
        }
        if has_left {
            session::store::end_all(tx, m, Actor::Employee(it.id)).await?;
        }
        Ok(Some(true))
    }

    /// What is to be stored of a citizen's number, if it is nobody else's.
    pub fn cpr(
        &mut self,
        id: CitizenId,
        cpr: Option<&Cpr>,
        key: Option<&cpr::Key>,
        path: impl Fn() -> String,
    ) -> std::result::Result<Option<cpr::Stored>, Fault> {
        let fault = |what: &str| Fault { path: path(), what: what.to_owned() };
        let Some(cpr) = cpr else { return Ok(None) };
        let kept = key.ok_or_else(|| fault(NO_KEY))?.keep(cpr);
        match self.citizens.get(&id.0) {
            Some(Some(stored)) if *stored == kept.hash => Ok(None),
            Some(Some(_)) => Err(fault(ANOTHER_CPR)),
            Some(None) | None if !self.cprs.insert(kept.hash.clone()) => Err(fault(CPR_TAKEN)),
            Some(None) | None => Ok(Some(kept)),
        }
    }
}

const NO_KEY: &str = "a CPR number can only be taken when login.cpr_key is set: set it, or take the number out";
const ANOTHER_CPR: &str = "this citizen is in the database with another CPR number: correct it, or correct the id";
const CPR_TAKEN: &str = "another citizen has this CPR number: correct it, or correct the id";

/// Stores what is kept of the CPR number of somebody who is there without one.
pub(super) async fn add_cpr(tx: &Tx, ring: &Ring, m: MunicipalityId, id: CitizenId, kept: cpr::Stored) -> Result<()> {
    let row = citizen::ActiveModel {
        municipality_id: Unchanged(m.0),
        citizen_id: Unchanged(id.0),
        cpr_hash: Set(Some(kept.hash)),
        cpr: Set(Some(kept.number)),
        ..Default::default()
    };
    citizen::Entity::update(row.sealed(ring)?).exec(tx).await.map(drop)?;
    Ok(())
}

pub(super) fn employee_row(m: MunicipalityId, it: &Employee) -> employee::Model {
    employee::Model {
        municipality_id: m.0,
        employee_id: it.id.0,
        name: it.name.as_str().to_owned(),
        role: it.role.as_str().to_owned(),
        role_line: it.role_line.clone().map(String::from),
        unit: it.unit.as_str().to_owned(),
        area: Word(it.area),
        phone: it.phone.clone().map(String::from),
        mail: it.mail.clone().map(String::from),
        role_kind: Word(it.kind.unwrap_or(EmployeeKind::Caseworker)),
        external_id: it.external_id.clone().map(String::from),
        has_left: it.has_left.unwrap_or(false),
    }
}
