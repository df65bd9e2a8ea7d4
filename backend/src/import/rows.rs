//! A file's things as the tables' rows.

use contract::{MunicipalityId, Prose};
use jiff::{Timestamp, civil, tz::TimeZone};
use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};
use uuid::Uuid;

use super::{
    AgendaItem, Citizen, Employee, Event, Meeting, Outcome, Party, Step, StepState, Time, Who, check::instant,
};
use crate::{
    cpr,
    db::Tx,
    entity::{
        agenda_item, choice, citizen, comment, draft, effort, employee, event, event_change, goal, meeting, minutes,
        municipality, opening, participant, plan_member, profile, step, topic, visit,
    },
    error::Result,
    keys::{Keys, sealed_rows},
    values::{ActorKind, OutcomeKind, PartyKind, StateKind, WallTime, Word, seal},
};

/// How many rows go into one statement; SQLite takes 32,766 values.
const CHUNK: usize = 500;

/// Rows to insert, table by table.
#[derive(Debug, Default)]
pub struct Rows {
    employees: Vec<employee::Model>,
    citizens: Vec<citizen::Model>,
    profiles: Vec<profile::Model>,
    choices: Vec<choice::Model>,
    members: Vec<plan_member::Model>,
    meetings: Vec<meeting::Model>,
    participants: Vec<participant::Model>,
    goals: Vec<goal::Model>,
    topics: Vec<topic::Model>,
    drafts: Vec<draft::Model>,
    efforts: Vec<effort::Model>,
    steps: Vec<step::Model>,
    agenda: Vec<agenda_item::Model>,
    minutes: Vec<minutes::Model>,
    comments: Vec<comment::Model>,
    openings: Vec<opening::Model>,
    visits: Vec<visit::Model>,
    events: Vec<event::Model>,
    changes: Vec<event_change::Model>,
}

impl Rows {
    /// Adds an employee.
    pub fn employee(&mut self, m: MunicipalityId, employee: &Employee) {
        self.employees.push(super::people::employee_row(m, employee));
    }

    /// Adds a citizen, already made whole, with everything that belongs to them.
    pub fn citizen(&mut self, m: MunicipalityId, it: &Citizen, cpr: Option<cpr::Stored>, zone: &TimeZone) {
        let key = (m.0, it.id.0);
        let (municipality_id, citizen_id) = key;
        let (cpr_hash, cpr) = cpr.map(|kept| (kept.hash, kept.number)).unzip();
        self.citizens.push(citizen::Model {
            municipality_id,
            citizen_id,
            name: it.name.as_str().into(),
            is_protected: it.is_protected,
            contact_person: it.contact_person.map(|id| id.0),
            external_id: it.external_id.clone().map(String::from),
            cpr_hash,
            cpr,
        });
        self.profiles.extend(it.profile.as_ref().map(|it| profile::Model {
            municipality_id,
            citizen_id,
            version: it.version.0,
            preferred_name: seal(it.preferred_name.clone()),
            contact_way: Word(it.contact_way),
            contact_note: seal(it.contact_note.clone()),
            language: Word(it.language),
            situation: seal(it.situation.clone()),
            is_situation_shared: it.is_situation_shared,
            strengths: seal(it.strengths.clone()),
            is_strengths_shared: it.is_strengths_shared,
            saved_at: it.saved_at.into(),
        }));
        self.choices.extend(it.choices.as_ref().map(|it| choice::Model {
            municipality_id,
            citizen_id,
            version: it.version.0,
            social: it.social,
            health: it.health,
            saved_at: it.saved_at.into(),
        }));
        self.members.extend(it.plan_members.iter().map(|it| plan_member::Model {
            municipality_id,
            citizen_id,
            employee_id: it.employee.0,
            why: seal(it.why.clone()),
            area: it.area.map(Word),
        }));
        for meeting in &it.meetings {
            self.meeting(key, meeting, zone);
        }
        self.words(key, it);
        self.plan(key, it);
        self.records(key, it);
    }

