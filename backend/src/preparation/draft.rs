//! Drafts: no events, no history, and gone when they are sent, deleted, or old.

use contract::{DraftKind, NewDraft, ProblemCode, Version};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::store;
use crate::{
    app::App,
    db::Tx,
    entity::{draft, goal, receipt, topic},
    error::{Error, Result},
    keys::{Sealed as _, Unseal as _},
    meetings,
    policy::CaseAccess,
    receipt::{self as receipts, Answer, Asked, Begun},
    request::Precondition,
    values::{Instant, ResourceKind, Word, seal},
};

/// How long a draft is kept after it was last saved.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

pub(super) async fn save(access: &CaseAccess, tx: &Tx, asked: &Asked, new: NewDraft) -> Result<Answer> {
    access.must_be_citizen()?;
    let (municipality_id, citizen_id) = access.key();
    let old = draft::Entity::find_by_id((municipality_id, citizen_id, asked.id())).one(tx).await?.unsealed(access)?;
    let version = match asked.begin(access, tx, old.as_ref().map(|old| Version(old.version))).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    // Nothing typed is refused because the meeting has begun meanwhile; only sending is.
    if let Some(meeting) = new.meeting
        && meetings::store::row(access, tx, meeting.0).await.is_err()
    {
        return Err(Error::at(ProblemCode::UnknownReference, "meeting"));
    }
    must_be_of_kind(access, tx, asked.id(), new.kind).await?;
    if old.is_none() {
        must_know_what_was_sent(access, tx, asked.id(), new.changes).await?;
    }
    let row = draft::ActiveModel {
        municipality_id: Set(municipality_id),
        citizen_id: Set(citizen_id),
        draft_id: Set(asked.id()),
        kind: Set(Word(new.kind)),
        version: Set(version.0),
        meeting_id: Set(new.meeting.map(|id| id.0)),
        area: Set(Word(new.area)),
        text: Set(new.text.into()),
        why: Set(new.why.into()),
        first_step: Set(new.first_step.into()),
        helped_by: Set(seal(new.helped_by)),
        made_at: Set(old.as_ref().map_or(access.at().into(), |old| old.made_at)),
        saved_at: Set(access.at().into()),
    };
    if old.is_none() {
        draft::Entity::insert(row.sealed(access)?).exec_without_returning(tx).await?;
    } else {
        draft::Entity::update(row.sealed(access)?).exec(tx).await?;
    }
    asked.finish(access, tx).await
}

/// How many drafts lie unsent for a meeting; none for employees, who see none.
///
/// # Errors
/// That the database does not answer.
pub(crate) async fn count(access: &CaseAccess, tx: &Tx, meeting: Uuid) -> Result<u32> {
    if !access.is_citizen() {
        return Ok(0);
    }
    let (m, c) = access.key();
    let count = draft::Entity::find()
        .filter(draft::Column::MunicipalityId.eq(m))
        .filter(draft::Column::CitizenId.eq(c))
        .filter(draft::Column::MeetingId.eq(meeting))
        .count(tx)
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A draft that changes what was sent cannot become another kind of thing.
async fn must_be_of_kind(access: &CaseAccess, tx: &Tx, id: Uuid, kind: DraftKind) -> Result<()> {
    let (m, c) = access.key();
    let is_other = match kind {
        DraftKind::Goal => topic::Entity::find_by_id((m, c, id)).one(tx).await?.is_some(),
        DraftKind::Topic => goal::Entity::find_by_id((m, c, id)).one(tx).await?.is_some(),
    };
    if is_other { Err(Error::at(ProblemCode::Invalid, "kind")) } else { Ok(()) }
}

/// The first save of a draft may come once more after the draft was sent. It would be written anew, for nobody.
async fn must_know_what_was_sent(access: &CaseAccess, tx: &Tx, id: Uuid, known: Option<Version>) -> Result<()> {
    let sent = store::sent_versions(access, tx, vec![id]).await?;
    if sent.get(&id).copied().map(Version) == known {
        Ok(())
    } else {
        Err(Error::at(ProblemCode::VersionConflict, "changes"))
    }
}

pub(super) async fn delete(access: &CaseAccess, tx: &Tx, id: Uuid, precondition: Precondition) -> Result<()> {
    access.must_be_citizen()?;
    let (m, c) = access.key();
    let Some(row) = draft::Entity::find_by_id((m, c, id)).one(tx).await?.unsealed(access)? else { return Ok(()) };
    if precondition != Precondition::Is(Version(row.version)) {
        return Err(ProblemCode::VersionConflict.into());
    }
    forget(access, tx, vec![id]).await
}

/// Deletes drafts, and the receipts that say how often they were saved.
pub(super) async fn forget(access: &CaseAccess, tx: &Tx, ids: Vec<Uuid>) -> Result<()> {
    let (m, c) = access.key();
    draft::Entity::delete_many()
        .filter(draft::Column::MunicipalityId.eq(m))
        .filter(draft::Column::CitizenId.eq(c))
        .filter(draft::Column::DraftId.is_in(ids.clone()))
        .exec(tx)
        .await?;
    receipts::forget(access, tx, ResourceKind::Draft, ids).await
}

/// Deletes the drafts of everybody that have lain for 90 days, as the page promises. Nobody looks
/// into a case for it, so there is no audit row.
///
/// # Errors
/// That the database did not do it.
pub async fn forget_old(app: &App) -> Result<u64> {
    let m = app.config.municipality_id.0;
    let before = app.clock.now().saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let is_old = Condition::all()
                    .add(draft::Column::MunicipalityId.eq(m))
                    .add(draft::Column::SavedAt.lt(Instant(before)));
                let old: Vec<(Uuid, Uuid)> = draft::Entity::find()
                    .select_only()
                    .columns([draft::Column::CitizenId, draft::Column::DraftId])
                    .filter(is_old.clone())
                    .into_tuple()
                    .all(tx)
                    .await?;
                for (citizen, id) in &old {
                    receipt::Entity::delete_many()
                        .filter(receipt::Column::MunicipalityId.eq(m))
                        .filter(receipt::Column::CitizenId.eq(*citizen))
                        .filter(receipt::Column::Kind.eq(Word(ResourceKind::Draft)))
                        .filter(receipt::Column::ItemId.eq(*id))
                        .exec(tx)
                        .await?;
                }
                Ok(draft::Entity::delete_many().filter(is_old).exec(tx).await?.rows_affected)
            })
        })
        .await
}
