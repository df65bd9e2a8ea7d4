//! Who may see and change what: the only place with these rules, and the only maker of [`CaseAccess`]. What of a case is
//! hidden from whom stands in [`hidden`].
//! `docs/ARCHITECTURE.md` has them as a table.

use std::collections::HashSet;

use contract::{Actor, Area, CitizenId, EmployeeId, EmployeeKind, MunicipalityId, ProblemCode, paths::Subject};
use jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};
use sea_orm::{EntityTrait, QueryFilter, QuerySelect, sea_query::LockType};
use uuid::Uuid;

use crate::{
    app::App,
    db::Tx,
    entity::{citizen, employee, profile},
    error::{Error, Result},
    keys::{Ring, Unseal as _},
    representatives::store::{Given, given},
    session::{SignedIn, store},
    values::{ActionKind, ActorKind, Role},
};

mod cases;
pub mod hidden;
mod integrations;
mod lists;
mod things;

pub use cases::{citizens_of, is_of};
pub use integrations::{RegisterAccess, integration};
pub use lists::{Asker, ListAccess, UnitAccess};

use cases::{may_open, role_in};

/// The operation by which an employee opens what is closed to them, with a written reason.
pub const BREAK_GLASS: &str = "glass.break";

/// The proof that somebody may be in a case, for one purpose, now. A store asks for it, and its audit row says so.
#[derive(Debug)]
pub struct CaseAccess {
    municipality: MunicipalityId,
    actor: Actor,
    subject: CitizenId,
    citizen_name: String,
    ring: Ring,
    given: Option<Given>,
    closed: Vec<Area>,
    role: Role,
    unit: Option<String>,
    action: ActionKind,
    operation: &'static str,
    session: Uuid,
    at: Timestamp,
    today: civil::Date,
    zone: TimeZone,
    names_employees: bool,
    fresh_for: SignedDuration,
    is_demo: bool,
}

/// How fresh a login must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fresh {
    /// To begin with something.
    ToBegin,
    /// To finish it: who began in time is not too late because they took their time.
    ToEnd,
}

/// Opens a case, or says that there is none: an unknown citizen, and one that is none of the actor's business, are the
/// same. Whoever writes has the case to themself until the transaction ends.
///
/// # Errors
/// [`ProblemCode::NotFound`]; [`ProblemCode::RepresentationEnded`] to somebody whose session is about the case of a citizen
/// for whom they may no longer act.
pub async fn open(
    app: &App,
    tx: &Tx,
    who: &SignedIn,
    whose: Subject,
    action: ActionKind,
    operation: &'static str,
) -> Result<CaseAccess> {
    let subject = who.case(whose).ok_or(ProblemCode::NotFound)?;
    let m = app.config.municipality_id;
    let at = app.clock.now();
    let today = app.clock.day(at);
    let mut given_to_actor = None;
    let mut query = citizen::Entity::find_by_id((m.0, subject.0));
    let employee = match who.actor {
        Actor::Citizen(own) if own == subject => None,
        // Whose key is deleted is forgotten, and acts for nobody.
        Actor::Citizen(own) if !app.db.keys().of(m, &[own.0]).await?.has(own.0) => {
            return Err(ProblemCode::NotFound.into());
        }
        // Asked in the transaction that does the work: what was taken back is over at the next request.
        Actor::Citizen(own) => match given(tx, m, own, subject, today).await? {
            None if whose == Subject::Me => return Err(ProblemCode::RepresentationEnded.into()),
            None => return Err(ProblemCode::NotFound.into()),
            found => {
                given_to_actor = found;
                None
            }
        },
        Actor::Employee(id) => {
            let Some(row) = employee::Entity::find_by_id((m.0, id.0)).one(tx).await? else {
                return Err(ProblemCode::NotFound.into());
            };
            query = query.filter(may_open(&row, operation, at));
            Some(row)
        }
    };
    if action == ActionKind::Write {
        query = query.lock(LockType::Update);
    }
    let ring = app.db.keys().of(m, &[subject.0]).await?;
    // Whose key is deleted is forgotten.
    let Some(citizen) = query.one(tx).await?.filter(|_| ring.has(subject.0)).unsealed(&ring)? else {
        return Err(ProblemCode::NotFound.into());
    };
    let (mut role, mut closed, mut unit) = (Role::Citizen, hidden::Closed::new(), None);
    if let Some(row) = employee {
        let key = (m.0, row.employee_id);
        role = role_in(tx, &citizen, row.employee_id, at).await?;
        closed = hidden::closed_to(tx, key, &app.config.sharing.grounds, &[subject.0], at).await?;
        unit = Some(row.unit);
    }
    if let Some(given) = &given_to_actor {
        role = Role::Representative;
        let others = Area::ALL.into_iter().filter(|area| !given.areas.contains(area)).collect::<Vec<_>>();
        closed.extend(Some((subject.0, others)).filter(|(_, areas)| !areas.is_empty()));
    }
    // Whoever leads a unit looks, and leaves the work to those whose it is.
    allowed(role != Role::TeamLead || action == ActionKind::Read || operation == BREAK_GLASS)?;
    let reader = if let Actor::Employee(id) = who.actor { Some(id.0) } else { None };
    let ring = ring.without(hidden::find(tx, m.0, &closed, reader).await?);
    let profile = profile::Entity::find_by_id((m.0, subject.0)).one(tx).await?.unsealed(&ring)?;
    let citizen_name = profile.and_then(|profile| profile.preferred_name).unwrap_or(citizen.name).into_text();
    Ok(CaseAccess {
        municipality: m,
        actor: who.actor,
        subject,
        citizen_name,
        ring,
        given: given_to_actor,
        closed: closed.remove(&subject.0).unwrap_or_default(),
        role,
        unit,
        action,
        operation,
        session: who.session,
        at,
        today,
        zone: app.clock.zone().clone(),
        names_employees: app.config.show_employee_names || !is_citizens_side(role),
        fresh_for: SignedDuration::from_mins(app.config.sessions.fresh_minutes.into()),
        is_demo: app.config.demo,
    })
}

