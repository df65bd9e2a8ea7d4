use contract::{Choices, NewChoices, Receipt, Version, paths, paths::Subject};
use web_sys::AbortSignal;

use super::{Failure, get, put};

/// What the citizen has opened to whom.
pub async fn read(abort: AbortSignal) -> Result<Choices, Failure> {
    get(&paths::choices(Subject::Me), Some(&abort)).await
}

/// Saves it.
pub async fn save(version: Option<Version>, choices: NewChoices) -> Result<Receipt, Failure> {
    put(&paths::choices(Subject::Me), version.into(), &choices).await
}
