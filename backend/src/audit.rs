//! Who looked at or changed what. The row lies in the same transaction as what it tells of: neither is there alone.

use contract::{Actor, MunicipalityId};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::audit,
    error::Result,
    policy::{CaseAccess, actor_key},
    values::{ActionKind, Role, Word},
};

/// Writes what a case was opened for.
///
/// # Errors
/// That the database did not take it.
pub async fn record(access: &CaseAccess, tx: &Tx) -> Result<()> {
    let row = Row {
        municipality: access.municipality(),
        citizen: Some(access.subject().0),
        at: access.at(),
        actor: access.actor(),
        role: access.role(),
        action: access.action(),
        operation: access.operation(),
    };
    row.insert(tx).await
}

/// Writes that an employee saw a list of their own citizens: one row, naming none of them.
///
/// # Errors
/// That the database did not take it.
pub async fn record_list(
    municipality: MunicipalityId,
    actor: Actor,
    at: Timestamp,
    operation: &'static str,
    tx: &Tx,
) -> Result<()> {
    let row = Row { municipality, citizen: None, at, actor, role: Role::Employee, action: ActionKind::Read, operation };
    row.insert(tx).await
}

struct Row {
    municipality: MunicipalityId,
    citizen: Option<Uuid>,
    at: Timestamp,
    actor: Actor,
    role: Role,
    action: ActionKind,
    operation: &'static str,
}

impl Row {
    async fn insert(self, tx: &Tx) -> Result<()> {
        let (actor_kind, actor_id) = actor_key(self.actor);
        let row = audit::ActiveModel {
            municipality_id: Set(self.municipality.0),
            audit_id: Set(Uuid::now_v7()),
            citizen_id: Set(self.citizen),
            at: Set(self.at.into()),
            actor_kind: Set(Word(actor_kind)),
            actor_id: Set(actor_id),
            role: Set(Word(self.role)),
            action: Set(Word(self.action)),
            operation: Set(self.operation.to_owned()),
        };
        audit::Entity::insert(row).exec_without_returning(tx).await?;
        Ok(())
    }
}
