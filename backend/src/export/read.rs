//! The tables' rows as the file's things.

use std::collections::{BTreeMap, HashMap};

use contract::{
    AgendaItemId, CommentId, DraftId, DraftText, EffortId, EmployeeId, EventId, FieldChange, Fold, GoalId, MeetingId,
    OpeningId, ParticipantId, Prose, StepId, Text, TopicId, Version,
};
use jiff::{
    Timestamp,
    tz::{AmbiguousOffset, TimeZone},
};
use uuid::Uuid;

use crate::{
    entity::{
        agenda_item, choice, comment, draft, effort, employee, event, goal, meeting, minutes, opening, participant,
        plan_member, profile, step, topic,
    },
    error::{Error, Result},
    import::{
        AgendaItem, Assessed, Choices, Comment, Draft, Effort, Employee, Event, Goal, Meeting, Minutes, Opening,
        Outcome, Participant, Party, PlanMember, Profile, Step, StepState, Time, Topic, Who,
    },
    values::{ActorKind, Instant, OutcomeKind, PartyKind, SealedText, StateKind, WallTime},
};

/// What stands in a meeting, by the meeting.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) participants: HashMap<Uuid, Vec<Participant>>,
    pub(super) agenda: HashMap<Uuid, Vec<AgendaItem>>,
    pub(super) minutes: HashMap<Uuid, Minutes>,
}

pub(super) fn employee_of(row: employee::Model) -> Result<Employee> {
    Ok(Employee {
        id: EmployeeId(row.employee_id),
        name: text(row.name)?,
        role: text(row.role)?,
        role_line: maybe(row.role_line)?,
        unit: text(row.unit)?,
        area: row.area.0,
        phone: maybe(row.phone)?,
        mail: maybe(row.mail)?,
        external_id: maybe(row.external_id)?,
        // What they may is said by who looks after that; an old file gives nobody a role back.
        kind: None,
        // Who is back in the meantime stays so.
        has_left: row.has_left.then_some(true),
    })
}

pub(super) fn profile_of(row: profile::Model) -> Result<Profile> {
    Ok(Profile {
        version: Version(row.version),
        saved_at: row.saved_at.0,
        preferred_name: unsealed(row.preferred_name)?,
        contact_way: row.contact_way.0,
        contact_note: unsealed(row.contact_note)?,
        language: row.language.0,
        situation: unsealed(row.situation)?,
        is_situation_shared: row.is_situation_shared,
        strengths: unsealed(row.strengths)?,
        is_strengths_shared: row.is_strengths_shared,
    })
}

pub(super) fn choices_of(row: choice::Model) -> Choices {
    let choice::Model { version, social, health, saved_at, .. } = row;
    Choices { version: Version(version), saved_at: saved_at.0, social, health }
}

pub(super) fn member_of(row: plan_member::Model) -> Result<PlanMember> {
    Ok(PlanMember { employee: EmployeeId(row.employee_id), why: unsealed(row.why)?, area: row.area.map(|area| area.0) })
}

pub(super) fn meeting_of(row: meeting::Model, parts: &mut Parts, zone: &TimeZone) -> Result<Meeting> {
    let id = row.meeting_id;
    let moved_from = match (row.moved_from_local, row.moved_from_at, row.moved_from_minutes) {
        (Some(local), Some(at), Some(minutes)) => Some(time(local, at, minutes, zone)?),
        _ => None,
    };
    let reason = if row.is_cancelled { unsealed(row.cancelled_reason)? } else { None };
    Ok(Meeting {
        id: MeetingId(id),
        version: Version(row.version),
        sequence: row.sequence,
        made_at: row.made_at.0,
        changed_at: Some(row.changed_at.0),
        purpose: text(row.purpose.into_text())?,
        title: unsealed(row.title)?,
        area: row.area.0,
        time: time(row.local_start, row.starts_at, row.minutes, zone)?,
        moved_from,
        form: row.form.0,
        place: unsealed(row.place)?,
        entrance: unsealed(row.entrance)?,
        received_by: unsealed(row.received_by)?,
        bring: unsealed(row.bring)?,
        contact_phone: unsealed(row.contact_phone)?,
        cancelled_reason: reason,
        organizer: row.organizer.map(EmployeeId),
        organizer_name: unsealed(row.organizer_name)?,
        organizer_mail: unsealed(row.organizer_mail)?,
        reservation_uuid: row.reservation_uuid,
        source: maybe(row.source)?,
        external_id: maybe(row.external_id)?,
        participants: parts.participants.remove(&id).unwrap_or_default(),
        agenda: parts.agenda.remove(&id).unwrap_or_default(),
        minutes: parts.minutes.remove(&id),
    })
}

