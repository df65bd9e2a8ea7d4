//! Asking before a page with text that is not saved is left.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// While `is_unsaved` says so, the browser asks before the page is closed, and `question` is asked before a link is followed.
pub fn guard(is_unsaved: impl Fn() -> bool + Copy + 'static, question: String) {
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        if is_unsaved() {
            event.prevent_default();
        }
    });
    let following = window_event_listener_untyped("click", move |event| {
        let link =
            event.target().and_then(|t| t.dyn_into::<Element>().ok()).and_then(|e| e.closest("a[href]").ok().flatten());
        let leaves = link.is_some_and(|link| {
            let href = link.get_attribute("href").unwrap_or_default();
            !href.starts_with('#')
                && !href.starts_with("tel:")
                && !href.starts_with("mailto:")
                && !link.has_attribute("download")
        });
        if leaves && is_unsaved() && !window().confirm_with_message(&question).unwrap_or(true) {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    });
    on_cleanup(move || {
        leaving.remove();
        following.remove();
    });
}
