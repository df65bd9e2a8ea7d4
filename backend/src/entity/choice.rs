use contract::Area;
use sea_orm::entity::prelude::*;

use crate::values::Instant;

/// What a citizen has opened to employees of other areas; who never chose has no row, and nothing is open.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "choice")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    pub version: i32,
    pub social: bool,
    pub health: bool,
    pub saved_at: Instant,
}

impl Model {
    /// Whether the citizen has opened this area.
    #[must_use]
    pub fn opens(&self, area: Area) -> bool {
        match area {
            Area::Social => self.social,
            Area::Health => self.health,
            Area::Employment | Area::Housing | Area::Economy | Area::Other => true,
        }
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