    fn meeting(&mut self, key: (Uuid, Uuid), it: &Meeting, zone: &TimeZone) {
        let (municipality_id, citizen_id) = key;
        let meeting_id = it.id.0;
        let (starts_at, ends) = span(it.time, zone);
        self.meetings.push(meeting::Model {
            municipality_id,
            citizen_id,
            meeting_id,
            version: it.version.0,
            sequence: it.sequence,
            purpose: it.purpose.as_str().into(),
            title: seal(it.title.clone()),
            area: Word(it.area),
            local_start: WallTime(it.time.local_start),
            local_end: WallTime(ends),
            starts_at: starts_at.into(),
            minutes: it.time.minutes.into(),
            moved_from_local: it.moved_from.map(|it| WallTime(it.local_start)),
            moved_from_at: it.moved_from.map(|it| span(it, zone).0.into()),
            moved_from_minutes: it.moved_from.map(|it| it.minutes.into()),
            form: Word(it.form),
            place: seal(it.place.clone()),
            entrance: seal(it.entrance.clone()),
            received_by: seal(it.received_by.clone()),
            bring: seal(it.bring.clone()),
            contact_phone: seal(it.contact_phone.clone()),
            is_cancelled: it.cancelled_reason.is_some(),
            cancelled_reason: seal(it.cancelled_reason.clone()),
            organizer: it.organizer.map(|id| id.0),
            organizer_name: seal(it.organizer_name.clone()),
            organizer_mail: seal(it.organizer_mail.clone()),
            reservation_uuid: it.reservation_uuid,
            source: it.source.clone().map(String::from),
            external_id: it.external_id.clone().map(String::from),
            made_at: it.made_at.into(),
            changed_at: it.changed_at.unwrap_or(it.made_at).into(),
        });
        self.participants.extend(it.participants.iter().zip(0..).map(|(it, position)| participant::Model {
            municipality_id,
            citizen_id,
            participant_id: it.id.0,
            meeting_id,
            position,
            employee_id: it.employee.map(|id| id.0),
            name: it.name.as_ref().map_or("", |name| name.as_str()).into(),
            role: seal(it.role.clone()),
            why: it.why.as_str().into(),
        }));
        self.agenda.extend(it.agenda.iter().zip(0..).map(|(it, position)| agenda_row(key, meeting_id, it, position)));
        self.minutes.extend(it.minutes.as_ref().map(|minutes| minutes::Model {
            municipality_id,
            citizen_id,
            meeting_id,
            version: minutes.version.0,
            summary: minutes.summary.as_str().into(),
            area: Word(it.area),
            author: minutes.author.map(|id| id.0),
            saved_at: minutes.saved_at.into(),
            shared_at: minutes.shared_at.map(Into::into),
        }));
    }

    fn words(&mut self, (municipality_id, citizen_id): (Uuid, Uuid), it: &Citizen) {
        self.goals.extend(it.goals.iter().map(|it| goal::Model {
            municipality_id,
            citizen_id,
            goal_id: it.id.0,
            version: it.version.0,
            meeting_id: it.meeting.map(|id| id.0),
            area: Word(it.area),
            text: it.text.as_str().into(),
            why: seal(it.why.clone()),
            first_step: seal(it.first_step.clone()),
            helped_by: seal(it.helped_by.clone()),
            made_at: it.made_at.unwrap_or(it.sent_at).into(),
            sent_at: it.sent_at.into(),
            taken_back_at: it.taken_back_at.map(Into::into),
        }));
        self.topics.extend(it.topics.iter().map(|it| topic::Model {
            municipality_id,
            citizen_id,
            topic_id: it.id.0,
            version: it.version.0,
            meeting_id: it.meeting.map(|id| id.0),
            area: Word(it.area),
            text: it.text.as_str().into(),
            helped_by: seal(it.helped_by.clone()),
            made_at: it.made_at.unwrap_or(it.sent_at).into(),
            sent_at: it.sent_at.into(),
            taken_back_at: it.taken_back_at.map(Into::into),
        }));
        self.drafts.extend(it.drafts.iter().map(|it| draft::Model {
            municipality_id,
            citizen_id,
            draft_id: it.id.0,
            kind: Word(it.kind),
            version: it.version.0,
            meeting_id: it.meeting.map(|id| id.0),
            area: Word(it.area),
            text: it.text.as_str().into(),
            why: it.why.as_str().into(),
            first_step: it.first_step.as_str().into(),
            helped_by: seal(it.helped_by.clone()),
            made_at: it.made_at.into(),
            saved_at: it.saved_at.into(),
            written_by: None,
        }));
    }

    fn plan(&mut self, key: (Uuid, Uuid), it: &Citizen) {
        self.efforts.extend(it.efforts.iter().map(|it| effort::Model {
            municipality_id: key.0,
            citizen_id: key.1,
            effort_id: it.id.0,
            version: it.version.0,
            goal_id: it.goal.0,
            area: Word(it.area),
            title: it.title.as_str().into(),
            purpose: it.purpose.as_str().into(),
            obligation: seal(it.obligation.clone()),
            responsible: it.responsible.map(|id| id.0),
            starts_on: it.starts_on.map(crate::values::Day),
            ends_on: it.ends_on.map(crate::values::Day),
            is_ended: it.is_ended,
            made_at: it.made_at.into(),
        }));
        self.steps.extend(it.steps.iter().map(|it| step_row(key, it)));
    }

