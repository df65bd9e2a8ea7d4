use contract::{Choices, EventKind, EventTarget, LegalGround, NewChoices, Version};
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::{
    config::Ground,
    db::Tx,
    entity::choice,
    error::Result,
    events::{self, Changes, Happening},
    policy::CaseAccess,
    receipt::{Answer, Asked, Begun},
};

pub(super) async fn read(access: &CaseAccess, tx: &Tx, grounds: Vec<Ground>) -> Result<Choices> {
    access.must_be_own_case()?;
    let row = choice::Entity::find_by_id(access.key()).one(tx).await?;
    let grounds = grounds.into_iter().map(|Ground { of, to, text }| LegalGround { of, to, text });
    Ok(Choices {
        version: Version(row.as_ref().map_or(0, |row| row.version)),
        saved_at: row.as_ref().map(|row| row.saved_at.0),
        content: row.as_ref().map(content).unwrap_or_default(),
        grounds: grounds.collect(),
    })
}

pub(super) async fn save(access: &CaseAccess, tx: &Tx, asked: &Asked, new: NewChoices) -> Result<Answer> {
    access.must_be_own_case()?;
    let old = choice::Entity::find_by_id(access.key()).one(tx).await?;
    let version = match asked.begin(access, tx, old.as_ref().map(|old| Version(old.version))).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    let (municipality_id, citizen_id) = access.key();
    let row = choice::ActiveModel {
        municipality_id: Set(municipality_id),
        citizen_id: Set(citizen_id),
        version: Set(version.0),
        social: Set(new.social),
        health: Set(new.health),
        saved_at: Set(access.at().into()),
    };
    if old.is_none() {
        choice::Entity::insert(row).exec_without_returning(tx).await?;
    } else {
        choice::Entity::update(row).exec(tx).await?;
    }
    let before = old.as_ref().map(content).unwrap_or_default();
    let word = |is_open: bool| if is_open { "open" } else { "closed" };
    let changes = Changes::default().field("social", Some(word(before.social)), Some(word(new.social))).field(
        "health",
        Some(word(before.health)),
        Some(word(new.health)),
    );
    if !changes.is_empty() {
        let happening = Happening {
            kind: EventKind::ChoicesChanged,
            target: EventTarget::Choices,
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

fn content(row: &choice::Model) -> NewChoices {
    NewChoices { social: row.social, health: row.health }
}
