use sea_orm::entity::prelude::*;

use crate::values::{ActionKind, ActorKind, Instant, Role, SealedText, Word};

/// Who looked at or changed what, and for what: one link of a chain. A chain is a citizen's, or an employee's for the
/// lists that name many. `words` is what was searched for.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
#[allow(missing_docs, reason = "`audit.rs` says what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub chain: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    pub is_case: bool,
    pub at: Instant,
    pub actor_kind: Word<ActorKind>,
    pub actor_id: Uuid,
    pub role: Word<Role>,
    pub unit: Option<String>,
    pub action: Word<ActionKind>,
    pub operation: String,
    pub words: Option<SealedText>,
    pub instance: Uuid,
    pub previous: String,
    pub hash: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
