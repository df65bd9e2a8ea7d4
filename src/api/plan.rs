use contract::{
    CommentId, EventId, History, NewComment, NewStep, NewStepState, Plan, Receipt, StepId, Version, paths,
    paths::Subject,
};
use web_sys::AbortSignal;

use super::{Failure, Precondition, get, put};

/// The plan.
pub async fn read(citizen: Subject, abort: AbortSignal) -> Result<Plan, Failure> {
    get(&paths::plan(citizen), Some(&abort)).await
}

/// Adds or rewords a step.
pub async fn save_step(
    citizen: Subject,
    id: StepId,
    version: Option<Version>,
    step: &NewStep,
) -> Result<Receipt, Failure> {
    put(&paths::step(citizen, id), version.into(), step).await
}

/// Says where a step stands.
pub async fn move_step(
    citizen: Subject,
    id: StepId,
    version: Version,
    state: &NewStepState,
) -> Result<Receipt, Failure> {
    put(&paths::step_state(citizen, id), Precondition::Version(version), state).await
}

/// Writes or changes a comment.
pub async fn save_comment(
    citizen: Subject,
    id: CommentId,
    version: Option<Version>,
    comment: &NewComment,
) -> Result<Receipt, Failure> {
    put(&paths::comment(citizen, id), version.into(), comment).await
}

/// The changes, the latest first, or those before one.
pub async fn history(citizen: Subject, before: Option<EventId>, abort: AbortSignal) -> Result<History, Failure> {
    let path = before.map_or_else(|| paths::history(citizen), |before| paths::history_before(citizen, before));
    get(&path, Some(&abort)).await
}
