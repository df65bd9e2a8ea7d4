//! What the citizen says and does, and what of it is new to the employee who asks.

use std::collections::HashMap;

use contract::{Comment, CommentKind, Effort, EventTarget, Goal, OpenedKind, Step, Topic, Unopened, Version};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{event, topic},
    error::Result,
    items::Rows,
    keys::Unseal as _,
    opened::{Opened, step_news_since},
    plan,
    policy::CaseAccess,
    values::{CITIZENS_SIDE, Word},
};

/// What stands in a case, for a brief and for the citizen's page.
pub struct Said {
    /// What this employee has not opened.
    pub unopened: Unopened,
    /// All of the citizen's disagreements, those that nobody has assessed first.
    pub disagreements: Vec<Comment>,
    /// The goals already opened.
    pub goals: Vec<Goal>,
    /// The topics already opened, from any meeting.
    pub topics: Vec<Topic>,
    /// The steps that are not closed.
    pub steps: Vec<Step>,
    /// The efforts that run.
    pub efforts: Vec<Effort>,
}

impl Said {
    /// Reads it.
    ///
    /// # Errors
    /// That the database does not answer.
    pub async fn read(access: &CaseAccess, tx: &Tx) -> Result<Self> {
        let rows = rows(access, tx).await?;
        let left = left_by_citizen(access, tx).await?;
        let ids = rows.goals.iter().map(|row| row.goal_id);
        let ids = ids.chain(rows.topics.iter().map(|row| row.topic_id)).chain(left.keys().copied());
        let ids = ids.chain(rows.comments.iter().map(|row| row.comment_id)).collect();
        let opened = Opened::load(access, tx, ids).await?;
        let items = rows.show(access, tx).await?;

        let is_open = |kind, id, version| opened.is_by(access, kind, id, version);
        let (goals, new_goals) =
            items.goals.into_iter().partition(|goal| is_open(OpenedKind::Goal, goal.id.0, goal.version));
        let (topics, new_topics) =
            items.topics.into_iter().partition(|topic| is_open(OpenedKind::Topic, topic.id.0, topic.version));
        let is_new =
            |step: &&Step| left.get(&step.id.0).is_some_and(|version| !is_open(OpenedKind::Step, step.id.0, *version));
        let new_steps = items.steps.iter().filter(is_new).cloned().collect();
        let is_disagreement = |comment: &&Comment| comment.kind == CommentKind::Disagreement;
        let mut disagreements: Vec<Comment> = items.comments.iter().filter(is_disagreement).cloned().collect();
        disagreements.sort_by_key(|comment| comment.assessment.is_some());
        let mut new_comments = items.comments;
        new_comments.retain(|comment| !is_open(OpenedKind::Comment, comment.id.0, comment.version));
        new_comments.sort_by_key(|comment| comment.kind != CommentKind::Disagreement);
        let mut steps = items.steps;
        steps.retain(|step| !step.state.is_closed());
        steps.sort_by_key(|step| (step.due.is_none(), step.due));
        Ok(Self {
            unopened: Unopened { goals: new_goals, topics: new_topics, comments: new_comments, steps: new_steps },
            disagreements,
            goals,
            topics,
            steps,
            efforts: items.efforts,
        })
    }
}

/// The steps that the citizen lately added, changed or moved, each with the version that came of it last.
async fn left_by_citizen(access: &CaseAccess, tx: &Tx) -> Result<HashMap<Uuid, Version>> {
    let (m, c) = access.key();
    let steps: Vec<(Uuid, i32)> = event::Entity::find()
        .select_only()
        .column(event::Column::TargetId)
        .column_as(event::Column::TargetVersion.max(), "version")
        .filter(event::Column::MunicipalityId.eq(m))
        .filter(event::Column::CitizenId.eq(c))
        .filter(event::Column::Target.eq(Word(EventTarget::Step)))
        .filter(event::Column::ActorKind.is_in(CITIZENS_SIDE.map(Word)))
        .filter(event::Column::At.gt(step_news_since(access.at())))
        .group_by(event::Column::TargetId)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(steps.into_iter().map(|(step, version)| (step, Version(version))).collect())
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
        .await?
        .unsealed(access)?;
    let mut comments = plan::store::comments(access, tx).await?;
    comments.retain(|row| CITIZENS_SIDE.contains(&row.by_kind.0));
    let mut efforts = plan::store::efforts(access, tx).await?;
    efforts.retain(|row| !row.is_ended);
    let (goals, steps) = (plan::store::goals(access, tx).await?, plan::store::steps(access, tx).await?);
    Ok(Rows { goals, topics, efforts, steps, comments })
}
