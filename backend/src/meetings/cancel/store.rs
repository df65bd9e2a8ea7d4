use contract::{Cancellation, EventKind, EventTarget, MeetingId, ProblemCode, Version};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use crate::{
    db::Tx,
    entity::meeting,
    error::Result,
    events::{self, Changes, Happening},
    keys::{Sealed as _, Unseal as _},
    policy::CaseAccess,
    receipt::{Answer, Asked, Begun},
};

pub(super) async fn cancel(access: &CaseAccess, tx: &Tx, asked: &Asked, new: Cancellation) -> Result<Answer> {
    access.must_be_employee()?;
    let (m, c) = access.key();
    let Some(old) = meeting::Entity::find_by_id((m, c, asked.id())).one(tx).await?.unsealed(access)? else {
        return Err(ProblemCode::NotFound.into());
    };
    let version = match asked.begin(access, tx, Some(Version(old.version))).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    if old.is_cancelled {
        return Err(ProblemCode::MeetingCancelled.into());
    }
    if old.starts_at.0 <= access.at() {
        return Err(ProblemCode::MeetingBegun.into());
    }
    let happening = Happening {
        kind: EventKind::MeetingCancelled,
        target: EventTarget::Meeting,
        target_id: old.meeting_id,
        version,
        area: old.area.0,
        title: Some(old.purpose.as_str().to_owned()),
        meeting: Some(MeetingId(old.meeting_id)),
        changes: Changes::default().field("local_start", Some(old.local_start.to_string()), None::<String>).field(
            "reason",
            None::<String>,
            Some(new.reason.as_str()),
        ),
    };
    let sequence = old.sequence + 1;
    let mut row = old.into_active_model();
    row.version = Set(version.0);
    row.sequence = Set(sequence);
    row.is_cancelled = Set(true);
    row.cancelled_reason = Set(Some(new.reason.into()));
    row.changed_at = Set(access.at().into());
    meeting::Entity::update(row.sealed(access)?).exec(tx).await?;
    events::record(access, tx, happening).await?;
    asked.finish(access, tx).await
}