impl AsRef<Ring> for CaseAccess {
    fn as_ref(&self) -> &Ring {
        &self.ring
    }
}

impl CaseAccess {
    /// Municipality and citizen: the beginning of every key in the case.
    #[must_use]
    pub fn key(&self) -> (Uuid, Uuid) {
        (self.municipality.0, self.subject.0)
    }

    /// The municipality.
    #[must_use]
    pub fn municipality(&self) -> MunicipalityId {
        self.municipality
    }

    /// Whose case.
    #[must_use]
    pub fn subject(&self) -> CitizenId {
        self.subject
    }

    /// The name the citizen prefers, or the registered one.
    #[must_use]
    pub fn citizen_name(&self) -> &str {
        &self.citizen_name
    }

    /// Who is in it.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// The actor, as columns hold it: a representative by what the citizen gave.
    #[must_use]
    pub fn actor_key(&self) -> (ActorKind, Uuid) {
        self.given.as_ref().map_or_else(|| actor_key(self.actor), |given| (ActorKind::Representative, given.id.0))
    }

    /// What the citizen gave, if the actor is a representative.
    #[must_use]
    pub fn representation(&self) -> Option<Uuid> {
        self.given.as_ref().map(|given| given.id.0)
    }

    /// Whether the actor may see and write about this area: representatives only about those that they were given.
    #[must_use]
    pub fn has_area(&self, area: Area) -> bool {
        self.given.as_ref().is_none_or(|given| given.areas.contains(&area))
    }

    /// What is written is about an area that the writer can see.
    ///
    /// # Errors
    /// [`ProblemCode::NotAllowed`] at the field.
    pub fn must_have_area(&self, area: Area) -> Result<()> {
        if self.has_area(area) { Ok(()) } else { Err(Error::at(ProblemCode::NotAllowed, "area")) }
    }

    /// The employee, if it is one.
    #[must_use]
    pub fn employee(&self) -> Option<EmployeeId> {
        match self.actor {
            Actor::Employee(id) => Some(id),
            Actor::Citizen(_) => None,
        }
    }

    /// Whether the actor is on the citizen's side: the citizen, or who acts for them. They read as the citizen does, and
    /// what they write is the citizen's side's.
    #[must_use]
    pub fn is_citizens_side(&self) -> bool {
        is_citizens_side(self.role)
    }

    /// Whether it is the citizen themself: their profile, their visits, who has looked, and whom they let act are nobody
    /// else's.
    #[must_use]
    pub fn is_own_case(&self) -> bool {
        self.role == Role::Citizen
    }

    /// What a citizen says of themself is for employees as far as they choose, and not for who acts for them.
    ///
    /// # Errors
    /// [`ProblemCode::NotAllowed`].
    pub fn must_not_be_representative(&self) -> Result<()> {
        allowed(self.role != Role::Representative)
    }

    /// In what role.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// The employee's unit, as it is today.
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    /// The areas of life that are closed to who is in it, but for what they take part in.
    #[must_use]
    pub fn closed(&self) -> &[Area] {
        &self.closed
    }

