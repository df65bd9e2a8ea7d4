use sea_orm::entity::prelude::*;

use crate::values::{Instant, SealedText};

/// A closed part of a case, or a whole case, that an employee opened with a written reason; open until it ends.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "glass")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub glass_id: Uuid,
    pub employee_id: Uuid,
    pub reason: SealedText,
    pub at: Instant,
    pub ends_at: Instant,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
