//! Asking before a page with text that is not saved is left.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, MouseEvent};

/// The links that the router follows inside the page; before all others the browser itself asks.
const FOLLOWED: &str = "a[href^='/']:not([rel~='external'], [download], [target])";

struct Guard {
    is_unsaved: Box<dyn Fn() -> bool>,
    question: String,
}

thread_local! {
    static GUARDS: RefCell<Vec<Rc<Guard>>> = const { RefCell::new(Vec::new()) };
    /// The path of the page that is guarded.
    static HERE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Listens for what leaves a page. To be called once, before the router begins to listen: of those who hear that the
/// browser went back, the first to listen is the first to hear.
pub fn listen() {
    for (event, heard) in [("beforeunload", on_close as fn(Event)), ("click", on_click), ("popstate", on_back)] {
        let heard = Closure::<dyn Fn(Event)>::new(heard).into_js_value();
        let _ = window().add_event_listener_with_callback_and_bool(event, heard.unchecked_ref(), true);
    }
}

/// While `is_unsaved` says so, the browser asks before the page is closed, and `question` is asked before a link or
/// the browser's own Back is followed.
pub fn guard(is_unsaved: impl Fn() -> bool + 'static, question: String) {
    let guard = Rc::new(Guard { is_unsaved: Box::new(is_unsaved), question });
    remember_here();
    // The router writes the new address after it has drawn the page.
    request_animation_frame(remember_here);
    GUARDS.with_borrow_mut(|guards| guards.push(guard.clone()));
    let guard = SendWrapper::new(guard);
    on_cleanup(move || GUARDS.with_borrow_mut(|guards| guards.retain(|one| !Rc::ptr_eq(one, &guard))));
}

/// Whether the page has text that is not saved.
pub fn is_unsaved() -> bool {
    unsaved().is_some()
}

/// From now on nothing is asked: what is on the page is not for whoever sits there.
pub fn let_go() {
    GUARDS.take();
}

fn on_close(event: Event) {
    if unsaved().is_some() {
        event.prevent_default();
    }
}

fn on_click(event: Event) {
    let opens_another =
        event.dyn_ref::<MouseEvent>().is_some_and(|click| click.ctrl_key() || click.meta_key() || click.shift_key());
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_followed = target.is_some_and(|target| target.closest(FOLLOWED).is_ok_and(|link| link.is_some()));
    if is_followed && !opens_another && stays() {
        event.prevent_default();
        event.stop_immediate_propagation();
    }
}

/// The address has changed already; who stays gets the old one back.
fn on_back(event: Event) {
    let here = HERE.with_borrow(Clone::clone);
    if here != path() && stays() {
        event.stop_immediate_propagation();
        let _ = window().history().and_then(|past| past.push_state_with_url(&JsValue::NULL, "", Some(&here)));
    }
}

/// Asks, if there is something to lose.
fn stays() -> bool {
    unsaved().is_some_and(|guard| !window().confirm_with_message(&guard.question).unwrap_or(true))
}

fn unsaved() -> Option<Rc<Guard>> {
    let guards = GUARDS.with_borrow(Clone::clone);
    guards.into_iter().find(|guard| (guard.is_unsaved)())
}

fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

fn remember_here() {
    HERE.set(path());
}
