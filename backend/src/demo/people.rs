//! The people of the demo, from `demo/people/*.json`: the import's format, but for words that begin with `@`, which stand
//! for ids and for times relative to today (`demo/README.md` lists them).

use contract::{Actor, CitizenId, DemoPerson, EmployeeId, Line};
use jiff::{
    Timestamp, ToSpan as _,
    civil::{self, Weekday},
    tz::TimeZone,
};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use crate::{
    error::{Error, Result},
    import::{Employee, FORMAT, File, ImportError},
};

/// In the order in which they are told about; the first one is the one to begin with.
const CITIZENS: [&str; 16] = [
    include_str!("../../../demo/people/anna.json"),
    include_str!("../../../demo/people/bo.json"),
    include_str!("../../../demo/people/clara.json"),
    include_str!("../../../demo/people/david.json"),
    include_str!("../../../demo/people/eva.json"),
    include_str!("../../../demo/people/frederik.json"),
    include_str!("../../../demo/people/gitte.json"),
    include_str!("../../../demo/people/hassan.json"),
    include_str!("../../../demo/people/ida.json"),
    include_str!("../../../demo/people/jette.json"),
    include_str!("../../../demo/people/kim.json"),
    include_str!("../../../demo/people/lise.json"),
    include_str!("../../../demo/people/michael.json"),
    include_str!("../../../demo/people/nina.json"),
    include_str!("../../../demo/people/ole.json"),
    include_str!("../../../demo/people/per.json"),
];
const EMPLOYEES: &str = include_str!("../../../demo/people/employees.json");

/// Everybody.
pub(super) struct People {
    pub(super) employees: Vec<Told<EmployeeId>>,
    pub(super) citizens: Vec<Told<CitizenId>>,
    employee_values: Vec<Value>,
    citizen_values: Vec<Value>,
}

/// Somebody, and what state they show.
pub(super) struct Told<T> {
    pub(super) id: T,
    pub(super) name: Line,
    pub(super) about: String,
    pub(super) about_en: String,
}

impl<T> Told<T> {
    fn as_person(&self, actor: Actor) -> DemoPerson {
        let (about, about_en) = (self.about.clone(), self.about_en.clone());
        DemoPerson { actor, name: self.name.as_str().to_owned(), about, about_en }
    }
}

#[derive(Deserialize)]
struct Entry {
    about: String,
    about_en: String,
    person: Value,
}

/// Reads everybody.
///
/// # Errors
/// When a file is not what it has to be; a test sees to it that this never happens.
pub(super) fn all() -> Result<People> {
    let mut people =
        People { employees: Vec::new(), citizens: Vec::new(), employee_values: Vec::new(), citizen_values: Vec::new() };
    for entry in serde_json::from_str::<Vec<Entry>>(EMPLOYEES).map_err(broken)? {
        let (id, name) = who(&entry.person)?;
        people.employees.push(Told { id: EmployeeId(id), name, about: entry.about, about_en: entry.about_en });
        people.employee_values.push(entry.person);
    }
    for text in CITIZENS {
        let entry: Entry = serde_json::from_str(text).map_err(broken)?;
        let (id, name) = who(&entry.person)?;
        people.citizens.push(Told { id: CitizenId(id), name, about: entry.about, about_en: entry.about_en });
        people.citizen_values.push(entry.person);
    }
    Ok(people)
}

fn who(person: &Value) -> Result<(Uuid, Line)> {
    let text = |name: &str| person.get(name).and_then(Value::as_str);
    let id = text("id").and_then(|id| id.strip_prefix("@id ")).map(id_of);
    let name = text("name").and_then(|name| Line::parse(name).ok());
    id.zip(name).ok_or(Error::Internal("somebody in the demo has no id or no name"))
}

fn broken(error: serde_json::Error) -> Error {
    tracing::error!(%error, "demo/people");
    Error::Internal("a file of the demo is broken")
}

impl People {
    /// What is told about somebody, if they are the demo's own.
    pub(super) fn told(&self, actor: Actor) -> Option<DemoPerson> {
        self.all_told().into_iter().find(|it| it.actor == actor)
    }

    /// What is told about everybody.
    pub(super) fn all_told(&self) -> Vec<DemoPerson> {
        let citizens = self.citizens.iter().map(|it| it.as_person(Actor::Citizen(it.id)));
        citizens.chain(self.employees.iter().map(|it| it.as_person(Actor::Employee(it.id)))).collect()
    }

    /// In the order in which they are told about; citizens before employees, those of the demo before others.
    pub(super) fn sorted(&self, mut people: Vec<DemoPerson>) -> Vec<DemoPerson> {
        let own = self.all_told();
        people.sort_by_cached_key(|person| {
            let is_employee = matches!(person.actor, Actor::Employee(_));
            let place = own.iter().position(|it| it.actor == person.actor).unwrap_or(usize::MAX);
            (is_employee, place, person.name.clone())
        });
        people
    }

    /// The employees alone.
    ///
    /// # Errors
    /// When a file is not in the import's format.
    pub(super) fn only_employees(mut self, now: Timestamp, zone: &TimeZone) -> Result<Vec<Employee>> {
        self.citizen_values.clear();
        let file = self.file(now, zone).map_err(|_| Error::Internal("a file of the demo is broken"))?;
        Ok(file.employees)
    }