    fn records(&mut self, (municipality_id, citizen_id): (Uuid, Uuid), it: &Citizen) {
        self.comments.extend(it.comments.iter().map(|comment| {
            let (by_kind, by_id) = who(comment.by, citizen_id);
            comment::Model {
                municipality_id,
                citizen_id,
                comment_id: comment.id.0,
                version: comment.version.0,
                beside: Word(comment.beside),
                beside_id: comment.beside_id,
                kind: Word(comment.kind),
                text: comment.text.as_str().into(),
                by_kind: Word(by_kind),
                by_id,
                at: comment.at.into(),
                assessment: comment.assessed.as_ref().map(|it| Word(it.assessment)),
                assessed_by: comment.assessed.as_ref().map(|it| it.by.0),
                assessed_at: comment.assessed.as_ref().map(|it| it.at.into()),
                assessment_version: comment.assessment_version.map(|it| it.0),
            }
        }));
        self.openings.extend(it.openings.iter().map(|opening| {
            let (actor_kind, actor_id) = who(opening.by, citizen_id);
            opening::Model {
                municipality_id,
                citizen_id,
                actor_kind: Word(actor_kind),
                actor_id: actor_id.unwrap_or_default(),
                kind: Word(opening.kind),
                item_id: opening.item,
                version: opening.version.0,
                opening_id: opening.id.0,
                at: opening.at.into(),
            }
        }));
        self.visits.extend(it.visit.as_ref().map(|it| visit::Model {
            municipality_id,
            citizen_id,
            session_id: Uuid::nil(),
            seen_from: it.seen_from.map(|id| id.0),
            seen_until: it.seen_until.0,
            looks_from: None,
            looks_until: None,
        }));
        for event in it.history.iter().flatten() {
            self.event((municipality_id, citizen_id), event);
        }
    }

    fn event(&mut self, (municipality_id, citizen_id): (Uuid, Uuid), it: &Event) {
        let (actor_kind, actor_id) = who(it.by, citizen_id);
        self.events.push(event::Model {
            municipality_id,
            citizen_id,
            event_id: it.id.0,
            at: it.at.into(),
            actor_kind: Word(actor_kind),
            actor_id,
            kind: Word(it.kind),
            target: Word(it.target),
            target_id: it.target_id,
            target_version: it.target_version.0,
            area: Word(it.area),
            title: seal(it.title.clone()),
            meeting_id: it.meeting.map(|id| id.0),
        });
        self.changes.extend(it.changes.iter().zip(0..).map(|(change, position)| event_change::Model {
            municipality_id,
            citizen_id,
            event_id: it.id.0,
            position,
            field: change.field.clone(),
            old: seal(change.old.clone()),
            new: seal(change.new.clone()),
        }));
    }

    /// Inserts everything, what is named before what names it.
    ///
    /// # Errors
    /// That the database did not take it.
    pub async fn insert(self, tx: &Tx, keys: &Keys, m: MunicipalityId) -> Result<()> {
        let citizens: Vec<Uuid> = self.citizens.iter().map(|row| row.citizen_id).collect();
        // Should the rows not come after them, the keys are nobody's, and open nothing.
        let ring = keys.make_for(m, &citizens).await?;
        insert(tx, self.employees).await?;
        insert(tx, sealed_rows(self.citizens, &ring)?).await?;
        insert(tx, sealed_rows(self.profiles, &ring)?).await?;
        insert(tx, self.choices).await?;
        insert(tx, sealed_rows(self.members, &ring)?).await?;
        insert(tx, sealed_rows(self.meetings, &ring)?).await?;
        insert(tx, sealed_rows(self.participants, &ring)?).await?;
        insert(tx, sealed_rows(self.goals, &ring)?).await?;
        insert(tx, sealed_rows(self.topics, &ring)?).await?;
        insert(tx, sealed_rows(self.drafts, &ring)?).await?;
        insert(tx, sealed_rows(self.efforts, &ring)?).await?;
        insert(tx, sealed_rows(self.steps, &ring)?).await?;
        insert(tx, sealed_rows(self.agenda, &ring)?).await?;
        insert(tx, sealed_rows(self.minutes, &ring)?).await?;
        insert(tx, sealed_rows(self.comments, &ring)?).await?;
        insert(tx, self.openings).await?;
        insert(tx, self.visits).await?;
        insert(tx, sealed_rows(self.events, &ring)?).await?;
        insert(tx, sealed_rows(self.changes, &ring)?).await
    }
}

