use sea_orm::entity::prelude::*;

use crate::values::{Instant, SealedText, Word};

/// From when to when looks in a case are not shown to the citizen. No citizen sees a row of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "look_delay")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub delay_id: Uuid,
    pub version: i32,
    pub ground: Word<contract::DelayGround>,
    pub reason: SealedText,
    pub given_at: Instant,
    pub ends_at: Instant,
    pub given_by: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
