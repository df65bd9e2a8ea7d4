//! The time, from outside: the only place that asks the machine for it.

use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp, Unit, civil, tz::TimeZone};

/// Where the municipality's wall clock hangs.
const PLACE: &str = "Europe/Copenhagen";

/// What time it is.
#[derive(Clone)]
pub struct Clock {
    set: Option<Arc<Mutex<Timestamp>>>,
    ahead: SignedDuration,
    zone: TimeZone,
}

impl Clock {
    /// The machine's clock.
    ///
    /// # Errors
    /// When the zone's rules are missing.
    pub fn of_the_machine() -> Result<Self, jiff::Error> {
        Ok(Self { set: None, ahead: SignedDuration::ZERO, zone: TimeZone::get(PLACE)? })
    }

    /// The same clock, so many hours ahead.
    #[must_use]
    pub fn ahead(self, hours: u32) -> Self {
        Self { ahead: SignedDuration::from_hours(hours.into()), ..self }
    }

    /// A clock that stands still until it is set, for tests.
    ///
    /// # Errors
    /// When the zone's rules are missing.
    pub fn standing(at: Timestamp) -> Result<Self, jiff::Error> {
        Ok(Self { set: Some(Arc::new(Mutex::new(at))), ahead: SignedDuration::ZERO, zone: TimeZone::get(PLACE)? })
    }

    /// Sets a standing clock; the machine's own is left alone.
    pub fn set(&self, at: Timestamp) {
        if let Some(Ok(mut now)) = self.set.as_ref().map(|set| set.lock()) {
            *now = at;
        }
    }

    /// Now, in the whole microseconds that the database keeps.
    #[must_use]
    #[allow(clippy::disallowed_methods, reason = "the one place")]
    pub fn now(&self) -> Timestamp {
        let now = match &self.set {
            None => Timestamp::now(),
            Some(set) => match set.lock() {
                Ok(now) => *now,
                Err(poisoned) => *poisoned.into_inner(),
            },
        };
        let now = now.checked_add(self.ahead).unwrap_or(now);
        let step = jiff::TimestampRound::new().smallest(Unit::Microsecond).mode(jiff::RoundMode::Trunc);
        now.round(step).unwrap_or(now)
    }

    /// The municipality's time zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The day on the municipality's calendar at an instant.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> civil::Date {
        self.zone.to_datetime(at).date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_can_be_ahead() {
        let at: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
        assert_eq!(Clock::standing(at).unwrap().ahead(25).now().to_string(), "2026-03-03T09:00:00Z");
    }
}
