//! What only employees ask for.

use contract::{
    Brief, Cancellation, CaseFile, Caseload, CitizenId, CommentId, Directory, EffortId, MeetingId, NewAssessment,
    NewEffort, NewMeeting, NewMinutes, Receipt, Search, Version, paths, paths::Subject,
};
use web_sys::AbortSignal;

use super::{Failure, Precondition, ask, get, put};

/// The employee's meetings and citizens; those found when `search` is not empty. The meetings of a week, or all.
pub async fn caseload(search: &str, all: bool, abort: AbortSignal) -> Result<Caseload, Failure> {
    match search.trim() {
        "" if all => get(&format!("{}?all=true", paths::CASELOAD), Some(&abort)).await,
        "" => get(paths::CASELOAD, Some(&abort)).await,
        letters => ask(paths::SEARCH, &Search { letters: letters.to_owned() }, Some(&abort)).await,
    }
}

/// The directory.
pub async fn employees(abort: AbortSignal) -> Result<Directory, Failure> {
    get(paths::EMPLOYEES, Some(&abort)).await
}

/// A citizen's page.
pub async fn file(citizen: CitizenId, abort: AbortSignal) -> Result<CaseFile, Failure> {
    get(&paths::file(Subject::Citizen(citizen)), Some(&abort)).await
}

/// What to know before a meeting.
pub async fn brief(citizen: CitizenId, meeting: MeetingId, abort: AbortSignal) -> Result<Brief, Failure> {
    get(&paths::brief(Subject::Citizen(citizen), meeting), Some(&abort)).await
}

/// Arranges or changes a meeting.
pub async fn save_meeting(
    citizen: CitizenId,
    id: MeetingId,
    version: Option<Version>,
    meeting: &NewMeeting,
) -> Result<Receipt, Failure> {
    put(&paths::meeting(Subject::Citizen(citizen), id), version.into(), meeting).await
}

/// Cancels a meeting.
pub async fn cancel_meeting(
    citizen: CitizenId,
    id: MeetingId,
    version: Version,
    cancellation: &Cancellation,
) -> Result<Receipt, Failure> {
    let path = paths::cancellation(Subject::Citizen(citizen), id);
    put(&path, Precondition::Version(version), cancellation).await
}

/// Saves minutes.
pub async fn save_minutes(
    citizen: CitizenId,
    meeting: MeetingId,
    version: Option<Version>,
    minutes: &NewMinutes,
) -> Result<Receipt, Failure> {
    put(&paths::minutes(Subject::Citizen(citizen), meeting), version.into(), minutes).await
}

/// Starts or changes an effort.
pub async fn save_effort(
    citizen: CitizenId,
    id: EffortId,
    version: Option<Version>,
    effort: &NewEffort,
) -> Result<Receipt, Failure> {
    put(&paths::effort(Subject::Citizen(citizen), id), version.into(), effort).await
}

/// Says whether a disagreement is a complaint.
pub async fn assess(
    citizen: CitizenId,
    comment: CommentId,
    version: Option<Version>,
    assessment: &NewAssessment,
) -> Result<Receipt, Failure> {
    put(&paths::assessment(Subject::Citizen(citizen), comment), version.into(), assessment).await
}
