//! What citizens have sent that an employee has not had on the screen.

use std::collections::HashMap;

use contract::{CommentedKind, EventTarget, OpenedKind};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{comment, event, goal, opening, same, topic},
    error::Result,
    opened::step_news_since,
    policy::ListAccess,
    values::{ActorKind, CITIZENS_SIDE, Word},
};

/// How much of each of their citizens' the employee has not opened, but for what is hidden from them: all that
/// [`contract::Unopened`] holds. Four queries however many they are.
pub(super) async fn count(tx: &Tx, access: &ListAccess) -> Result<HashMap<Uuid, u32>> {
    let (m, employee) = (access.municipality(), access.employee());
    let (citizens, hidden) = (access.own(), access.ring().hidden());
    macro_rules! unopened {
        ($table:ident, $id:ident, $version:ident, $kind:ident, $about:ident) => {{
            let opened = opening::Entity::find()
                .select_only()
                .expr(Expr::val(1))
                .filter(opening::Column::MunicipalityId.eq(m))
                .filter(opening::Column::ActorKind.eq(Word(ActorKind::Employee)))
                .filter(opening::Column::ActorId.eq(employee.0))
                .filter(opening::Column::Kind.eq(Word(OpenedKind::$kind)))
                .filter(same(
                    (opening::Entity, opening::Column::CitizenId),
                    ($table::Entity, $table::Column::CitizenId),
                ))
                .filter(same((opening::Entity, opening::Column::ItemId), ($table::Entity, $table::Column::$id)))
                .filter(
                    Expr::col((opening::Entity, opening::Column::Version))
                        .gte(Expr::col(($table::Entity, $table::Column::$version))),
                );
            $table::Entity::find()
                .select_only()
                .columns([$table::Column::CitizenId, $table::Column::$id, $table::Column::$about])
                .distinct()
                .filter($table::Column::MunicipalityId.eq(m))
                .filter($table::Column::CitizenId.is_in(citizens.iter().copied()))
                .filter(Expr::not_exists(opened.into_query()))
        }};
    }
    /// Citizen, thing, and what it is or stands beside.
    type Found = (Uuid, Uuid, Uuid);
    let goals: Vec<Found> = unopened!(goal, GoalId, Version, Goal, GoalId)
        .filter(goal::Column::TakenBackAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    let topics: Vec<Found> = unopened!(topic, TopicId, Version, Topic, TopicId)
        .filter(topic::Column::TakenBackAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    // Words beside a goal that was taken back are not shown, so nobody could ever open them.
    let taken_back = goal::Entity::find()
        .select_only()
        .expr(Expr::val(1))
        .filter(goal::Column::MunicipalityId.eq(m))
        .filter(same((goal::Entity, goal::Column::CitizenId), (comment::Entity, comment::Column::CitizenId)))
        .filter(same((goal::Entity, goal::Column::GoalId), (comment::Entity, comment::Column::BesideId)))
        .filter(goal::Column::TakenBackAt.is_not_null());
    let comments: Vec<Found> = unopened!(comment, CommentId, Version, Comment, BesideId)
        .filter(comment::Column::ByKind.is_in(CITIZENS_SIDE.map(Word)))
        .filter(
            Condition::any()
                .add(comment::Column::Beside.ne(Word(CommentedKind::Goal)))
                .add(Expr::not_exists(taken_back.into_query())),
        )
        .into_tuple()
        .all(tx)
        .await?;
    let steps: Vec<Found> = unopened!(event, TargetId, TargetVersion, Step, TargetId)
        .filter(event::Column::Target.eq(Word(EventTarget::Step)))
        .filter(event::Column::ActorKind.is_in(CITIZENS_SIDE.map(Word)))
        .filter(event::Column::At.gt(step_news_since(access.at())))
        .into_tuple()
        .all(tx)
        .await?;
    let mut counts: HashMap<Uuid, u32> = HashMap::new();
    // Left out here and not by the database: all that is hidden in a caseload may be more than a statement takes.
    let found = goals.into_iter().chain(topics).chain(comments).chain(steps);
    for (citizen, ..) in found.filter(|(.., about)| !hidden.contains(about)) {
        *counts.entry(citizen).or_default() += 1;
    }
    Ok(counts)
}
