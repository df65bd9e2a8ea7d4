//! What only employees ask for.

use contract::{
    Administration, Brief, Cancellation, CaseFile, Caseload, CitizenId, CommentId, Directory, EffortId, EmployeeId,
    GlassId, LookDelayId, MeetingId, NewAssessment, NewEffort, NewGlass, NewLookDelay, NewMeeting, NewMinutes, Receipt,
    Search, Standing, Team, Version, paths, paths::Subject,
};
use web_sys::AbortSignal;

use super::{Failure, Precondition, ask, delete, get, put, put_quietly, put_unreceipted};

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

/// Gives a delay of looks, or changes the one that is on.
pub async fn delay_looks(
    citizen: CitizenId,
    id: LookDelayId,
    version: Option<Version>,
    delay: &NewLookDelay,
) -> Result<(), Failure> {
    put_unreceipted(&paths::look_delay(Subject::Citizen(citizen), id), version.into(), delay).await
}

/// Ends it.
pub async fn end_look_delay(citizen: CitizenId, id: LookDelayId, version: Version) -> Result<(), Failure> {
    delete(&paths::look_delay(Subject::Citizen(citizen), id), Some(version)).await
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

/// Opens what is closed in a case, with a reason.
pub async fn break_glass(citizen: CitizenId, id: GlassId, reason: &NewGlass) -> Result<Receipt, Failure> {
    put(&paths::glass(Subject::Citizen(citizen), id), Precondition::New, reason).await
}

/// The unit that somebody leads.
pub async fn team(abort: AbortSignal) -> Result<Team, Failure> {
    get(paths::TEAM, Some(&abort)).await
}

/// Employees and settings.
pub async fn administration(abort: AbortSignal) -> Result<Administration, Failure> {
    get(paths::ADMINISTRATION, Some(&abort)).await
}

/// Says what an employee may.
pub async fn stand(employee: EmployeeId, standing: Standing) -> Result<(), Failure> {
    put_quietly(&paths::standing(employee), &standing).await
}
