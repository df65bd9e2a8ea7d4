use sea_orm::entity::prelude::*;

use crate::values::{ActorKind, OutcomeKind, SealedText, Word};

/// An item on a meeting's agenda, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agenda_item")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub agenda_item_id: Uuid,
    pub meeting_id: Uuid,
    pub position: i32,
    pub text: SealedText,
    pub proposed_by_kind: Word<ActorKind>,
    pub proposed_by: Option<Uuid>,
    pub topic_id: Option<Uuid>,
    pub outcome_kind: Option<Word<OutcomeKind>>,
    pub outcome_text: Option<SealedText>,
    pub later_meeting: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
