//! When a meeting is: from the wall clock to the one instant it means.

use contract::{Fold, NewMeeting, ProblemCode};
use jiff::{
    Timestamp, ToSpan as _, civil,
    tz::{AmbiguousOffset, TimeZone},
};

use crate::{
    entity::meeting,
    error::{Error, Result},
};

/// When a meeting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub(super) local_start: civil::DateTime,
    pub(super) local_end: civil::DateTime,
    pub(super) starts_at: Timestamp,
    pub(super) minutes: u16,
}

impl When {
    /// A meeting that stays where it is may lie in the past; one that is new or moved may not. One that has begun is not
    /// moved.
    pub(super) fn of(new: &NewMeeting, old: Option<&meeting::Model>, now: Timestamp, zone: &TimeZone) -> Result<Self> {
        if !(5..=480).contains(&new.minutes) {
            return Err(Error::at(ProblemCode::Invalid, "minutes"));
        }
        // Whoever changes another field sends the wall clock back as it was, without saying again which of two it is.
        let unmoved = old.filter(|old| new.fold.is_none() && old.local_start.0 == new.local_start);
        let starts_at = match unmoved {
            Some(old) => old.starts_at.0,
            None => instant(new.local_start, new.fold, zone)?,
        };
        let is_moved = old.is_none_or(|old| old.starts_at.0 != starts_at);
        if is_moved && old.is_some_and(|old| old.starts_at.0 <= now) {
            return Err(Error::at(ProblemCode::MeetingBegun, "local_start"));
        }
        if is_moved && starts_at < now {
            return Err(Error::at(ProblemCode::TimeInThePast, "local_start"));
        }
        let ends_at = starts_at.checked_add(i64::from(new.minutes).minutes()).map_err(|_| invalid())?;
        Ok(Self { local_start: new.local_start, local_end: zone.to_datetime(ends_at), starts_at, minutes: new.minutes })
    }
}

/// The instant that a wall clock shows this time.
fn instant(local: civil::DateTime, fold: Option<Fold>, zone: &TimeZone) -> Result<Timestamp> {
    if local.second() != 0 || local.subsec_nanosecond() != 0 {
        return Err(invalid());
    }
    let times = zone.to_ambiguous_timestamp(local);
    let found = match (times.offset(), fold) {
        (AmbiguousOffset::Unambiguous { .. }, _) => times.unambiguous(),
        (AmbiguousOffset::Gap { .. }, _) => return Err(Error::at(ProblemCode::TimeDoesNotExist, "local_start")),
        (AmbiguousOffset::Fold { .. }, None) => return Err(Error::at(ProblemCode::TimeHappensTwice, "local_start")),
        (AmbiguousOffset::Fold { .. }, Some(Fold::Earlier)) => times.earlier(),
        (AmbiguousOffset::Fold { .. }, Some(Fold::Later)) => times.later(),
    };
    found.map_err(|_| invalid())
}

fn invalid() -> Error {
    Error::at(ProblemCode::Invalid, "local_start")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(local: &str, fold: Option<Fold>) -> Result<String, ProblemCode> {
        let zone = TimeZone::get("Europe/Copenhagen").unwrap();
        instant(local.parse().unwrap(), fold, &zone).map(|at| at.to_string()).map_err(|error| error.code())
    }

    #[test]
    fn an_ordinary_time_is_one_instant() {
        assert_eq!(at("2026-03-30T10:15:00", None).as_deref(), Ok("2026-03-30T08:15:00Z"));
        assert_eq!(at("2026-03-30T10:15:00", Some(Fold::Later)).as_deref(), Ok("2026-03-30T08:15:00Z"));
    }

    #[test]
    fn the_hour_that_is_skipped_in_spring_does_not_exist() {
        for local in ["2026-03-29T02:00:00", "2026-03-29T02:30:00"] {
            assert_eq!(at(local, None), Err(ProblemCode::TimeDoesNotExist));
            assert_eq!(at(local, Some(Fold::Earlier)), Err(ProblemCode::TimeDoesNotExist));
        }
        assert_eq!(at("2026-03-29T03:00:00", None).as_deref(), Ok("2026-03-29T01:00:00Z"));
    }

    #[test]
    fn the_hour_that_comes_twice_in_autumn_must_say_which() {
        assert_eq!(at("2026-10-25T02:30:00", None), Err(ProblemCode::TimeHappensTwice));
        assert_eq!(at("2026-10-25T02:30:00", Some(Fold::Earlier)).as_deref(), Ok("2026-10-25T00:30:00Z"));
        assert_eq!(at("2026-10-25T02:30:00", Some(Fold::Later)).as_deref(), Ok("2026-10-25T01:30:00Z"));
    }

    #[test]
    fn a_time_within_a_minute_or_at_the_end_of_all_time_is_invalid() {
        assert_eq!(at("2026-03-30T10:15:30", None), Err(ProblemCode::Invalid));
        assert_eq!(at("-009999-01-01T00:00:00", None), Err(ProblemCode::Invalid));
    }
}
