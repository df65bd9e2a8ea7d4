//! The tables, one file each.

use sea_orm::{
    Iden,
    sea_query::{Expr, ExprTrait as _},
};

pub mod agenda_item;
pub mod audit;
pub mod audit_checkpoint;
pub mod audit_head;
pub mod audit_seal;
pub mod choice;
pub mod citizen;
pub mod comment;
pub mod deletion;
pub mod draft;
pub mod effort;
pub mod employee;
pub mod event;
pub mod event_change;
pub mod glass;
pub mod goal;
pub mod identity;
pub mod login_attempt;
pub mod logout_token;
pub mod look_delay;
pub mod meeting;
pub mod minutes;
pub mod municipality;
pub mod opening;
pub mod participant;
pub mod plan_member;
pub mod profile;
pub mod rate;
pub mod rate_salt;
pub mod receipt;
pub mod representation;
mod sealed;
pub mod session;
pub mod step;
pub mod topic;
pub mod visit;

pub(crate) use sealed::sealed_row;

/// That two tables speak of the same thing.
pub(crate) fn same(
    one: (impl Iden + 'static, impl Iden + 'static),
    other: (impl Iden + 'static, impl Iden + 'static),
) -> Expr {
    Expr::col(one).equals(other)
}
