use contract::{Looks, paths, paths::Subject, time::civil};
use web_sys::AbortSignal;

use super::{Failure, get};

/// Who has looked in the citizen's own case, on the latest days or on those before one.
pub async fn read(before: Option<civil::Date>, abort: Option<AbortSignal>) -> Result<Looks, Failure> {
    let path = before.map_or_else(|| paths::looks(Subject::Me), |before| paths::looks_before(Subject::Me, before));
    get(&path, abort.as_ref()).await
}