/// Writes the municipality that everything belongs to, if it is not there yet.
///
/// # Errors
/// That the database did not take it.
pub async fn municipality(tx: &Tx, id: MunicipalityId, name: &str) -> Result<()> {
    let row = municipality::Model { municipality_id: id.0, name: name.to_owned() }.into_active_model();
    let known =
        OnConflict::column(municipality::Column::MunicipalityId).update_column(municipality::Column::Name).to_owned();
    municipality::Entity::insert(row).on_conflict(known).exec_without_returning(tx).await?;
    Ok(())
}

async fn insert<M>(tx: &Tx, rows: Vec<M>) -> Result<()>
where
    M: sea_orm::ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + Send,
    <M::Entity as EntityTrait>::ActiveModel: Send,
{
    let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model).peekable();
    while rows.peek().is_some() {
        let some: Vec<_> = rows.by_ref().take(CHUNK).collect();
        M::Entity::insert_many(some).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn agenda_row(key: (Uuid, Uuid), meeting_id: Uuid, it: &AgendaItem, position: i32) -> agenda_item::Model {
    let (kind, text, later_meeting) = match it.outcome.clone() {
        None => (None, None, None),
        Some(Outcome::Answered { answer }) => (Some(OutcomeKind::Answered), Some(answer.into()), None),
        Some(Outcome::Later { meeting, note }) => {
            (Some(OutcomeKind::Later), note.map(String::from), meeting.map(|id| id.0))
        }
        Some(Outcome::NotOurs { who }) => (Some(OutcomeKind::NotOurs), Some(who.into()), None),
    };
    let (proposed_by_kind, proposed_by) = who(it.proposed_by, key.1);
    agenda_item::Model {
        municipality_id: key.0,
        citizen_id: key.1,
        agenda_item_id: it.id.0,
        meeting_id,
        position,
        text: it.text.as_str().into(),
        proposed_by_kind: Word(proposed_by_kind),
        proposed_by,
        topic_id: it.topic.map(|id| id.0),
        outcome_kind: kind.map(Word),
        outcome_text: seal::<String>(text),
        later_meeting,
    }
}

fn step_row(key: (Uuid, Uuid), it: &Step) -> step::Model {
    let (state, reason) = state_columns(&it.state);
    let (owner_kind, owner) = match it.owner {
        Party::Citizen => (PartyKind::Citizen, None),
        Party::Employee { employee } => (PartyKind::Employee, Some(employee.0)),
    };
    let (written_by_kind, written_by) = who(it.written_by, key.1);
    step::Model {
        municipality_id: key.0,
        citizen_id: key.1,
        step_id: it.id.0,
        version: it.version.0,
        goal_id: it.goal.map(|id| id.0),
        effort_id: it.effort.map(|id| id.0),
        meeting_id: it.meeting.map(|id| id.0),
        area: Word(it.area),
        title: it.title.as_str().into(),
        owner_kind: Word(owner_kind),
        owner,
        due: it.due.map(crate::values::Day),
        state: Word(state),
        state_reason: seal(reason.cloned()),
        state_at: it.state_at.unwrap_or(it.made_at).into(),
        written_by_kind: Word(written_by_kind),
        written_by,
        made_at: it.made_at.into(),
    }
}

pub(super) fn state_columns(state: &StepState) -> (StateKind, Option<&Prose>) {
    match state {
        StepState::NotStarted => (StateKind::NotStarted, None),
        StepState::UnderWay => (StateKind::UnderWay, None),
        StepState::Done => (StateKind::Done, None),
        StepState::CannotYet { reason } => (StateKind::CannotYet, Some(reason)),
        StepState::NotNeeded { reason } => (StateKind::NotNeeded, Some(reason)),
    }
}

fn who(who: Who, citizen: Uuid) -> (ActorKind, Option<Uuid>) {
    match who {
        Who::Citizen => (ActorKind::Citizen, Some(citizen)),
        Who::Employee { employee } => (ActorKind::Employee, Some(employee.0)),
        Who::System => (ActorKind::System, None),
    }
}

fn span(time: Time, zone: &TimeZone) -> (Timestamp, civil::DateTime) {
    // A time that does not exist is refused before it comes here.
    let starts = instant(time, zone).unwrap_or_default();
    let ends = starts + jiff::SignedDuration::from_mins(time.minutes.into());
    (starts, zone.to_datetime(ends))
}
