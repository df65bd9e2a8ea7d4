//! The lists of an employee's own citizens: who may see one, of whom, and that it is written down.

use contract::{Actor, EmployeeId, EmployeeKind, MunicipalityId, ProblemCode};
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

use super::{allowed, citizens_of, hidden, must_be};
use crate::{
    app::App,
    audit::{Chain, List},
    config::Ground,
    db::Tx,
    entity::employee,
    error::Result,
    keys::{Key, Keys, Ring},
    session::SignedIn,
    values::ActionKind,
};

/// An employee who asks for a list.
#[derive(Clone)]
pub struct Asker {
    municipality: MunicipalityId,
    employee: EmployeeId,
    keys: Keys,
    grounds: Vec<Ground>,
    at: Timestamp,
    zone: TimeZone,
}

impl Asker {
    /// Who is signed in.
    ///
    /// # Errors
    /// `NotAllowed` for all but employees.
    pub fn of(app: &App, who: &SignedIn) -> Result<Self> {
        let Actor::Employee(employee) = who.actor else { return Err(ProblemCode::NotAllowed.into()) };
        Ok(Self {
            municipality: app.config.municipality_id,
            employee,
            keys: app.db.keys().clone(),
            grounds: app.config.sharing.grounds.clone(),
            at: app.clock.now(),
            zone: app.clock.zone().clone(),
        })
    }

    /// Where it is written down that they asked.
    #[must_use]
    pub fn chain(&self) -> Chain {
        Chain { municipality: self.municipality.0, id: self.employee.0 }
    }

    /// Their own citizens, and a row in the audit with what was searched for.
    ///
    /// # Errors
    /// That the database or the store of keys does not answer.
    pub async fn open(self, tx: &Tx, operation: &'static str, search: Option<(&str, &Key)>) -> Result<ListAccess> {
        self.record(tx, operation, search).await?;
        ListAccess::of(self, tx).await
    }

    /// The unit that they lead, and a row in the audit.
    ///
    /// # Errors
    /// `NotAllowed` for who leads none; and that the database does not answer.
    pub async fn open_unit(self, tx: &Tx, operation: &'static str) -> Result<UnitAccess> {
        let lead = must_be(tx, self.municipality, self.employee, EmployeeKind::TeamLead).await?;
        self.record(tx, operation, None).await?;
        Ok(UnitAccess { asker: self, unit: lead.unit })
    }

    async fn record(&self, tx: &Tx, operation: &'static str, search: Option<(&str, &Key)>) -> Result<()> {
        let (municipality, employee, at) = (self.municipality, self.employee, self.at);
        let list = List { municipality, employee, at, operation, search, action: ActionKind::Read };
        list.record(&self.keys, tx).await
    }
}

/// The proof that somebody may see a list of these citizens, now.
pub struct ListAccess {
    asker: Asker,
    own: Vec<Uuid>,
    ring: Ring,
}

impl ListAccess {
    /// Without those whose keys are deleted.
    async fn of(asker: Asker, tx: &Tx) -> Result<Self> {
        let key = (asker.municipality.0, asker.employee.0);
        let mut own = citizens_of(tx, key, asker.at).await?;
        let ring = asker.keys.of(asker.municipality, &own).await?;
        own.retain(|citizen| ring.has(*citizen));
        let closed = hidden::closed_to(tx, key, &asker.grounds, &own, asker.at).await?;
        let hidden = hidden::find(tx, key.0, &closed, Some(key.1)).await?;
        Ok(Self { asker, own, ring: ring.without(hidden) })
    }

    /// Whose citizens they are.
    #[must_use]
    pub fn municipality(&self) -> Uuid {
        self.asker.municipality.0
    }

    /// Whose list it is.
    #[must_use]
    pub fn employee(&self) -> EmployeeId {
        self.asker.employee
    }

    /// The citizens.
    #[must_use]
    pub fn own(&self) -> &[Uuid] {
        &self.own
    }

    /// The keys to what is not hidden from the employee.
    #[must_use]
    pub fn ring(&self) -> &Ring {
        &self.ring
    }

    /// When it was asked for.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.asker.at
    }

    /// The municipality's clock.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.asker.zone
    }
}

/// The proof that somebody leads this unit, now.
pub struct UnitAccess {
    asker: Asker,
    unit: String,
}

impl UnitAccess {
    /// Whose unit it is.
    #[must_use]
    pub fn municipality(&self) -> Uuid {
        self.asker.municipality.0
    }

    /// Its name.
    #[must_use]
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// What somebody of the unit would see, to be counted.
    ///
    /// # Errors
    /// `NotAllowed` for somebody of another; and that the database or the store of keys does not answer.
    pub async fn list_of(&self, tx: &Tx, colleague: &employee::Model) -> Result<ListAccess> {
        allowed(colleague.unit == self.unit)?;
        ListAccess::of(Asker { employee: EmployeeId(colleague.employee_id), ..self.asker.clone() }, tx).await
    }
}
