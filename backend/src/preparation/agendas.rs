//! A citizen's topic on agendas. Its words there are the citizen's of today, until somebody has talked them through.

use std::collections::HashSet;

use contract::{EventKind, EventTarget, MeetingId, TopicId, Version};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{agenda_item, meeting},
    error::Result,
    events::{self, Changes, Happening},
    keys::{Sealed as _, Unseal as _},
    meetings,
    policy::CaseAccess,
    values::SealedText,
};

/// The topic gets other words.
pub(super) async fn reword(access: &CaseAccess, tx: &Tx, topic: Uuid, text: &SealedText) -> Result<()> {
    for (item, _) in open_items(access, tx, topic).await? {
        let mut row = agenda_item::ActiveModel::from(item);
        row.text = Set(text.clone());
        agenda_item::Entity::update(row.sealed(access)?).exec(tx).await?;
    }
    Ok(())
}

/// The topic is taken back. Its meetings get a new version, so that an employee who is changing one just now sees that
/// something is gone.
pub(super) async fn leave(access: &CaseAccess, tx: &Tx, topic: TopicId) -> Result<()> {
    let (m, c) = access.key();
    for (item, meeting) in open_items(access, tx, topic.0).await? {
        let before = meetings::whole::agenda(access, tx, item.meeting_id).await?;
        agenda_item::Entity::delete_by_id((m, c, item.agenda_item_id)).exec(tx).await?;
        let after = meetings::whole::agenda(access, tx, item.meeting_id).await?;
        let (before, after) = (meetings::whole::told(&before), meetings::whole::told(&after));
        let (area, version) = (meeting.area.0, Version(meeting.version).next());
        let purpose = meeting.purpose.as_str().to_owned();
        let mut row = meeting::ActiveModel::from(meeting);
        row.version = Set(version.0);
        row.changed_at = Set(access.at().into());
        meeting::Entity::update(row.sealed(access)?).exec(tx).await?;
        let happening = Happening {
            kind: EventKind::AgendaChanged,
            target: EventTarget::Meeting,
            target_id: item.meeting_id,
            version,
            area,
            title: Some(purpose),
            meeting: Some(MeetingId(item.meeting_id)),
            changes: Changes::default().field("agenda", before, after),
        };
        events::record(access, tx, happening).await?;
    }
    Ok(())
}

/// The agenda items of a topic that have no answer and whose meeting has not begun, with their meetings.
async fn open_items(access: &CaseAccess, tx: &Tx, topic: Uuid) -> Result<Vec<(agenda_item::Model, meeting::Model)>> {
    let (m, c) = access.key();
    // Words that are taken back go from every agenda, also of a meeting that who takes them back cannot see.
    let all = access.as_ref().clone().without(HashSet::new());
    let items = agenda_item::Entity::find()
        .filter(agenda_item::Column::MunicipalityId.eq(m))
        .filter(agenda_item::Column::CitizenId.eq(c))
        .filter(agenda_item::Column::TopicId.eq(topic))
        .filter(agenda_item::Column::OutcomeKind.is_null())
        .all(tx)
        .await?
        .unsealed(&all)?;
    let mut open = Vec::with_capacity(items.len());
    for item in items {
        let meeting = meeting::Entity::find_by_id((m, c, item.meeting_id)).one(tx).await?.unsealed(&all)?;
        let Some(meeting) = meeting else { continue };
        if !meetings::store::holds_fast(access, &meeting) {
            open.push((item, meeting));
        }
    }
    Ok(open)
}
