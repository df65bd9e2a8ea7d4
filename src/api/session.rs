use contract::{Session, paths};

use super::{Failure, delete, get};

/// Whose app this is and who is signed in.
pub async fn read() -> Result<Session, Failure> {
    get(paths::SESSION, None).await
}

/// Ends the session.
pub async fn end() -> Result<(), Failure> {
    delete(paths::SESSION, None).await
}
