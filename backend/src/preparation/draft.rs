//! Drafts: no events, no history, and gone when they are sent, deleted, or old. That one is gone is noted for the citizen.

use std::collections::HashSet;

use contract::{DeletedKind, DeletionReason, DraftKind, NewDraft, ProblemCode, Version};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder as _, QuerySelect,
    sea_query::LockType,
};
use uuid::Uuid;

use super::store;
use crate::{
    db::{Tx, Work},
    deletion::{self, BATCH},
    entity::{citizen, draft, goal, receipt, topic},
    error::{Error, Result},
    keys::Sealed as _,
    meetings,
    policy::CaseAccess,
    receipt::{self as receipts, Answer, Asked, Begun},
    representatives::store as representatives,
    request::Precondition,
    values::{Instant, ResourceKind, Word, seal},
};

pub(super) async fn save(access: &CaseAccess, tx: &Tx, asked: &Asked, new: NewDraft) -> Result<Answer> {
    access.must_be_citizens_side()?;
    let (municipality_id, citizen_id) = access.key();
    let old = store::draft(access, tx, asked.id()).await?;
    if old.is_none() {
        must_be_free(access, tx, asked.id()).await?;
    }
    let version = match asked.begin(access, tx, old.as_ref().map(|old| Version(old.version))).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    access.must_have_area(new.area)?;
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
        written_by: Set(access.representation()),
    };
    if old.is_none() {
        draft::Entity::insert(row.sealed(access)?).exec_without_returning(tx).await?;
    } else {
        draft::Entity::update(row.sealed(access)?).exec(tx).await?;
    }
    asked.finish(access, tx).await
}

/// How many of the reader's drafts lie unsent for a meeting; none for employees, who see none.
///
/// # Errors
/// That the database does not answer.
pub(crate) async fn count(access: &CaseAccess, tx: &Tx, meeting: Uuid) -> Result<u32> {
    if !access.is_citizens_side() {
        return Ok(0);
    }
    let count = draft::Entity::find()
        .filter(store::own_drafts(access))
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

/// The citizen and who acts for them do not change the same thing at once. What somebody began who may no longer act is in
/// nobody's way.
async fn must_be_free(access: &CaseAccess, tx: &Tx, id: Uuid) -> Result<()> {
    let (m, c) = access.key();
    let Some(others) = draft::Entity::find_by_id((m, c, id)).one(tx).await? else { return Ok(()) };
    if let Some(representation) = others.written_by
        && !representatives::is_valid_now(access, tx, representation).await?
    {
        return forget(access, tx, vec![id]).await;
    }
    Err(ProblemCode::BeingChanged.into())
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
    access.must_be_citizens_side()?;
    let Some(row) = store::draft(access, tx, id).await? else { return Ok(()) };
    if precondition != Precondition::Is(Version(row.version)) {
        return Err(ProblemCode::VersionConflict.into());
    }
    forget(access, tx, vec![id]).await?;
    // The citizen is told of their own; what somebody else began for them is not theirs yet.
    if !access.is_own_case() {
        return Ok(());
    }
    deletion::note(tx, access.key(), access.at(), DeletedKind::Draft, 1, DeletionReason::ThrownAway).await
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

/// Deletes what somebody began who may no longer act for the citizen.
///
/// # Errors
/// That the database did not do it.
pub(crate) async fn forget_of(access: &CaseAccess, tx: &Tx, representation: Uuid) -> Result<()> {
    let (m, c) = access.key();
    let begun: Vec<Uuid> = draft::Entity::find()
        .select_only()
        .column(draft::Column::DraftId)
        .filter(draft::Column::MunicipalityId.eq(m))
        .filter(draft::Column::CitizenId.eq(c))
        .filter(draft::Column::WrittenBy.eq(representation))
        .into_tuple()
        .all(tx)
        .await?;
    forget(access, tx, begun).await
}

/// Whose, its id, and which representative wrote it.
type OldDraft = (Uuid, Uuid, Option<Uuid>);

/// Deletes drafts of everybody that were last saved before a moment, as the page promises: one batch, with a note for each
/// citizen whose they were. How many.
pub(crate) fn delete_old(tx: &Tx, m: Uuid, [before, now]: [Timestamp; 2]) -> Work<'_, u64> {
    Box::pin(async move {
        let is_old =
            Condition::all().add(draft::Column::MunicipalityId.eq(m)).add(draft::Column::SavedAt.lt(Instant(before)));
        let old = draft::Entity::find()
            .select_only()
            .columns([draft::Column::CitizenId, draft::Column::DraftId, draft::Column::WrittenBy])
            .filter(is_old.clone())
            .order_by_asc(draft::Column::CitizenId)
            .limit(BATCH as u64);
        let found: Vec<OldDraft> = old.clone().into_tuple().all(tx).await?;
        let whose: HashSet<Uuid> = found.into_iter().map(|(citizen, ..)| citizen).collect();
        // Like everybody who writes in a case: who writes there now, and another instance that does the same, has to end first.
        citizen::Entity::find()
            .filter(citizen::Column::MunicipalityId.eq(m))
            .filter(citizen::Column::CitizenId.is_in(whose.iter().copied()))
            .order_by_asc(citizen::Column::CitizenId)
            .lock(LockType::Update)
            .all(tx)
            .await?;
        let old: Vec<OldDraft> = old.filter(draft::Column::CitizenId.is_in(whose)).into_tuple().all(tx).await?;
        let mut deleted = 0;
        let old = old.into_iter().map(|(citizen, id, written_by)| (citizen, (id, written_by))).collect();
        for (citizen, rows) in deletion::by_citizen(old) {
            let own = rows.iter().filter(|(_, written_by)| written_by.is_none()).count();
            let ids: Vec<Uuid> = rows.into_iter().map(|(id, _)| id).collect();
            receipt::Entity::delete_many()
                .filter(receipt::Column::MunicipalityId.eq(m))
                .filter(receipt::Column::CitizenId.eq(citizen))
                .filter(receipt::Column::Kind.eq(Word(ResourceKind::Draft)))
                .filter(receipt::Column::ItemId.is_in(ids.clone()))
                .exec(tx)
                .await?;
            let gone = draft::Entity::delete_many()
                .filter(is_old.clone())
                .filter(draft::Column::CitizenId.eq(citizen))
                .filter(draft::Column::DraftId.is_in(ids))
                .exec(tx)
                .await?;
            let (own, reason) = (u64::try_from(own).unwrap_or(u64::MAX), DeletionReason::Retention);
            deletion::note(tx, (m, citizen), now, DeletedKind::Draft, own, reason).await?;
            deleted += gone.rows_affected;
        }
        Ok(deleted)
    })
}
