//! The question before text that is not saved is left.

use std::{cell::Cell, rc::Rc, sync::Once};

use leptos::{leptos_dom::helpers::WindowListenerHandle, prelude::*};
use roed_traad_spa::{markup::view, ui::leaving};
use wasm_bindgen::{JsValue, closure::Closure};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::screen::{Screen, open, settle, until};

/// How often something happened.
type Count = Rc<Cell<u32>>;

/// The router, which listens before any page does.
struct Router {
    heard: Count,
    listening: Option<WindowListenerHandle>,
}

impl Router {
    fn hears(event: &str) -> Self {
        begin();
        let heard = Count::default();
        let count = heard.clone();
        let listening = window_event_listener_untyped(event, move |event| {
            count.set(count.get() + u32::from(!event.default_prevented()));
            event.prevent_default();
        });
        Self { heard, listening: Some(listening) }
    }
}

impl Drop for Router {
    fn drop(&mut self) {
        self.listening.take().unwrap().remove();
    }
}

/// Answers the browser's question, and counts how often it is asked.
fn answer(yes: bool) -> Count {
    let asked = Count::default();
    let count = asked.clone();
    let confirm = Closure::<dyn Fn() -> bool>::new(move || {
        count.set(count.get() + 1);
        yes
    });
    js_sys::Reflect::set(&window(), &"confirm".into(), &confirm.into_js_value()).unwrap();
    asked
}

/// The app listens once, before the router.
fn begin() {
    static ONCE: Once = Once::new();
    ONCE.call_once(leaving::listen);
}

fn page(is_unsaved: RwSignal<bool>) -> Screen {
    begin();
    open(move || {
        leaving::guard(move || is_unsaved.get_untracked(), "Vil du gå uden at gemme?".to_owned());
        view! { <a href="/andet"><span>"Et andet sted"</span></a> <a href="#her">"Her på siden"</a> }
    })
}

fn go(path: &str) {
    window().history().unwrap().push_state_with_url(&JsValue::NULL, "", Some(path)).unwrap();
}

fn path() -> String {
    window().location().pathname().unwrap()
}

#[wasm_bindgen_test]
async fn a_link_is_followed_only_when_the_person_says_so() {
    let router = Router::hears("click");
    let is_unsaved = RwSignal::new(false);
    let screen = page(is_unsaved);
    let asked = answer(false);
    screen.click("Et andet sted");
    assert_eq!((asked.get(), router.heard.get()), (0, 1), "nothing to lose, nothing to ask");
    is_unsaved.set(true);
    screen.click("Et andet sted");
    assert_eq!((asked.get(), router.heard.get()), (1, 1), "who stays, stays");
    screen.click("Her på siden");
    assert_eq!(asked.get(), 1, "a link on the page leaves nothing");
    let asked = answer(true);
    screen.one("a > span").click();
    assert_eq!((asked.get(), router.heard.get()), (1, 3));
    drop(screen);
    let screen = open(|| view! { <a href="/andet">"Et andet sted"</a> });
    screen.click("Et andet sted");
    assert_eq!(asked.get(), 1, "a page that is gone asks no more");
}

#[wasm_bindgen_test]
async fn back_is_followed_only_when_the_person_says_so() {
    go("/liste");
    go("/skriv");
    let router = Router::hears("popstate");
    let screen = page(RwSignal::new(true));
    settle().await;
    let asked = answer(false);
    let past = window().history().unwrap();
    past.back().unwrap();
    until("it asks", || asked.get() == 1).await;
    settle().await;
    assert_eq!((router.heard.get(), path().as_str()), (0, "/skriv"), "who stays keeps the page and its address");
    let asked = answer(true);
    past.back().unwrap();
    until("it goes", || router.heard.get() == 1).await;
    assert_eq!((asked.get(), path().as_str()), (1, "/liste"));
    drop(screen);
}

#[wasm_bindgen_test]
async fn two_forms_on_a_page_ask_once() {
    let asked = answer(true);
    let router = Router::hears("click");
    let screen = open(|| {
        for form in ["Kommentaren er ikke gemt.", "Skridtet er ikke gemt."] {
            leaving::guard(|| true, form.to_owned());
        }
        view! { <a href="/andet">"Et andet sted"</a> }
    });
    screen.click("Et andet sted");
    assert_eq!((asked.get(), router.heard.get()), (1, 1));
}

#[wasm_bindgen_test]
async fn closing_the_window_is_asked_about_by_the_browser() {
    let is_unsaved = RwSignal::new(false);
    let screen = page(is_unsaved);
    let closes = || {
        let event = document().create_event("Event").unwrap();
        event.init_event_with_bubbles_and_cancelable("beforeunload", false, true);
        window().dispatch_event(&event).unwrap()
    };
    assert!(closes());
    is_unsaved.set(true);
    assert!(!closes());
    drop(screen);
    assert!(closes());
}
