use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::field::{Field, described_by, error_id, error_message, frame, hint_id};

/// One of a few, each in view.
#[component]
pub fn Radios(
    /// Its value and error.
    field: Field,
    /// The question.
    #[prop(into)]
    legend: String,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Each value and its words.
    options: Vec<(String, String)>,
) -> impl IntoView {
    let id = field.id();
    let described = described_by(&id, hint.is_some(), false);
    let (group_id, error_id, hint_id, name) = (id.clone(), error_id(&id), hint_id(&id), id.clone());
    view! {
        <fieldset
            class="form-group"
            class:form-error=move || field.error.get().is_some()
            id=group_id
            tabindex="-1"
            aria-describedby=described
        >
            <legend class="form-label">{legend}</legend>
            {hint.map(|hint| view! { <span class="form-hint" id=hint_id>{hint}</span> })}
            {error_message(error_id, field.error)}
            {options
                .into_iter()
                .enumerate()
                .map(|(at, (value, words))| radio(field, format!("{name}-{at}"), name.clone(), value, words))
                .collect_view()}
        </fieldset>
    }
}

fn radio(field: Field, id: String, name: String, value: String, words: String) -> AnyView {
    let (for_id, chosen, is_chosen) = (id.clone(), value.clone(), value.clone());
    view! {
        <div class="form-group-radio">
            <input
                class="form-radio"
                type="radio"
                id=id
                name=name
                value=value
                prop:checked=move || field.value.with(|now| *now == is_chosen)
                on:change=move |_| field.value.set(chosen.clone())
            />
            <label for=for_id>{words}</label>
        </div>
    }
    .into_any()
}

/// One of many.
#[component]
pub fn Select(
    /// Its value and error.
    field: Field,
    /// Its name.
    #[prop(into)]
    label: String,
    /// A word that says that it can be skipped.
    #[prop(optional, into)]
    optional: Option<String>,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Each value and its words.
    options: Vec<(String, String)>,
) -> impl IntoView {
    let id = field.id();
    let described = described_by(&id, hint.is_some(), false);
    let input = view! {
        <select
            class="form-select"
            id=id.clone()
            aria-describedby=described
            aria-invalid=move || field.error.get().is_some().then_some("true")
            on:change=move |event| field.value.set(event_target_value(&event))
        >
            {options
                .into_iter()
                .map(|(value, words)| {
                    let own = value.clone();
                    view! { <option value=value prop:selected=move || field.value.with(|now| *now == own)>{words}</option> }
                })
                .collect_view()}
        </select>
    };
    frame(&id, label, optional, hint, field.error, input.into_any())
}

/// Any of a few, each in view.
#[component]
pub fn Checkboxes(
    /// Its id and error.
    field: Field,
    /// The question.
    #[prop(into)]
    legend: String,
    /// The words of each, and whether it is ticked.
    options: Vec<(String, RwSignal<bool>)>,
) -> impl IntoView {
    let id = field.id();
    let (described, error_id, name) = (described_by(&id, false, false), error_id(&id), id.clone());
    let box_of = |(at, (words, checked)): (usize, (String, RwSignal<bool>))| {
        view! { <Checkbox id=format!("{name}-{at}") label=words checked=checked/> }
    };
    view! {
        <fieldset class="form-group" class:form-error=move || field.error.get().is_some() id=id tabindex="-1"
            aria-describedby=described>
            <legend class="form-label">{legend}</legend>
            {error_message(error_id, field.error)}
            {options.into_iter().enumerate().map(box_of).collect_view()}
        </fieldset>
    }
}

/// Yes or not.
#[component]
pub fn Checkbox(
    /// The id, its own on the page.
    #[prop(into)]
    id: String,
    /// What one says yes to.
    #[prop(into)]
    label: String,
    /// What it means.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it is ticked.
    checked: RwSignal<bool>,
) -> impl IntoView {
    let (for_id, hint_id) = (id.clone(), hint_id(&id));
    let described = hint.is_some().then(|| hint_id.clone());
    view! {
        <div class="form-group-checkbox">
            <input
                class="form-checkbox"
                type="checkbox"
                id=id
                aria-describedby=described
                prop:checked=checked
                on:change=move |event| checked.set(event_target_checked(&event))
            />
            <label for=for_id>{label}</label>
            {hint.map(|hint| view! { <span class="form-hint" id=hint_id>{hint}</span> })}
        </div>
    }
}
