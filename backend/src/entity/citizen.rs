use sea_orm::entity::prelude::*;

use crate::values::SealedText;

/// A citizen, whose case everything else belongs to.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "citizen")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    pub name: SealedText,
    pub is_protected: bool,
    pub contact_person: Option<Uuid>,
    pub external_id: Option<String>,
    pub cpr_hash: Option<String>,
    pub cpr: Option<SealedText>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
