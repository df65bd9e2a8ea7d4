use contract::{
    EffortId, EventKind, EventTarget, GoalId, MeetingId, NewStep, NewStepState, Party, ProblemCode, Version,
};
use jiff::civil;
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{effort, employee, goal, meeting, step},
    error::{Error, Result},
    events::{self, Changes, Happening},
    items::state_columns,
    keys::{Sealed as _, Unseal as _},
    people,
    policy::{CaseAccess, allowed},
    receipt::{Answer, Asked, Begun},
    values::{Day, PartyKind, StateKind, Word, seal, unseal},
};

pub(super) async fn save(access: &CaseAccess, tx: &Tx, asked: &Asked, mut new: NewStep) -> Result<Answer> {
    allowed(access.may_add_step(new.owner))?;
    let (m, c) = access.key();
    let old = step::Entity::find_by_id((m, c, asked.id())).one(tx).await?.unsealed(access)?;
    if let Some(old) = &old {
        allowed(access.may_reword_step(old))?;
    }
    let version = match asked.begin(access, tx, old.as_ref().map(|old| Version(old.version))).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    if let Some(old) = &old {
        access.must_keep_answered(old, &new)?;
        // Whoever cannot see what the step belongs to cannot take it away from there either.
        let hidden = |id: Option<Uuid>| id.filter(|id| access.hides(*id));
        new.goal = new.goal.or(hidden(old.goal_id).map(GoalId));
        new.effort = new.effort.or(hidden(old.effort_id).map(EffortId));
        new.meeting = new.meeting.or(hidden(old.meeting_id).map(MeetingId));
    }
    let before = old.as_ref().and_then(|old| old.meeting_id);
    // Only employees say at which meeting a thing was agreed.
    allowed(!access.is_citizens_side() || new.meeting.map(|id| id.0) == before)?;
    access.must_have_area(new.area)?;
    must_exist(access, tx, &new, old.as_ref()).await?;
    let changes = changes(access, tx, old.as_ref(), &new).await?;
    let has_changed = !changes.is_empty();
    let happening = Happening {
        kind: if old.is_none() { EventKind::StepAdded } else { EventKind::StepReworded },
        target: EventTarget::Step,
        target_id: asked.id(),
        version,
        area: new.area,
        title: Some(new.title.as_str().to_owned()),
        meeting: new.meeting,
        changes,
    };
    write(access, tx, asked.id(), version, old, new).await?;
    if has_changed {
        events::record(access, tx, happening).await?;
    }
    asked.finish(access, tx).await
}

async fn write(
    access: &CaseAccess,
    tx: &Tx,
    id: Uuid,
    version: Version,
    old: Option<step::Model>,
    new: NewStep,
) -> Result<()> {
    let (municipality_id, citizen_id) = access.key();
    let (owner_kind, owner) = people::party_columns(new.owner);
    let (written_by_kind, written_by) = access.actor_key();
    let is_new = old.is_none();
    let mut row = match old {
        Some(old) => step::ActiveModel::from(old),
        None => step::ActiveModel {
            municipality_id: Set(municipality_id),
            citizen_id: Set(citizen_id),
            step_id: Set(id),
            state: Set(Word(StateKind::NotStarted)),
            state_reason: Set(None),
            state_at: Set(access.at().into()),
            written_by_kind: Set(Word(written_by_kind)),
            written_by: Set(Some(written_by)),
            made_at: Set(access.at().into()),
            ..Default::default()
        },
    };
    row.version = Set(version.0);
    row.goal_id = Set(new.goal.map(|id| id.0));
    row.effort_id = Set(new.effort.map(|id| id.0));
    row.meeting_id = Set(new.meeting.map(|id| id.0));
    row.area = Set(Word(new.area));
    row.title = Set(new.title.into());
    row.owner_kind = Set(Word(owner_kind));
    row.owner = Set(owner);
    row.due = Set(new.due.map(Day));
    if is_new {
        step::Entity::insert(row.sealed(access)?).exec_without_returning(tx).await?;
    } else {
        step::Entity::update(row.sealed(access)?).exec(tx).await?;
    }
    Ok(())
}

