use contract::{NewProfile, Profile, Receipt, Version, paths, paths::Subject};
use web_sys::AbortSignal;

use super::{Failure, get, put};

/// The citizen in their own words.
pub async fn read(abort: AbortSignal) -> Result<Profile, Failure> {
    get(&paths::profile(Subject::Me), Some(&abort)).await
}

/// Saves it.
pub async fn save(version: Option<Version>, profile: &NewProfile) -> Result<Receipt, Failure> {
    put(&paths::profile(Subject::Me), version.into(), profile).await
}
