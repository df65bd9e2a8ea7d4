use std::collections::HashSet;

use contract::{
    Area, CitizenId, EventKind, EventTarget, MOST_REPRESENTATIVES, MunicipalityId, NewRepresentative, OpenCase,
    ProblemCode, RepresentationId, Representative, Representatives, Version,
};
use jiff::{ToSpan as _, civil};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel as _, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use crate::{
    cpr,
    db::Tx,
    entity::{citizen, representation},
    error::{Error, Result},
    events::{self, Changes, Happening},
    keys::{Keys, Sealed as _, Unseal as _},
    policy::{CaseAccess, Fresh},
    preparation::draft,
    receipt::{Answer, Asked, Begun},
    session,
    values::{Day, SealedText, Word},
};

/// Whether it was not taken back, and its last day is not over.
fn is_valid(row: &representation::Model, today: civil::Date) -> bool {
    row.taken_back_at.is_none() && row.until.0 >= today
}

/// Whether what the citizen gave is valid today.
///
/// # Errors
/// That the database does not answer.
pub(crate) async fn is_valid_now(access: &CaseAccess, tx: &Tx, id: Uuid) -> Result<bool> {
    let (m, c) = access.key();
    let row = representation::Entity::find_by_id((m, c, id)).one(tx).await?;
    Ok(row.is_some_and(|row| is_valid(&row, access.today())))
}

/// The same for the database: days are stored so that they compare as text.
fn valid(today: civil::Date) -> Condition {
    Condition::all()
        .add(representation::Column::TakenBackAt.is_null())
        .add(representation::Column::Until.gte(Day(today)))
}

/// What somebody may see of another's case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// What was given.
    pub id: RepresentationId,
    /// What they may see and write about.
    pub areas: Vec<Area>,
}

/// What a citizen has given to this person, if it is so today.
///
/// # Errors
/// That the database does not answer.
pub async fn given(
    tx: &Tx,
    m: MunicipalityId,
    to: CitizenId,
    subject: CitizenId,
    today: civil::Date,
) -> Result<Option<Given>> {
    let row = given_to(m, to).filter(representation::Column::CitizenId.eq(subject.0)).filter(valid(today));
    let row = row.order_by_desc(representation::Column::MadeAt).one(tx).await?;
    Ok(row.map(|row| Given { id: RepresentationId(row.representation_id), areas: areas(&row.areas) }))
}

/// All that was ever given to somebody: they are known by what is kept of their number.
fn given_to(m: MunicipalityId, to: CitizenId) -> Select<representation::Entity> {
    let own = citizen::Entity::find_by_id((m.0, to.0)).select_only().column(citizen::Column::CprHash);
    representation::Entity::find()
        .filter(representation::Column::MunicipalityId.eq(m.0))
        .filter(representation::Column::CprHash.in_subquery(own.into_query()))
}

/// The cases that somebody may act in today.
///
/// # Errors
/// That the database does not answer.
pub async fn open_cases(
    tx: &Tx,
    keys: &Keys,
    m: MunicipalityId,
    to: CitizenId,
    today: civil::Date,
) -> Result<Vec<OpenCase>> {
    let rows = given_to(m, to).filter(valid(today)).order_by_desc(representation::Column::MadeAt).all(tx).await?;
    let mut seen = HashSet::new();
    let mut cases = Vec::new();
    for row in rows.into_iter().filter(|row| seen.insert(row.citizen_id)) {
        let ring = keys.of(m, &[row.citizen_id]).await?;
        let subject = CitizenId(row.citizen_id);
        // Whose key is deleted is forgotten.
        let person = session::store::person(tx, m, &ring, contract::Actor::Citizen(subject)).await?;
        if let Some((name, _)) = person {
            cases.push(OpenCase { citizen: subject, name, areas: areas(&row.areas), until: row.until.0 });
        }
    }
    Ok(cases)
}

