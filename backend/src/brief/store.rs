use contract::{Brief, Comment, CommentKind, OpenedKind, Party};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    caseload::citizens,
    db::Tx,
    entity::topic,
    error::Result,
    items::Rows,
    meetings,
    opened::Opened,
    plan,
    policy::CaseAccess,
    profile,
    values::{ActorKind, StateKind},
};

pub(super) async fn read(access: &CaseAccess, tx: &Tx, meeting: Uuid) -> Result<Brief> {
    access.must_be_employee()?;
    let meeting = meetings::store::read(access, tx, meeting).await?;
    let rows = rows(access, tx).await?;
    let ids = rows.goals.iter().map(|row| row.goal_id);
    let ids = ids.chain(rows.topics.iter().map(|row| row.topic_id));
    let ids = ids.chain(rows.comments.iter().map(|row| row.comment_id)).collect();
    let opened = Opened::load(access, tx, ids).await?;
    let items = rows.show(access, tx).await?;

    let is_open = |kind, id, version| opened.is_by(access, kind, id, version);
    let (goals, unopened_goals) =
        items.goals.into_iter().partition(|goal| is_open(OpenedKind::Goal, goal.id.0, goal.version));
    let mut unopened_topics = items.topics;
    unopened_topics.retain(|topic| !is_open(OpenedKind::Topic, topic.id.0, topic.version));
    let is_waiting = |comment: &&Comment| comment.kind == CommentKind::Disagreement && comment.assessment.is_none();
    let unassessed = items.comments.iter().filter(is_waiting).cloned().collect();
    let mut unopened_comments = items.comments;
    unopened_comments.retain(|comment| !is_open(OpenedKind::Comment, comment.id.0, comment.version));
    unopened_comments.sort_by_key(|comment| comment.kind != CommentKind::Disagreement);
    let mut steps = items.steps;
    steps.sort_by_key(|step| (step.due.is_none(), step.due));
    let (citizen_steps, promises) = steps.into_iter().partition(|step| step.owner == Party::Citizen);
    Ok(Brief {
        citizen: citizens::one(access, tx).await?,
        profile: profile::store::read(access, tx).await?,
        last_time: meeting.last_time.clone(),
        meeting,
        unopened_goals,
        unopened_topics,
        unopened_comments,
        unassessed,
        promises,
        citizen_steps,
        goals,
        efforts: items.efforts,
    })
}

/// All that the citizen has sent, from any meeting, and what is under way.
async fn rows(access: &CaseAccess, tx: &Tx) -> Result<Rows> {
    let (m, c) = access.key();
    let topics = topic::Entity::find()
        .filter(topic::Column::MunicipalityId.eq(m))
        .filter(topic::Column::CitizenId.eq(c))
        .filter(topic::Column::TakenBackAt.is_null())
        .order_by_asc(topic::Column::MadeAt)
        .order_by_asc(topic::Column::TopicId)
        .all(tx)
        .await?;
    let mut comments = plan::store::comments(access, tx).await?;
    comments.retain(|row| row.by_kind.0 == ActorKind::Citizen);
    let mut efforts = plan::store::efforts(access, tx).await?;
    efforts.retain(|row| !row.is_ended);
    let mut steps = plan::store::steps(access, tx).await?;
    steps.retain(|row| !matches!(row.state.0, StateKind::Done | StateKind::NotNeeded));
    Ok(Rows { goals: plan::store::goals(access, tx).await?, topics, efforts, steps, comments })
}
