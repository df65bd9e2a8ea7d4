//! "Dem, der kan handle for dig": the citizen lets somebody act for them, and takes it back.

use contract::{MOST_REPRESENTATIVES, Representative, Representatives};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    api,
    failure::log_in_anew,
    load::{Load, Reload},
    preparation::{Ask, Question},
    route,
    save::{Save, SaveStatus},
    tr,
    ui::{Notice, Page},
    when, words,
};

mod give_form;
use give_form::GiveForm;

/// What was done last, said above the list.
#[derive(Clone)]
enum Told {
    Given(String),
    TakenBack,
}

/// The page.
#[component]
pub fn RepresentativesPage() -> impl IntoView {
    // Above what is loaded anew.
    let told = RwSignal::new(None::<Told>);
    view! {
        <Load fetch=api::representatives::read
            children=move |all: Representatives| view! { <Overview all=all told=told/> }/>
    }
}

#[component]
fn Overview(all: Representatives, told: RwSignal<Option<Told>>) -> impl IntoView {
    let reload = Reload::take();
    let (ask, save) = (RwSignal::new(None::<Question>), Save::new());
    let take_back = Callback::new(move |one: Representative| {
        told.set(None);
        save.run(
            move || async move { api::representatives::take_back(one.id, one.version).await },
            move |_| {
                told.set(Some(Told::TakenBack));
                reload.then_focus("now");
            },
        );
    });
    let (now, before): (Vec<_>, Vec<_>) = all.representatives.into_iter().partition(|one| one.is_valid);
    let is_full = now.len() >= MOST_REPRESENTATIVES;
    let (is_nobody, needs_login) = (now.is_empty(), all.needs_login);
    view! {
        <Page title=tr!(representatives.title) lead=tr!(representatives.lead) back=(route::PROFILE.to_owned(), tr!(representatives.back).to_owned())>
            <section class="rt-section" aria-labelledby="now">
                <h2 id="now" tabindex="-1">{tr!(representatives.now)}</h2>
                {move || told.get().map(notice)}
                <SaveStatus save=save with_receipt=false/>
                {is_nobody.then(|| view! { <p class="rt-muted">{tr!(representatives.nobody)}</p> })}
                <ul class="rt-thread">{now.into_iter().map(|one| row(one, ask, take_back)).collect_view()}</ul>
            </section>
            {if is_full {
                view! { <p>{tr!(representatives.most)}</p> }.into_any()
            } else if needs_login {
                view! {
                    <section class="rt-section" aria-labelledby="give">
                        <h2 id="give">{tr!(representatives.give_title)}</h2>
                        <p>{tr!(representatives.login_first)}</p>
                        <div class="rt-actions">{log_in_anew()}</div>
                    </section>
                }
                .into_any()
            } else {
                let on_given = Callback::new(move |name| {
                    told.set(Some(Told::Given(name)));
                    reload.then_focus("now");
                });
                view! { <GiveForm on_given=on_given/> }.into_any()
            }}
            {(!before.is_empty()).then(|| view! {
                <section class="rt-section" aria-labelledby="before">
                    <h2 id="before">{tr!(representatives.before)}</h2>
                    <ul class="rt-thread">{before.into_iter().map(ended).collect_view()}</ul>
                </section>
            })}
            <Ask ask=ask/>
        </Page>
    }
}

fn notice(told: Told) -> AnyView {
    match told {
        Told::Given(name) => view! {
            <Notice kind="success" title=tr!(representatives.given, name = name) text=tr!(representatives.given_text)/>
        }
        .into_any(),
        Told::TakenBack => view! {
            <Notice kind="success" title=tr!(representatives.taken_back) text=tr!(representatives.taken_back_text)/>
        }
        .into_any(),
    }
}

fn row(one: Representative, ask: RwSignal<Option<Question>>, take_back: Callback<Representative>) -> AnyView {
    let name = one.name.clone();
    let (until, areas) = (when::date(one.until), areas(&one));
    let begin = move |_| {
        let one = one.clone();
        ask.set(Some(Question {
            title: tr!(representatives.ask_title),
            text: tr!(representatives.ask_text),
            yes: tr!(representatives.ask_yes),
            no: tr!(representatives.ask_no),
            on_yes: Callback::new(move |()| take_back.run(one.clone())),
        }));
    };
    view! {
        <li>
            <p><strong>{name.clone()}</strong></p>
            <p class="rt-muted">{tr!(representatives.until, day = until)}</p>
            <p>{areas}</p>
            <div class="rt-actions">
                <button class="rt-button rt-button--secondary rt-button--small" type="button"
                    aria-label=tr!(representatives.take_back_from, name = name) on:click=begin>
                    {tr!(representatives.take_back)}
                </button>
            </div>
        </li>
    }
    .into_any()
}

fn ended(one: Representative) -> AnyView {
    let line = match one.taken_back_at {
        Some(at) => tr!(representatives.ended_by_you, when = when::moment(at)),
        None => tr!(representatives.ended, day = when::date(one.until)),
    };
    let areas = areas(&one);
    view! { <li><p><strong>{one.name}</strong></p><p class="rt-muted">{line}</p><p>{areas}</p></li> }.into_any()
}

fn areas(one: &Representative) -> String {
    let areas = one.areas.iter().map(|area| words::area(*area)).collect::<Vec<_>>().join(", ");
    tr!(representatives.areas, areas = areas)
}
