use contract::{EventKind, EventTarget, MeetingId, NewMeeting, ProblemCode, Version};
use jiff::tz::TimeZone;
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{agenda, guests, time::When};
use crate::{
    db::Tx,
    entity::meeting,
    error::Result,
    events::{self, Changes, Happening},
    keys::{Sealed as _, Unseal as _},
    meetings::whole,
    policy::CaseAccess,
    receipt::{Answer, Asked, Begun},
    values::{SealedText, WallTime, Word, seal},
};

pub(super) async fn save(
    access: &CaseAccess,
    tx: &Tx,
    asked: &Asked,
    zone: &TimeZone,
    mut new: NewMeeting,
) -> Result<Answer> {
    access.must_be_employee()?;
    let (m, c) = access.key();
    let id = asked.id();
    let old = meeting::Entity::find_by_id((m, c, id)).one(tx).await?.unsealed(access)?;
    let version = match asked.begin(access, tx, old.as_ref().map(|old| Version(old.version))).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    if old.as_ref().is_some_and(|old| old.is_cancelled) {
        return Err(ProblemCode::MeetingCancelled.into());
    }
    let when = When::of(&new, old.as_ref(), access.at(), zone)?;
    let old_guests = whole::participants(access, tx, id).await?;
    let new_guests = guests::check(access, tx, id, std::mem::take(&mut new.participants)).await?;
    let old_agenda = whole::agenda(access, tx, id).await?;
    let new_agenda = agenda::check(access, tx, id, &old_agenda, std::mem::take(&mut new.agenda)).await?;

    let happened = match &old {
        None => vec![(EventKind::MeetingArranged, moved(None, &when))],
        Some(old) => {
            let who = (guests::told(&old_guests), guests::told(&new_guests));
            let agenda = Changes::default().field("agenda", whole::told(&old_agenda), whole::told(&new_agenda));
            [
                (EventKind::MeetingMoved, moved(Some(old), &when)),
                (EventKind::MeetingChanged, changed(old, &new, &when).field("participants", who.0, who.1)),
                (EventKind::AgendaChanged, agenda),
            ]
            .into_iter()
            .filter(|(_, changes)| !changes.is_empty())
            .collect()
        }
    };
    let (area, title) = (new.area, String::from(new.purpose.clone()));
    write_row(access, tx, id, old, new, when, version).await?;
    guests::replace(access, tx, id, new_guests).await?;
    agenda::replace(access, tx, id, new_agenda).await?;
    for (kind, changes) in happened {
        let happening = Happening {
            kind,
            target: EventTarget::Meeting,
            target_id: id,
            version,
            area,
            title: Some(title.clone()),
            meeting: Some(MeetingId(id)),
            changes,
        };
        events::record(access, tx, happening).await?;
    }
    asked.finish(access, tx).await
}

async fn write_row(
    access: &CaseAccess,
    tx: &Tx,
    id: uuid::Uuid,
    old: Option<meeting::Model>,
    new: NewMeeting,
    when: When,
    version: Version,
) -> Result<()> {
    let is_new = old.is_none();
    let (municipality_id, citizen_id) = access.key();
    let mut row = match old {
        None => meeting::ActiveModel {
            municipality_id: Set(municipality_id),
            citizen_id: Set(citizen_id),
            meeting_id: Set(id),
            sequence: Set(0),
            is_cancelled: Set(false),
            organizer: Set(access.employee().map(|id| id.0)),
            made_at: Set(access.at().into()),
            ..Default::default()
        },
        Some(old) => {
            let is_moved = old.starts_at.0 != when.starts_at;
            let mut row = old.clone().into_active_model();
            row.sequence = Set(old.sequence + 1);
            if is_moved {
                row.moved_from_local = Set(Some(old.local_start));
                row.moved_from_at = Set(Some(old.starts_at));
                row.moved_from_minutes = Set(Some(old.minutes));
            }
            row
        }
    };
    row.version = Set(version.0);
    row.purpose = Set(new.purpose.into());
    row.title = Set(seal(new.title));
    row.area = Set(Word(new.area));
    row.local_start = Set(WallTime(when.local_start));
    row.local_end = Set(WallTime(when.local_end));
    row.starts_at = Set(when.starts_at.into());
    row.minutes = Set(when.minutes.into());
    row.form = Set(Word(new.form));
    row.place = Set(seal(new.place));
    row.entrance = Set(seal(new.entrance));
    row.received_by = Set(seal(new.received_by));
    row.bring = Set(seal(new.bring));
    row.contact_phone = Set(new.contact_phone.map(Into::into));
    row.changed_at = Set(access.at().into());
    if is_new {
        meeting::Entity::insert(row.sealed(access)?).exec_without_returning(tx).await?;
    } else {
        meeting::Entity::update(row.sealed(access)?).exec(tx).await?;
    }
    Ok(())
}

/// A meeting that lasts longer is not moved; one an hour later on the same wall clock, when the clocks go back, is.
fn moved(old: Option<&meeting::Model>, when: &When) -> Changes {
    let before = old.map(|old| old.local_start.to_string());
    let changes = Changes::default().field("local_start", before, Some(when.local_start.to_string()));
    match old {
        Some(old) if old.local_start.0 == when.local_start => {
            changes.field("starts_at", Some(old.starts_at.0.to_string()), Some(when.starts_at.to_string()))
        }
        _ => changes,
    }
}

fn changed(old: &meeting::Model, new: &NewMeeting, when: &When) -> Changes {
    let text = |text: &Option<SealedText>| text.as_ref().map(|text| text.as_str().to_owned());
    Changes::default()
        .field("purpose", Some(old.purpose.as_str()), Some(new.purpose.as_str()))
        .field("title", text(&old.title), new.title.clone())
        .word("area", Some(old.area.0), new.area)
        .field("minutes", Some(old.minutes.to_string()), Some(when.minutes.to_string()))
        .word("form", Some(old.form.0), new.form)
        .field("place", text(&old.place), new.place.clone())
        .field("entrance", text(&old.entrance), new.entrance.clone())
        .field("received_by", text(&old.received_by), new.received_by.clone())
        .field("bring", text(&old.bring), new.bring.clone())
        .field("contact_phone", text(&old.contact_phone), new.contact_phone.clone())
}
