use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// An instant in UTC, as the server wrote it (RFC 3339).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Timestamp([u8; 32]);

/// What cannot be read.
#[derive(Debug)]
pub struct Unreadable;

impl std::str::FromStr for Timestamp {
    type Err = Unreadable;
    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let mut bytes = [0; 32];
        bytes.get_mut(..text.len()).ok_or(Unreadable)?.copy_from_slice(text.as_bytes());
        Ok(Self(bytes))
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        f.write_str(std::str::from_utf8(&self.0[..end]).unwrap_or_default())
    }
}

impl std::fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

macro_rules! as_text {
    ($($name:ty),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(|_| D::Error::custom("not a time"))
            }
        }
    )*};
}
as_text!(Timestamp, civil::Date, civil::DateTime);

/// Dates and times on the wall.
pub mod civil {
    use super::Unreadable;

    /// A day. Whether it exists, the server and the browser's `Date` know.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct Date {
        year: i16,
        month: i8,
        day: i8,
    }

    /// A time of day, to the minute.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct Time {
        hour: i8,
        minute: i8,
    }

    /// A time on a day.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct DateTime {
        date: Date,
        time: Time,
    }

    impl Date {
        /// The year.
        #[must_use]
        pub fn year(self) -> i16 {
            self.year
        }

        /// The month, from 1.
        #[must_use]
        pub fn month(self) -> i8 {
            self.month
        }

        /// The day of the month, from 1.
        #[must_use]
        pub fn day(self) -> i8 {
            self.day
        }

        /// This day at that time.
        #[must_use]
        pub fn to_datetime(self, time: Time) -> DateTime {
            DateTime { date: self, time }
        }
    }

    impl Time {
        /// The hour, 0 to 23.
        #[must_use]
        pub fn hour(self) -> i8 {
            self.hour
        }

        /// The minute, 0 to 59.
        #[must_use]
        pub fn minute(self) -> i8 {
            self.minute
        }
    }

    impl DateTime {
        /// The day.
        #[must_use]
        pub fn date(self) -> Date {
            self.date
        }

        /// The time of day.
        #[must_use]
        pub fn time(self) -> Time {
            self.time
        }
    }

    fn number<T: std::str::FromStr>(text: &str, from: usize, to: usize) -> Option<T> {
        text.get(from..to)?.parse().ok()
    }

    impl std::str::FromStr for Date {
        type Err = Unreadable;
        /// Reads `2026-03-30`.
        fn from_str(text: &str) -> Result<Self, Unreadable> {
            let parts = (number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
            let (Some(year), Some(month), Some(day)) = parts else { return Err(Unreadable) };
            Ok(Self { year, month, day })
        }
    }

    impl std::str::FromStr for Time {
        type Err = Unreadable;
        /// Reads `10:15` and what may stand behind it.
        fn from_str(text: &str) -> Result<Self, Unreadable> {
            let (Some(hour), Some(minute)) = (number(text, 0, 2), number(text, 3, 5)) else { return Err(Unreadable) };
            Ok(Self { hour, minute })
        }
    }

    impl std::str::FromStr for DateTime {
        type Err = Unreadable;
        /// Reads `2026-03-30T10:15:00`.
        fn from_str(text: &str) -> Result<Self, Unreadable> {
            let date = text.parse()?;
            let time = text.get(11..).ok_or(Unreadable)?.parse()?;
            Ok(Self { date, time })
        }
    }

    impl std::fmt::Display for Date {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
        }
    }

    impl std::fmt::Display for DateTime {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "{}T{:02}:{:02}:00", self.date, self.time.hour, self.time.minute)
        }
    }
}
