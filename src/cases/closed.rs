//! What is closed to the employee, and opening it with a reason that the citizen reads.

use contract::{CitizenId, Closed, GlassId, NewGlass};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use roed_traad_spa::markup::view;

use super::parts::{at_citizen, go};
use crate::{
    api::{self, Failure},
    form::{Form, limit},
    route,
    save::{Save, SaveState, SaveStatus},
    tr,
    ui::{Field, Notice, Page, TextArea, leaving},
    when, words,
};

/// What is closed, or until when it is open; on every page about a citizen.
pub fn told(citizen: CitizenId, closed: &Closed) -> Option<AnyView> {
    if let Some(until) = closed.opened_until {
        let text = tr!(staff_closed.open_until, time = when::moment_hours(until));
        return Some(view! { <Notice kind="info" title=tr!(staff_closed.open) text=text/> }.into_any());
    }
    if closed.areas.is_empty() {
        return None;
    }
    let areas = closed.areas.iter().map(|area| words::area(*area)).collect::<Vec<_>>().join(", ");
    Some(
        view! {
            <p class="rt-muted">
                {tr!(staff_closed.closed, areas = areas)} " "
                <a href=route::staff::reason(citizen)>{tr!(staff_closed.break_it)}</a>
            </p>
        }
        .into_any(),
    )
}

/// Writing why.
#[component]
pub fn ReasonPage() -> impl IntoView {
    at_citizen(|citizen| view! { <Reason citizen=citizen/> }.into_any())
}

#[component]
fn Reason(citizen: CitizenId) -> impl IntoView {
    let (form, save, id) = (Form::new(), Save::new(), StoredValue::new(GlassId::make()));
    let reason = Field::new("reason", "");
    let navigate = use_navigate();
    let is_gone = StoredValue::new(false);
    leaving::guard(
        move || is_gone.try_get_value() == Some(false) && !reason.text().trim().is_empty(),
        tr!(staff_closed.leave).to_owned(),
    );
    Effect::new(move |_| {
        if let SaveState::Failed(Failure::Problem(problem)) = save.state() {
            form.refused(&problem, &[("reason", reason)]);
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let mut check = form.check();
        let reason = check.required(reason);
        let (true, Some(reason)) = (check.done(), reason) else { return };
        let (navigate, id, body) = (navigate.clone(), id.get_value(), NewGlass { reason });
        save.run(
            move || {
                let body = body.clone();
                async move { api::staff::break_glass(citizen, id, &body).await }
            },
            move |_| {
                is_gone.try_set_value(true);
                go(&navigate, &route::staff::citizen(citizen));
            },
        );
    };
    view! {
        <Page title=tr!(staff_closed.title) lead=tr!(staff_closed.lead) above=form.summary()>
            <form class="rt-form" novalidate on:submit=submit>
                <TextArea field=reason label=tr!(staff_closed.reason) hint=tr!(staff_closed.reason_hint) limit=limit(4000)/>
                <SaveStatus save=save/>
                <div class="rt-actions">
                    <button class="rt-button" type="submit" aria-busy=move || save.is_busy().then_some("true")>{tr!(staff_closed.submit)}</button>
                    <a class="rt-button rt-button--quiet" href=route::staff::CASES>{tr!(staff_closed.keep_closed)}</a>
                </div>
            </form>
        </Page>
    }
}
