use contract::{Area, Fold, Meeting, MeetingForm, NewMeeting};
use leptos::prelude::*;

use super::{
    agenda::{self, Item},
    people::{self, Person},
};
use crate::{
    form::{Check, Form, date_shown},
    tr,
    ui::{DateInput, Field, TimeInput},
};

/// Everything that is typed about a meeting.
#[derive(Clone, Copy)]
pub struct Fields {
    pub purpose: Field,
    pub title: Field,
    pub area: Field,
    pub date: DateInput,
    pub time: TimeInput,
    pub fold: Field,
    /// Whether it has to be said which of two equal times it is.
    pub asks_fold: RwSignal<bool>,
    pub minutes: Field,
    pub form: Field,
    pub place: Field,
    pub entrance: Field,
    pub received_by: Field,
    pub bring: Field,
    pub contact_phone: Field,
    pub people: RwSignal<Vec<Person>>,
    pub agenda: RwSignal<Vec<Item>>,
}

impl Fields {
    /// Empty, or as a meeting stands.
    pub fn new(meeting: Option<&Meeting>) -> Self {
        let field = |id: &'static str, text: Option<&str>| Field::new(id, text.unwrap_or_default());
        let summary = meeting.map(|meeting| &meeting.summary);
        let start = summary.map(|summary| summary.time.local_start);
        let clock = start.map(|start| (format!("{:02}", start.time().hour()), format!("{:02}", start.time().minute())));
        Self {
            purpose: field("purpose", summary.map(|summary| &*summary.purpose)),
            title: field("title", meeting.and_then(|meeting| meeting.title.as_deref())),
            area: field("area", Some(area_name(summary.map(|summary| summary.area).unwrap_or_default()))),
            date: DateInput::new("date", start.map(|start| date_shown(start.date()))),
            time: TimeInput::new("time", clock),
            fold: field("fold", None),
            asks_fold: RwSignal::new(false),
            minutes: Field::new("minutes", summary.map_or(45, |summary| summary.time.minutes).to_string()),
            form: field("form", Some(form_name(summary.map(|summary| summary.form).unwrap_or_default()))),
            place: field("place", summary.and_then(|summary| summary.place.as_deref())),
            entrance: field("entrance", meeting.and_then(|meeting| meeting.entrance.as_deref())),
            received_by: field("received-by", meeting.and_then(|meeting| meeting.received_by.as_deref())),
            bring: field("bring", meeting.and_then(|meeting| meeting.bring.as_deref())),
            contact_phone: field("contact-phone", meeting.and_then(|meeting| meeting.contact_phone.as_deref())),
            people: RwSignal::new(meeting.map(people::rows).unwrap_or_default()),
            agenda: RwSignal::new(meeting.map(agenda::rows).unwrap_or_default()),
        }
    }

    /// Puts in what another version says.
    pub fn take(self, meeting: &Meeting) {
        let other = Self::new(Some(meeting));
        for (mine, theirs) in self.singles().into_iter().zip(other.singles()) {
            mine.value.set(theirs.text());
        }
        for (mine, theirs) in self.parts().into_iter().zip(other.parts()) {
            mine.set(theirs.get_untracked());
        }
        self.people.set(other.people.get_untracked());
        self.agenda.set(other.agenda.get_untracked());
    }

    /// All that is typed, to see whether anything changed.
    pub fn typed(self) -> Vec<String> {
        let singles = self.singles().map(Field::text);
        let parts = self.parts().map(|part| part.get_untracked());
        let people = self.people.get_untracked().into_iter().flat_map(Person::typed);
        let agenda = self.agenda.get_untracked().into_iter().map(|item| format!("{}{}", item.id, item.text.text()));
        singles.into_iter().chain(parts).chain(people).chain(agenda).collect()
    }

    /// Reads everything. `None`: the faults are told.
    pub fn check(self, form: Form) -> Option<NewMeeting> {
        let mut check = form.check();
        let purpose = check.required(self.purpose);
        let title = check.optional(self.title);
        let date = check.date(self.date);
        let time = check.time(self.time);
        if self.asks_fold.get_untracked() {
            check.chosen(self.fold);
        }
        let minutes = self.minutes(&mut check);
        let place = check.optional(self.place);
        let entrance = check.optional(self.entrance);
        let received_by = check.optional(self.received_by);
        let bring = check.optional(self.bring);
        let contact_phone = check.optional(self.contact_phone);
        let participants: Vec<_> =
            self.people.get_untracked().into_iter().map(|person| person.check(&mut check)).collect();
        let agenda: Vec<_> = self.agenda.get_untracked().into_iter().map(|item| item.check(&mut check)).collect();
        if let Some(person) = self.people.with_untracked(|people| people.get(NewMeeting::MOST).copied()) {
            check.fail(person.why(), tr!(staff_arrange.too_many_people, count = NewMeeting::MOST));
        }
        if let Some(item) = self.agenda.with_untracked(|agenda| agenda.get(NewMeeting::MOST).copied()) {
            check.fail(item.text, tr!(staff_arrange.too_many_items, count = NewMeeting::MOST));
        }
        if !check.done() {
            return None;
        }
        Some(NewMeeting {
            purpose: purpose?,
            title: title?,
            area: area(&self.area.text()),
            local_start: date?.to_datetime(time?),
            fold: match &*self.fold.text() {
                "earlier" => Some(Fold::Earlier),
                "later" => Some(Fold::Later),
                _ => None,
            },
            minutes: minutes?,
            form: match &*self.form.text() {
                "phone" => MeetingForm::Phone,
                "video" => MeetingForm::Video,
                _ => MeetingForm::InPerson,
            },
            place: place?,
            entrance: entrance?,
            received_by: received_by?,
            bring: bring?,
            contact_phone: contact_phone?,
            participants: participants.into_iter().collect::<Option<_>>()?,
            agenda: agenda.into_iter().collect::<Option<_>>()?,
        })
    }

    fn minutes(self, check: &mut Check) -> Option<u16> {
        match self.minutes.text().trim().parse() {
            Ok(minutes) if (5..=480).contains(&minutes) => {
                self.minutes.error.set(None);
                Some(minutes)
            }
            _ => {
                check.fail(self.minutes, tr!(staff_arrange.minutes_unknown).to_owned());
                None
            }
        }
    }

    fn singles(self) -> [Field; 11] {
        [
            self.purpose,
            self.title,
            self.area,
            self.fold,
            self.minutes,
            self.form,
            self.place,
            self.entrance,
            self.received_by,
            self.bring,
            self.contact_phone,
        ]
    }

    fn parts(self) -> [RwSignal<String>; 5] {
        [self.date.day, self.date.month, self.date.year, self.time.hour, self.time.minute]
    }
}

/// An area's value in a list to choose from.
pub fn area_name(area: Area) -> &'static str {
    match area {
        Area::Employment => "employment",
        Area::Social => "social",
        Area::Health => "health",
        Area::Housing => "housing",
        Area::Economy => "economy",
        Area::Other => "other",
    }
}

/// The area with that value.
pub fn area(name: &str) -> Area {
    Area::ALL.into_iter().find(|area| area_name(*area) == name).unwrap_or_default()
}

fn form_name(form: MeetingForm) -> &'static str {
    match form {
        MeetingForm::InPerson => "in_person",
        MeetingForm::Phone => "phone",
        MeetingForm::Video => "video",
    }
}