fn time(local: WallTime, at: Instant, minutes: i32, zone: &TimeZone) -> Result<Time> {
    let ambiguous = zone.to_ambiguous_timestamp(local.0);
    let fold = match ambiguous.offset() {
        AmbiguousOffset::Fold { .. } => {
            let is_later = ambiguous.later().is_ok_and(|later| later == at.0);
            Some(if is_later { Fold::Later } else { Fold::Earlier })
        }
        _ => None,
    };
    let minutes = u16::try_from(minutes).map_err(|_| Error::Internal("a meeting's length is no length"))?;
    Ok(Time { local_start: local.0, fold, minutes })
}

pub(super) fn participant_of(row: participant::Model) -> Result<Participant> {
    Ok(Participant {
        id: ParticipantId(row.participant_id),
        employee: row.employee_id.map(EmployeeId),
        name: Some(text(row.name.into_text())?),
        role: unsealed(row.role)?,
        why: text(row.why.into_text())?,
    })
}

pub(super) fn item_of(row: agenda_item::Model) -> Result<AgendaItem> {
    let words = row.outcome_text.map(|text| text.into_text());
    let outcome = match row.outcome_kind.map(|kind| kind.0) {
        None => None,
        Some(OutcomeKind::Answered) => Some(Outcome::Answered { answer: text(words.unwrap_or_default())? }),
        Some(OutcomeKind::Later) => {
            Some(Outcome::Later { meeting: row.later_meeting.map(MeetingId), note: maybe(words)? })
        }
        Some(OutcomeKind::NotOurs) => Some(Outcome::NotOurs { who: text(words.unwrap_or_default())? }),
    };
    Ok(AgendaItem {
        id: AgendaItemId(row.agenda_item_id),
        text: text(row.text.into_text())?,
        proposed_by: who(row.proposed_by_kind.0, row.proposed_by),
        topic: row.topic_id.map(TopicId),
        outcome,
    })
}

pub(super) fn minutes_of(row: minutes::Model) -> Result<Minutes> {
    Ok(Minutes {
        version: Version(row.version),
        summary: draft_text(row.summary)?,
        author: row.author.map(EmployeeId),
        saved_at: row.saved_at.0,
        shared_at: instant(row.shared_at),
    })
}

pub(super) fn goal_of(row: goal::Model) -> Result<Goal> {
    Ok(Goal {
        id: GoalId(row.goal_id),
        version: Version(row.version),
        area: row.area.0,
        text: text(row.text.into_text())?,
        why: unsealed(row.why)?,
        first_step: unsealed(row.first_step)?,
        helped_by: unsealed(row.helped_by)?,
        meeting: row.meeting_id.map(MeetingId),
        made_at: Some(row.made_at.0),
        sent_at: row.sent_at.0,
        taken_back_at: instant(row.taken_back_at),
    })
}

pub(super) fn topic_of(row: topic::Model) -> Result<Topic> {
    Ok(Topic {
        id: TopicId(row.topic_id),
        version: Version(row.version),
        area: row.area.0,
        text: text(row.text.into_text())?,
        helped_by: unsealed(row.helped_by)?,
        meeting: row.meeting_id.map(MeetingId),
        made_at: Some(row.made_at.0),
        sent_at: row.sent_at.0,
        taken_back_at: instant(row.taken_back_at),
    })
}

pub(super) fn draft_of(row: draft::Model) -> Result<Draft> {
    Ok(Draft {
        id: DraftId(row.draft_id),
        version: Version(row.version),
        kind: row.kind.0,
        meeting: row.meeting_id.map(MeetingId),
        area: row.area.0,
        text: draft_text(row.text)?,
        why: draft_text(row.why)?,
        first_step: draft_text(row.first_step)?,
        helped_by: row.helped_by.map(draft_text).transpose()?,
        made_at: row.made_at.0,
        saved_at: row.saved_at.0,
    })
}

pub(super) fn effort_of(row: effort::Model) -> Result<Effort> {
    Ok(Effort {
        id: EffortId(row.effort_id),
        version: Version(row.version),
        goal: GoalId(row.goal_id),
        area: row.area.0,
        title: text(row.title.into_text())?,
        purpose: text(row.purpose.into_text())?,
        obligation: unsealed(row.obligation)?,
        responsible: row.responsible.map(EmployeeId),
        starts_on: row.starts_on.map(|day| day.0),
        ends_on: row.ends_on.map(|day| day.0),
        is_ended: row.is_ended,
        made_at: row.made_at.0,
    })
}

