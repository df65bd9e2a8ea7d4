//! Who may see and change what: the only place with these rules, and the only maker of [`CaseAccess`].
//! `docs/ARCHITECTURE.md` has them as a table.

use contract::{
    Actor, CitizenId, CommentKind, EmployeeId, MunicipalityId, NewStep, OpenedKind, Party, ProblemCode, paths::Subject,
};
use jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait as _, QueryFilter, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, ExprTrait, LockType},
};
use uuid::Uuid;

use crate::{
    app::App,
    db::Tx,
    entity::{citizen, comment, employee, meeting, minutes, participant, plan_member, profile, same, step},
    error::{Error, Result},
    keys::{Ring, Unseal as _},
    session::SignedIn,
    values::{ActionKind, ActorKind, Instant, PartyKind, Role, StateKind},
};

/// The proof that somebody may be in a case, for one purpose, now. A store asks for it, and its audit row says so.
#[derive(Debug)]
pub struct CaseAccess {
    municipality: MunicipalityId,
    actor: Actor,
    subject: CitizenId,
    citizen_name: String,
    ring: Ring,
    role: Role,
    unit: Option<String>,
    action: ActionKind,
    operation: &'static str,
    session: Uuid,
    at: Timestamp,
    today: civil::Date,
    zone: TimeZone,
    names_employees: bool,
}

/// Opens a case, or says that there is none: an unknown citizen, and one that is none of the actor's business, are the
/// same. Whoever writes has the case to themself until the transaction ends.
///
/// # Errors
/// [`ProblemCode::NotFound`].
pub async fn open(
    app: &App,
    tx: &Tx,
    who: &SignedIn,
    whose: Subject,
    action: ActionKind,
    operation: &'static str,
) -> Result<CaseAccess> {
    let subject = match (whose, who.subject) {
        (Subject::Me, Some(subject)) => subject,
        (Subject::Citizen(id), _) => id,
        (Subject::Me, None) => return Err(ProblemCode::NotFound.into()),
    };
    let m = app.config.municipality_id;
    let mut query = citizen::Entity::find_by_id((m.0, subject.0));
    match who.actor {
        Actor::Citizen(own) if own == subject => {}
        Actor::Citizen(_) => return Err(ProblemCode::NotFound.into()),
        Actor::Employee(employee) => query = query.filter(is_of(m.0, employee.0, app.clock.now())),
    }
    if action == ActionKind::Write && tx.get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    let ring = app.db.keys().of(m, &[subject.0]).await?;
    // Whose key is deleted is forgotten.
    let Some(citizen) = query.one(tx).await?.filter(|_| ring.has(subject.0)).unsealed(&ring)? else {
        return Err(ProblemCode::NotFound.into());
    };
    let (role, unit) = match who.actor {
        Actor::Employee(employee) => role_in(tx, &citizen, employee.0).await?,
        Actor::Citizen(_) => (Role::Citizen, None),
    };
    let profile = profile::Entity::find_by_id((m.0, subject.0)).one(tx).await?.unsealed(&ring)?;
    let citizen_name = profile.and_then(|profile| profile.preferred_name).unwrap_or(citizen.name).into_text();
    let at = app.clock.now();
    Ok(CaseAccess {
        municipality: m,
        actor: who.actor,
        subject,
        citizen_name,
        ring,
        role,
        unit,
        action,
        operation,
        session: who.session,
        at,
        today: app.clock.day(at),
        zone: app.clock.zone().clone(),
        names_employees: app.config.show_employee_names || role != Role::Citizen,
    })
}

/// What an employee is in a case, and where they work: contact person, else in the plan, else at a meeting.
async fn role_in(tx: &Tx, citizen: &citizen::Model, employee: Uuid) -> Result<(Role, Option<String>)> {
    let m = citizen.municipality_id;
    let unit = employee::Entity::find_by_id((m, employee)).one(tx).await?.map(|row| row.unit);
    if citizen.contact_person == Some(employee) {
        return Ok((Role::ContactPerson, unit));
    }
    let is_in_plan = plan_member::Entity::find_by_id((m, citizen.citizen_id, employee)).count(tx).await?;
    Ok((if is_in_plan > 0 { Role::PlanMember } else { Role::Participant }, unit))
}

