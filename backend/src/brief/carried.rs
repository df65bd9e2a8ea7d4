//! What earlier meetings left to this one.

use std::collections::HashMap;

use contract::{AgendaItem, Topic};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{agenda_item, meeting},
    error::Result,
    keys::Unseal as _,
    meetings,
    policy::CaseAccess,
    values::OutcomeKind,
};

/// The meetings of a case and what stood on their agendas, seen from one of them.
pub(super) struct Carried {
    here: meeting::Model,
    meetings: HashMap<Uuid, meeting::Model>,
    /// From the first meeting to the last; without those of cancelled meetings.
    items: Vec<agenda_item::Model>,
}

impl Carried {
    pub(super) async fn read(access: &CaseAccess, tx: &Tx, here: &meeting::Model) -> Result<Self> {
        let (m, c) = access.key();
        let rows = meeting::Entity::find()
            .filter(meeting::Column::MunicipalityId.eq(m))
            .filter(meeting::Column::CitizenId.eq(c))
            .all(tx)
            .await?
            .unsealed(access)?;
        let meetings: HashMap<Uuid, meeting::Model> = rows.into_iter().map(|row| (row.meeting_id, row)).collect();
        let mut items = agenda_item::Entity::find()
            .filter(agenda_item::Column::MunicipalityId.eq(m))
            .filter(agenda_item::Column::CitizenId.eq(c))
            .all(tx)
            .await?
            .unsealed(access)?;
        items.retain(|item| meetings.get(&item.meeting_id).is_some_and(|meeting| !meeting.is_cancelled));
        items.sort_by_key(|item| (meetings.get(&item.meeting_id).map(|meeting| meeting.starts_at), item.position));
        Ok(Self { here: here.clone(), meetings, items })
    }

    /// Whether a topic is to be taken up here: it was sent for this meeting, or an earlier one left it unanswered.
    pub(super) fn has(&self, topic: &Topic) -> bool {
        let meeting = topic.meeting.map(|meeting| meeting.0);
        if meeting == Some(self.here.meeting_id) {
            return true;
        }
        let talked = self.items.iter().rfind(|item| item.topic_id == Some(topic.id.0) && item.outcome_kind.is_some());
        match talked {
            Some(item) => self.is_left(item),
            None => meeting.is_none_or(|meeting| !self.is_after(meeting)),
        }
    }

    /// What employees put on an agenda and then put off.
    pub(super) async fn items(&self, access: &CaseAccess, tx: &Tx) -> Result<Vec<AgendaItem>> {
        let is_waiting = |place: usize, item: &agenda_item::Model| {
            let taken_up = self.items.iter().skip(place + 1).any(|later| {
                later.meeting_id != item.meeting_id && later.topic_id.is_none() && later.text == item.text
            });
            item.topic_id.is_none() && item.meeting_id != self.here.meeting_id && self.is_left(item) && !taken_up
        };
        let left: Vec<_> = self
            .items
            .iter()
            .enumerate()
            .filter(|(place, item)| is_waiting(*place, item))
            .map(|(_, item)| item.clone())
            .collect();
        meetings::whole::items(access, tx, left).await
    }

    /// Whether an earlier meeting put it off, and not to a meeting after this one.
    fn is_left(&self, item: &agenda_item::Model) -> bool {
        item.outcome_kind.is_some_and(|kind| kind.0 == OutcomeKind::Later)
            && !self.is_after(item.meeting_id)
            && item.later_meeting.is_none_or(|meeting| !self.is_after(meeting))
    }

    /// Whether a meeting is still to come when this one is held.
    fn is_after(&self, meeting: Uuid) -> bool {
        let row = self.meetings.get(&meeting);
        row.is_some_and(|row| !row.is_cancelled && row.starts_at > self.here.starts_at)
    }
}
