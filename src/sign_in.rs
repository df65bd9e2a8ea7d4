//! Signing in: at the municipality's login, or in the demo by choosing who to be.

use contract::{Actor, DemoPeople, DemoPerson, LoginFault};
use leptos::prelude::*;
use roed_traad_spa::markup::view;
use web_sys::{Url, UrlSearchParams};

use crate::{
    api, frame, i18n,
    load::Load,
    route,
    save::{Save, SaveStatus},
    session::Current,
    tr,
    ui::{Notice, Page},
};

mod fault;
mod login;
mod protected_name;

pub use protected_name::ProtectedNamePage;

/// Where one becomes somebody. When a login came to nothing, it says why, and what to do.
#[component]
pub fn SignInPage() -> impl IntoView {
    let current = Current::take();
    let phone = current.municipality().phone.replace(' ', "\u{a0}");
    let fault = said(route::FAULT).and_then(|word| LoginFault::from_word(&word));
    if fault.is_some() {
        // Whoever did not come in has not come back.
        frame::is_back();
    }
    let (title, lead) = match fault {
        Some(fault) => fault::words(fault, &phone, back_for(false).is_some()),
        None => (tr!(sign_in.title).to_owned(), tr!(sign_in.lead).to_owned()),
    };
    let offer = current.login();
    let has_login = offer.citizen || offer.employee;
    view! {
        <Page title=title lead=lead>
            {notice(fault)}
            {has_login.then(|| view! { <login::Links offer=offer/> })}
            {current.is_demo().then(|| view! {
                <Load fetch=|_| api::demo::people() children=|people| view! { <People people=people/> }/>
            })}
            {(!has_login && !current.is_demo()).then(|| view! {
                <Notice kind="info" title=tr!(sign_in.no_login_title) text=tr!(sign_in.no_login, phone = phone)/>
            })}
        </Page>
    }
}

/// Why one is here.
fn notice(fault: Option<LoginFault>) -> Option<AnyView> {
    if fault.is_some() {
        None
    } else if said(route::OUT).is_some_and(|out| out == route::EVERYWHERE) {
        let notice = view! { <Notice kind="success" title=tr!(sign_in.everywhere_done) text=tr!(sign_in.everywhere_done_text)/> };
        Some(notice.into_any())
    } else if said(route::OUT).is_some() {
        let notice = view! { <Notice kind="success" title=tr!(sign_in.ended_title) text=tr!(sign_in.out)/> };
        Some(notice.into_any())
    } else {
        comes_back().then(|| {
            view! {
                <Notice kind="info" title=tr!(sign_in.ended_title)>
                    <p>{tr!(sign_in.ended)}</p>
                    <p>{tr!(sign_in.ended_shared)}</p>
                </Notice>
            }
            .into_any()
        })
    }
}

/// What the address says.
fn said(name: &str) -> Option<String> {
    UrlSearchParams::new_with_str(&window().location().search().ok()?).ok()?.get(name)
}

/// Whether somebody was here, and their session has ended.
fn comes_back() -> bool {
    said(route::BACK_TO).is_some()
}

/// The address to go to: the one that somebody comes back to, or came by; in this app or the employees', and nowhere else.
fn back() -> Option<String> {
    let location = window().location();
    let asked = said(route::BACK_TO).unwrap_or_else(frame::here);
    let origin = location.origin().ok()?;
    let there = Url::new_with_base(&asked, &origin).ok().filter(|there| there.origin() == origin)?;
    // A path of our own that begins with two slashes is an address elsewhere.
    let elsewhere = ["//", route::SIGN_IN];
    Some(there.pathname() + &there.search()).filter(|back| !elsewhere.iter().any(|begin| back.starts_with(begin)))
}

/// The same, if it is for citizens, or for employees.
fn back_for(is_citizen: bool) -> Option<String> {
    back().filter(|back| back.starts_with(route::staff::BASE) != is_citizen)
}

#[component]
fn People(people: DemoPeople) -> impl IntoView {
    let save = Save::new();
    let (citizens, employees): (Vec<_>, Vec<_>) =
        people.people.into_iter().partition(|person| matches!(person.actor, Actor::Citizen(_)));
    view! {
        <SaveStatus save=save/>
        {group(tr!(sign_in.citizens), "citizens", citizens, save)}
        {group(tr!(sign_in.employees), "employees", employees, save)}
    }
}

fn group(title: &'static str, id: &'static str, people: Vec<DemoPerson>, save: Save) -> AnyView {
    view! {
        <section class="rt-section" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <ul class="rt-list">{people.into_iter().map(|person| row(person, save)).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn row(person: DemoPerson, save: Save) -> AnyView {
    let actor = person.actor;
    let choose = move |_| {
        save.run(
            move || api::demo::sign_in(actor),
            move |()| {
                let home = if matches!(actor, Actor::Citizen(_)) { route::HOME } else { route::staff::CASES };
                let back = back_for(home == route::HOME);
                if back.is_some() && comes_back() {
                    frame::come_back();
                }
                let _ = window().location().assign(back.as_deref().unwrap_or(home));
            },
        );
    };
    let about = if i18n::tag() == "en" { person.about_en } else { person.about };
    view! {
        <li>
            <button type="button" on:click=choose>
                <span class="rt-list__title">{person.name}</span>
                <span class="rt-list__meta">{about}</span>
            </button>
        </li>
    }
    .into_any()
}
