use leptos::prelude::*;
use roed_traad_spa::markup::view;

/// A field's value and what is wrong with it. Made high up and passed down.
#[derive(Clone, Copy)]
pub struct Field {
    id: StoredValue<String>,
    /// What stands in it.
    pub value: RwSignal<String>,
    /// What is wrong with it, in words.
    pub error: RwSignal<Option<String>>,
}

impl Field {
    /// A field with an id that is its own on the page.
    pub fn new(id: impl Into<String>, value: impl Into<String>) -> Self {
        Self { id: StoredValue::new(id.into()), value: RwSignal::new(value.into()), error: RwSignal::new(None) }
    }

    /// The id of its input.
    pub fn id(self) -> String {
        self.id.get_value()
    }

    /// What stands in it now.
    pub fn text(self) -> String {
        self.value.get_untracked()
    }
}

/// How many characters there may be, and how one says what is left (negative: too many).
#[derive(Clone, Copy)]
pub struct Limit {
    /// How many.
    pub max: usize,
    /// The sentence.
    pub words: fn(i64) -> String,
}

/// What every field has: label, hint, error, and the ids that tie them to the input.
pub(super) fn frame(
    id: &str,
    label: String,
    optional: Option<String>,
    hint: Option<String>,
    error: RwSignal<Option<String>>,
    input: AnyView,
) -> AnyView {
    let (for_id, hint_id, error_id) = (id.to_owned(), hint_id(id), error_id(id));
    view! {
        <div class="form-group" class:form-error=move || error.get().is_some()>
            <label class="form-label" for=for_id>
                {label} {optional.map(|word| view! { " " <span class="form-optional">"(" {word} ")"</span> })}
            </label>
            {hint.map(|hint| view! { <span class="form-hint" id=hint_id>{hint}</span> })}
            {error_message(error_id, error)}
            {input}
        </div>
    }
    .into_any()
}

pub(super) fn error_message(id: String, error: RwSignal<Option<String>>) -> AnyView {
    // A polite region that is always there: what appears in it is read aloud.
    view! { <span class="form-error-message" id=id aria-live="polite">{move || error.get()}</span> }.into_any()
}

pub(super) fn hint_id(id: &str) -> String {
    format!("{id}-hint")
}

pub(super) fn error_id(id: &str) -> String {
    format!("{id}-error")
}

pub(super) fn described_by(id: &str, has_hint: bool, has_limit: bool) -> String {
    let mut ids = vec![error_id(id)];
    if has_hint {
        ids.insert(0, hint_id(id));
    }
    if has_limit {
        ids.push(format!("{id}-limit"));
    }
    ids.join(" ")
}

/// The field is left; the page that wanted to know may be gone before it.
fn left(on_blur: Option<Callback<()>>) {
    if let Some(callback) = on_blur {
        callback.try_run(());
    }
}

/// One line of text.
#[component]
pub fn TextField(
    /// Its value and error.
    field: Field,
    /// Its name.
    #[prop(into)]
    label: String,
    /// A word that says that it can be skipped.
    #[prop(optional, into)]
    optional: Option<String>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    /// More classes, such as `form-input--short`.
    #[prop(default = "")]
    class: &'static str,
    /// When the person leaves it.
    #[prop(optional)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let id = field.id();
    let described = described_by(&id, hint.is_some(), false);
    let input = view! {
        <input
            class=format!("form-input {class}")
            id=id.clone()
            type=kind
            autocomplete="off"
            aria-describedby=described
            aria-invalid=move || field.error.get().is_some().then_some("true")
            prop:value=field.value
            on:input=move |event| field.value.set(event_target_value(&event))
            on:blur=move |_| left(on_blur)
        />
    };
    frame(&id, label, optional, hint, field.error, input.into_any())
}

/// Several lines of text. More can be written than can be sent, so that nothing pasted is cut; the limit is told.
#[component]
pub fn TextArea(
    /// Its value and error.
    field: Field,
    /// Its name.
    #[prop(into)]
    label: String,
    /// A word that says that it can be skipped.
    #[prop(optional, into)]
    optional: Option<String>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
    /// How many lines are shown.
    #[prop(default = 4)]
    rows: u8,
    /// How many characters there may be.
    #[prop(optional, into)]
    limit: Option<Limit>,
    /// When the person leaves it.
    #[prop(optional)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let id = field.id();
    let described = described_by(&id, hint.is_some(), limit.is_some());
    let limit_id = format!("{id}-limit");
    let input = view! {
        <textarea
            class="form-input"
            id=id.clone()
            rows=rows.to_string()
            autocomplete="off"
            aria-describedby=described
            aria-invalid=move || field.error.get().is_some().then_some("true")
            prop:value=field.value
            on:input=move |event| field.value.set(event_target_value(&event))
            on:blur=move |_| left(on_blur)
        ></textarea>
        {limit.map(|limit| left_line(limit_id, limit, field.value))}
    };
    frame(&id, label, optional, hint, field.error, input.into_any())
}

/// Tells what is left only when it begins to matter.
fn left_line(id: String, limit: Limit, value: RwSignal<String>) -> AnyView {
    let left = Memo::new(move |_| {
        let count = value.with(|text| text.chars().count());
        i64::try_from(limit.max).unwrap_or(i64::MAX) - i64::try_from(count).unwrap_or(i64::MAX)
    });
    let near = i64::try_from(limit.max / 5).unwrap_or(0);
    let words = move || (left.get() <= near).then(|| (limit.words)(left.get()));
    // Announced when typing pauses: at most once a second.
    let spoken = RwSignal::new(None::<String>);
    let mut speak = leptos::leptos_dom::helpers::debounce(std::time::Duration::from_secs(1), move |text| {
        spoken.try_set(text);
    });
    Effect::new(move |_| speak(words()));
    view! {
        <span class="form-limit" class:form-limit--over=move || left.get() < 0 id=id aria-hidden="true">{words}</span>
        <span class="rt-hidden" role="status">{move || spoken.get()}</span>
    }
    .into_any()
}
