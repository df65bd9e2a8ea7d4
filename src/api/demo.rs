use contract::{Actor, DemoFailure, DemoFailureState, DemoPeople, DemoSignIn, paths};

use super::{Failure, get, put_quietly};

/// The invented people.
pub async fn people() -> Result<DemoPeople, Failure> {
    get(paths::DEMO_PEOPLE, None).await
}

/// Becomes one of them.
pub async fn sign_in(actor: Actor) -> Result<(), Failure> {
    put_quietly(paths::DEMO_SESSION, &DemoSignIn { actor }).await
}

/// The failure that is switched on.
pub async fn failure() -> Result<DemoFailureState, Failure> {
    get(paths::DEMO_FAILURE, None).await
}

/// Switches a failure on, or off.
pub async fn set_failure(failure: DemoFailure) -> Result<(), Failure> {
    put_quietly(paths::DEMO_FAILURE, &DemoFailureState { failure }).await
}
