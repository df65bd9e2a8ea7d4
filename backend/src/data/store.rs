use std::collections::HashSet;

use contract::{
    CommentedKind, Employee, Event, Kept, Look, MeetingId, MyCopy, MyData, MyLogin, MyOpening, MyReceipt, MySession,
    OpenedKind, ProblemCode, Version,
};
use jiff::SignedDuration;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    db::Tx,
    deletion,
    entity::{audit, citizen, employee, event, identity, opening, receipt, session},
    error::Result,
    export, history,
    import::Citizen,
    keys::{Keys, Unseal as _},
    looks,
    people::{self, People, person_of},
    policy::CaseAccess,
    representatives,
    values::{ActionKind, ActorKind, Instant, Word, unseal},
};

/// How many events are told at a time.
const EVENTS: usize = 1000;

pub(super) async fn read(access: &CaseAccess, (tx, keys): (&Tx, &Keys), kept: Kept) -> Result<MyData<Citizen>> {
    access.must_be_own_case()?;
    let case = export::citizen(tx, access.as_ref(), access.municipality(), access.subject(), access.zone()).await?;
    let Some(mut citizen) = case else { return Err(ProblemCode::NotFound.into()) };
    let hidden = hide(&mut citizen);
    Ok(MyData {
        made_at: access.at(),
        employees: employees(access, tx, &citizen).await?,
        openings: openings(access, tx, &hidden).await?,
        history: events(access, tx).await?,
        looks: all_looks(access, tx).await?,
        representatives: representatives::store::read(access, tx).await?.representatives,
        cases: representatives::store::open_cases(tx, keys, access.municipality(), access.subject(), access.today())
            .await?,
        sessions: sessions(access, tx).await?,
        logins: logins(access, tx).await?,
        receipts: receipts(access, tx).await?,
        copies: copies(access, tx).await?,
        deletions: deletion::of_case(access, tx).await?,
        kept,
        cpr: cpr(access, tx).await?,
        citizen,
    })
}

/// The citizen's number, as one writes it.
async fn cpr(access: &CaseAccess, tx: &Tx) -> Result<Option<String>> {
    let row = citizen::Entity::find_by_id(access.key()).one(tx).await?.unsealed(access)?;
    let number = row.and_then(|row| unseal(row.cpr));
    Ok(number.and_then(|number| number.split_at_checked(6).map(|(day, rest)| format!("{day}-{rest}"))))
}

/// Takes out what the citizen may not see yet: minutes that are not shared, with what was said beside them and what came of
/// the agenda. Openings and history name people, so they are told elsewhere. Gives the comments that were taken out.
fn hide(citizen: &mut Citizen) -> HashSet<Uuid> {
    let mut unshared: HashSet<MeetingId> = HashSet::new();
    for meeting in &mut citizen.meetings {
        meeting.minutes = meeting.minutes.take().filter(|minutes| minutes.shared_at.is_some());
        if meeting.minutes.is_none() {
            unshared.insert(meeting.id);
            meeting.agenda.iter_mut().for_each(|item| item.outcome = None);
        }
    }
    let is_hidden = |comment: &crate::import::Comment| {
        comment.beside == CommentedKind::Minutes && unshared.contains(&MeetingId(comment.beside_id))
    };
    let hidden = citizen.comments.iter().filter(|comment| is_hidden(comment)).map(|comment| comment.id.0).collect();
    citizen.comments.retain(|comment| !is_hidden(comment));
    (citizen.openings, citizen.history) = (Vec::new(), None);
    hidden
}

/// Everybody whose id stands in the case, as colleagues are shown to citizens.
async fn employees(access: &CaseAccess, tx: &Tx, citizen: &Citizen) -> Result<Vec<Employee>> {
    let mut named = citizen.clone();
    if !access.names_employees() {
        // History tells this by role and unit only.
        named.comments.iter_mut().for_each(|comment| comment.assessed = None);
    }
    let rows = employee::Entity::find()
        .filter(employee::Column::MunicipalityId.eq(access.key().0))
        .filter(employee::Column::EmployeeId.is_in(export::named(&named)))
        .order_by_asc(employee::Column::Name)
        .all(tx)
        .await?;
    rows.iter().map(people::employee).collect()
}