/// Somebody who is no citizen of ours, and may act for one: they become one, with a case of their own that is empty. The
/// name is what the login says, or what was written when it was given.
///
/// # Errors
/// That the database did not take it.
pub async fn newcomer(
    tx: &Tx,
    keys: &Keys,
    m: MunicipalityId,
    (cpr, name, is_protected): (cpr::Stored, Option<String>, bool),
    today: civil::Date,
) -> Result<Option<CitizenId>> {
    let row = representation::Entity::find()
        .filter(representation::Column::MunicipalityId.eq(m.0))
        .filter(representation::Column::CprHash.eq(cpr.hash.as_str()))
        .filter(valid(today))
        .order_by_desc(representation::Column::MadeAt)
        .one(tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let ring = keys.of(m, &[row.citizen_id]).await?;
    // Whose key is deleted is forgotten, and what they gave with them.
    if !ring.has(row.citizen_id) {
        return Ok(None);
    }
    let written = Some(row).unsealed(&ring)?.map(|row| row.name.into_text());
    let name = SealedText::from(name.or(written).unwrap_or_default());
    let id = Uuid::now_v7();
    let ring = keys.make_for(m, &[id]).await?;
    let row = citizen::Model {
        municipality_id: m.0,
        citizen_id: id,
        name,
        is_protected,
        contact_person: None,
        external_id: None,
        cpr_hash: Some(cpr.hash),
        cpr: Some(cpr.number),
    };
    citizen::Entity::insert(row.sealed(&ring)?.into_active_model()).exec_without_returning(tx).await?;
    Ok(Some(CitizenId(id)))
}

/// Who may act for the citizen, or could.
///
/// # Errors
/// `NotAllowed` for all but the citizen; and that the database does not answer.
pub(crate) async fn read(access: &CaseAccess, tx: &Tx) -> Result<Representatives> {
    access.must_be_own_case()?;
    let today = access.today();
    let mut rows = all(access, tx).await?.unsealed(access)?;
    rows.sort_by_key(|row| (!is_valid(row, today), std::cmp::Reverse(row.made_at)));
    let representatives = rows.into_iter().map(|row| Representative {
        id: RepresentationId(row.representation_id),
        version: version(&row),
        is_valid: is_valid(&row, today),
        areas: areas(&row.areas),
        until: row.until.0,
        given_at: row.made_at.0,
        taken_back_at: row.taken_back_at.map(|at| at.0),
        name: row.name.into_text(),
    });
    let needs_login = !access.has_fresh_login(tx, Fresh::ToBegin).await?;
    Ok(Representatives { today, representatives: representatives.collect(), needs_login })
}

async fn all(access: &CaseAccess, tx: &Tx) -> Result<Vec<representation::Model>> {
    let (m, c) = access.key();
    Ok(representation::Entity::find()
        .filter(representation::Column::MunicipalityId.eq(m))
        .filter(representation::Column::CitizenId.eq(c))
        .all(tx)
        .await?)
}

fn version(row: &representation::Model) -> Version {
    if row.taken_back_at.is_some() { Version::FIRST.next() } else { Version::FIRST }
}

/// Gives it, if it is right.
///
/// # Errors
/// Which rule is broken, at its field.
pub(crate) async fn give(
    access: &CaseAccess,
    tx: &Tx,
    asked: &Asked,
    new: NewRepresentative,
    cpr_hash: String,
) -> Result<Answer> {
    access.must_be_own_case()?;
    let there = all(access, tx).await?;
    let old = there.iter().find(|row| row.representation_id == asked.id());
    match asked.begin(access, tx, old.map(version)).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) if version == Version::FIRST => {}
        // What was given is taken back, and given anew.
        Begun::New(_) => return Err(ProblemCode::VersionConflict.into()),
    }
    if !access.has_fresh_login(tx, Fresh::ToEnd).await? {
        return Err(ProblemCode::LoginTooOld.into());
    }
    must_be_right(access, tx, &new, &cpr_hash, &there).await?;
    let (municipality_id, citizen_id) = access.key();
    let areas = words(&new.areas);
    let happening = happening(EventKind::RepresentationGiven, asked.id(), Version::FIRST, new.name.as_str());
    let changes = Changes::default().field("until", None::<String>, Some(new.until.to_string())).field(
        "areas",
        None::<String>,
        Some(areas.clone()),
    );
    let row = representation::ActiveModel {
        municipality_id: Set(municipality_id),
        citizen_id: Set(citizen_id),
        representation_id: Set(asked.id()),
        cpr_hash: Set(cpr_hash),
        name: Set(new.name.into()),
        areas: Set(areas),
        until: Set(Day(new.until)),
        made_at: Set(access.at().into()),
        taken_back_at: Set(None),
    };
    representation::Entity::insert(row.sealed(access)?).exec_without_returning(tx).await?;
    events::record(access, tx, Happening { changes, ..happening }).await?;
    asked.finish(access, tx).await
}

