use contract::{EventKind, EventTarget, Line, NewProfile, Profile, Prose, Version};
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::{
    db::Tx,
    entity::{citizen, profile},
    error::{Error, Result},
    events::{self, Changes, Happening},
    keys::{Sealed as _, Unseal as _},
    policy::CaseAccess,
    receipt::{Answer, Asked, Begun},
    values::{SealedText, Word, seal},
};

/// The profile, in version 0 when nothing was ever saved.
///
/// # Errors
/// That the database does not answer.
pub async fn read(access: &CaseAccess, tx: &Tx) -> Result<Profile> {
    access.must_not_be_representative()?;
    let citizen = citizen::Entity::find_by_id(access.key()).one(tx).await?.unsealed(access)?;
    let row = profile::Entity::find_by_id(access.key()).one(tx).await?.unsealed(access)?;
    let is_protected = citizen.as_ref().is_some_and(|citizen| citizen.is_protected);
    let mut profile = Profile {
        is_protected,
        version: Version(row.as_ref().map_or(0, |row| row.version)),
        registered_name: citizen.map(|citizen| citizen.name.into_text()).unwrap_or_default(),
        saved_at: row.as_ref().map(|row| row.saved_at.0),
        content: row.map(content).transpose()?.unwrap_or_default(),
    };
    if !access.is_own_case() {
        let content = &mut profile.content;
        content.situation = content.situation.take().filter(|_| content.is_situation_shared);
        content.strengths = content.strengths.take().filter(|_| content.is_strengths_shared);
    }
    Ok(profile)
}

pub(super) async fn save(access: &CaseAccess, tx: &Tx, asked: &Asked, new: NewProfile) -> Result<Answer> {
    access.must_be_own_case()?;
    let old = profile::Entity::find_by_id(access.key()).one(tx).await?.unsealed(access)?;
    let version = match asked.begin(access, tx, old.as_ref().map(|old| Version(old.version))).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    let is_new = old.is_none();
    let changes = changes(old.map(content).transpose()?.unwrap_or_default(), &new);
    let (municipality_id, citizen_id) = access.key();
    let row = profile::ActiveModel {
        municipality_id: Set(municipality_id),
        citizen_id: Set(citizen_id),
        version: Set(version.0),
        preferred_name: Set(seal(new.preferred_name)),
        contact_way: Set(Word(new.contact_way)),
        contact_note: Set(seal(new.contact_note)),
        language: Set(Word(new.language)),
        situation: Set(seal(new.situation)),
        is_situation_shared: Set(new.is_situation_shared),
        strengths: Set(seal(new.strengths)),
        is_strengths_shared: Set(new.is_strengths_shared),
        saved_at: Set(access.at().into()),
    };
    if is_new {
        profile::Entity::insert(row.sealed(access)?).exec_without_returning(tx).await?;
    } else {
        profile::Entity::update(row.sealed(access)?).exec(tx).await?;
    }
    if !changes.is_empty() {
        let happening = Happening {
            kind: EventKind::ProfileChanged,
            target: EventTarget::Profile,
            target_id: citizen_id,
            version,
            area: contract::Area::Other,
            title: None,
            meeting: None,
            changes,
        };
        events::record(access, tx, happening).await?;
    }
    asked.finish(access, tx).await
}

fn changes(old: NewProfile, new: &NewProfile) -> Changes {
    let flag = |shared: bool| Some(shared.to_string());
    Changes::default()
        .field("preferred_name", old.preferred_name, new.preferred_name.clone())
        .word("contact_way", Some(old.contact_way), new.contact_way)
        .field("contact_note", old.contact_note, new.contact_note.clone())
        .word("language", Some(old.language), new.language)
        .field("situation", old.situation, new.situation.clone())
        .field("is_situation_shared", flag(old.is_situation_shared), flag(new.is_situation_shared))
        .field("strengths", old.strengths, new.strengths.clone())
        .field("is_strengths_shared", flag(old.is_strengths_shared), flag(new.is_strengths_shared))
}

fn content(row: profile::Model) -> Result<NewProfile> {
    Ok(NewProfile {
        preferred_name: line(row.preferred_name)?,
        contact_way: row.contact_way.0,
        contact_note: line(row.contact_note)?,
        language: row.language.0,
        situation: prose(row.situation)?,
        is_situation_shared: row.is_situation_shared,
        strengths: prose(row.strengths)?,
        is_strengths_shared: row.is_strengths_shared,
    })
}

fn line(text: Option<SealedText>) -> Result<Option<Line>> {
    text.map(|text| Line::parse(text.as_str()))
        .transpose()
        .map_err(|_| Error::Internal("a stored line breaks its rule"))
}

fn prose(text: Option<SealedText>) -> Result<Option<Prose>> {
    text.map(|text| Prose::parse(text.as_str()))
        .transpose()
        .map_err(|_| Error::Internal("a stored text breaks its rule"))
}
