//! Dates and times in words, by the browser's `Intl`. The municipality's clock rules, whatever the phone is set to.

use std::cell::RefCell;

use contract::MeetingTime;
use contract::time::{Timestamp, civil};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::{i18n, tr};

const MUNICIPALITY: &str = "Europe/Copenhagen";

/// Options of `Intl`, by name.
type How = &'static [(&'static str, &'static str)];

thread_local! {
    static FORMATTERS: RefCell<Vec<(&'static str, How, Function)>> = const { RefCell::new(Vec::new()) };
    static PLURALS: Intl::PluralRules = Intl::PluralRules::new(&locales(), &Object::new());
}

/// "mandag den 30. marts 2026 kl. 10.15"
pub fn full(time: &MeetingTime) -> String {
    format!("{} {}", date(time.local_start.date()), clock(time.local_start.time()))
}

/// "mandag den 30. marts 2026 kl. 10.15-11.00", with an en dash.
pub fn interval(time: &MeetingTime) -> String {
    format!("{}\u{2013}{}", full(time), hours(time.local_end.time()))
}

/// "mandag den 30. marts 2026"
pub fn date(date: civil::Date) -> String {
    format(&noon(date), &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")])
}

/// "30. marts", and "30. marts 2030" when that is not this year.
pub fn short_date(date: civil::Date) -> String {
    let shown = noon(date);
    if shown.get_utc_full_year() == Date::new_0().get_full_year() {
        format(&shown, &[("day", "numeric"), ("month", "long")])
    } else {
        format(&shown, &[("day", "numeric"), ("month", "long"), ("year", "numeric")])
    }
}

/// "kl. 10.15"
pub fn clock(time: civil::Time) -> String {
    tr!(shared.clock, time = hours(time))
}

/// "10.15"
pub fn hours(time: civil::Time) -> String {
    let at = Date::new(&format!("2000-01-01T{:02}:{:02}:00Z", time.hour(), time.minute()).into());
    format(&at, &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")])
}

/// "30. marts 2026 kl. 14.03", on the municipality's clock.
pub fn moment(at: Timestamp) -> String {
    let date = instant(at, &[("day", "numeric"), ("month", "long"), ("year", "numeric")]);
    format!("{date} {}", tr!(shared.clock, time = moment_hours(at)))
}

/// "mandag den 30. marts 2026", by the municipality's calendar.
pub fn day(at: Timestamp) -> String {
    instant(at, &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")])
}

/// "14.03", on the municipality's clock.
pub fn moment_hours(at: Timestamp) -> String {
    instant(at, &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")])
}

/// "om 3 dage", "i morgen", "i går".
pub fn days_from(today: civil::Date, day: civil::Date) -> String {
    let days = (noon(day).get_time() - noon(today).get_time()) / 86_400_000.0;
    let options = options(&[("numeric", "auto")]);
    Intl::RelativeTimeFormat::new(&locales(), &options).format(days, "day").into()
}

/// Whether "one" or "other" is the word for so many, by the language's own rules.
pub fn is_one(count: usize) -> bool {
    #[allow(clippy::cast_precision_loss, reason = "counts on a screen are small")]
    let word = PLURALS.with(|rules| rules.select(count as f64));
    word == "one"
}

/// The day, if the calendar has it: the browser's `Date` rolls over what does not exist.
pub fn real_date(year: i16, month: i8, day: i8) -> Option<civil::Date> {
    let date = format!("{year:04}-{month:02}-{day:02}").parse().ok()?;
    let read = noon(date);
    let is_same = read.get_utc_full_year() == u32::try_from(year).ok()?
        && read.get_utc_month() + 1 == u32::try_from(month).ok()?
        && read.get_utc_date() == u32::try_from(day).ok()?;
    is_same.then_some(date)
}

// What stands on a wall is read as UTC and written as UTC, so that it stays as it stands.
fn noon(date: civil::Date) -> Date {
    let read = Date::new(&Date::utc(date.year().into(), f64::from(date.month()) - 1.0).into());
    read.set_utc_date(date.day().unsigned_abs().into());
    read.set_utc_hours(12);
    read
}

fn format(at: &Date, how: How) -> String {
    write(at, "UTC", how)
}

fn instant(at: Timestamp, how: How) -> String {
    write(&Date::new(&at.to_string().into()), MUNICIPALITY, how)
}

fn write(date: &Date, zone: &'static str, how: How) -> String {
    let words = formatter(zone, how).call1(&JsValue::NULL, date);
    words.ok().and_then(|words| words.as_string()).unwrap_or_default()
}

/// Making one costs a cheap phone milliseconds, and a page shows dozens of dates. The language stays while the page does.
fn formatter(zone: &'static str, how: How) -> Function {
    FORMATTERS.with_borrow_mut(|made| {
        if let Some((.., formatter)) = made.iter().find(|(its_zone, its_how, _)| (*its_zone, *its_how) == (zone, how)) {
            return formatter.clone();
        }
        let options = options(how);
        let _ = Reflect::set(&options, &"timeZone".into(), &zone.into());
        let formatter = Intl::DateTimeFormat::new(&locales(), &options).format();
        made.push((zone, how, formatter.clone()));
        formatter
    })
}

fn options(how: How) -> Object {
    let options = Object::new();
    for (name, value) in how {
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options
}

fn locales() -> Array {
    // British English has the 24-hour clock and the day before the month, as people here are used to.
    Array::of1(&match i18n::tag() {
        "en" => "en-GB".into(),
        tag => tag.into(),
    })
}
