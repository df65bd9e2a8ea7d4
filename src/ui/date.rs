use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::field::{described_by, error_id, error_message, hint_id};

/// Day, month and year, each a field of its own: what the person typed, not yet a date.
#[derive(Clone, Copy)]
pub struct DateInput {
    id: StoredValue<String>,
    /// The day as typed.
    pub day: RwSignal<String>,
    /// The month as typed.
    pub month: RwSignal<String>,
    /// The year as typed.
    pub year: RwSignal<String>,
    /// What is wrong with it, in words.
    pub error: RwSignal<Option<String>>,
}

impl DateInput {
    /// An empty one, or one that shows a day, month and year.
    pub fn new(id: impl Into<String>, date: Option<(String, String, String)>) -> Self {
        let (day, month, year) = date.unwrap_or_default();
        Self {
            id: StoredValue::new(id.into()),
            day: RwSignal::new(day),
            month: RwSignal::new(month),
            year: RwSignal::new(year),
            error: RwSignal::new(None),
        }
    }

    /// The id of its first input.
    pub fn id(self) -> String {
        self.id.get_value()
    }
}

/// A date in three fields, as the Danish public design system has it: a calendar to pick from is hard for many.
#[component]
pub fn DateField(
    /// Its values and error.
    input: DateInput,
    /// Its name.
    #[prop(into)]
    legend: String,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The words for day, month and year.
    parts: [String; 3],
) -> impl IntoView {
    let [day, month, year] = parts;
    let id = input.id();
    let fields = view! {
        {part(id.clone(), day, (input.day, input.error), 2, "")}
        {part(format!("{id}-month"), month, (input.month, input.error), 2, "")}
        {part(format!("{id}-year"), year, (input.year, input.error), 4, "rt-date__year")}
    };
    group(&id, legend, hint, input.error, fields.into_any())
}

/// Hour and minute, each a field of its own.
#[derive(Clone, Copy)]
pub struct TimeInput {
    id: StoredValue<String>,
    /// The hour as typed.
    pub hour: RwSignal<String>,
    /// The minute as typed.
    pub minute: RwSignal<String>,
    /// What is wrong with it, in words.
    pub error: RwSignal<Option<String>>,
}

impl TimeInput {
    /// An empty one, or one that shows an hour and a minute.
    pub fn new(id: impl Into<String>, time: Option<(String, String)>) -> Self {
        let (hour, minute) = time.unwrap_or_default();
        Self {
            id: StoredValue::new(id.into()),
            hour: RwSignal::new(hour),
            minute: RwSignal::new(minute),
            error: RwSignal::new(None),
        }
    }

    /// The id of its first input.
    pub fn id(self) -> String {
        self.id.get_value()
    }
}

/// A time of day in two fields.
#[component]
pub fn TimeField(
    /// Its values and error.
    input: TimeInput,
    /// Its name.
    #[prop(into)]
    legend: String,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The words for hour and minute.
    parts: [String; 2],
) -> impl IntoView {
    let [hour, minute] = parts;
    let id = input.id();
    let fields = view! {
        {part(id.clone(), hour, (input.hour, input.error), 2, "")}
        {part(format!("{id}-minute"), minute, (input.minute, input.error), 2, "")}
    };
    group(&id, legend, hint, input.error, fields.into_any())
}

fn group(id: &str, legend: String, hint: Option<String>, error: RwSignal<Option<String>>, fields: AnyView) -> AnyView {
    let described = described_by(id, hint.is_some(), false);
    let (hint_id, error_id) = (hint_id(id), error_id(id));
    view! {
        <fieldset class="form-group" class:form-error=move || error.get().is_some() aria-describedby=described>
            <legend class="form-label">{legend}</legend>
            {hint.map(|hint| view! { <span class="form-hint" id=hint_id>{hint}</span> })}
            {error_message(error_id, error)}
            <div class="rt-date">{fields}</div>
        </fieldset>
    }
    .into_any()
}

type Typed = (RwSignal<String>, RwSignal<Option<String>>);

fn part(id: String, label: String, (value, error): Typed, length: u8, class: &'static str) -> AnyView {
    let for_id = id.clone();
    view! {
        <div class=class>
            <label class="form-label" for=for_id>{label}</label>
            <input
                class="form-input"
                id=id
                inputmode="numeric"
                autocomplete="off"
                maxlength=length.to_string()
                aria-invalid=move || error.get().is_some().then_some("true")
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}