/// How long after a meeting somebody who came to it stays in the case: to write what came of it.
const AFTER_A_MEETING: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How long they stay while its minutes are not shared: who cannot see the case cannot share them.
const UNTIL_SHARED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The citizens that are an employee's business: contact person, in the plan, or at a meeting that is coming or was held
/// within the last 14 days, or the last 90 if its minutes are not shared. To those who come to it, a cancelled meeting is
/// over when it would have begun.
#[must_use]
pub fn is_of(municipality: Uuid, employee: Uuid, now: Timestamp) -> Condition {
    Condition::any()
        .add(citizen::Column::ContactPerson.eq(employee))
        .add(citizen::Column::CitizenId.in_subquery(planned(municipality, employee).into_query()))
        .add(citizen::Column::CitizenId.in_subquery(met(municipality, employee, now).into_query()))
}

/// The citizens in whose plan an employee is.
fn planned(municipality: Uuid, employee: Uuid) -> Select<plan_member::Entity> {
    plan_member::Entity::find()
        .select_only()
        .column(plan_member::Column::CitizenId)
        .filter(plan_member::Column::MunicipalityId.eq(municipality))
        .filter(plan_member::Column::EmployeeId.eq(employee))
}

/// The citizens whom an employee meets, or has met lately.
fn met(municipality: Uuid, employee: Uuid, now: Timestamp) -> Select<participant::Entity> {
    let begins_after = |kept| meeting::Column::StartsAt.gt(Instant(now.saturating_sub(kept).unwrap_or(Timestamp::MIN)));
    let (whose, at) = (participant::Column::CitizenId, participant::Column::MeetingId);
    let shared = minutes::Entity::find()
        .select_only()
        .expr(Expr::val(1))
        .filter(minutes::Column::MunicipalityId.eq(municipality))
        .filter(same((participant::Entity, whose), (minutes::Entity, minutes::Column::CitizenId)))
        .filter(same((participant::Entity, at), (minutes::Entity, minutes::Column::MeetingId)))
        .filter(minutes::Column::SharedAt.is_not_null());
    let is_held_lately = Condition::any()
        .add(begins_after(AFTER_A_MEETING))
        .add(begins_after(UNTIL_SHARED).and(Expr::not_exists(shared.into_query())));
    let meeting = meeting::Entity::find()
        .select_only()
        .expr(Expr::val(1))
        .filter(meeting::Column::MunicipalityId.eq(municipality))
        .filter(same((participant::Entity, whose), (meeting::Entity, meeting::Column::CitizenId)))
        .filter(same((participant::Entity, at), (meeting::Entity, meeting::Column::MeetingId)))
        .filter(
            Condition::any()
                .add(meeting::Column::StartsAt.gt(Instant(now)))
                .add(Condition::all().add(meeting::Column::IsCancelled.eq(false)).add(is_held_lately)),
        );
    participant::Entity::find()
        .select_only()
        .column(participant::Column::CitizenId)
        .filter(participant::Column::MunicipalityId.eq(municipality))
        .filter(participant::Column::EmployeeId.eq(employee))
        .filter(Expr::exists(meeting.into_query()))
}

