use sea_orm::entity::prelude::*;

use crate::values::{ActionKind, ActorKind, Instant, Role, Word};

/// Who looked at or changed what, and for what. A row without a citizen is a list that shows many.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub audit_id: Uuid,
    pub citizen_id: Option<Uuid>,
    pub at: Instant,
    pub actor_kind: Word<ActorKind>,
    pub actor_id: Uuid,
    pub role: Word<Role>,
    pub action: Word<ActionKind>,
    pub operation: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
