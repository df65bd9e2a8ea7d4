//! Writing exactly once. The client makes the id and says which version it knows; a repeat of a request gets the first
//! answer again, and another body on an old version is refused.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{ProblemCode, Receipt, Version, paths::Subject};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::App,
    db::Tx,
    entity::receipt,
    error::{Error, Result},
    keys::Ring,
    policy::{self, CaseAccess},
    request::Precondition,
    session::SignedIn,
    values::{ResourceKind, Word},
};

/// A write that somebody asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    kind: ResourceKind,
    id: Uuid,
    precondition: Precondition,
    body: Vec<u8>,
}

/// What is to be done about it.
#[derive(Debug)]
pub enum Begun {
    /// Do it, and make this version.
    New(Version),
    /// It was done before: nothing more to do than to give the receipt again.
    Repeat(Answer),
}

/// The answer to a write. Only [`Asked::finish`] and a repeat can make it, so no write forgets its receipt.
#[derive(Clone, Debug)]
pub struct Answer(Receipt);

impl Asked {
    /// `operation` keeps two requests apart that change the same thing with bodies of the same form.
    ///
    /// # Errors
    /// [`Error::Internal`] when the body cannot be written as JSON, which all of the contract's can.
    pub fn new(
        kind: ResourceKind,
        id: Uuid,
        precondition: Precondition,
        operation: &'static str,
        body: &impl Serialize,
    ) -> Result<Self> {
        let body = serde_json::to_vec(&(operation, body)).map_err(|_| Error::Internal("a body has no JSON"))?;
        Ok(Self { kind, id, precondition, body })
    }

    /// Tells whether the same was asked before, and nobody without the citizen's key what it was.
    fn mark(&self, ring: &Ring, citizen: Uuid) -> Result<String> {
        Ok(ring.of(citizen)?.mark(&self.body))
    }

    /// The id in the address.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id
    }

    fn target(&self) -> Version {
        match self.precondition {
            Precondition::IsNew => Version::FIRST,
            Precondition::Is(version) => version.next(),
        }
    }

    /// Compares what the client knows with what is there.
    ///
    /// # Errors
    /// [`ProblemCode::VersionConflict`] when they differ.
    pub async fn begin(&self, access: &CaseAccess, tx: &Tx, current: Option<Version>) -> Result<Begun> {
        access.must_be_for_writing()?;
        let (m, c) = access.key();
        let key = (m, c, Word(self.kind), self.id, self.target().0);
        let earlier = receipt::Entity::find_by_id(key).one(tx).await?;
        let mark = self.mark(access.as_ref(), c)?;
        if let Some(earlier) = earlier.filter(|earlier| earlier.body_hash == mark) {
            return Ok(Begun::Repeat(Answer::of(earlier)));
        }
        let known = match self.precondition {
            Precondition::IsNew => None,
            Precondition::Is(version) => Some(version),
        };
        if known == current { Ok(Begun::New(self.target())) } else { Err(ProblemCode::VersionConflict.into()) }
    }

    /// Writes the receipt.
    ///
    /// # Errors
    /// That the database did not take it.
    pub async fn finish(&self, access: &CaseAccess, tx: &Tx) -> Result<Answer> {
        let (municipality_id, citizen_id) = access.key();
        let (actor_kind, actor_id) = access.actor_key();
        let number = unused_number(municipality_id, tx).await?;
        let version = self.target();
        let row = receipt::ActiveModel {
            municipality_id: Set(municipality_id),
            citizen_id: Set(citizen_id),
            kind: Set(Word(self.kind)),
            item_id: Set(self.id),
            version: Set(version.0),
            body_hash: Set(self.mark(access.as_ref(), citizen_id)?),
            number: Set(number.clone()),
            at: Set(access.at().into()),
            actor_kind: Set(Word(actor_kind)),
            actor_id: Set(actor_id),
        };
        receipt::Entity::insert(row).exec_without_returning(tx).await?;
        Ok(Answer(Receipt { number, received_at: access.at(), version }))
    }
}

