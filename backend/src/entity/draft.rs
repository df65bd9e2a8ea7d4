use sea_orm::entity::prelude::*;

use crate::values::{Instant, SealedText, Word};

/// What a citizen, or a representative, has written and not sent. Nobody else ever sees a row of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub draft_id: Uuid,
    pub kind: Word<contract::DraftKind>,
    pub version: i32,
    pub meeting_id: Option<Uuid>,
    pub area: Word<contract::Area>,
    pub text: SealedText,
    pub why: SealedText,
    pub first_step: SealedText,
    pub helped_by: Option<SealedText>,
    pub made_at: Instant,
    pub saved_at: Instant,
    /// What the representative was given who wrote it; absent when the citizen did.
    pub written_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
