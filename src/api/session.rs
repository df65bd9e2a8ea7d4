use contract::{CitizenId, Lasts, NewSubject, Session, SignedOut, paths};

use super::{Failure, delete_for, get, put_for, put_quietly};

/// Whose app this is and who is signed in.
pub async fn read() -> Result<Session, Failure> {
    get(paths::SESSION, None).await
}

/// Stays signed in, and says for how long.
pub async fn stay() -> Result<Lasts, Failure> {
    put_for(paths::SESSION).await
}

/// Ends every session of whoever is signed in, and says where the browser goes next.
pub async fn end_all() -> Result<SignedOut, Failure> {
    delete_for(paths::SESSIONS).await
}

/// Turns to another's case, or back to one's own.
pub async fn turn_to(citizen: CitizenId) -> Result<(), Failure> {
    put_quietly(paths::SUBJECT, &NewSubject { citizen }).await
}

/// Ends the session, and says where the browser goes next.
pub async fn end() -> Result<SignedOut, Failure> {
    delete_for(paths::SESSION).await
}
