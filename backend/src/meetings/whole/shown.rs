//! What lies in the tables, as the reader sees it.

use contract::{
    AgendaItem, AgendaItemId, EmployeeId, Line, MeetingChange, MeetingId, Minutes, Outcome, Participant, ParticipantId,
    Prose, Step, TopicId, Version,
};

use super::Known;
use crate::{
    entity::{agenda_item, event, event_change, minutes, participant},
    error::{Error, Result},
    people::People,
    policy::CaseAccess,
    values::{ActorKind, OutcomeKind, SealedText, Word, unseal},
};

pub(super) fn change(people: &People, event: &event::Model, change: event_change::Model) -> MeetingChange {
    MeetingChange {
        at: event.at.0,
        by: people.discreet(event.actor_kind.0, event.actor_id),
        field: if change.field == "local_start" { "time".to_owned() } else { change.field },
        old: unseal(change.old),
        new: unseal(change.new),
    }
}

pub(super) fn guest(people: &People, known: &Known, guest: participant::Model) -> Participant {
    let employee = guest.employee_id.and_then(|id| people.employee(id));
    Participant {
        id: ParticipantId(guest.participant_id),
        employee: guest.employee_id.map(EmployeeId),
        name: guest.name.into_text(),
        role: unseal(guest.role).or_else(|| employee.map(|row| row.role.clone())),
        role_line: employee.and_then(|row| row.role_line.clone()),
        unit: employee.map(|row| row.unit.clone()),
        why: guest.why.into_text(),
        is_met_before: guest.employee_id.is_some_and(|id| known.met.contains(&id)),
        is_in_plan: guest.employee_id.is_some_and(|id| known.members.contains(&id)),
    }
}

/// How an item stands on an agenda whose words the reader may not see: made from a topic that is closed to them.
const HIDDEN: &str = "…";

/// Whether an item was made from a topic that is closed to the reader.
pub fn is_closed(access: &CaseAccess, item: &agenda_item::Model) -> bool {
    item.topic_id.is_some_and(|topic| access.hides(topic))
}

pub(super) fn item(
    access: &CaseAccess,
    people: &People,
    item: agenda_item::Model,
    shows_outcome: bool,
) -> Result<AgendaItem> {
    if is_closed(access, &item) {
        return Ok(AgendaItem {
            id: AgendaItemId(item.agenda_item_id),
            proposed_by: people.author(item.proposed_by_kind.0, item.proposed_by),
            is_closed: true,
            topic: None,
            outcome: None,
            text: HIDDEN.to_owned(),
        });
    }
    Ok(AgendaItem {
        id: AgendaItemId(item.agenda_item_id),
        proposed_by: people.author(item.proposed_by_kind.0, item.proposed_by),
        is_closed: false,
        topic: item.topic_id.map(TopicId),
        outcome: if shows_outcome { outcome(access, &item)? } else { None },
        text: item.text.into_text(),
    })
}

/// What came of an agenda item, from its columns.
///
/// # Errors
/// [`Error::Internal`] when the words are not there.
fn outcome(access: &CaseAccess, item: &agenda_item::Model) -> Result<Option<Outcome>> {
    let Some(Word(kind)) = item.outcome_kind else { return Ok(None) };
    let text = item.outcome_text.as_ref().map(SealedText::as_str).unwrap_or_default();
    let broken = |_| Error::Internal("an outcome has no words");
    Ok(Some(match kind {
        OutcomeKind::Answered => Outcome::Answered { answer: Prose::parse(text).map_err(broken)? },
        OutcomeKind::Later => Outcome::Later {
            meeting: item.later_meeting.filter(|id| !access.hides(*id)).map(MeetingId),
            note: Prose::parse_optional(text).map_err(broken)?,
        },
        OutcomeKind::NotOurs => Outcome::NotOurs { who: Line::parse(text).map_err(broken)? },
    }))
}

pub(super) fn minutes(people: &People, written: minutes::Model, steps: Vec<Step>) -> Minutes {
    Minutes {
        version: Version(written.version),
        summary: written.summary.into_text(),
        by: people.author(ActorKind::Employee, written.author),
        saved_at: written.saved_at.0,
        shared_at: written.shared_at.map(|at| at.0),
        steps,
    }
}
