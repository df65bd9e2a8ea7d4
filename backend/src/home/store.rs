use contract::{Event, EventId, Home, Party, Step};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::visit;
use crate::{
    db::Tx,
    entity::{event, meeting, step},
    error::Result,
    history,
    items::Rows,
    keys::Unseal as _,
    looks, meetings, plan,
    policy::CaseAccess,
    preparation::draft,
    values::{ActorKind, Instant, StateKind, Word},
};

/// How many news one answer holds.
const NEWS: usize = 20;

pub(super) async fn read(access: &CaseAccess, tx: &Tx) -> Result<Home> {
    access.must_be_citizens_side()?;
    let next = next_meeting(access, tx).await?;
    let (participants, draft_count) = match &next {
        Some(row) => (meetings::whole::guests(access, tx, row).await?, draft::count(access, tx, row.meeting_id).await?),
        None => (Vec::new(), 0),
    };
    let next_meeting = meetings::summary::of_case(access, tx, next.into_iter().collect()).await?.pop();
    let (my_steps, promises) = open_steps(access, tx).await?;
    let new = if access.is_own_case() { New::read(access, tx).await? } else { New::default() };
    let members = plan::store::members(access, tx).await?;
    Ok(Home {
        today: access.today(),
        last_event: new.last_event.map(EventId),
        name: access.citizen_name().to_owned(),
        next_meeting,
        participants,
        draft_count,
        has_plan: !my_steps.is_empty() || !promises.is_empty() || has_plan(access, tx).await?,
        my_steps,
        promises,
        has_new_looks: new.has_looks(),
        is_first_visit: new.before.is_none(),
        news: new.events,
        has_more_news: new.has_more,
        last_look: new.last_look.and_then(|seq| u32::try_from(seq).ok()),
        contact_person: members.into_iter().find(|member| member.is_contact_person),
    })
}

/// What is new since the citizen was last here, which is nobody else's business.
#[derive(Default)]
struct New {
    before: Option<(Uuid, Option<i32>)>,
    last_event: Option<Uuid>,
    last_look: Option<i32>,
    events: Vec<Event>,
    has_more: bool,
}

impl New {
    async fn read(access: &CaseAccess, tx: &Tx) -> Result<Self> {
        let before = visit::before(access, tx).await?;
        let last_look = looks::store::last(access, tx).await?;
        let last_event = visit::last_event(access, tx).await?;
        let since = before.map(|(event, _)| event).unwrap_or_default();
        let (events, has_more) = news(access, tx, since).await?;
        Ok(Self { before, last_event, last_look, events, has_more })
    }

    fn has_looks(&self) -> bool {
        self.before.is_some_and(|(_, seen)| self.last_look > seen)
    }
}

/// The next meeting that is not over; a cancelled one until its day is over, if there is no other.
async fn next_meeting(access: &CaseAccess, tx: &Tx) -> Result<Option<meeting::Model>> {
    let (m, c) = access.key();
    // No meeting is longer than its day, so what began earlier than this is over.
    let earliest = access.at().saturating_sub(SignedDuration::from_hours(25)).unwrap_or(Timestamp::MIN);
    let rows = meeting::Entity::find()
        .filter(meeting::Column::MunicipalityId.eq(m))
        .filter(meeting::Column::CitizenId.eq(c))
        .filter(meeting::Column::StartsAt.gt(Instant(earliest)))
        .order_by_asc(meeting::Column::StartsAt)
        .all(tx)
        .await?
        .unsealed(access)?;
    let mut coming: Vec<_> = rows.into_iter().filter(|row| meetings::store::is_coming(access, row)).collect();
    coming.sort_by_key(|row| row.is_cancelled);
    Ok(coming.into_iter().next())
}

/// The citizen's own, the nearest day first; and the municipality's, late ones first, which is the same order.
async fn open_steps(access: &CaseAccess, tx: &Tx) -> Result<(Vec<Step>, Vec<Step>)> {
    let (m, c) = access.key();
    let rows = step::Entity::find()
        .filter(step::Column::MunicipalityId.eq(m))
        .filter(step::Column::CitizenId.eq(c))
        .filter(step::Column::State.is_not_in([StateKind::Done, StateKind::NotNeeded].map(Word)))
        .order_by_asc(step::Column::MadeAt)
        .all(tx)
        .await?
        .unsealed(access)?;
    let mut steps = Rows::of_steps(rows).show(access, tx).await?.steps;
    steps.sort_by_key(|step| (step.due.is_none(), step.due));
    Ok(steps.into_iter().partition(|step| step.owner == Party::Citizen))
}

async fn has_plan(access: &CaseAccess, tx: &Tx) -> Result<bool> {
    Ok(!plan::store::goals(access, tx).await?.is_empty()
        || !plan::store::efforts(access, tx).await?.is_empty()
        || !plan::store::steps(access, tx).await?.is_empty())
}

/// What others changed after that event, and whether there is more of it.
async fn news(access: &CaseAccess, tx: &Tx, since: Uuid) -> Result<(Vec<Event>, bool)> {
    let mut rows = history::store::events(access)
        .filter(event::Column::EventId.gt(since))
        .filter(event::Column::ActorKind.ne(Word(ActorKind::Citizen)))
        .limit(NEWS as u64 + 1)
        .all(tx)
        .await?
        .unsealed(access)?;
    let has_more = rows.len() > NEWS;
    rows.truncate(NEWS);
    Ok((history::store::show(access, tx, rows).await?, has_more))
}
