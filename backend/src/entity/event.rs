use sea_orm::entity::prelude::*;

use crate::values::{ActorKind, Instant, SealedText, Word};

/// One change: who, what, when.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    pub at: Instant,
    pub actor_kind: Word<ActorKind>,
    pub actor_id: Option<Uuid>,
    pub kind: Word<contract::EventKind>,
    pub target: Word<contract::EventTarget>,
    pub target_id: Uuid,
    pub target_version: i32,
    pub area: Word<contract::Area>,
    pub title: Option<SealedText>,
    pub meeting_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
