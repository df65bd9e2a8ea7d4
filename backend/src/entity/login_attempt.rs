use sea_orm::entity::prelude::*;

use crate::values::{ActorKind, Instant, Word};

/// A login that has begun and not come back. State and browser are here as hashes only.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login_attempt")]
#[allow(missing_docs, reason = "the migration says what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub state_hash: String,
    pub browser_hash: String,
    pub actor_kind: Word<ActorKind>,
    pub nonce: String,
    pub verifier: String,
    pub back_to: Option<String>,
    pub is_shared: bool,
    pub is_fresh: bool,
    pub replaces: Option<String>,
    pub ends_at: Instant,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
