//! Dates and times in words, by the browser's `Intl`. The municipality's clock rules, whatever the phone is set to.

use contract::MeetingTime;
use jiff::{Timestamp, civil};
use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::{i18n, tr};

const MUNICIPALITY: &str = "Europe/Copenhagen";

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
    format(date.at(12, 0, 0, 0), &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")])
}

/// "30. marts"
pub fn short_date(date: civil::Date) -> String {
    format(date.at(12, 0, 0, 0), &[("day", "numeric"), ("month", "long")])
}

/// "kl. 10.15"
pub fn clock(time: civil::Time) -> String {
    tr!(shared.clock, time = hours(time))
}

/// "10.15"
pub fn hours(time: civil::Time) -> String {
    format(
        civil::date(2000, 1, 1).to_datetime(time),
        &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")],
    )
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
    let days = today.until(day).map_or(0, |span| span.get_days());
    let options = options(&[("numeric", "auto")]);
    Intl::RelativeTimeFormat::new(&locales(), &options).format(f64::from(days), "day").into()
}

/// Whether "one" or "other" is the word for so many, by the language's own rules.
pub fn is_one(count: usize) -> bool {
    #[allow(clippy::cast_precision_loss, reason = "counts on a screen are small")]
    let word = Intl::PluralRules::new(&locales(), &Object::new()).select(count as f64);
    word == "one"
}

fn format(at: civil::DateTime, how: &[(&str, &str)]) -> String {
    // Wall clock time is shown as it stands: read as UTC and written as UTC.
    let millis = Date::utc(f64::from(at.year()), f64::from(at.month() - 1));
    let date = Date::new(&millis.into());
    date.set_utc_date(at.day().unsigned_abs().into());
    date.set_utc_hours(at.hour().unsigned_abs().into());
    date.set_utc_minutes(at.minute().unsigned_abs().into());
    write(&date, "UTC", how)
}

fn instant(at: Timestamp, how: &[(&str, &str)]) -> String {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit in 53 bits")]
    let date = Date::new(&JsValue::from_f64(at.as_millisecond() as f64));
    write(&date, MUNICIPALITY, how)
}

fn write(date: &Date, zone: &str, how: &[(&str, &str)]) -> String {
    let options = options(how);
    let _ = Reflect::set(&options, &"timeZone".into(), &zone.into());
    let words = Intl::DateTimeFormat::new(&locales(), &options).format().call1(&JsValue::NULL, date);
    words.ok().and_then(|words| words.as_string()).unwrap_or_default()
}

fn options(how: &[(&str, &str)]) -> Object {
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
