use leptos::prelude::*;

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
        if errors.with(|errors| !errors.is_empty()) {
            focus::on_id("error-summary");
        }
    });
    move || {
        let errors = errors.get();
        (!errors.is_empty()).then(|| {
            view! {
                <div class="error-summary" id="error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title">
                    <h2 id="error-summary-title">{title.get_value()}</h2>
                    <ul>{errors.into_iter().map(line).collect_view()}</ul>
                </div>
            }
        })
    }
}

fn line((id, words): (String, String)) -> AnyView {
    let to = id.clone();
    // The router would take the fragment for a page's address: move focus ourselves.
    let go = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        focus::on_id(&to);
    };
    view! { <li><a href=format!("#{id}") on:click=go>{words}</a></li> }.into_any()
}
