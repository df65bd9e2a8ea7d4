use contract::{Author, Look, LookedAt, Looks, Via};
use jiff::{Timestamp, civil};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _, Select};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::audit,
    error::Result,
    glass, look_delay,
    people::People,
    policy::{BREAK_GLASS, CaseAccess},
    values::{ActionKind, ActorKind, Instant, Role, Word},
};

/// How many rows of the audit one answer is made of.
const ROWS: usize = 1000;

/// What was looked at, by the operation that is written down. Whatever is new here is a look at the case.
fn looked_at(operation: &str) -> LookedAt {
    match operation.split('.').next().unwrap_or(operation) {
        "brief" => LookedAt::Brief,
        "meeting" | "meetings" | "minutes" | "calendar" | "preparation" => LookedAt::Meeting,
        "plan" | "effort" | "step" | "comment" => LookedAt::Plan,
        "history" | "audit" => LookedAt::History,
        "glass" => LookedAt::Closed,
        "export" => LookedAt::Copy,
        "import" if operation.ends_with(".cpr") => LookedAt::Cpr,
        "import" => LookedAt::Loaded,
        "register" if operation.ends_with(".contact_person") => LookedAt::ContactPerson,
        "register" => LookedAt::Register,
        _ => LookedAt::File,
    }
}

/// The last look at the case by somebody else.
///
/// # Errors
/// That the database does not answer.
pub(crate) async fn last(access: &CaseAccess, tx: &Tx) -> Result<Option<i32>> {
    let last = others(access, tx).await?.order_by_desc(audit::Column::Seq).one(tx).await?;
    Ok(last.map(|row| row.seq))
}

/// What others than the citizen did in the case, as far as it is shown today: while looks are delayed, up to when that began.
async fn others(access: &CaseAccess, tx: &Tx) -> Result<Select<audit::Entity>> {
    let (m, c) = access.key();
    let hidden_from = look_delay::store::hidden_from(access, tx).await?;
    Ok(audit::Entity::find()
        .filter(audit::Column::MunicipalityId.eq(m))
        .filter(audit::Column::Chain.eq(c))
        .filter(audit::Column::ActorKind.ne(Word(ActorKind::Citizen)))
        .apply_if(hidden_from, |rows, from| rows.filter(audit::Column::At.lt(from))))
}

/// Whole days, the latest first.
///
/// # Errors
/// `NotAllowed` for all but the citizen; and that the database does not answer.
pub(crate) async fn read(access: &CaseAccess, tx: &Tx, before: Option<civil::Date>) -> Result<Looks> {
    access.must_be_own_case()?;
    let mut rows = others(access, tx).await?;
    if let Some(day) = before {
        rows = rows.filter(audit::Column::At.lt(Instant(begin(access, day))));
    }
    let mut rows = rows.order_by_desc(audit::Column::Seq).limit(ROWS as u64 + 1).all(tx).await?;
    let day = |row: &audit::Model| access.zone().to_datetime(row.at.0).date();
    let before = (rows.len() > ROWS).then(|| cut_to_whole_days(&mut rows, day)).flatten();
    let people = People::load(access, tx, rows.iter().map(|row| row.actor_id)).await?;
    let mut looks: Vec<((Uuid, Option<Via>), Look)> = Vec::new();
    for row in &rows {
        let (day, at) = (day(row), looked_at(&row.operation));
        let who = (row.actor_id, via(row));
        let same = looks.iter_mut().rev().take_while(|(_, look)| look.day == day).find(|(other, _)| *other == who);
        let look = match same {
            Some((_, look)) => look,
            None => {
                let look = Look {
                    day,
                    last_at: row.at.0,
                    by: by(&people, row),
                    via: who.1.clone(),
                    is_contact_person: row.role.0 == Role::ContactPerson,
                    at: Vec::new(),
                    has_changed: false,
                    reasons: Vec::new(),
                };
                looks.push((who, look));
                let Some((_, look)) = looks.last_mut() else { continue };
                look
            }
        };
        if !look.at.contains(&at) {
            look.at.push(at);
        }
        // That something was opened, or looks were delayed, is written down, but nothing in the case was changed.
        let changes_nothing = ["opening.mark", BREAK_GLASS, "look_delay", "look_delay.end", "import", "import.cpr"]
            .contains(&row.operation.as_str())
            || row.role.0 == Role::Integration;
        look.has_changed |= row.action.0 == ActionKind::Write && !changes_nothing;
    }
    if let (Some(last), Some(first)) = (rows.first(), rows.last()) {
        for glass in glass::store::reasons(access, tx, first.at.0, last.at.0).await? {
            // A look that is told later is told with its reason.
            let is_told = |row: &audit::Model| {
                (row.operation.as_str(), row.actor_id, row.at) == (BREAK_GLASS, glass.employee_id, glass.at)
            };
            let day = access.zone().to_datetime(glass.at.0).date();
            let of = looks.iter_mut().find(|((who, _), look)| *who == glass.employee_id && look.day == day);
            if let Some((_, look)) = of.filter(|_| rows.iter().any(is_told)) {
                look.reasons.push(glass.reason.into_text());
            }
        }
    }
    let looks = looks.into_iter().map(|(_, mut look)| {
        look.at.sort_by_key(|at| *at as u8);
        look
    });
    Ok(Looks { today: access.today(), looks: looks.collect(), before })
}

/// What the citizen may know of who it was, where it was no person with a unit.
fn via(row: &audit::Model) -> Option<Via> {
    match row.role.0 {
        Role::Operator => Some(Via::Operator),
        Role::Integration => Some(Via::System { name: row.unit.clone().unwrap_or_default() }),
        _ => None,
    }
}

/// Who it was, from the unit where they worked then.
fn by(people: &People, row: &audit::Model) -> Author {
    match (people.discreet(row.actor_kind.0, Some(row.actor_id)), &row.unit) {
        (Author::Employee { name, role, .. }, Some(unit)) => Author::Employee { name, role, unit: unit.clone() },
        (other, _) => other,
    }
}

/// Leaves out the earliest day, which may go on in the next answer, and gives the day to ask from. A day with more rows
/// than an answer holds is told of as far as it goes.
fn cut_to_whole_days(rows: &mut Vec<audit::Model>, day: impl Fn(&audit::Model) -> civil::Date) -> Option<civil::Date> {
    let last = day(rows.last()?);
    if rows.first().map(&day) == Some(last) {
        rows.truncate(ROWS);
        return Some(last);
    }
    rows.retain(|row| day(row) != last);
    last.tomorrow().ok()
}

/// When a day begins, on the municipality's clock.
fn begin(access: &CaseAccess, day: civil::Date) -> Timestamp {
    day.to_zoned(access.zone().clone()).map_or(Timestamp::MIN, |begin| begin.timestamp())
}
