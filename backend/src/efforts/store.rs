use contract::{EventKind, EventTarget, NewEffort, ProblemCode, Version};
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::{
    db::Tx,
    entity::{effort, employee, goal},
    error::{Error, Result},
    events::{self, Changes, Happening},
    keys::{Sealed as _, Unseal as _},
    policy::CaseAccess,
    receipt::{Answer, Asked, Begun},
    values::{Day, Instant, Word, seal},
};

pub(super) async fn save(access: &CaseAccess, tx: &Tx, asked: &Asked, new: NewEffort) -> Result<Answer> {
    access.must_be_employee()?;
    let (m, c) = access.key();
    let old = effort::Entity::find_by_id((m, c, asked.id())).one(tx).await?.unsealed(access)?;
    let version = match asked.begin(access, tx, old.as_ref().map(|old| Version(old.version))).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    check(access, tx, old.as_ref(), &new).await?;
    let was_ended = old.as_ref().is_some_and(|old| old.is_ended);
    let kind = match &old {
        None => EventKind::EffortStarted,
        Some(_) if new.is_ended && !was_ended => EventKind::EffortEnded,
        Some(_) => EventKind::EffortChanged,
    };
    let changes = changes(old.as_ref(), &new);
    if !changes.is_empty() {
        let happening = Happening {
            kind,
            target: EventTarget::Effort,
            target_id: asked.id(),
            version,
            area: new.area,
            title: Some(new.title.clone().into()),
            meeting: None,
            changes,
        };
        events::record(access, tx, happening).await?;
    }
    let row = effort::ActiveModel {
        municipality_id: Set(m),
        citizen_id: Set(c),
        effort_id: Set(asked.id()),
        version: Set(version.0),
        goal_id: Set(new.goal.0),
        area: Set(Word(new.area)),
        title: Set(new.title.into()),
        purpose: Set(new.purpose.into()),
        obligation: Set(seal(new.obligation)),
        responsible: Set(new.responsible.map(|id| id.0)),
        starts_on: Set(new.starts_on.map(Day)),
        ends_on: Set(new.ends_on.map(Day)),
        is_ended: Set(new.is_ended),
        made_at: Set(old.as_ref().map_or(Instant(access.at()), |old| old.made_at)),
    };
    if old.is_none() {
        effort::Entity::insert(row.sealed(access)?).exec_without_returning(tx).await?;
    } else {
        effort::Entity::update(row.sealed(access)?).exec(tx).await?;
    }
    asked.finish(access, tx).await
}

/// An effort serves a goal that the citizen stands by. One whose goal was taken back can still be ended.
async fn check(access: &CaseAccess, tx: &Tx, old: Option<&effort::Model>, new: &NewEffort) -> Result<()> {
    let (m, c) = access.key();
    if old.is_none_or(|old| old.goal_id != new.goal.0) {
        let goal = goal::Entity::find_by_id((m, c, new.goal.0)).one(tx).await?.unsealed(access)?;
        if goal.is_none_or(|goal| goal.taken_back_at.is_some()) {
            return Err(Error::at(ProblemCode::UnknownReference, "goal"));
        }
    }
    if let Some(id) = new.responsible
        && employee::Entity::find_by_id((m, id.0)).one(tx).await?.is_none()
    {
        return Err(Error::at(ProblemCode::UnknownReference, "responsible"));
    }
    match (new.starts_on, new.ends_on) {
        (Some(start), Some(end)) if end < start => Err(Error::at(ProblemCode::Invalid, "ends_on")),
        _ => Ok(()),
    }
}

fn changes(old: Option<&effort::Model>, new: &NewEffort) -> Changes {
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    let ended = |is_ended: bool| is_ended.then(|| "true".to_owned());
    Changes::default()
        .field("goal", old.map(|old| old.goal_id.to_string()), Some(new.goal.to_string()))
        .word("area", old.map(|old| old.area.0), new.area)
        .field("title", old.map(|old| old.title.as_str()), Some(new.title.as_str()))
        .field("purpose", old.map(|old| old.purpose.as_str()), Some(new.purpose.as_str()))
        .field(
            "obligation",
            old.and_then(|old| old.obligation.clone()).map(|text| text.into_text()),
            new.obligation.clone(),
        )
        .field(
            "responsible",
            old.and_then(|old| old.responsible).map(|id| id.to_string()),
            new.responsible.map(|id| id.to_string()),
        )
        .field("starts_on", old.and_then(|old| day(old.starts_on)), new.starts_on.map(|day| day.to_string()))
        .field("ends_on", old.and_then(|old| day(old.ends_on)), new.ends_on.map(|day| day.to_string()))
        .field("is_ended", old.and_then(|old| ended(old.is_ended)), ended(new.is_ended))
}
