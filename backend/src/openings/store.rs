use std::collections::{HashMap, HashSet};

use contract::{NewOpening, OpenedItem, OpenedKind, ProblemCode};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{comment, goal, minutes, opening, step, topic},
    error::{Error, Result},
    keys::Unseal as _,
    policy::CaseAccess,
    receipt::{self, Answer, Asked, Begun},
    values::{CITIZENS_SIDE, ResourceKind, Word},
};

pub(super) async fn save(access: &CaseAccess, tx: &Tx, asked: &Asked, new: NewOpening) -> Result<Answer> {
    let current = receipt::latest(access, tx, ResourceKind::Opening, asked.id()).await?;
    if let Begun::Repeat(answer) = asked.begin(access, tx, current).await? {
        return Ok(answer);
    }
    check(access, tx, &new.items).await?;
    let (municipality_id, citizen_id) = access.key();
    let (actor_kind, actor_id) = access.actor_key();
    let mut seen = HashSet::new();
    let row = |item: &OpenedItem| opening::ActiveModel {
        municipality_id: Set(municipality_id),
        citizen_id: Set(citizen_id),
        actor_kind: Set(Word(actor_kind)),
        actor_id: Set(actor_id),
        kind: Set(Word(item.kind)),
        item_id: Set(item.id),
        version: Set(item.version.0),
        opening_id: Set(asked.id()),
        at: Set(access.at().into()),
    };
    let rows: Vec<_> =
        new.items.iter().filter(|item| seen.insert((item.kind, item.id, item.version))).map(row).collect();
    opening::Entity::insert_many(rows)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    asked.finish(access, tx).await
}

/// Everything marked is there for this person to open, in a version that there has been.
async fn check(access: &CaseAccess, tx: &Tx, items: &[OpenedItem]) -> Result<()> {
    if items.is_empty() {
        return Err(Error::at(ProblemCode::Invalid, "items"));
    }
    let there = versions(access, tx, items).await?;
    for (index, item) in items.iter().enumerate() {
        let at = |code, field: &str| Error::at(code, format!("items[{index}].{field}"));
        if !access.may_open(item.kind) {
            return Err(at(ProblemCode::NotAllowed, "kind"));
        }
        let latest = there.get(&(item.kind, item.id)).ok_or_else(|| at(ProblemCode::UnknownReference, "id"))?;
        if !(1..=*latest).contains(&item.version.0) {
            return Err(at(ProblemCode::UnknownReference, "version"));
        }
    }
    Ok(())
}

/// The latest version of what can be opened. A goal or topic that was taken back a moment ago may still have been shown.
async fn versions(access: &CaseAccess, tx: &Tx, items: &[OpenedItem]) -> Result<HashMap<(OpenedKind, Uuid), i32>> {
    let (m, c) = access.key();
    let ids = |kind: OpenedKind| items.iter().filter(move |item| item.kind == kind).map(|item| item.id);
    let mut there = HashMap::new();
    let goals = goal::Entity::find()
        .filter(goal::Column::MunicipalityId.eq(m))
        .filter(goal::Column::CitizenId.eq(c))
        .filter(goal::Column::GoalId.is_in(ids(OpenedKind::Goal)));
    there.extend(goals.all(tx).await?.into_iter().map(|row| ((OpenedKind::Goal, row.goal_id), row.version)));
    let topics = topic::Entity::find()
        .filter(topic::Column::MunicipalityId.eq(m))
        .filter(topic::Column::CitizenId.eq(c))
        .filter(topic::Column::TopicId.is_in(ids(OpenedKind::Topic)));
    there.extend(topics.all(tx).await?.into_iter().map(|row| ((OpenedKind::Topic, row.topic_id), row.version)));
    let steps = step::Entity::find()
        .filter(step::Column::MunicipalityId.eq(m))
        .filter(step::Column::CitizenId.eq(c))
        .filter(step::Column::StepId.is_in(ids(OpenedKind::Step)));
    there.extend(steps.all(tx).await?.into_iter().map(|row| ((OpenedKind::Step, row.step_id), row.version)));
    // Comments are opened by the other side: what one wrote oneself is no news.
    let comments = comment::Entity::find()
        .filter(comment::Column::MunicipalityId.eq(m))
        .filter(comment::Column::CitizenId.eq(c))
        .filter(if access.is_citizens_side() {
            comment::Column::ByKind.is_not_in(CITIZENS_SIDE.map(Word))
        } else {
            comment::Column::ByKind.is_in(CITIZENS_SIDE.map(Word))
        })
        .filter(comment::Column::CommentId.is_in(ids(OpenedKind::Comment)));
    there.extend(
        comments
            .all(tx)
            .await?
            .unsealed(access)?
            .into_iter()
            .map(|row| ((OpenedKind::Comment, row.comment_id), row.version)),
    );
    let shared = minutes::Entity::find()
        .filter(minutes::Column::MunicipalityId.eq(m))
        .filter(minutes::Column::CitizenId.eq(c))
        .filter(minutes::Column::SharedAt.is_not_null())
        .filter(minutes::Column::MeetingId.is_in(ids(OpenedKind::Minutes)));
    there.extend(shared.all(tx).await?.into_iter().map(|row| ((OpenedKind::Minutes, row.meeting_id), row.version)));
    there.retain(|(_, id), _| !access.hides(*id));
    Ok(there)
}
