use sea_orm::entity::prelude::*;

use crate::values::{Instant, Word};

/// That something of a citizen's was deleted.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deletion")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub deletion_id: Uuid,
    pub at: Instant,
    pub kind: Word<contract::DeletedKind>,
    pub count: i32,
    pub reason: Word<contract::DeletionReason>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