async fn openings(access: &CaseAccess, tx: &Tx, hidden: &HashSet<Uuid>) -> Result<Vec<MyOpening>> {
    let (m, c) = access.key();
    let rows = opening::Entity::find()
        .filter(opening::Column::MunicipalityId.eq(m))
        .filter(opening::Column::CitizenId.eq(c))
        .order_by_desc(opening::Column::At)
        .all(tx)
        .await?;
    let who = rows.iter().filter_map(|row| person_of(row.actor_kind.0, Some(row.actor_id)));
    let people = People::load(access, tx, who).await?;
    let shown = rows.into_iter().filter(|row| row.kind.0 != OpenedKind::Comment || !hidden.contains(&row.item_id));
    let told = shown.map(|row| MyOpening {
        kind: row.kind.0,
        item: row.item_id,
        version: Version(row.version),
        by: people.discreet(row.actor_kind.0, Some(row.actor_id)),
        at: row.at.0,
    });
    Ok(told.collect())
}

/// All of history, as its page tells it.
async fn events(access: &CaseAccess, tx: &Tx) -> Result<Vec<Event>> {
    let mut rows: Vec<event::Model> = history::store::events(access).all(tx).await?.unsealed(access)?;
    let mut events = Vec::with_capacity(rows.len());
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(EVENTS));
        events.extend(history::store::show(access, tx, rows).await?);
        rows = rest;
    }
    Ok(events)
}

/// All days of "Hvem har set min sag".
async fn all_looks(access: &CaseAccess, tx: &Tx) -> Result<Vec<Look>> {
    let mut page = looks::store::read(access, tx, None).await?;
    let mut all = page.looks;
    while let Some(before) = page.before {
        page = looks::store::read(access, tx, Some(before)).await?;
        all.append(&mut page.looks);
    }
    Ok(all)
}

async fn sessions(access: &CaseAccess, tx: &Tx) -> Result<Vec<MySession>> {
    let (m, c) = access.key();
    let rows = session::Entity::find()
        .filter(session::Column::MunicipalityId.eq(m))
        .filter(session::Column::ActorKind.eq(Word(ActorKind::Citizen)))
        .filter(session::Column::ActorId.eq(c))
        .filter(session::Column::EndsAt.gt(Instant(access.at())))
        .order_by_desc(session::Column::SeenAt)
        .all(tx)
        .await?;
    let idle = |row: &session::Model| SignedDuration::from_secs(row.idle_seconds.into());
    let open = rows.into_iter().filter(|row| access.at().duration_since(row.seen_at.0) < idle(row));
    let told = open.map(|row| MySession {
        made_at: row.made_at.0,
        seen_at: row.seen_at.0,
        ends_at: row.ends_at.0,
        is_this: row.session_id == access.session(),
    });
    Ok(told.collect())
}

async fn logins(access: &CaseAccess, tx: &Tx) -> Result<Vec<MyLogin>> {
    let (m, c) = access.key();
    let rows = identity::Entity::find()
        .filter(identity::Column::MunicipalityId.eq(m))
        .filter(identity::Column::ActorKind.eq(Word(ActorKind::Citizen)))
        .filter(identity::Column::ActorId.eq(c))
        .order_by_asc(identity::Column::MadeAt)
        .all(tx)
        .await?;
    let told = rows.into_iter().map(|row| MyLogin { issuer: row.issuer, subject: row.subject, made_at: row.made_at.0 });
    Ok(told.collect())
}

/// The citizen's own: an employee's would tell of what they have not shared.
async fn receipts(access: &CaseAccess, tx: &Tx) -> Result<Vec<MyReceipt>> {
    let (m, c) = access.key();
    let rows = receipt::Entity::find()
        .filter(receipt::Column::MunicipalityId.eq(m))
        .filter(receipt::Column::CitizenId.eq(c))
        .filter(receipt::Column::ActorKind.eq(Word(ActorKind::Citizen)))
        .order_by_desc(receipt::Column::At)
        .all(tx)
        .await?;
    let told = rows.into_iter().map(|row| MyReceipt {
        number: row.number,
        at: row.at.0,
        kind: row.kind.word(),
        item: row.item_id,
        version: Version(row.version),
    });
    Ok(told.collect())
}

/// What the citizen has read here before. The audit row of this time is there already.
async fn copies(access: &CaseAccess, tx: &Tx) -> Result<Vec<MyCopy>> {
    let (m, c) = access.key();
    let is_copy = Condition::all()
        .add(audit::Column::ActorKind.eq(Word(ActorKind::Citizen)))
        .add(audit::Column::Action.eq(Word(ActionKind::Read)))
        .add(audit::Column::Operation.eq(access.operation()));
    let rows = audit::Entity::find()
        .filter(audit::Column::MunicipalityId.eq(m))
        .filter(audit::Column::Chain.eq(c))
        .filter(is_copy)
        .order_by_desc(audit::Column::Seq)
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| MyCopy { at: row.at.0 }).collect())
}
