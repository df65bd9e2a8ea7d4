use contract::{DraftText, EventKind, EventTarget, MeetingId, NewMinutes, ProblemCode, Prose, Version};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::outcomes;
use crate::{
    db::Tx,
    entity::{meeting, minutes},
    error::{Error, Result, code_of_text},
    events::{self, Changes, Happening},
    keys::{Sealed as _, Unseal as _},
    meetings::whole,
    policy::CaseAccess,
    receipt::{Answer, Asked, Begun},
    values::{Instant, Word},
};

pub(super) async fn save(access: &CaseAccess, tx: &Tx, asked: &Asked, new: NewMinutes) -> Result<Answer> {
    let author = access.must_be_employee()?;
    let (m, c) = access.key();
    let id = asked.id();
    let Some(meeting) = meeting::Entity::find_by_id((m, c, id)).one(tx).await?.unsealed(access)? else {
        return Err(ProblemCode::NotFound.into());
    };
    let old = minutes::Entity::find_by_id((m, c, id)).one(tx).await?.unsealed(access)?;
    let version = match asked.begin(access, tx, old.as_ref().map(|old| Version(old.version))).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    if meeting.is_cancelled {
        return Err(ProblemCode::MeetingCancelled.into());
    }
    let shared_at = old.as_ref().and_then(|old| old.shared_at);
    let summary = summary(new.summary, new.share, shared_at, &meeting, access)?;
    let old_outcomes = whole::agenda(access, tx, id).await?;
    let new_outcomes = outcomes::check(access, tx, id, &old_outcomes, new.outcomes, new.share).await?;

    let mut happened = Vec::new();
    // Whose words they are: of whoever changed them last.
    let mut writer = Some(author.0);
    if let Some(old) = &old {
        let changes = Changes::default().field("summary", Some(old.summary.as_str()), Some(summary.as_str()));
        let changes = outcomes::changes(changes, &old_outcomes, &new_outcomes);
        if changes.is_empty() {
            writer = old.author;
        } else if shared_at.is_some() {
            happened.push((EventKind::MinutesCorrected, changes));
        } else if old.author != writer {
            happened.push((EventKind::MinutesDraftChanged, changes));
        }
    }
    if new.share && shared_at.is_none() {
        let changes = Changes::default().field("summary", None::<String>, Some(summary.as_str()));
        happened.push((EventKind::MinutesShared, changes));
    }
    for (kind, changes) in happened.into_iter().filter(|(_, changes)| !changes.is_empty()) {
        let happening = Happening {
            kind,
            target: EventTarget::Minutes,
            target_id: id,
            version,
            area: meeting.area.0,
            title: Some(meeting.purpose.as_str().to_owned()),
            meeting: Some(MeetingId(id)),
            changes,
        };
        events::record(access, tx, happening).await?;
    }
    outcomes::write(access, tx, &old_outcomes, new_outcomes).await?;
    let row = minutes::ActiveModel {
        municipality_id: Set(m),
        citizen_id: Set(c),
        meeting_id: Set(id),
        version: Set(version.0),
        summary: Set(summary.into()),
        area: Set(Word(meeting.area.0)),
        author: Set(writer),
        saved_at: Set(access.at().into()),
        shared_at: Set(shared_at.or_else(|| new.share.then(|| Instant(access.at())))),
    };
    if old.is_none() {
        minutes::Entity::insert(row.sealed(access)?).exec_without_returning(tx).await?;
    } else {
        minutes::Entity::update(row.sealed(access)?).exec(tx).await?;
    }
    asked.finish(access, tx).await
}

/// What is shared is a text with words in it, of a meeting that has begun; and it stays shared.
fn summary(
    text: DraftText,
    share: bool,
    shared_at: Option<Instant>,
    meeting: &meeting::Model,
    access: &CaseAccess,
) -> Result<String> {
    if !share {
        return match shared_at {
            Some(_) => Err(Error::at(ProblemCode::Invalid, "share")),
            None => Ok(text.into()),
        };
    }
    if access.at() < meeting.starts_at.0 {
        return Err(Error::at(ProblemCode::Invalid, "share"));
    }
    let text = Prose::parse(text.as_str()).map_err(|fault| Error::at(code_of_text(fault), "summary"))?;
    Ok(text.into())
}