pub(super) fn step_of(row: step::Model) -> Result<Step> {
    let reason = || text::<{ Prose::MAX }>(row.state_reason.clone().unwrap_or_default().into_text());
    let state = match row.state.0 {
        StateKind::NotStarted => StepState::NotStarted,
        StateKind::UnderWay => StepState::UnderWay,
        StateKind::Done => StepState::Done,
        StateKind::CannotYet => StepState::CannotYet { reason: reason()? },
        StateKind::NotNeeded => StepState::NotNeeded { reason: reason()? },
    };
    let owner = match (row.owner_kind.0, row.owner) {
        (PartyKind::Employee, Some(id)) => Party::Employee { employee: EmployeeId(id) },
        _ => Party::Citizen,
    };
    Ok(Step {
        id: StepId(row.step_id),
        version: Version(row.version),
        goal: row.goal_id.map(GoalId),
        effort: row.effort_id.map(EffortId),
        meeting: row.meeting_id.map(MeetingId),
        area: row.area.0,
        title: text(row.title.into_text())?,
        owner,
        due: row.due.map(|day| day.0),
        state,
        state_at: Some(row.state_at.0),
        written_by: who(row.written_by_kind.0, row.written_by),
        made_at: row.made_at.0,
    })
}

pub(super) fn comment_of(row: comment::Model) -> Result<Comment> {
    let assessed = match (row.assessment, row.assessed_by, row.assessed_at) {
        (Some(assessment), Some(by), Some(at)) => {
            Some(Assessed { assessment: assessment.0, by: EmployeeId(by), at: at.0 })
        }
        _ => None,
    };
    Ok(Comment {
        id: CommentId(row.comment_id),
        version: Version(row.version),
        beside: row.beside.0,
        beside_id: row.beside_id,
        kind: row.kind.0,
        text: text(row.text.into_text())?,
        by: who(row.by_kind.0, row.by_id),
        at: row.at.0,
        assessed,
        assessment_version: row.assessment_version.map(Version),
    })
}

pub(super) fn opening_of(row: opening::Model) -> Opening {
    Opening {
        id: OpeningId(row.opening_id),
        kind: row.kind.0,
        item: row.item_id,
        version: Version(row.version),
        by: who(row.actor_kind.0, Some(row.actor_id)),
        at: row.at.0,
    }
}

pub(super) fn event_of(row: event::Model, changes: &mut BTreeMap<Uuid, Vec<FieldChange>>) -> Event {
    Event {
        id: EventId(row.event_id),
        at: row.at.0,
        by: who(row.actor_kind.0, row.actor_id),
        kind: row.kind.0,
        target: row.target.0,
        target_id: row.target_id,
        target_version: Version(row.target_version),
        area: row.area.0,
        title: row.title.map(|title| title.into_text()),
        meeting: row.meeting_id.map(MeetingId),
        changes: changes.remove(&row.event_id).unwrap_or_default(),
    }
}

fn who(kind: ActorKind, id: Option<Uuid>) -> Who {
    match (kind, id) {
        // The file knows two sides, and no third.
        (ActorKind::Citizen | ActorKind::Representative, _) => Who::Citizen,
        (ActorKind::Employee, Some(id)) => Who::Employee { employee: EmployeeId(id) },
        _ => Who::System,
    }
}

fn instant(at: Option<Instant>) -> Option<Timestamp> {
    at.map(|at| at.0)
}

/// What stands in the database was checked when it was written; if it is not so, the file must not hide it.
pub(super) fn text<const MAX: usize>(text: String) -> Result<Text<MAX>> {
    Text::parse(&text).map_err(|_| Error::Internal("a stored text breaks its rule"))
}

fn maybe<const MAX: usize>(stored: Option<String>) -> Result<Option<Text<MAX>>> {
    stored.map(text).transpose()
}

fn unsealed<const MAX: usize>(stored: Option<SealedText>) -> Result<Option<Text<MAX>>> {
    maybe(stored.map(|text| text.into_text()))
}

fn draft_text(stored: SealedText) -> Result<DraftText> {
    DraftText::parse(&stored.into_text()).map_err(|_| Error::Internal("a stored text breaks its rule"))
}
