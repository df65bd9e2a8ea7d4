//! What the ids in old and new stand for, as the reader may know it.

use std::collections::HashMap;

use contract::FieldChange;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{effort, employee, goal, meeting, topic},
    error::Result,
    keys::Unseal as _,
    policy::CaseAccess,
};

/// Words for ids; those that the reader may not know are not there.
pub(super) struct Names(HashMap<Uuid, String>);

/// Whether a field holds ids: one, or one for some of its lines.
fn has_ids(field: &str) -> bool {
    matches!(field, "goal" | "effort" | "meeting" | "later_meeting" | "responsible" | "agenda" | "item")
}

impl Names {
    /// Looks up all that the changes name. What a citizen has taken back is known to the citizen only.
    pub(super) async fn load<'a>(
        access: &CaseAccess,
        tx: &Tx,
        changes: impl Iterator<Item = &'a FieldChange>,
    ) -> Result<Self> {
        let mut ids: HashMap<&str, Vec<Uuid>> = HashMap::new();
        for change in changes.filter(|change| has_ids(&change.field)) {
            let lines = change.old.iter().chain(&change.new).flat_map(|text| text.lines());
            ids.entry(&change.field).or_default().extend(lines.filter_map(|line| line.parse::<Uuid>().ok()));
        }
        let (m, c) = access.key();
        let mut names = HashMap::new();
        macro_rules! look_up {
            ($table:ident, $id:ident, $fields:expr, $filter:expr, $open:expr, $name:expr) => {
                let ids: Vec<Uuid> = $fields.iter().filter_map(|field| ids.get(field)).flatten().copied().collect();
                if !ids.is_empty() {
                    let rows = $table::Entity::find()
                        .filter($table::Column::MunicipalityId.eq(m))
                        .filter($table::Column::$id.is_in(ids));
                    names.extend($open($filter(rows).all(tx).await?)?.into_iter().map($name));
                }
            };
        }
        let is_citizen = access.is_citizens_side();
        look_up!(
            goal,
            GoalId,
            ["goal"],
            |rows: sea_orm::Select<goal::Entity>| {
                let rows = rows.filter(goal::Column::CitizenId.eq(c));
                if is_citizen { rows } else { rows.filter(goal::Column::TakenBackAt.is_null()) }
            },
            |rows: Vec<goal::Model>| rows.unsealed(access),
            |row: goal::Model| (row.goal_id, row.text.into_text())
        );
        look_up!(
            topic,
            TopicId,
            ["agenda", "item"],
            |rows: sea_orm::Select<topic::Entity>| {
                let rows = rows.filter(topic::Column::CitizenId.eq(c));
                if is_citizen { rows } else { rows.filter(topic::Column::TakenBackAt.is_null()) }
            },
            |rows: Vec<topic::Model>| rows.unsealed(access),
            |row: topic::Model| (row.topic_id, row.text.into_text())
        );
        look_up!(
            effort,
            EffortId,
            ["effort"],
            |rows: sea_orm::Select<effort::Entity>| rows.filter(effort::Column::CitizenId.eq(c)),
            |rows: Vec<effort::Model>| rows.unsealed(access),
            |row: effort::Model| (row.effort_id, row.title.into_text())
        );
        look_up!(
            meeting,
            MeetingId,
            ["meeting", "later_meeting"],
            |rows: sea_orm::Select<meeting::Entity>| rows.filter(meeting::Column::CitizenId.eq(c)),
            |rows: Vec<meeting::Model>| rows.unsealed(access),
            |row: meeting::Model| (row.meeting_id, row.local_start.to_string())
        );
        look_up!(
            employee,
            EmployeeId,
            ["responsible"],
            |rows: sea_orm::Select<employee::Entity>| rows,
            Result::<Vec<employee::Model>>::Ok,
            |row: employee::Model| (row.employee_id, row.name)
        );
        Ok(Self(names))
    }

    /// The change with words for its ids; nothing when there is then nothing to tell.
    pub(super) fn tell(&self, change: FieldChange) -> Option<FieldChange> {
        if !has_ids(&change.field) {
            return Some(change);
        }
        let (old, new) = (self.words(change.old), self.words(change.new));
        (old != new).then_some(FieldChange { field: change.field, old, new })
    }

    fn words(&self, text: Option<String>) -> Option<String> {
        let text = text?;
        let word = |line: &str| match line.parse::<Uuid>() {
            Ok(id) => self.0.get(&id).cloned(),
            Err(_) => Some(line.to_owned()),
        };
        let lines: Vec<String> = text.lines().filter_map(word).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}
