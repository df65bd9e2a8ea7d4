//! What stands round every page: skip link, demo mark, header with the menu, footer.

use contract::{CitizenId, OpenCase, ProblemCode};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};
use roed_traad_spa::markup::view;
use wasm_bindgen::JsCast;

use crate::{
    api::{self, Failure},
    i18n, route,
    session::Current,
    tr,
    ui::{Notice, focus, leaving, reveal},
};

/// How long the frame that stands in the page may wait for the first page's data.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

/// Mounts an app behind the frame that stands in the page; its first page takes the frame's place (see [`crate::ui::Page`]).
/// A panic shows what the page says when it cannot start.
pub fn mount<V: IntoView + 'static>(app: impl FnOnce() -> V + 'static) {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        let failed = js_sys::Reflect::get(&window(), &"rtFailed".into());
        if let Ok(failed) = failed.and_then(JsCast::dyn_into::<js_sys::Function>) {
            let _ = failed.call0(&wasm_bindgen::JsValue::NULL);
        }
    }));
    leaving::listen();
    let Some(place) = document().get_element_by_id("app") else { return };
    let Ok(place) = place.dyn_into::<web_sys::HtmlElement>() else { return };
    mount_to(place, app).forget();
}

/// The frame. Pages stand in `main`.
#[component]
pub fn Frame(
    /// Addresses and names of the menu; empty when nobody is signed in.
    menu: Vec<(&'static str, &'static str)>,
    /// Whether this is the employees' app.
    #[prop(default = false)]
    is_staff: bool,
    /// The question before a session ends.
    #[prop(optional)]
    staying: Option<fn() -> AnyView>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let current = Current::take();
    // With the menu there, whoever waits for this page can go to another.
    set_timeout(reveal, PATIENCE);
    let home = if is_staff { route::staff::CASES } else { route::HOME };
    let person = current.signed_in();
    let is_back = person.is_some() && is_back();
    let skip = |event: web_sys::MouseEvent| {
        event.prevent_default();
        focus::on_id("main");
    };
    view! {
        <a class="rt-skip" href="#main" on:click=skip>{tr!(app.skip)}</a>
        <header class="rt-header" class:rt-header--staff=is_staff>
            {current.is_demo().then(demo_mark)}
            <div class="rt-header__top">
                <a class="rt-header__brand" href=home>
                    <svg class="rt-icon rt-header__mark" aria-hidden="true"><use href="#i-knot"></use></svg>
                    <span><strong>"Rød Tråd"</strong><span>{current.municipality().name}</span></span>
                </a>
                <div class="rt-header__tools">
                    {person.as_ref().map(|person| view! { <span class="rt-header__person">{person.name.clone()}</span> })}
                    {language_switch()}
                    {person.is_some().then(|| view! {
                        <button type="button" class="rt-link-button" on:click=|_| sign_out()>{tr!(app.sign_out)}</button>
                    })}
                </div>
            </div>
            {(!menu.is_empty()).then(|| view! { <Menu items=menu/> })}
        </header>
        <main class="rt-main" class:rt-main--wide=is_staff id="main" tabindex="-1">
            {current.acting().map(banner)}
            {is_back.then(|| view! { <Notice kind="success" title=tr!(app.again) text=tr!(app.again_text)/> })}
            {children()}
        </main>
        <Footer/>
        {staying.filter(|_| person.is_some()).map(|staying| staying())}
    }
}

#[component]
fn Menu(items: Vec<(&'static str, &'static str)>) -> impl IntoView {
    let here = use_location().pathname;
    let item = move |(href, name): (&'static str, &'static str)| {
        // The first page is only itself; every other item also covers what lies below it.
        let is_here = move || {
            here.with(|path| path == href || (href.len() > 1 && !href.ends_with('/') && path.starts_with(href)))
        };
        // The router's own link would take a first page for the one above all below it.
        let is_first = href.ends_with('/');
        view! { <li><A href=href exact=is_first attr:aria-current=move || is_here().then_some("page")>{name}</A></li> }
    };
    view! { <nav class="rt-nav" aria-label=tr!(app.menu)><ul>{items.into_iter().map(item).collect_view()}</ul></nav> }
}

