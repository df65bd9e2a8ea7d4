use std::cell::RefCell;

use leptos::{context::Provider, prelude::*};
use roed_traad_spa::markup::view;

use super::focus;

thread_local! {
    /// The path whose heading had focus last; empty until the first page stands.
    static SHOWN: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The app takes the place of the frame that stood in the page while it started.
pub fn reveal() {
    // Once the page has said that it cannot go on, that stays.
    if document().query_selector("#app-failed:not([hidden])").is_ok_and(|failed| failed.is_some()) {
        return;
    }
    if let Some(frame) = document().get_element_by_id("frame") {
        frame.remove();
    }
    if let Some(app) = document().get_element_by_id("app") {
        let _ = app.remove_attribute("hidden");
    }
}

/// What stands below is part of a page.
#[derive(Clone, Copy)]
pub struct InPage;

/// A page: its title, its one heading, and what stands below. Focus moves to the heading when the path has changed.
#[component]
pub fn Page(
    /// The heading, and the first part of the window's title.
    #[prop(into)]
    title: String,
    /// The first part of the window's title where the heading is about somebody: a browser keeps titles, and shows them to
    /// whoever uses it next.
    #[prop(optional, into)]
    window_title: Option<String>,
    /// The heading's language, when it is not the page's.
    #[prop(optional_no_strip)]
    title_lang: Option<&'static str>,
    /// One sentence below the heading.
    #[prop(optional, into)]
    lead: Option<String>,
    /// A small line above the heading.
    #[prop(optional, into)]
    eyebrow: Option<String>,
    /// Where the page belongs: address and name.
    #[prop(optional, into)]
    back: Option<(String, String)>,
    /// What stands above everything, such as an error summary.
    #[prop(optional, into)]
    above: Option<AnyView>,
    /// How it is laid out.
    #[prop(default = "rt-page")]
    class: &'static str,
    /// What stands below.
    children: Children,
) -> impl IntoView {
    reveal();
    document().set_title(&format!("{} – Rød Tråd", window_title.as_deref().unwrap_or(&title)));
    // The router writes the address of a page after it has drawn it.
    request_animation_frame(|| {
        let path = window().location().pathname().unwrap_or_default();
        let is_other = SHOWN.with_borrow_mut(|shown| {
            let is_other = !shown.is_empty() && *shown != path;
            *shown = path;
            is_other
        });
        if is_other {
            focus::heading();
        }
    });
    view! {
        <article class=class>
            {above}
            {back.map(|(href, name)| view! { <a class="rt-back" href=href>{name}</a> })}
            {eyebrow.map(|text| view! { <p class="rt-eyebrow">{text}</p> })}
            <h1 tabindex="-1" lang=title_lang>{title}</h1>
            {lead.map(|text| view! { <p class="rt-lead">{text}</p> })}
            <Provider value=InPage>{children()}</Provider>
        </article>
    }
}
