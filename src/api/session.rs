use contract::{Lasts, Session, paths};

use super::{Failure, delete, get, put_for};

/// Whose app this is and who is signed in.
pub async fn read() -> Result<Session, Failure> {
    get(paths::SESSION, None).await
}

/// Stays signed in, and says for how long.
pub async fn stay() -> Result<Lasts, Failure> {
    put_for(paths::SESSION).await
}

/// Ends the session.
pub async fn end() -> Result<(), Failure> {
    delete(paths::SESSION, None).await
}