    /// The things that are hidden from who is in it.
    #[must_use]
    pub fn hidden(&self) -> &HashSet<Uuid> {
        self.ring.hidden()
    }

    /// Whether this thing is one of them.
    #[must_use]
    pub fn hides(&self, id: Uuid) -> bool {
        self.ring.hides(id)
    }

    /// Who opened a case to look changes nothing in it, and is written down as having looked.
    ///
    /// # Errors
    /// [`Error::Internal`]: a bug of ours.
    pub fn must_be_for_writing(&self) -> Result<()> {
        match self.action {
            ActionKind::Write => Ok(()),
            ActionKind::Read => Err(Error::Internal("a change in a case that was opened to look")),
        }
    }

    /// To look or to change.
    #[must_use]
    pub fn action(&self) -> ActionKind {
        self.action
    }

    /// What for, in a word.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The session, to tell one visit from the next.
    #[must_use]
    pub fn session(&self) -> Uuid {
        self.session
    }

    /// When the case was opened: "now" for all that is done in it.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// The municipality's calendar day at [`CaseAccess::at`].
    #[must_use]
    pub fn today(&self) -> civil::Date {
        self.today
    }

    /// The municipality's time zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Whether openings and history name employees, or show only role and unit.
    #[must_use]
    pub fn names_employees(&self) -> bool {
        self.names_employees
    }

    /// Drafts, sending and taking back: the citizen's side only.
    ///
    /// # Errors
    /// [`ProblemCode::NotAllowed`].
    pub fn must_be_citizens_side(&self) -> Result<()> {
        allowed(self.is_citizens_side())
    }

    /// The profile, who has looked, whom the citizen lets act: the citizen only.
    ///
    /// # Errors
    /// [`ProblemCode::NotAllowed`].
    pub fn must_be_own_case(&self) -> Result<()> {
        allowed(self.is_own_case())
    }

    /// Whether the login is not long ago. Whoever finds an open phone cannot let anybody into the case. The demo's sign-in is
    /// no login that could be old.
    ///
    /// # Errors
    /// That the database does not answer.
    pub async fn has_fresh_login(&self, tx: &Tx, wanted: Fresh) -> Result<bool> {
        let most = if wanted == Fresh::ToBegin { self.fresh_for } else { self.fresh_for * 2 };
        let at = store::logged_in_at(tx, self.municipality, self.session).await?;
        Ok(at.map_or(self.is_demo, |at| self.at.duration_since(at) <= most))
    }

    /// Hiding looks from the citizen for a while: by the contact person and those in the plan.
    #[must_use]
    pub fn may_delay_looks(&self) -> bool {
        matches!(self.role, Role::ContactPerson | Role::PlanMember)
    }

    /// Meetings, minutes, efforts, and assessments: by employees only.
    ///
    /// # Errors
    /// [`ProblemCode::NotAllowed`].
    pub fn must_be_employee(&self) -> Result<EmployeeId> {
        self.employee().ok_or_else(|| ProblemCode::NotAllowed.into())
    }
}

fn is_citizens_side(role: Role) -> bool {
    matches!(role, Role::Citizen | Role::Representative)
}

/// A person, as columns hold them.
#[must_use]
pub fn actor_key(actor: Actor) -> (ActorKind, Uuid) {
    match actor {
        Actor::Citizen(id) => (ActorKind::Citizen, id.0),
        Actor::Employee(id) => (ActorKind::Employee, id.0),
    }
}

/// Who looks after employees and settings.
///
/// # Errors
/// [`ProblemCode::NotAllowed`] when it is somebody else.
pub async fn must_be_administrator(tx: &Tx, m: MunicipalityId, actor: Actor) -> Result<EmployeeId> {
    let Actor::Employee(id) = actor else { return Err(ProblemCode::NotAllowed.into()) };
    must_be(tx, m, id, EmployeeKind::Administrator).await.map(|_| id)
}

async fn must_be(tx: &Tx, m: MunicipalityId, id: EmployeeId, kind: EmployeeKind) -> Result<employee::Model> {
    let row = employee::Entity::find_by_id((m.0, id.0)).one(tx).await?;
    row.filter(|row| row.role_kind.0 == kind).ok_or_else(|| ProblemCode::NotAllowed.into())
}

/// `NotAllowed` unless it is.
///
/// # Errors
/// [`ProblemCode::NotAllowed`].
pub fn allowed(is_allowed: bool) -> Result<()> {
    if is_allowed { Ok(()) } else { Err(Error::from(ProblemCode::NotAllowed)) }
}
