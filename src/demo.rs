//! For testers: the invented people, each in a known state, and the failures that can be switched on in the server.

use contract::{DemoFailure, DemoFailureState};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    api,
    load::Load,
    route,
    save::{Save, SaveStatus},
    session::Current,
    tr,
    ui::{Field, Page, Radios},
};

/// The testers' page.
#[component]
pub fn DemoPage() -> impl IntoView {
    let is_demo = Current::take().is_demo();
    view! {
        <Page title=tr!(demo.title) lead=tr!(demo.lead)>
            <div class="rt-actions"><a class="rt-button rt-button--secondary" href=route::SIGN_IN rel="external">{tr!(demo.choose)}</a></div>
            {is_demo.then(|| view! { <Load fetch=|_| api::demo::failure() children=|state| view! { <Failures state=state/> }/> })}
        </Page>
    }
}

const FAILURES: [(DemoFailure, &str); 6] = [
    (DemoFailure::None, "none"),
    (DemoFailure::Slow, "slow"),
    (DemoFailure::ServerError, "server_error"),
    (DemoFailure::Conflict, "conflict"),
    (DemoFailure::SessionEnded, "session_ended"),
    (DemoFailure::DatabaseAway, "database_away"),
];

fn words(failure: DemoFailure) -> &'static str {
    match failure {
        DemoFailure::None => tr!(demo.none),
        DemoFailure::Slow => tr!(demo.slow),
        DemoFailure::ServerError => tr!(demo.server_error),
        DemoFailure::Conflict => tr!(demo.conflict),
        DemoFailure::SessionEnded => tr!(demo.session_ended),
        DemoFailure::DatabaseAway => tr!(demo.database_away),
    }
}

#[component]
fn Failures(state: DemoFailureState) -> impl IntoView {
    let now = FAILURES.iter().find(|(failure, _)| *failure == state.failure).map_or("none", |(_, name)| name);
    let field = Field::new("failure", now);
    let save = Save::new();
    let is_set = RwSignal::new(false);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        is_set.set(false);
        let chosen = field.text();
        let failure =
            FAILURES.iter().find(|(_, name)| *name == chosen).map_or(DemoFailure::None, |(failure, _)| *failure);
        save.run(
            move || api::demo::set_failure(failure),
            move |()| {
                is_set.try_set(true);
            },
        );
    };
    let options = FAILURES.iter().map(|(failure, name)| ((*name).to_owned(), words(*failure).to_owned())).collect();
    view! {
        <form class="rt-form" on:submit=submit novalidate>
            <Radios field=field legend=tr!(demo.failures) hint=tr!(demo.failures_hint) options=options/>
            <SaveStatus save=save/>
            <p class="rt-save" role="status">{move || is_set.get().then(|| tr!(demo.set))}</p>
            <div class="rt-actions"><button class="rt-button" type="submit">{tr!(demo.switch)}</button></div>
        </form>
    }
}