/// The answer to a write that may have closed the case to its writer: somebody who leaves a meeting, and asks once more
/// because the first answer was lost, gets it again. It tells nothing but what they did themselves.
///
/// # Errors
/// What the write said, where there is no receipt; and that the database does not answer.
pub async fn or_first(
    app: &App,
    who: SignedIn,
    whose: Subject,
    asked: Asked,
    answer: Result<Answer>,
) -> Result<Answer> {
    let (Err(error), Subject::Citizen(citizen)) = (&answer, whose) else { return answer };
    if error.code() != ProblemCode::NotFound {
        return answer;
    }
    let key = (app.config.municipality_id.0, citizen.0, Word(asked.kind), asked.id, asked.target().0);
    let row =
        app.db.read(move |tx| Box::pin(async move { Ok(receipt::Entity::find_by_id(key).one(tx).await?) })).await?;
    let (actor_kind, actor_id) = policy::actor_key(who.actor);
    let ring = app.db.keys().of(app.config.municipality_id, &[citizen.0]).await?;
    let Ok(mark) = asked.mark(&ring, citizen.0) else { return answer };
    let own = row.filter(|row| row.body_hash == mark && (row.actor_kind.0, row.actor_id) == (actor_kind, actor_id));
    let Some(row) = own else { return answer };
    app.served.is_none();
    Ok(Answer::of(row))
}

/// Forgets the receipts of a thing that is gone without history: a draft.
///
/// # Errors
/// That the database did not do it.
pub async fn forget(access: &CaseAccess, tx: &Tx, kind: ResourceKind, ids: Vec<Uuid>) -> Result<()> {
    let (m, c) = access.key();
    receipt::Entity::delete_many()
        .filter(receipt::Column::MunicipalityId.eq(m))
        .filter(receipt::Column::CitizenId.eq(c))
        .filter(receipt::Column::Kind.eq(Word(kind)))
        .filter(receipt::Column::ItemId.is_in(ids))
        .exec(tx)
        .await?;
    Ok(())
}

/// The receipt for the first version of a thing, if there is one.
///
/// # Errors
/// That the database does not answer.
pub async fn first(access: &CaseAccess, tx: &Tx, kind: ResourceKind, id: Uuid) -> Result<Option<Receipt>> {
    let (m, c) = access.key();
    let row = receipt::Entity::find_by_id((m, c, Word(kind), id, Version::FIRST.0)).one(tx).await?;
    Ok(row.map(|row| Answer::of(row).0))
}

/// The latest version that there is a receipt for: what a thing without a version column is in.
///
/// # Errors
/// That the database does not answer.
pub async fn latest(access: &CaseAccess, tx: &Tx, kind: ResourceKind, id: Uuid) -> Result<Option<Version>> {
    let (m, c) = access.key();
    let row = receipt::Entity::find()
        .filter(receipt::Column::MunicipalityId.eq(m))
        .filter(receipt::Column::CitizenId.eq(c))
        .filter(receipt::Column::Kind.eq(Word(kind)))
        .filter(receipt::Column::ItemId.eq(id))
        .order_by_desc(receipt::Column::Version)
        .one(tx)
        .await?;
    Ok(row.map(|row| Version(row.version)))
}

async fn unused_number(municipality: Uuid, tx: &Tx) -> Result<String> {
    loop {
        let number = number()?;
        let taken = receipt::Entity::find()
            .filter(receipt::Column::MunicipalityId.eq(municipality))
            .filter(receipt::Column::Number.eq(number.as_str()))
            .one(tx)
            .await?;
        if taken.is_none() {
            return Ok(number);
        }
    }
}

/// Crockford's letters: none that sound or look like another, because numbers are read aloud on the phone.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn number() -> Result<String> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|_| Error::Internal("no randomness"))?;
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte & 31)]);
    let (first, second) = random.split_at(4);
    Ok(first.iter().map(letter).chain(['-']).chain(second.iter().map(letter)).collect())
}

impl Answer {
    fn of(row: receipt::Model) -> Self {
        Self(Receipt { number: row.number, received_at: row.at.0, version: Version(row.version) })
    }

    /// What the client gets.
    #[must_use]
    pub fn receipt(&self) -> &Receipt {
        &self.0
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = if self.0.version == Version::FIRST { StatusCode::CREATED } else { StatusCode::OK };
        let etag = HeaderValue::from_str(&self.0.version.to_etag());
        let mut answer = (status, Json(self.0)).into_response();
        if let Ok(etag) = etag {
            answer.headers_mut().insert(header::ETAG, etag);
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_easy_to_read_aloud() {
        for _ in 0..200 {
            let number = number().unwrap();
            assert_eq!((number.len(), number.find('-')), (9, Some(4)), "{number}");
            assert!(!number.contains(['I', 'L', 'O', 'U']), "{number}");
        }
    }
}
