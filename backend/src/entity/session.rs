use sea_orm::entity::prelude::*;

use crate::values::{ActorKind, Instant, Word};

/// Somebody who is signed in. Only a hash of the token is here.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    pub session_id: Uuid,
    pub actor_kind: Word<ActorKind>,
    pub actor_id: Uuid,
    pub subject: Option<Uuid>,
    pub made_at: Instant,
    pub seen_at: Instant,
    pub idle_seconds: i32,
    pub ends_at: Instant,
    /// Where the person has logged in, as whom, in which session there, and when; nothing in the demo.
    pub issuer: Option<String>,
    pub login_subject: Option<String>,
    pub sid: Option<String>,
    /// What tells the provider whose session is to end. As long as the session, and only without a CPR number in it.
    pub id_token: Option<String>,
    pub logged_in_at: Option<Instant>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
