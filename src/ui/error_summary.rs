use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::focus;

/// What is wrong in a form, with a link to each field. It takes focus when it appears.
#[component]
pub fn ErrorSummary(
    /// Its heading.
    #[prop(into)]
    title: String,
    /// Each field's id and what is wrong.
    errors: RwSignal<Vec<(String, String)>>,
) -> impl IntoView {
    let title = StoredValue::new(title);
    Effect::new(move |_| {
        if let Some(id) = errors.with(|errors| errors.first().map(own_id)) {
            focus::on_id(&id);
        }
    });
    move || {
        let errors = errors.get();
        errors.first().map(own_id).map(|id| {
            let title_id = format!("{id}-title");
            let named_by = title_id.clone();
            view! {
                <div class="error-summary" id=id role="alert" tabindex="-1" aria-labelledby=named_by>
                    <h2 id=title_id>{title.get_value()}</h2>
                    <ul>{errors.into_iter().map(line).collect_view()}</ul>
                </div>
            }
        })
    }
}

/// A page can have several forms, each with its summary.
fn own_id((field, _): &(String, String)) -> String {
    format!("error-summary-{field}")
}

fn line((id, words): (String, String)) -> AnyView {
    let to = id.clone();
    // The router would take the fragment for a page's address: move focus ourselves.
    let go = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        focus::on_id(&to);
    };
    let words = match label(&id) {
        Some(label) if label.ends_with('?') => format!("{label} {words}"),
        Some(label) => format!("{label}: {words}"),
        None => words,
    };
    view! { <li><a href=format!("#{id}") on:click=go>{words}</a></li> }.into_any()
}

/// What the field is called on the page, so that two lines of the same words can be told apart.
fn label(id: &str) -> Option<String> {
    let name = document().query_selector(&format!("label[for='{id}'], #{id} > legend")).ok().flatten()?;
    let text = name.text_content()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
