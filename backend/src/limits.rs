//! How much one may ask for: so many requests a minute for each person and each address, whatever instance answers; and for
//! all together, so many at once and so long for each. `docs/decisions/0013-limits.md` says how the instances count together.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::{
    BoxError, Router,
    error_handling::HandleErrorLayer,
    extract::{Request, State},
    http::{Method, Uri},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use contract::{Actor, paths};
use jiff::Timestamp;
use tower::{ServiceBuilder, limit::GlobalConcurrencyLimitLayer};

use crate::{
    app::App,
    config,
    error::{Error, Result},
    login,
};

mod address;
mod store;

pub use address::{Peer, of as address_of};

/// How long a window lasts, in seconds: the store knows it as a minute.
const WINDOW: i64 = 60;

/// Where somebody becomes somebody.
fn is_sign_in(request: &Request) -> bool {
    match request.uri().path() {
        paths::DEMO_SESSION => *request.method() == Method::PUT,
        paths::LOGIN_CITIZEN | paths::LOGIN_EMPLOYEE => true,
        _ => false,
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// The requests of a person, on all their devices.
    Person(Actor),
    /// The requests of an address.
    Address(Peer),
    /// The attempts of an address to sign in.
    SignIn(Peer),
    /// The requests of another system, by its place in the settings.
    Integration(usize),
}

/// What this instance knows of the window that it is.
#[derive(Debug, Default)]
pub struct Limits(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    window: i64,
    of: HashMap<Key, Count>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    /// By all instances, as of the last time they were added up.
    known: u32,
    /// By this one since then.
    new: u32,
}

impl Limits {
    /// Counts one more, if there may be one more; 0 stands for no limit.
    ///
    /// # Errors
    /// [`Error::TooMany`], with the time until the next window begins.
    pub fn take(&self, key: Key, most: u32, now: Timestamp) -> Result<()> {
        if most == 0 {
            return Ok(());
        }
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.turn(now);
        let count = counts.of.entry(key).or_default();
        if count.known.saturating_add(count.new) >= most {
            let left = WINDOW - now.as_second().rem_euclid(WINDOW);
            return Err(Error::TooMany { seconds: u32::try_from(left).unwrap_or(1) });
        }
        count.new += 1;
        Ok(())
    }

    /// What has been counted since the last time, taken out to be added up.
    fn take_new(&self, now: Timestamp) -> (i64, Vec<(Key, u32)>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.turn(now);
        let new = counts.of.iter_mut().filter(|(_, count)| count.new > 0);
        let new = new
            .map(|(key, count)| {
                let taken = std::mem::take(&mut count.new);
                // Until the sum is known, one's own still count.
                count.known = count.known.saturating_add(taken);
                (*key, taken)
            })
            .collect();
        (counts.window, new)
    }

    fn know(&self, window: i64, sums: Vec<(Key, u32)>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.window == window {
            for (key, sum) in sums {
                let count = counts.of.entry(key).or_default();
                count.known = count.known.max(sum);
            }
        }
    }
}

impl Counts {
    fn turn(&mut self, now: Timestamp) {
        let window = now.as_second().div_euclid(WINDOW);
        if self.window != window {
            *self = Self { window, of: HashMap::new() };
        }
    }
}

/// Refuses an address that asks too much of the API, and one that tries to sign in too often.
pub async fn by_address(State(app): State<App>, request: Request, next: Next) -> Response {
    match take_of_address(&app, &request) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

/// Counts a request for the address that it comes from.
///
/// # Errors
/// [`Error::TooMany`].
pub fn take_of_address(app: &App, request: &Request) -> Result<()> {
    let limits = &app.config.limits;
    // No network stands between, as in tests of the API.
    let Some(peer) = address::of(request, &app.config.trusted_proxies) else { return Ok(()) };
    let now = app.clock.now();
    app.limits.take(Key::Address(peer), limits.requests_per_minute_address, now)?;
    if is_sign_in(request) {
        app.limits.take(Key::SignIn(peer), limits.sign_ins_per_minute_address, now)?;
    }
    Ok(())
}

/// Adds up every second what this instance has counted, with what the others have. Runs until the server ends.
pub async fn share_always(app: App) {
    let mut second = tokio::time::interval(Duration::from_secs(1));
    second.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        second.tick().await;
        if let Err(error) = share(&app).await {
            // Each instance still counts its own.
            tracing::warn!(%error, "requests are not counted together");
        }
    }
}

/// Adds up once: one write, and only if there was anything to count.
///
/// # Errors
/// That the database did not do it.
pub async fn share(app: &App) -> Result<()> {
    let now = app.clock.now();
    let (window, new) = app.limits.take_new(now);
    if new.is_empty() {
        return Ok(());
    }
    let m = app.config.municipality_id;
    let sums = app.db.write(move |tx| Box::pin(async move { store::add(tx, m, window, new).await })).await?;
    app.limits.know(window, sums);
    Ok(())
}

/// For everything together: so many at once, and so long for each; more than that is told to come back.
pub fn for_all(router: Router, limits: config::Limits) -> Router {
    let layers = ServiceBuilder::new()
        .layer(HandleErrorLayer::new(async |uri: Uri, _: BoxError| match login::is_on_the_way(uri.path()) {
            true => login::come_back_later(uri.path()),
            false => Error::from(contract::ProblemCode::Unavailable).into_response(),
        }))
        .load_shed()
        .layer(GlobalConcurrencyLimitLayer::new(limits.concurrent))
        .timeout(Duration::from_secs(limits.seconds.into()));
    router.layer(layers)
}

/// For what is small and must not be sent away however busy it is: only so long for each.
pub fn in_time(router: Router, limits: config::Limits) -> Router {
    let layers = ServiceBuilder::new()
        .layer(HandleErrorLayer::new(async |_: BoxError| Error::from(contract::ProblemCode::Unavailable)))
        .timeout(Duration::from_secs(limits.seconds.into()));
    router.layer(layers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_window_is_full_and_the_next_is_empty() {
        let limits = Limits::default();
        let key = Key::Person(Actor::Citizen(contract::CitizenId::make()));
        let other = Key::Person(Actor::Citizen(contract::CitizenId::make()));
        for _ in 0..3 {
            limits.take(key, 3, at(600)).unwrap();
        }
        assert!(matches!(limits.take(key, 3, at(615)), Err(Error::TooMany { seconds: 45 })));
        limits.take(other, 3, at(615)).unwrap();
        limits.take(key, 0, at(615)).unwrap();
        limits.take(key, 3, at(660)).unwrap();
    }

    #[test]
    fn what_the_others_counted_counts() {
        let limits = Limits::default();
        let key = Key::Person(Actor::Citizen(contract::CitizenId::make()));
        limits.take(key, 3, at(600)).unwrap();
        let (window, new) = limits.take_new(at(601));
        assert_eq!(new, [(key, 1)]);
        limits.know(window, vec![(key, 3)]);
        assert!(limits.take(key, 3, at(602)).is_err());
        limits.know(window - 1, vec![(key, 99)]);
        limits.take(key, 4, at(602)).unwrap();
    }
}
