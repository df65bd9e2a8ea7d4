use leptos::prelude::*;
use roed_traad_spa::markup::view;

/// An icon from the sheet in the page; decoration only.
#[component]
pub fn Icon(
    /// Its name in the sheet, such as `clock`.
    name: &'static str,
) -> impl IntoView {
    view! { <svg class="rt-icon" aria-hidden="true"><use href=format!("#i-{name}")></use></svg> }
}

/// Something to know. It is announced politely when it appears.
#[component]
pub fn Notice(
    /// `info`, `success`, `warning` or `problem`.
    kind: &'static str,
    /// A heading.
    #[prop(into)]
    title: String,
    /// A sentence or two.
    #[prop(optional, into)]
    text: Option<String>,
    /// What one can do about it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let icon = match kind {
        "success" => "check",
        "warning" | "problem" => "warning",
        _ => "info",
    };
    view! {
        <div class=format!("rt-notice rt-notice--{kind}") role="status">
            <Icon name=icon/>
            <div>
                <h2 class="rt-notice__title">{title}</h2>
                {text.map(|text| view! { <p>{text}</p> })}
                {children.map(|children| view! { <div class="rt-actions">{children()}</div> })}
            </div>
        </div>
    }
}

/// Nothing here yet: what will come, and what one can do.
#[component]
pub fn Empty(
    /// The icon's name.
    icon: &'static str,
    /// What there is none of.
    #[prop(into)]
    title: String,
    /// What will come, or what to do.
    #[prop(into)]
    text: String,
    /// What one can do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="rt-empty">
            <Icon name=icon/>
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="rt-actions">{children()}</div> })}
        </div>
    }
}

/// Waiting. It shows after 300 ms (the style sheet's doing), so that a quick answer does not flicker.
#[component]
pub fn Skeleton(
    /// What is being fetched, for those who listen.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <div class="rt-waiting" aria-busy="true">
            <p class="rt-hidden" role="status">{text}</p>
            <div class="rt-skeleton" aria-hidden="true"><span></span><span></span><span></span></div>
        </div>
    }
}
