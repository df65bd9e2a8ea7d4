use sea_orm::entity::prelude::*;

use crate::values::{ActorKind, Instant, Word};

/// By what subject at what provider somebody is known.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity")]
#[allow(missing_docs, reason = "the migration says what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub issuer: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    pub actor_kind: Word<ActorKind>,
    pub actor_id: Uuid,
    pub made_at: Instant,
    pub is_told_of_protection: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
