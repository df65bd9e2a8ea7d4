//! Moving focus.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Moves focus to the element with this id, once what is being drawn stands there.
pub fn on_id(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// Moves focus to the page's heading, once what is being drawn stands there.
pub fn on_heading() {
    request_animation_frame(heading);
}

/// Moves focus to the page's heading.
pub fn heading() {
    let heading = document().query_selector("h1").ok().flatten();
    if let Some(heading) = heading.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = heading.focus();
    }
}
