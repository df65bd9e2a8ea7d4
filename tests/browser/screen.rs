//! One part of the page, opened alone and used as a person would: found by what it is called, never by its class.

use std::any::Any;

use gloo_timers::future::TimeoutFuture;
use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// What stands on the screen until it is dropped.
pub struct Screen {
    place: HtmlElement,
    mounted: Option<Box<dyn Any>>,
}

/// Shows a part.
pub fn open<V: IntoView + 'static>(part: impl FnOnce() -> V + 'static) -> Screen {
    let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&place).unwrap();
    let mounted = mount_to(place.clone(), part);
    Screen { place, mounted: Some(Box::new(mounted)) }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.mounted.take();
        self.place.remove();
    }
}

impl Screen {
    /// Every element that the selector finds.
    pub fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.place.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|at| found.get(at)).map(JsCast::unchecked_into).collect()
    }

    /// The only element that the selector finds.
    pub fn one(&self, selector: &str) -> HtmlElement {
        let mut found = self.all(selector);
        assert_eq!(found.len(), 1, "one {selector} in {}", self.place.inner_html());
        found.remove(0)
    }

    /// The control with this label.
    pub fn field(&self, label: &str) -> HtmlElement {
        let found = self.all("label").into_iter().find(|found| words(found).starts_with(label));
        assert!(found.is_some(), "no label {label} in {}", self.place.inner_html());
        let id = found.unwrap().get_attribute("for").unwrap();
        self.one(&format!("#{id}"))
    }

    /// Writes in the field with this label, as typing does.
    pub fn fill(&self, label: &str, text: &str) {
        let field = self.field(label);
        js_sys::Reflect::set(&field, &"value".into(), &text.into()).unwrap();
        happen(&field, "input");
    }

    /// Presses the button or link with this name.
    pub fn click(&self, name: &str) {
        let found = self.all("button, a").into_iter().find(|found| words(found) == name);
        assert!(found.is_some(), "nothing to press called {name} in {}", self.place.inner_html());
        found.unwrap().click();
    }

    /// Waits until the words stand there.
    pub async fn see(&self, text: &str) {
        until(text, || words(&self.place).contains(text)).await;
    }

    /// Whether the words stand there now.
    pub fn has(&self, text: &str) -> bool {
        words(&self.place).contains(text)
    }
}

/// What stands in an element.
pub fn words(element: &Element) -> String {
    element.text_content().unwrap_or_default().trim().to_owned()
}

/// What is read aloud after an element's name, from every id it is described by.
pub fn description(element: &Element) -> String {
    let ids = element.get_attribute("aria-describedby").unwrap_or_default();
    let said = ids.split(' ').filter_map(|id| document().get_element_by_id(id)).map(|one| words(&one));
    said.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether keys go to it.
pub fn has_focus(element: &Element) -> bool {
    document().active_element().as_ref() == Some(element)
}

/// An event that happens to an element.
pub fn happen(element: &Element, event: &str) {
    element.dispatch_event(&Event::new(event).unwrap()).unwrap();
}

/// Waits for it, for at most three seconds.
pub async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..150 {
        if is_so() {
            return;
        }
        TimeoutFuture::new(20).await;
    }
    assert!(is_so(), "waited in vain: {what}");
}

/// Lets what was asked for happen: effects, and what waits for the next frame.
pub async fn settle() {
    TimeoutFuture::new(60).await;
}
