use contract::{MyData, paths, paths::Subject};
use web_sys::AbortSignal;

use super::{Failure, get};

/// Everything that is kept about the citizen: the same that can be stored as a file.
pub async fn read(abort: AbortSignal) -> Result<MyData, Failure> {
    get(&paths::data(Subject::Me), Some(&abort)).await
}