/// The same citizens as a list: for what is read about all of them, it is found once, by three indices.
///
/// # Errors
/// That the database does not answer.
pub async fn citizens_of(tx: &Tx, municipality: Uuid, employee: Uuid, now: Timestamp) -> Result<Vec<Uuid>> {
    let contacts = citizen::Entity::find()
        .select_only()
        .column(citizen::Column::CitizenId)
        .filter(citizen::Column::MunicipalityId.eq(municipality))
        .filter(citizen::Column::ContactPerson.eq(employee));
    let mut citizens = contacts.into_tuple::<Uuid>().all(tx).await?;
    citizens.extend(planned(municipality, employee).into_tuple::<Uuid>().all(tx).await?);
    citizens.extend(met(municipality, employee, now).into_tuple::<Uuid>().all(tx).await?);
    citizens.sort_unstable();
    citizens.dedup();
    Ok(citizens)
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

    /// The actor, as columns hold it.
    #[must_use]
    pub fn actor_key(&self) -> (ActorKind, Uuid) {
        actor_key(self.actor)
    }

    /// The employee, if it is one.
    #[must_use]
    pub fn employee(&self) -> Option<EmployeeId> {
        match self.actor {
            Actor::Employee(id) => Some(id),
            Actor::Citizen(_) => None,
        }
    }

    /// Whether the citizen is in their own case.
    #[must_use]
    pub fn is_citizen(&self) -> bool {
        self.role == Role::Citizen
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

    /// Drafts, sending, taking back, and the profile: the citizen's words, by the citizen only.
    ///
    /// # Errors
    /// [`ProblemCode::NotAllowed`].
    pub fn must_be_citizen(&self) -> Result<()> {
        allowed(self.is_citizen())
    }

    /// Meetings, minutes, efforts, and assessments: by employees only.
    ///
    /// # Errors
    /// [`ProblemCode::NotAllowed`].
    pub fn must_be_employee(&self) -> Result<EmployeeId> {
        self.employee().ok_or_else(|| ProblemCode::NotAllowed.into())
    }

    /// Whether a step may be written for this owner: citizens for themself, employees for either party.
    #[must_use]
    pub fn may_add_step(&self, owner: Party) -> bool {
        !self.is_citizen() || owner == Party::Citizen
    }

    /// Whether a step's wording may be changed: the citizen's by the citizen, the municipality's by the municipality.
    #[must_use]
    pub fn may_reword_step(&self, step: &step::Model) -> bool {
        match step.written_by_kind.0 {
            ActorKind::Citizen => self.is_citizen(),
            ActorKind::Employee | ActorKind::System => !self.is_citizen(),
        }
    }

    /// A step that was moved stays with the side that moved it; and an employee leaves the citizen's in the words that the
    /// citizen answered.
    ///
    /// # Errors
    /// [`ProblemCode::NotAllowed`] at the field.
    pub fn must_keep_answered(&self, step: &step::Model, new: &NewStep) -> Result<()> {
        let is_citizens = step.owner_kind.0 == PartyKind::Citizen;
        if step.state.0 == StateKind::NotStarted {
            Ok(())
        } else if (new.owner == Party::Citizen) != is_citizens {
            Err(Error::at(ProblemCode::NotAllowed, "owner"))
        } else if is_citizens && !self.is_citizen() && new.title.as_str() != step.title.as_str() {
            Err(Error::at(ProblemCode::NotAllowed, "title"))
        } else {
            Ok(())
        }
    }

    /// Whether a step's state may be set: by its owner's side only.
    #[must_use]
    pub fn may_move_step(&self, step: &step::Model) -> bool {
        (step.owner_kind.0 == PartyKind::Citizen) == self.is_citizen()
    }

    /// Whether this kind of comment may be written: only citizens disagree.
    #[must_use]
    pub fn may_comment(&self, kind: CommentKind) -> bool {
        kind == CommentKind::Remark || self.is_citizen()
    }

    /// Whether this kind of thing may be marked as opened: what one side wrote by the other.
    #[must_use]
    pub fn may_open(&self, kind: OpenedKind) -> bool {
        match kind {
            OpenedKind::Goal | OpenedKind::Topic | OpenedKind::Step => !self.is_citizen(),
            OpenedKind::Minutes => self.is_citizen(),
            OpenedKind::Comment => true,
        }
    }

    /// Whether a comment may be changed: by its writer only.
    #[must_use]
    pub fn may_change_comment(&self, comment: &comment::Model) -> bool {
        (comment.by_kind.0, comment.by_id) == (self.actor_key().0, Some(self.actor_key().1))
    }
}

/// An actor, as columns hold it.
#[must_use]
pub fn actor_key(actor: Actor) -> (ActorKind, Uuid) {
    match actor {
        Actor::Citizen(id) => (ActorKind::Citizen, id.0),
        Actor::Employee(id) => (ActorKind::Employee, id.0),
    }
}

/// `NotAllowed` unless it is.
///
/// # Errors
/// [`ProblemCode::NotAllowed`].
pub fn allowed(is_allowed: bool) -> Result<()> {
    if is_allowed { Ok(()) } else { Err(Error::from(ProblemCode::NotAllowed)) }
}
