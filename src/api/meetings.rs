use contract::{
    EventId, Home, Meeting, MeetingId, MeetingList, NewOpening, OpeningId, Receipt, Visit, paths, paths::Subject,
};
use web_sys::AbortSignal;

use super::{Failure, Precondition, get, put, put_quietly};

/// A citizen's first screen.
pub async fn home(abort: AbortSignal) -> Result<Home, Failure> {
    get(&paths::home(Subject::Me), Some(&abort)).await
}

/// Marks that the citizen has seen the news up to this one.
pub async fn visit(seen: Option<EventId>, looks: Option<u32>) -> Result<(), Failure> {
    put_quietly(&paths::visit(Subject::Me), &Visit { seen, looks }).await
}

/// All meetings.
pub async fn list(abort: AbortSignal) -> Result<MeetingList, Failure> {
    get(&paths::meetings(Subject::Me), Some(&abort)).await
}

/// One meeting.
pub async fn one(citizen: Subject, meeting: MeetingId, abort: AbortSignal) -> Result<Meeting, Failure> {
    get(&paths::meeting(citizen, meeting), Some(&abort)).await
}

/// Marks what was on the screen.
pub async fn opened(citizen: Subject, id: OpeningId, opening: &NewOpening) -> Result<Receipt, Failure> {
    put(&paths::opening(citizen, id), Precondition::New, opening).await
}
