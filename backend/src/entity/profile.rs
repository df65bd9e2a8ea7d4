use sea_orm::entity::prelude::*;

use crate::values::{Instant, SealedText, Word};

/// The citizen in their own words.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "profile")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    pub version: i32,
    pub preferred_name: Option<SealedText>,
    pub contact_way: Word<contract::ContactWay>,
    pub contact_note: Option<SealedText>,
    pub language: Word<contract::Language>,
    pub situation: Option<SealedText>,
    pub is_situation_shared: bool,
    pub strengths: Option<SealedText>,
    pub is_strengths_shared: bool,
    pub saved_at: Instant,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
