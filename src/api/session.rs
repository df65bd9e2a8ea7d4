use contract::{Lasts, Session, SignedOut, paths};

use super::{Failure, delete_for, get, put_for};

/// Whose app this is and who is signed in.
pub async fn read() -> Result<Session, Failure> {
    get(paths::SESSION, None).await
}

/// Stays signed in, and says for how long.
pub async fn stay() -> Result<Lasts, Failure> {
    put_for(paths::SESSION).await
}

/// Ends the session, and says where the browser goes next.
pub async fn end() -> Result<SignedOut, Failure> {
    delete_for(paths::SESSION).await
}
