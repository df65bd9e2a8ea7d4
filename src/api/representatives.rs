use contract::{
    NewRepresentative, Receipt, RepresentationId, Representatives, TakingBack, Version, paths, paths::Subject,
};
use web_sys::AbortSignal;

use super::{Failure, Precondition, get, put};

/// Who may act for the citizen, and who could.
pub async fn read(abort: AbortSignal) -> Result<Representatives, Failure> {
    get(&paths::representatives(Subject::Me), Some(&abort)).await
}

/// Lets somebody act.
pub async fn give(id: RepresentationId, new: &NewRepresentative) -> Result<Receipt, Failure> {
    put(&paths::representative(Subject::Me, id), Precondition::New, new).await
}

/// Takes it back.
pub async fn take_back(id: RepresentationId, version: Version) -> Result<Receipt, Failure> {
    put(&paths::representative_taking_back(Subject::Me, id), Precondition::Version(version), &TakingBack {}).await
}
