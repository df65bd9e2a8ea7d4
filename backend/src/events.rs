//! What happened: one row for every change, with old and new. History, "since last time" and later notices are made of it.

use std::sync::{Mutex, PoisonError};

use contract::{Area, EventKind, EventTarget, MeetingId, Version};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde::Serialize;
use uuid::{ContextV7, Uuid};

use crate::{
    db::Tx,
    entity::{event, event_change},
    error::Result,
    keys::{Sealed as _, sealed_rows},
    policy::CaseAccess,
    values::Word,
};

/// A change to be told about.
#[derive(Clone, Debug)]
pub struct Happening {
    /// What happened.
    pub kind: EventKind,
    /// What it happened to.
    pub target: EventTarget,
    /// The id of what it happened to.
    pub target_id: Uuid,
    /// The version that came of it.
    pub version: Version,
    /// The part of life it is about.
    pub area: Area,
    /// A few words of what it happened to; cut to a line.
    pub title: Option<String>,
    /// The meeting it belongs to.
    pub meeting: Option<MeetingId>,
    /// The fields that changed.
    pub changes: Changes,
}

/// Fields before and after; those that stayed the same are left out.
#[derive(Clone, Debug, Default)]
pub struct Changes(Vec<(&'static str, Option<String>, Option<String>)>);

impl Changes {
    /// A text, a time, a number: anything as the contract writes it.
    #[must_use]
    pub fn field(mut self, name: &'static str, old: Option<impl Into<String>>, new: Option<impl Into<String>>) -> Self {
        let (old, new) = (old.map(Into::into), new.map(Into::into));
        if old != new {
            self.0.push((name, old, new));
        }
        self
    }

    /// A value without fields, by its word.
    #[must_use]
    pub fn word<T: Serialize + Copy>(self, name: &'static str, old: Option<T>, new: T) -> Self {
        self.field(name, old.map(|old| Word(old).word()), Some(Word(new).word()))
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// By so much a clock does not differ between two requests.
const APART: SignedDuration = SignedDuration::from_hours(1);

/// How many clocks are told apart.
const CLOCKS: usize = 32;

/// An id greater than those before it, by the clock that also says when the event was: imported events have theirs from it
/// too, and "since last time" compares them.
fn id_at(at: Timestamp) -> Uuid {
    // One for each clock: tests of one process have several. None counts back for who began a little earlier.
    static COUNTERS: Mutex<Vec<(Timestamp, ContextV7)>> = Mutex::new(Vec::new());
    let mut counters = COUNTERS.lock().unwrap_or_else(PoisonError::into_inner);
    let is_its_clock = |(last, _): &(Timestamp, ContextV7)| last.duration_since(at).abs() < APART;
    let place = counters.iter().position(is_its_clock).unwrap_or(counters.len());
    let (last, context) = if place < counters.len() { counters.swap_remove(place) } else { (at, ContextV7::new()) };
    if counters.len() >= CLOCKS {
        counters.remove(0);
    }
    counters.push((last.max(at), context));
    let Some((_, counter)) = counters.last() else { return Uuid::now_v7() };
    let seconds = u64::try_from(at.as_second()).unwrap_or_default();
    let nanoseconds = u32::try_from(at.subsec_nanosecond()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(counter, seconds, nanoseconds))
}

/// How long a title may be, in characters.
const TITLE: usize = 120;

/// Writes an event and its fields.
///
/// # Errors
/// That the database did not take it.
pub async fn record(access: &CaseAccess, tx: &Tx, happening: Happening) -> Result<()> {
    access.must_be_for_writing()?;
    let (municipality_id, citizen_id) = access.key();
    let (actor_kind, actor_id) = access.actor_key();
    let event_id = id_at(access.at());
    let row = event::ActiveModel {
        municipality_id: Set(municipality_id),
        citizen_id: Set(citizen_id),
        event_id: Set(event_id),
        at: Set(access.at().into()),
        actor_kind: Set(Word(actor_kind)),
        actor_id: Set(Some(actor_id)),
        kind: Set(Word(happening.kind)),
        target: Set(Word(happening.target)),
        target_id: Set(happening.target_id),
        target_version: Set(happening.version.0),
        area: Set(Word(happening.area)),
        title: Set(happening.title.map(|title| first_line(&title).into())),
        meeting_id: Set(happening.meeting.map(|id| id.0)),
    };
    event::Entity::insert(row.sealed(access)?).exec_without_returning(tx).await?;
    let changes =
        happening.changes.0.into_iter().zip(0..).map(|((field, old, new), position)| event_change::ActiveModel {
            municipality_id: Set(municipality_id),
            citizen_id: Set(citizen_id),
            event_id: Set(event_id),
            position: Set(position),
            field: Set(field.to_owned()),
            old: Set(old.map(Into::into)),
            new: Set(new.map(Into::into)),
        });
    let changes: Vec<_> = changes.collect();
    if !changes.is_empty() {
        event_change::Entity::insert_many(sealed_rows(changes, access)?).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(TITLE) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_stayed_the_same_is_no_change() {
        assert!(
            Changes::default()
                .field("text", Some("a"), Some("a"))
                .word("area", Some(Area::Social), Area::Social)
                .is_empty()
        );
        assert!(!Changes::default().field("text", None::<String>, Some("a")).is_empty());
    }

    #[test]
    fn a_title_is_one_short_line() {
        assert_eq!(first_line("Kort\nog mere"), "Kort");
        assert_eq!(first_line(&"å".repeat(300)).chars().count(), TITLE + 1);
    }
}
