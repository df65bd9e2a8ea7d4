//! Signing in. In the demo one chooses who to be; real login takes this page's place later.

use contract::{Actor, DemoPeople, DemoPerson};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    api, i18n,
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
            {if current.is_demo() {
                view! { <Load fetch=|_| api::demo::people() children=|people| view! { <People people=people/> }/> }.into_any()
            } else {
                view! { <Notice kind="info" title=tr!(sign_in.no_login_title) text=tr!(sign_in.no_login, phone = phone)/> }.into_any()
            }}
        </Page>
    }
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
                let _ = window().location().assign(home);
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
