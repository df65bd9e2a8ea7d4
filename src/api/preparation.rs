use contract::{
    DraftId, GoalId, MeetingId, NewDraft, NewSending, Preparation, Receipt, SendingId, TakingBack, TopicId, Version,
    paths, paths::Subject,
};
use web_sys::AbortSignal;

use super::{Failure, Precondition, delete, get, put, put_on_leaving};

/// What the citizen prepares for a meeting, or without one.
pub async fn read(meeting: Option<MeetingId>, abort: AbortSignal) -> Result<Preparation, Failure> {
    let path = meeting.map_or_else(|| paths::own_preparation(Subject::Me), |id| paths::preparation(Subject::Me, id));
    get(&path, Some(&abort)).await
}

/// Stores a draft.
pub async fn save_draft(id: DraftId, version: Option<Version>, draft: &NewDraft) -> Result<Receipt, Failure> {
    put(&paths::draft(Subject::Me, id), version.into(), draft).await
}

/// Stores a draft while the page is going away.
pub fn save_draft_on_leaving(id: DraftId, version: Option<Version>, draft: &NewDraft) {
    put_on_leaving(&paths::draft(Subject::Me, id), version.into(), draft);
}

/// Throws a draft away.
pub async fn delete_draft(id: DraftId, version: Version) -> Result<(), Failure> {
    delete(&paths::draft(Subject::Me, id), Some(version)).await
}

/// Sends drafts.
pub async fn send(id: SendingId, sending: &NewSending) -> Result<Receipt, Failure> {
    put(&paths::sending(Subject::Me, id), Precondition::New, sending).await
}

/// The receipt for what was sent.
pub async fn receipt(id: SendingId, abort: AbortSignal) -> Result<Receipt, Failure> {
    get(&paths::sending(Subject::Me, id), Some(&abort)).await
}

/// Takes back a goal.
pub async fn take_back_goal(id: GoalId, version: Version) -> Result<Receipt, Failure> {
    put(&paths::goal_taking_back(Subject::Me, id), Precondition::Version(version), &TakingBack {}).await
}

/// Takes back a topic.
pub async fn take_back_topic(id: TopicId, version: Version) -> Result<Receipt, Failure> {
    put(&paths::topic_taking_back(Subject::Me, id), Precondition::Version(version), &TakingBack {}).await
}
