use sea_orm::entity::prelude::*;

use crate::values::{Day, Instant, SealedText, Word};

/// Something set in motion to help, with its purpose and the goal it serves.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "effort")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub effort_id: Uuid,
    pub version: i32,
    pub goal_id: Uuid,
    pub area: Word<contract::Area>,
    pub title: SealedText,
    pub purpose: SealedText,
    pub obligation: Option<SealedText>,
    pub responsible: Option<Uuid>,
    pub starts_on: Option<Day>,
    pub ends_on: Option<Day>,
    pub is_ended: bool,
    pub made_at: Instant,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
