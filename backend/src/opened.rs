//! Who has opened what: "Åbnet af … den …". Opened is not read.

use std::collections::HashMap;

use contract::{OpenedKind, Opening, Openings, Version};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::opening,
    error::Result,
    people::{People, person_of},
    policy::CaseAccess,
    values::Instant,
};

/// How long what a citizen does with a step is news.
const STEP_IS_NEWS: SignedDuration = SignedDuration::from_hours(60 * 24);

/// After when what a citizen did with a step is news to who has not opened it. Whoever comes to a case later finds where
/// its steps stand in the plan.
#[must_use]
pub fn step_news_since(now: Timestamp) -> Instant {
    Instant(now.saturating_sub(STEP_IS_NEWS).unwrap_or(Timestamp::MIN))
}

/// The openings of some things, by kind and id; of each person the latest, the latest first.
#[derive(Debug, Default)]
pub struct Opened(HashMap<(OpenedKind, Uuid), Vec<opening::Model>>);

impl Opened {
    /// Reads the openings of these things.
    ///
    /// # Errors
    /// That the database does not answer.
    pub async fn load(access: &CaseAccess, tx: &Tx, items: Vec<Uuid>) -> Result<Self> {
        let mut opened = Self::default();
        if items.is_empty() {
            return Ok(opened);
        }
        let (m, c) = access.key();
        let rows = opening::Entity::find()
            .filter(opening::Column::MunicipalityId.eq(m))
            .filter(opening::Column::CitizenId.eq(c))
            .filter(opening::Column::ItemId.is_in(items))
            .order_by_desc(opening::Column::At)
            .all(tx)
            .await?;
        for row in rows {
            let marks = opened.0.entry((row.kind.0, row.item_id)).or_default();
            match marks.iter_mut().find(|mark| (mark.actor_kind, mark.actor_id) == (row.actor_kind, row.actor_id)) {
                Some(mark) if mark.version < row.version => *mark = row,
                Some(_) => {}
                None => marks.push(row),
            }
        }
        Ok(opened)
    }

    /// The employees among those who opened, to be given to [`People::load`].
    pub fn employees(&self) -> impl Iterator<Item = Uuid> {
        self.0.values().flatten().filter_map(|mark| person_of(mark.actor_kind.0, Some(mark.actor_id)))
    }

    /// Whether this person has opened the thing in this version.
    #[must_use]
    pub fn is_by(&self, access: &CaseAccess, kind: OpenedKind, item: Uuid, version: Version) -> bool {
        let (actor_kind, actor_id) = access.actor_key();
        self.marks(kind, item)
            .iter()
            .any(|mark| (mark.actor_kind.0, mark.actor_id) == (actor_kind, actor_id) && mark.version >= version.0)
    }

    /// As the reader may see it; `current` is the thing's version now.
    #[must_use]
    pub fn of(&self, kind: OpenedKind, item: Uuid, current: Version, people: &People) -> Openings {
        let marks = self.marks(kind, item);
        Openings {
            is_changed_since: !marks.is_empty() && marks.iter().all(|mark| mark.version < current.0),
            opened: marks
                .iter()
                .map(|mark| Opening {
                    by: people.discreet(mark.actor_kind.0, Some(mark.actor_id)),
                    at: mark.at.0,
                    version: Version(mark.version),
                })
                .collect(),
        }
    }

    fn marks(&self, kind: OpenedKind, item: Uuid) -> &[opening::Model] {
        self.0.get(&(kind, item)).map(Vec::as_slice).unwrap_or_default()
    }
}
