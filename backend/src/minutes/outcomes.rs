//! What came of the items on an agenda.

use std::collections::HashMap;

use contract::{ItemOutcome, Outcome, ProblemCode};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{agenda_item, meeting},
    error::{Error, Result},
    events::Changes,
    keys::Sealed as _,
    meetings::whole,
    policy::CaseAccess,
    values::{OutcomeKind, SealedText, Word, seal},
};

/// The same items with what came of them now; those that are not named stay as they are. What is shared lacks none
/// that is open to who writes.
pub(super) async fn check(
    access: &CaseAccess,
    tx: &Tx,
    meeting: Uuid,
    items: &[agenda_item::Model],
    new: Vec<ItemOutcome>,
    share: bool,
) -> Result<Vec<agenda_item::Model>> {
    must_be_other_meetings(access, tx, meeting, &new).await?;
    let mut outcomes: HashMap<Uuid, Option<Outcome>> = HashMap::new();
    for (index, named) in new.into_iter().enumerate() {
        let at = |code| Error::at(code, format!("outcomes[{index}].item"));
        // What came of an item that is closed to who writes is not theirs to say.
        let is_theirs =
            |item: &agenda_item::Model| item.agenda_item_id == named.item.0 && !whole::is_closed(access, item);
        if !items.iter().any(is_theirs) {
            return Err(at(ProblemCode::UnknownReference));
        }
        if outcomes.insert(named.item.0, named.outcome).is_some() {
            return Err(at(ProblemCode::Invalid));
        }
    }
    let with_outcome = |item: &agenda_item::Model| match outcomes.remove(&item.agenda_item_id) {
        None => item.clone(),
        Some(outcome) => {
            let (kind, text, later) = columns(outcome);
            // A meeting that is closed to who writes was not shown to them, and stays.
            let unshown = item.later_meeting.filter(|id| access.hides(*id) && kind == Some(Word(OutcomeKind::Later)));
            let later = later.or(unshown);
            agenda_item::Model { outcome_kind: kind, outcome_text: text, later_meeting: later, ..item.clone() }
        }
    };
    let items: Vec<_> = items.iter().map(with_outcome).collect();
    if share && items.iter().any(|item| item.outcome_kind.is_none() && !whole::is_closed(access, item)) {
        return Err(Error::at(ProblemCode::Invalid, "outcomes"));
    }
    Ok(items)
}

async fn must_be_other_meetings(access: &CaseAccess, tx: &Tx, meeting: Uuid, new: &[ItemOutcome]) -> Result<()> {
    let later = |named: &ItemOutcome| match named.outcome {
        Some(Outcome::Later { meeting, .. }) => meeting.map(|meeting| meeting.0),
        Some(Outcome::Answered { .. } | Outcome::NotOurs { .. }) | None => None,
    };
    let unknown = |index| Error::at(ProblemCode::UnknownReference, format!("outcomes[{index}].outcome.meeting"));
    let asked: Vec<Uuid> = new.iter().filter_map(later).collect();
    if let Some(index) = new.iter().position(|named| later(named).is_some_and(|id| access.hides(id))) {
        return Err(unknown(index));
    }
    if asked.is_empty() {
        return Ok(());
    }
    let (m, c) = access.key();
    let there: Vec<Uuid> = meeting::Entity::find()
        .select_only()
        .column(meeting::Column::MeetingId)
        .filter(meeting::Column::MunicipalityId.eq(m))
        .filter(meeting::Column::CitizenId.eq(c))
        .filter(meeting::Column::MeetingId.ne(meeting))
        .filter(meeting::Column::MeetingId.is_in(asked))
        .into_tuple()
        .all(tx)
        .await?;
    match new.iter().position(|named| later(named).is_some_and(|id| !there.contains(&id))) {
        Some(index) => Err(unknown(index)),
        None => Ok(()),
    }
}

type Columns = (Option<Word<OutcomeKind>>, Option<SealedText>, Option<Uuid>);

fn columns(outcome: Option<Outcome>) -> Columns {
    match outcome {
        None => (None, None, None),
        Some(Outcome::Answered { answer }) => (Some(Word(OutcomeKind::Answered)), seal(Some(answer)), None),
        Some(Outcome::Later { meeting, note }) => {
            (Some(Word(OutcomeKind::Later)), seal(note), meeting.map(|meeting| meeting.0))
        }
        Some(Outcome::NotOurs { who }) => (Some(Word(OutcomeKind::NotOurs)), seal(Some(who)), None),
    }
}

/// The outcomes that were corrected, each as its item, its word, its text, and the meeting it waits for.
pub(super) fn changes(changes: Changes, old: &[agenda_item::Model], new: &[agenda_item::Model]) -> Changes {
    let text = |item: &agenda_item::Model| item.outcome_text.as_ref().map(|text| text.as_str().to_owned());
    let word = |item: &agenda_item::Model| item.outcome_kind.as_ref().map(Word::word);
    let later = |item: &agenda_item::Model| item.later_meeting.map(|id| id.to_string());
    old.iter().zip(new).filter(|(old, new)| old != new).fold(changes, |changes, (old, new)| {
        changes
            .field("item", None::<String>, Some(whole::told_item(new)))
            .field("outcome", word(old), word(new))
            .field("outcome_text", text(old), text(new))
            .field("later_meeting", later(old), later(new))
    })
}

/// Writes those that changed.
pub(super) async fn write(
    access: &CaseAccess,
    tx: &Tx,
    old: &[agenda_item::Model],
    new: Vec<agenda_item::Model>,
) -> Result<()> {
    for (_, item) in old.iter().zip(new).filter(|(old, new)| *old != new) {
        let mut row = item.clone().into_active_model();
        row.outcome_kind = Set(item.outcome_kind);
        row.outcome_text = Set(item.outcome_text);
        row.later_meeting = Set(item.later_meeting);
        agenda_item::Entity::update(row.sealed(access)?).exec(tx).await?;
    }
    Ok(())
}
