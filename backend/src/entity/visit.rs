use sea_orm::entity::prelude::*;

/// The last event, and the last look at their case, that a citizen has seen: in this session and in the one before.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "visit")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    pub session_id: Uuid,
    pub seen_from: Option<Uuid>,
    pub seen_until: Uuid,
    pub looks_from: Option<i32>,
    pub looks_until: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
