//! Signing in. In the demo one chooses who to be; real login takes this page's place later.

use contract::{Actor, DemoPeople, DemoPerson};
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

/// Where one becomes somebody.
#[component]
pub fn SignInPage() -> impl IntoView {
    let current = Current::take();
    let phone = current.municipality().phone;
    view! {
        <Page title=tr!(sign_in.title) lead=tr!(sign_in.lead)>
            {back().is_some().then(|| view! {
                <Notice kind="info" title=tr!(sign_in.ended_title)>
                    <p>{tr!(sign_in.ended)}</p>
                    <p>{tr!(sign_in.ended_shared)}</p>
                </Notice>
            })}
            {if current.is_demo() {
                view! { <Load fetch=|_| api::demo::people() children=|people| view! { <People people=people/> }/> }.into_any()
            } else {
                view! { <Notice kind="info" title=tr!(sign_in.no_login_title) text=tr!(sign_in.no_login, phone = phone)/> }.into_any()
            }}
        </Page>
    }
}

/// The address to come back to: in this app or the employees', and nowhere else.
fn back() -> Option<String> {
    let location = window().location();
    let asked = UrlSearchParams::new_with_str(&location.search().ok()?).ok()?.get(route::BACK_TO)?;
    let origin = location.origin().ok()?;
    let there = Url::new_with_base(&asked, &origin).ok().filter(|there| there.origin() == origin)?;
    Some(there.pathname() + &there.search()).filter(|back| back != route::SIGN_IN)
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
                let back = back().filter(|back| back.starts_with(route::staff::BASE) != (home == route::HOME));
                if back.is_some() {
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
