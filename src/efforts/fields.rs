use contract::{Effort, NewEffort};
use leptos::prelude::*;

use crate::{
    arrange::{area, area_name},
    form::{Form, date_shown},
    tr,
    ui::{DateInput, Field},
};

/// An offer.
pub const CAN: &str = "can";
/// A duty.
pub const MUST: &str = "must";

/// Everything that is typed about an effort.
#[derive(Clone, Copy)]
pub struct Fields {
    pub goal: Field,
    pub title: Field,
    pub purpose: Field,
    pub kind: Field,
    pub obligation: Field,
    pub area: Field,
    pub responsible: Field,
    pub starts: DateInput,
    pub ends: DateInput,
    pub is_ended: RwSignal<bool>,
}

impl Fields {
    /// As an effort stands, or empty but for the goal.
    pub fn new(effort: Option<&Effort>, goal: &str) -> Self {
        let text = |id: &'static str, of: fn(&Effort) -> String| Field::new(id, effort.map(of).unwrap_or_default());
        let goal = effort.map_or_else(|| goal.to_owned(), |effort| effort.goal.to_string());
        let kind = effort.map_or("", |effort| if effort.obligation.is_some() { MUST } else { CAN });
        let responsible = |effort: &Effort| effort.responsible_id.map(|id| id.to_string()).unwrap_or_default();
        Self {
            goal: Field::new("goal", goal),
            title: text("title", |effort| effort.title.clone()),
            purpose: text("purpose", |effort| effort.purpose.clone()),
            kind: Field::new("kind", kind),
            obligation: text("obligation", |effort| effort.obligation.clone().unwrap_or_default()),
            area: Field::new("area", area_name(effort.map(|effort| effort.area).unwrap_or_default())),
            responsible: text("responsible", responsible),
            starts: DateInput::new("starts", effort.and_then(|effort| effort.starts_on).map(date_shown)),
            ends: DateInput::new("ends", effort.and_then(|effort| effort.ends_on).map(date_shown)),
            is_ended: RwSignal::new(effort.is_some_and(|effort| effort.is_ended)),
        }
    }

    fn values(self) -> [RwSignal<String>; 13] {
        [
            self.goal.value,
            self.title.value,
            self.purpose.value,
            self.kind.value,
            self.obligation.value,
            self.area.value,
            self.responsible.value,
            self.starts.day,
            self.starts.month,
            self.starts.year,
            self.ends.day,
            self.ends.month,
            self.ends.year,
        ]
    }

    /// All that is typed, to see whether anything changed.
    pub fn typed(self) -> Vec<String> {
        let ended = self.is_ended.get_untracked().to_string();
        self.values().into_iter().map(|value| value.get_untracked()).chain([ended]).collect()
    }

    /// Puts in what another version says.
    pub fn take(self, effort: &Effort) {
        let other = Self::new(Some(effort), "");
        for (mine, theirs) in self.values().into_iter().zip(other.values()) {
            mine.set(theirs.get_untracked());
        }
        self.is_ended.set(effort.is_ended);
    }

    /// The contract's names for the fields.
    pub fn named(self) -> [(&'static str, Field); 6] {
        [
            ("goal", self.goal),
            ("title", self.title),
            ("purpose", self.purpose),
            ("obligation", self.obligation),
            ("area", self.area),
            ("responsible", self.responsible),
        ]
    }

    /// Reads everything. `None`: the faults are told.
    pub fn check(self, form: Form) -> Option<NewEffort> {
        let mut check = form.check();
        let goal = check.chosen(self.goal);
        let title = check.required(self.title);
        let purpose = check.required(self.purpose);
        let kind = check.chosen(self.kind);
        let is_must = kind.as_deref() == Some(MUST);
        let obligation = if is_must { check.required(self.obligation).map(Some) } else { Some(None) };
        let (starts, ends) = (check.optional_date(self.starts), check.optional_date(self.ends));
        if let (Some(Some(from)), Some(Some(until))) = (starts, ends)
            && until < from
        {
            check.fail_date(self.ends, tr!(staff_plan.ends_before).to_owned());
        }
        if !check.done() {
            return None;
        }
        Some(NewEffort {
            goal: goal?.parse().ok()?,
            area: area(&self.area.text()),
            title: title?,
            purpose: purpose?,
            obligation: obligation?,
            responsible: self.responsible.text().parse().ok(),
            starts_on: starts?,
            ends_on: ends?,
            is_ended: self.is_ended.get_untracked(),
        })
    }

    /// What this person wrote, in words.
    pub fn told_mine(self) -> String {
        let must = if self.kind.text() == MUST { self.obligation.text() } else { String::new() };
        join([self.title.text(), self.purpose.text(), must])
    }
}

/// What stands, in words.
pub fn told(effort: &Effort) -> String {
    join([effort.title.clone(), effort.purpose.clone(), effort.obligation.clone().unwrap_or_default()])
}

fn join(lines: [String; 3]) -> String {
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