    /// Everybody as a file to import, with the days as they are now.
    ///
    /// # Errors
    /// [`ImportError::Format`] when a file is not in the import's format.
    pub(super) fn file(self, now: Timestamp, zone: &TimeZone) -> Result<File, ImportError> {
        let days = Days { now: zone.to_datetime(now), zone };
        let value = json!({ "format": FORMAT, "employees": self.employee_values, "citizens": self.citizen_values });
        serde_path_to_error::deserialize(days.filled(value))
            .map_err(|error| ImportError::Format { path: error.path().to_string(), what: error.inner().to_string() })
    }
}

/// The same name is the same id, on every machine. It looks like the ids that browsers make.
pub(super) fn id_of(name: &str) -> Uuid {
    let hash = Sha256::digest(name);
    let mut random = [0; 10];
    random.copy_from_slice(&hash[..10]);
    Builder::from_unix_timestamp_millis(1_767_225_600_000, &random).into_uuid()
}

struct Days<'a> {
    now: civil::DateTime,
    zone: &'a TimeZone,
}

impl Days<'_> {
    fn filled(&self, value: Value) -> Value {
        match value {
            Value::String(text) => match text.strip_prefix('@').and_then(|words| self.word(words)) {
                Some(filled) => Value::String(filled),
                None => Value::String(text),
            },
            Value::Array(items) => items.into_iter().map(|item| self.filled(item)).collect(),
            Value::Object(fields) => fields.into_iter().map(|(name, field)| (name, self.filled(field))).collect(),
            other => other,
        }
    }

    fn word(&self, words: &str) -> Option<String> {
        let (kind, rest) = words.split_once(' ')?;
        Some(match kind {
            "id" => id_of(rest).to_string(),
            "day" => self.day(rest)?.to_string(),
            "local" if rest == "soon" => self.soon().to_string(),
            "local" => self.time(rest)?.to_string(),
            "at" => self.at(rest)?.to_string(),
            // An id greater than those of all events until then.
            "until" => {
                let millis = u64::try_from(self.at(rest)?.as_millisecond()).ok()?;
                Builder::from_unix_timestamp_millis(millis, &[u8::MAX; 10]).into_uuid().to_string()
            }
            _ => return None,
        })
    }

    /// What has happened has not happened later today.
    fn at(&self, words: &str) -> Option<Timestamp> {
        let at = self.zone.to_timestamp(self.time(words)?).ok()?;
        Some(at.min(self.zone.to_timestamp(self.now).ok()?))
    }

    /// `+14` days from today; offices are closed at weekends, so days further away than five are moved to a Monday.
    fn day(&self, words: &str) -> Option<civil::Date> {
        let days: i32 = words.parse().ok()?;
        let day = self.now.date().checked_add(days.days()).ok()?;
        let later = match day.weekday() {
            Weekday::Saturday if days.abs() > 5 => 2,
            Weekday::Sunday if days.abs() > 5 => 1,
            _ => 0,
        };
        day.checked_add(later.days()).ok()
    }

    fn time(&self, words: &str) -> Option<civil::DateTime> {
        let (day, time) = words.split_once(' ')?;
        Some(self.day(day)?.to_datetime(format!("{time}:00").parse().ok()?))
    }

    /// Later today, on a quarter; so late in the evening that nothing is later, the last quarter.
    fn soon(&self) -> civil::DateTime {
        let last = self.now.date().at(23, 45, 0, 0);
        let hour = self.now.date().at(self.now.hour(), 0, 0, 0);
        hour.checked_add(2.hours()).map_or(last, |soon| if soon.date() == last.date() { soon } else { last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn days(now: &str) -> (civil::DateTime, TimeZone) {
        (now.parse().unwrap(), Clock::of_the_machine().unwrap().zone().clone())
    }

    #[test]
    fn words_stand_for_days_and_ids() {
        let (now, zone) = days("2026-03-26T14:20:00");
        let days = Days { now, zone: &zone };
        assert_eq!(days.word("day +3").as_deref(), Some("2026-03-29"));
        assert_eq!(days.word("day +9").as_deref(), Some("2026-04-06"), "a Saturday becomes the Monday after");
        assert_eq!(days.word("local soon").as_deref(), Some("2026-03-26T16:00:00"));
        assert_eq!(days.word("at -1 09:00").as_deref(), Some("2026-03-25T08:00:00Z"));
        assert_eq!(days.word("at 0 23:00").as_deref(), Some("2026-03-26T13:20:00Z"));
        assert_eq!(days.word("hjem"), None);
    }

    #[test]
    fn everybody_hangs_together_on_any_day_of_the_year() {
        let zone = Clock::of_the_machine().unwrap().zone().clone();
        for day in 0..366 {
            let now = "2026-01-01T13:00:00Z".parse::<Timestamp>().unwrap() + jiff::SignedDuration::from_hours(24 * day);
            let file = all().unwrap().file(now, &zone).unwrap();
            let faults = crate::import::faults(&file, &Clock::standing(now).unwrap());
            assert!(faults.is_empty(), "{faults:#?}");
        }
    }

    #[test]
    fn nobody_has_an_unresolved_word_or_a_number_like_a_cpr() {
        for text in CITIZENS {
            for word in text.split('"') {
                assert!(
                    !word.starts_with('@')
                        || word.starts_with("@id ")
                        || word.starts_with("@day ")
                        || word.starts_with("@local ")
                        || word.starts_with("@at ")
                        || word.starts_with("@until "),
                    "{word}"
                );
            }
        }
    }
}