/// What only the server can see: that it is another person, that there is something to see, and until when.
async fn must_be_right(
    access: &CaseAccess,
    tx: &Tx,
    new: &NewRepresentative,
    cpr_hash: &str,
    there: &[representation::Model],
) -> Result<()> {
    let today = access.today();
    let mut now = there.iter().filter(|row| is_valid(row, today));
    if now.clone().count() >= MOST_REPRESENTATIVES {
        return Err(Error::at(ProblemCode::Invalid, "representatives"));
    }
    let own = citizen::Entity::find_by_id(access.key()).one(tx).await?.and_then(|row| row.cpr_hash);
    if own.as_deref() == Some(cpr_hash) || now.any(|row| row.cpr_hash == cpr_hash) {
        return Err(Error::at(ProblemCode::Invalid, "cpr"));
    }
    if new.areas.is_empty() {
        return Err(Error::at(ProblemCode::Invalid, "areas"));
    }
    if new.until < today {
        return Err(Error::at(ProblemCode::TimeInThePast, "until"));
    }
    let latest = today.checked_add(1.year()).map_err(|_| Error::Internal("no day a year from now"))?;
    if new.until > latest { Err(Error::at(ProblemCode::Invalid, "until")) } else { Ok(()) }
}

pub(super) async fn take_back(access: &CaseAccess, tx: &Tx, asked: &Asked, id: RepresentationId) -> Result<Answer> {
    access.must_be_own_case()?;
    let (m, c) = access.key();
    let old = representation::Entity::find_by_id((m, c, id.0)).one(tx).await?.unsealed(access)?;
    let old = old.ok_or(ProblemCode::NotFound)?;
    let new = match asked.begin(access, tx, Some(version(&old))).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    if old.taken_back_at.is_some() {
        return Err(ProblemCode::Invalid.into());
    }
    let happening = happening(EventKind::RepresentationTakenBack, id.0, new, old.name.as_str());
    let mut row = representation::ActiveModel::from(old);
    row.taken_back_at = Set(Some(access.at().into()));
    representation::Entity::update(row.sealed(access)?).exec(tx).await?;
    // Nobody else can see what they had begun, and it would stand in the way of the citizen's own.
    draft::forget_of(access, tx, id.0).await?;
    events::record(access, tx, happening).await?;
    asked.finish(access, tx).await
}

fn happening(kind: EventKind, id: Uuid, version: Version, name: &str) -> Happening {
    Happening {
        kind,
        target: EventTarget::Representation,
        target_id: id,
        version,
        area: Area::Other,
        title: Some(name.to_owned()),
        meeting: None,
        changes: Changes::default(),
    }
}

/// Areas as their column holds them: each once, in their own order.
fn words(areas: &[Area]) -> String {
    let chosen = Area::ALL.into_iter().filter(|area| areas.contains(area));
    chosen.map(|area| Word(area).word()).collect::<Vec<_>>().join(",")
}

/// The other way round. A word that this program does not know opens nothing.
fn areas(words: &str) -> Vec<Area> {
    let known = |word: &str| Area::ALL.into_iter().find(|area| Word(*area).word() == word);
    words.split(',').filter_map(known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_come_back_as_they_were_stored_each_once() {
        let stored = words(&[Area::Other, Area::Social, Area::Social]);
        assert_eq!(stored, "social,other");
        assert_eq!(areas(&stored), [Area::Social, Area::Other]);
        assert_eq!((areas(""), areas("all")), (vec![], vec![]));
    }
}
