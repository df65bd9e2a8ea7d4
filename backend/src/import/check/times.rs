//! That times exist, and that what has happened lies in the past.

use contract::Fold;
use jiff::{
    SignedDuration, Timestamp,
    tz::{AmbiguousOffset, TimeZone},
};
use uuid::Uuid;

use super::{Check, Time};

/// The years that a meeting may lie in: what is outside is a slip, and at the ends of the calendar there is no instant.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// How far ahead the clock of another machine may be.
pub(super) const AHEAD: SignedDuration = SignedDuration::from_mins(1);

impl Check<'_> {
    pub(super) fn time(&mut self, time: Time, at: &str) {
        if !(5..=480).contains(&time.minutes) {
            self.fault(format!("{at}.minutes"), "a meeting is from 5 to 480 minutes long");
        }
        if !YEARS.contains(&time.local_start.year()) {
            self.fault(format!("{at}.local_start"), "a meeting is between the years 1900 and 2199: correct the year");
            return;
        }
        match self.zone.to_ambiguous_timestamp(time.local_start).offset() {
            AmbiguousOffset::Unambiguous { .. } => {}
            AmbiguousOffset::Gap { .. } => self.fault(
                format!("{at}.local_start"),
                "this time does not exist, because the clocks go forward over it: choose another",
            ),
            AmbiguousOffset::Fold { .. } if time.fold.is_none() => self.fault(
                format!("{at}.fold"),
                "this time happens twice, because the clocks go back: say \"earlier\" or \"later\"",
            ),
            AmbiguousOffset::Fold { .. } => {}
        }
    }

    /// What has happened, by the names of its fields.
    pub(super) fn past<const N: usize>(&mut self, at: &str, times: [(&str, Option<Timestamp>); N]) {
        for (field, time) in times {
            if time.is_some_and(|time| time > self.latest) {
                let what = "this has not happened yet: correct the time, or the clock of this machine";
                self.fault(format!("{at}.{field}"), what);
            }
        }
    }
}

/// When an id was made, if it says so.
pub(super) fn made_at(id: Uuid) -> Option<Timestamp> {
    let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
    let time = i64::try_from(seconds).ok().zip(i32::try_from(nanoseconds).ok());
    Some(time.and_then(|(seconds, nanoseconds)| Timestamp::new(seconds, nanoseconds).ok()).unwrap_or(Timestamp::MAX))
}

/// The instant of a time that [`super::check`] found nothing wrong with.
pub(in crate::import) fn instant(time: Time, zone: &TimeZone) -> Option<jiff::Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(time.local_start);
    match time.fold {
        Some(Fold::Later) => ambiguous.later().ok(),
        _ => ambiguous.earlier().ok(),
    }
}
