//! Forms: from what a person typed to the contract's values, with a kind word for each fault.

use contract::time::civil;
use contract::{DraftText, Problem, ProblemCode, Prose, Text, TextFault};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    tr,
    ui::{DateInput, ErrorSummary, Field, Limit, TimeInput},
    when,
};

/// What is wrong in a form.
#[derive(Clone, Copy)]
pub struct Form {
    errors: RwSignal<Vec<(String, String)>>,
}

impl Default for Form {
    fn default() -> Self {
        Self::new()
    }
}

impl Form {
    /// Nothing wrong yet.
    pub fn new() -> Self {
        Self { errors: RwSignal::new(Vec::new()) }
    }

    /// What is wrong, above the heading.
    pub fn summary(self) -> AnyView {
        view! { <ErrorSummary title=tr!(form.summary_title) errors=self.errors/> }.into_any()
    }

    /// Begins to read the form.
    pub fn check(self) -> Check {
        Check { form: self, found: Vec::new() }
    }

    /// Says at the field what the server found wrong; `fields` ties the contract's names to fields. False: none fits.
    pub fn refused(self, problem: &Problem, fields: &[(&str, Field)]) -> bool {
        let Some(name) = problem.field.as_deref() else { return false };
        let Some((_, field)) = fields.iter().find(|(known, _)| *known == name) else { return false };
        let mut check = self.check();
        check.fail(*field, problem_words(problem.code));
        check.done();
        true
    }
}

/// Reads a form, field by field. `None` means a fault was found; read on, so that all are told at once.
pub struct Check {
    form: Form,
    found: Vec<(String, String)>,
}

impl Check {
    /// A text that has to be there.
    pub fn required<const MAX: usize>(&mut self, field: Field) -> Option<Text<MAX>> {
        let parsed = Text::parse(&field.text());
        self.told(field, parsed)
    }

    /// A text that may be left out.
    pub fn optional<const MAX: usize>(&mut self, field: Field) -> Option<Option<Text<MAX>>> {
        let parsed = Text::parse_optional(&field.text());
        self.told(field, parsed)
    }

    /// A text that may be empty and long while it is a draft; to go on it has to be one that can be sent.
    pub fn draft(&mut self, field: Field, goes_on: bool) -> Option<DraftText> {
        if goes_on {
            self.required::<{ Prose::MAX }>(field)?;
        }
        let parsed = DraftText::parse(&field.text());
        self.told(field, parsed)
    }

    /// Something chosen from a list.
    pub fn chosen(&mut self, field: Field) -> Option<String> {
        let value = field.text();
        if value.is_empty() {
            self.fail(field, tr!(form.choose).to_owned());
            return None;
        }
        field.error.set(None);
        Some(value)
    }

    /// A date that has to be there.
    pub fn date(&mut self, input: DateInput) -> Option<civil::Date> {
        match self.optional_date(input) {
            Some(None) => {
                self.fail_date(input, tr!(form.date_missing).to_owned());
                None
            }
            Some(Some(date)) => Some(date),
            None => None,
        }
    }

    /// A date that may be left out.
    pub fn optional_date(&mut self, input: DateInput) -> Option<Option<civil::Date>> {
        let parts = [input.day, input.month, input.year].map(|part| part.get_untracked().trim().to_owned());
        if parts.iter().all(String::is_empty) {
            input.error.set(None);
            return Some(None);
        }
        let [day, month, year] = parts;
        let date = (|| when::real_date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))();
        match date {
            Some(date) if (1900..=2200).contains(&date.year()) => {
                input.error.set(None);
                Some(Some(date))
            }
            _ => {
                self.fail_date(input, tr!(form.date_unknown).to_owned());
                None
            }
        }
    }

    /// A time of day that has to be there.
    pub fn time(&mut self, input: TimeInput) -> Option<civil::Time> {
        let parts = [input.hour, input.minute].map(|part| part.get_untracked().trim().parse::<u8>().ok());
        let time = match parts {
            [Some(hour @ 0..24), Some(minute @ 0..60)] => format!("{hour:02}:{minute:02}:00").parse().ok(),
            _ => None,
        };
        match time {
            Some(time) => {
                input.error.set(None);
                Some(time)
            }
            None => {
                let words = tr!(form.time_unknown).to_owned();
                input.error.set(Some(words.clone()));
                self.found.push((input.id(), words));
                None
            }
        }
    }

    /// A fault that only the page can see.
    pub fn fail(&mut self, field: Field, words: String) {
        field.error.set(Some(words.clone()));
        self.found.push((field.id(), words));
    }

    /// A fault in a date that only the page can see.
    pub fn fail_date(&mut self, input: DateInput, words: String) {
        input.error.set(Some(words.clone()));
        self.found.push((input.id(), words));
    }

    /// Shows what was found. True: nothing.
    pub fn done(self) -> bool {
        let is_fine = self.found.is_empty();
        self.form.errors.set(self.found);
        is_fine
    }

    fn told<T>(&mut self, field: Field, parsed: Result<T, TextFault>) -> Option<T> {
        match parsed {
            Ok(value) => {
                field.error.set(None);
                Some(value)
            }
            Err(fault) => {
                self.fail(field, fault_words(fault));
                None
            }
        }
    }
}

/// A fault in a text, in words.
pub fn fault_words(fault: TextFault) -> String {
    match fault {
        TextFault::Empty => tr!(form.text_empty).to_owned(),
        TextFault::TooLong { max, count } => tr!(form.text_too_long, max = max, count = count),
        TextFault::ControlCharacter => tr!(form.text_control_character).to_owned(),
    }
}

fn problem_words(code: ProblemCode) -> String {
    match code {
        ProblemCode::TextEmpty => tr!(form.text_empty),
        ProblemCode::TextControlCharacter => tr!(form.text_control_character),
        ProblemCode::TextTooLong => tr!(failure.too_large),
        _ => tr!(failure.invalid),
    }
    .to_owned()
}

/// The limit of a text with its sentence.
pub fn limit(max: usize) -> Limit {
    Limit {
        max,
        words: |left| {
            if left < 0 { tr!(form.over, count = left.abs()) } else { tr!(form.left, count = left) }
        },
    }
}

/// The words for the parts of a date.
pub fn date_parts() -> [String; 3] {
    [tr!(form.day).to_owned(), tr!(form.month).to_owned(), tr!(form.year).to_owned()]
}

/// The words for the parts of a time.
pub fn time_parts() -> [String; 2] {
    [tr!(form.hour).to_owned(), tr!(form.minute).to_owned()]
}

/// What a date's three fields show.
pub fn date_shown(date: civil::Date) -> (String, String, String) {
    (date.day().to_string(), date.month().to_string(), date.year().to_string())
}
