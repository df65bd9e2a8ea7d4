use sea_orm::entity::prelude::*;

use crate::values::Word;

/// Somebody who works at the municipality.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "employee")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub employee_id: Uuid,
    pub name: String,
    pub role: String,
    pub role_line: Option<String>,
    pub unit: String,
    pub area: Word<contract::Area>,
    pub phone: Option<String>,
    pub mail: Option<String>,
    pub role_kind: Word<contract::EmployeeKind>,
    pub external_id: Option<String>,
    pub has_left: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
