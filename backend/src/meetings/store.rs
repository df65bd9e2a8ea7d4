use contract::{Meeting, MeetingList, ProblemCode};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{summary, whole};
use crate::{db::Tx, entity::meeting, error::Result, keys::Unseal as _, policy::CaseAccess};

/// A meeting's row.
///
/// # Errors
/// [`ProblemCode::NotFound`].
pub async fn row(access: &CaseAccess, tx: &Tx, meeting: Uuid) -> Result<meeting::Model> {
    let (m, c) = access.key();
    let row = meeting::Entity::find_by_id((m, c, meeting)).one(tx).await?.unsealed(access)?;
    row.ok_or_else(|| ProblemCode::NotFound.into())
}

/// All meetings, coming and past.
///
/// # Errors
/// That the database does not answer.
pub async fn list(access: &CaseAccess, tx: &Tx) -> Result<MeetingList> {
    let (m, c) = access.key();
    let rows = meeting::Entity::find()
        .filter(meeting::Column::MunicipalityId.eq(m))
        .filter(meeting::Column::CitizenId.eq(c))
        .order_by_asc(meeting::Column::StartsAt)
        .all(tx)
        .await?
        .unsealed(access)?;
    let (coming, mut past): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| is_coming(access, row));
    past.reverse();
    let coming_count = coming.len();
    let mut coming = summary::of_case(access, tx, coming.into_iter().chain(past).collect()).await?;
    let past = coming.split_off(coming_count.min(coming.len()));
    Ok(MeetingList { today: access.today(), coming, past })
}

/// Whether a meeting is not over; a cancelled one until its day is.
#[must_use]
pub fn is_coming(access: &CaseAccess, row: &meeting::Model) -> bool {
    if row.is_cancelled { row.local_start.0.date() >= access.today() } else { summary::ends_at(row) > access.at() }
}

/// Whether what was sent for a meeting stays as it was: the meeting has begun. A cancelled one holds nothing fast: there is
/// nobody who prepares for it any more.
#[must_use]
pub fn holds_fast(access: &CaseAccess, row: &meeting::Model) -> bool {
    !row.is_cancelled && row.starts_at.0 <= access.at()
}

/// One meeting, whole.
///
/// # Errors
/// [`ProblemCode::NotFound`].
pub async fn read(access: &CaseAccess, tx: &Tx, meeting: Uuid) -> Result<Meeting> {
    let row = row(access, tx, meeting).await?;
    whole::read(access, tx, row).await
}
