use sea_orm::entity::prelude::*;

/// How many requests of somebody all instances have counted in the minute that it is. Who it was is not here.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rate")]
#[allow(missing_docs, reason = "the limits document what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub minute: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_hash: String,
    pub requests: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
