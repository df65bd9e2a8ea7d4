use sea_orm::entity::prelude::*;

use crate::values::{ActorKind, Instant, SealedText, Word};

/// Words beside something, which nobody but their writer can change.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comment")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub comment_id: Uuid,
    pub version: i32,
    pub beside: Word<contract::CommentedKind>,
    pub beside_id: Uuid,
    pub kind: Word<contract::CommentKind>,
    pub text: SealedText,
    pub by_kind: Word<ActorKind>,
    pub by_id: Option<Uuid>,
    pub at: Instant,
    pub assessment: Option<Word<contract::Assessment>>,
    pub assessed_by: Option<Uuid>,
    pub assessed_at: Option<Instant>,
    pub assessment_version: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
