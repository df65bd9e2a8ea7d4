use sea_orm::entity::prelude::*;

use crate::values::{Instant, SealedText, Word};

/// A goal that was sent, in the citizen's words.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "goal")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub goal_id: Uuid,
    pub version: i32,
    pub meeting_id: Option<Uuid>,
    pub area: Word<contract::Area>,
    pub text: SealedText,
    pub why: Option<SealedText>,
    pub first_step: Option<SealedText>,
    pub helped_by: Option<SealedText>,
    pub made_at: Instant,
    pub sent_at: Instant,
    pub taken_back_at: Option<Instant>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
