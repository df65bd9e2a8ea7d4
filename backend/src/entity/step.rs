use sea_orm::entity::prelude::*;

use crate::values::{ActorKind, Day, Instant, PartyKind, SealedText, StateKind, Word};

/// Who, what, by when.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "step")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub step_id: Uuid,
    pub version: i32,
    pub goal_id: Option<Uuid>,
    pub effort_id: Option<Uuid>,
    pub meeting_id: Option<Uuid>,
    pub area: Word<contract::Area>,
    pub title: SealedText,
    pub owner_kind: Word<PartyKind>,
    pub owner: Option<Uuid>,
    pub due: Option<Day>,
    pub state: Word<StateKind>,
    pub state_reason: Option<SealedText>,
    pub state_at: Instant,
    pub written_by_kind: Word<ActorKind>,
    pub written_by: Option<Uuid>,
    pub made_at: Instant,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
