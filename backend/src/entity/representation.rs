use sea_orm::entity::prelude::*;

use crate::values::{Day, Instant, SealedText};

/// What a citizen gave when they let somebody act for them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "representation")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub representation_id: Uuid,
    /// As `citizen.cpr_hash`, by which the representative is found.
    pub cpr_hash: String,
    pub name: SealedText,
    /// The areas' words, with commas between them.
    pub areas: String,
    pub until: Day,
    pub made_at: Instant,
    pub taken_back_at: Option<Instant>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