#[component]
fn Footer() -> impl IntoView {
    let municipality = Current::take().municipality();
    let call = format!("tel:{}", municipality.phone.replace(' ', ""));
    let write = format!("mailto:{}", municipality.mail);
    let privacy = municipality.privacy_url.unwrap_or_else(|| route::PRIVACY.to_owned());
    view! {
        <footer class="rt-footer">
            <div class="rt-footer__inner">
                <p class="rt-footer__name">{municipality.name}<span>{municipality.department}</span></p>
                <ul>
                    <li><a href=call>{tr!(app.phone)} " " {municipality.phone}</a><span>{municipality.phone_hours}</span></li>
                    <li><a href=write>{municipality.mail}</a></li>
                    <li><a href=route::WAS rel="external">{tr!(app.accessibility)}</a></li>
                    <li><a href=privacy rel="external">{tr!(app.privacy)}</a></li>
                </ul>
            </div>
        </footer>
    }
}

fn demo_mark() -> AnyView {
    view! {
        <p class="rt-demo">
            {tr!(app.demo_mark)} " " <a href=route::DEMO rel="external">{tr!(app.demo_link)}</a>
        </p>
    }
    .into_any()
}

fn language_switch() -> AnyView {
    let (to, name) = if i18n::tag() == "da" { ("en", "English") } else { ("da", "Dansk") };
    view! { <button type="button" class="rt-link-button" lang=to on:click=move |_| i18n::switch(to)>{name}</button> }
        .into_any()
}

/// Above every page of somebody who acts for another.
fn banner(case: OpenCase) -> AnyView {
    let title = tr!(app.acting, name = case.name.clone());
    view! { <Notice kind="info" title=title text=tr!(app.acting_text, name = case.name)>{way_home()}</Notice> }
        .into_any()
}

/// The button back to one's own case.
pub(crate) fn way_home() -> AnyView {
    let own = Current::take().own();
    let home = move |_| own.into_iter().for_each(turn_to);
    view! { <button class="rt-button rt-button--secondary" type="button" on:click=home>{tr!(app.to_own)}</button> }
        .into_any()
}

/// Turns to somebody's case, and shows its first screen.
pub(crate) fn turn_to(citizen: CitizenId) {
    leptos::task::spawn_local(async move {
        match api::session::turn_to(citizen).await {
            // What was taken back meanwhile is no longer among the cases on one's own first screen.
            Ok(()) | Err(Failure::Problem(_)) => drop(window().location().assign(route::HOME)),
            Err(_) => drop(window().alert_with_message(tr!(app.not_turned))),
        }
    });
}

/// The address that is shown, without its origin.
pub(crate) fn here() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// Marks that the next page is one that somebody comes back to after signing in again.
pub(crate) fn come_back() {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(BACK, "1");
    }
}

const BACK: &str = "rt-back";

/// Whether somebody has come back, said once.
pub(crate) fn is_back() -> bool {
    let Ok(Some(storage)) = window().session_storage() else { return false };
    let is_back = storage.get_item(BACK).is_ok_and(|mark| mark.is_some());
    let _ = storage.remove_item(BACK);
    is_back
}

pub(crate) fn sign_out() {
    leptos::task::spawn_local(async {
        match api::session::end().await {
            Err(failure) if failure.code() != Some(ProblemCode::SignedOut) => {
                // On a shared computer it matters to know.
                let _ = window().alert_with_message(tr!(app.not_signed_out));
            }
            done => {
                let next = done.ok().and_then(|out| out.next);
                let _ = window().location().assign(next.as_deref().unwrap_or(route::SIGN_IN));
            }
        }
    });
}