/// What the step names must be in this case; a goal that was taken back is no longer there to be named anew.
async fn must_exist(access: &CaseAccess, tx: &Tx, new: &NewStep, old: Option<&step::Model>) -> Result<()> {
    let (m, c) = access.key();
    let unknown = |field: &str| Error::at(ProblemCode::UnknownReference, field);
    if let Some(id) = new.goal.map(|id| id.0).filter(|id| old.and_then(|old| old.goal_id) != Some(*id)) {
        let goal = goal::Entity::find_by_id((m, c, id)).one(tx).await?.unsealed(access)?;
        if goal.is_none_or(|goal| goal.taken_back_at.is_some()) {
            return Err(unknown("goal"));
        }
    }
    if let Some(id) = new.effort.filter(|id| old.and_then(|old| old.effort_id) != Some(id.0))
        && effort::Entity::find_by_id((m, c, id.0)).one(tx).await?.unsealed(access)?.is_none()
    {
        return Err(unknown("effort"));
    }
    if let Some(id) = new.meeting.filter(|id| old.and_then(|old| old.meeting_id) != Some(id.0))
        && meeting::Entity::find_by_id((m, c, id.0)).one(tx).await?.unsealed(access)?.is_none()
    {
        return Err(unknown("meeting"));
    }
    if let Party::Employee { employee } = new.owner
        && employee::Entity::find_by_id((m, employee.0)).one(tx).await?.is_none()
    {
        return Err(unknown("owner"));
    }
    Ok(())
}

async fn changes(access: &CaseAccess, tx: &Tx, old: Option<&step::Model>, new: &NewStep) -> Result<Changes> {
    let text = |id: Option<Uuid>| id.map(|id| id.to_string());
    let day = |day: Option<civil::Date>| day.map(|day| day.to_string());
    let old_owner = match old {
        Some(old) => Some(owner_words(access, tx, old.owner_kind.0, old.owner).await?),
        None => None,
    };
    let (kind, owner) = people::party_columns(new.owner);
    Ok(Changes::default()
        .field("title", old.map(|old| old.title.as_str()), Some(new.title.as_str()))
        .field("owner", old_owner, Some(owner_words(access, tx, kind, owner).await?))
        .field("due", day(old.and_then(|old| old.due).map(|day| day.0)), day(new.due))
        .field("goal", text(old.and_then(|old| old.goal_id)), text(new.goal.map(|id| id.0)))
        .field("effort", text(old.and_then(|old| old.effort_id)), text(new.effort.map(|id| id.0)))
        .field("meeting", text(old.and_then(|old| old.meeting_id)), text(new.meeting.map(|id| id.0)))
        .word("area", old.map(|old| old.area.0), new.area))
}

/// `citizen`, or the name that the step itself shows.
async fn owner_words(access: &CaseAccess, tx: &Tx, kind: PartyKind, owner: Option<Uuid>) -> Result<String> {
    Ok(match (kind, owner) {
        (PartyKind::Employee, Some(id)) => {
            let row = employee::Entity::find_by_id((access.key().0, id)).one(tx).await?;
            row.map(|row| row.name).unwrap_or_default()
        }
        _ => "citizen".to_owned(),
    })
}

pub(super) async fn set_state(access: &CaseAccess, tx: &Tx, asked: &Asked, new: NewStepState) -> Result<Answer> {
    let (m, c) = access.key();
    let old =
        step::Entity::find_by_id((m, c, asked.id())).one(tx).await?.unsealed(access)?.ok_or(ProblemCode::NotFound)?;
    allowed(access.may_move_step(&old))?;
    let version = match asked.begin(access, tx, Some(Version(old.version))).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    let (state, reason) = state_columns(new.state);
    let changes = Changes::default().word("state", Some(old.state.0), state).field(
        "state_reason",
        unseal(old.state_reason.clone()),
        reason.clone(),
    );
    let has_changed = !changes.is_empty();
    let happening = Happening {
        kind: EventKind::StepMoved,
        target: EventTarget::Step,
        target_id: asked.id(),
        version,
        area: old.area.0,
        title: Some(old.title.as_str().to_owned()),
        meeting: old.meeting_id.map(MeetingId),
        changes,
    };
    let mut row = step::ActiveModel::from(old);
    row.version = Set(version.0);
    row.state = Set(Word(state));
    row.state_reason = Set(seal(reason));
    row.state_at = Set(access.at().into());
    step::Entity::update(row.sealed(access)?).exec(tx).await?;
    if has_changed {
        events::record(access, tx, happening).await?;
    }
    asked.finish(access, tx).await
}
