use contract::{Cancellation, CitizenId, Meeting, MeetingId, Version, paths::Subject};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use roed_traad_spa::markup::view;

use crate::{
    api,
    cases::parts::{at_meeting, go},
    form::{Form, limit},
    load::Load,
    route,
    save::{Save, SaveStatus},
    tr,
    ui::{Field, Notice, Page, TextArea, leaving},
    when,
};

/// Cancelling a meeting, with a reason.
#[component]
pub fn CancelPage() -> impl IntoView {
    at_meeting(|citizen, meeting| {
        view! {
            <Load fetch=move |abort| api::meetings::one(Subject::Citizen(citizen), meeting, abort)
                children=move |meeting| view! { <Cancel citizen=citizen meeting=meeting/> }/>
        }
        .into_any()
    })
}

#[component]
fn Cancel(citizen: CitizenId, meeting: Meeting) -> impl IntoView {
    let summary = meeting.summary;
    let (id, version) = (summary.id, RwSignal::new(summary.version));
    let back = (route::staff::brief(citizen, id), tr!(staff_arrange.to_meeting).to_owned());
    let lead = format!("{} · {}", summary.purpose, when::full(&summary.time));
    let (form, save) = (Form::new(), Save::new());
    let reason = Field::new("reason", "");
    let navigate = use_navigate();
    let is_gone = StoredValue::new(false);
    leaving::guard(
        move || !is_gone.get_value() && !reason.text().trim().is_empty(),
        tr!(staff_arrange.leave).to_owned(),
    );
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let mut check = form.check();
        let reason = check.required(reason);
        let (true, Some(reason)) = (check.done(), reason) else { return };
        let (navigate, version) = (navigate.clone(), version.get_untracked());
        let body = Cancellation { reason };
        save.run(
            move || {
                let body = body.clone();
                async move { api::staff::cancel_meeting(citizen, id, version, &body).await }
            },
            move |_| {
                is_gone.try_set_value(true);
                go(&navigate, &route::staff::brief(citizen, id));
            },
        );
    };
    let can_cancel = !summary.is_cancelled && !summary.has_begun;
    view! {
        <Page title=tr!(staff_arrange.cancel_title) lead=lead back=back above=form.summary()>
            {if can_cancel {
                view! {
                    <form class="rt-form" novalidate on:submit=submit>
                        <p>{tr!(staff_arrange.cancel_text)}</p>
                        <TextArea field=reason label=tr!(staff_arrange.reason) hint=tr!(staff_arrange.reason_hint) limit=limit(4000)/>
                        <SaveStatus save=save/>
                        {move || save.is_conflict().then(|| newest(citizen, id, version))}
                        <div class="rt-actions">
                            <button class="rt-button" type="submit">{tr!(staff_arrange.do_cancel)}</button>
                            <a class="rt-button rt-button--quiet" href=route::staff::brief(citizen, id)>{tr!(staff_arrange.keep)}</a>
                        </div>
                    </form>
                }.into_any()
            } else {
                view! { <Notice kind="info" title=tr!(staff_arrange.is_over) text=tr!(staff_arrange.is_over_text)/> }.into_any()
            }}
        </Page>
    }
}

/// The meeting as somebody else has just saved it; after this it can be cancelled as it now stands.
fn newest(citizen: CitizenId, id: MeetingId, version: RwSignal<Version>) -> AnyView {
    let told = move |meeting: Meeting| {
        let summary = meeting.summary;
        version.set(summary.version);
        let text = format!("{} · {}", summary.purpose, when::full(&summary.time));
        view! { <Notice kind="info" title=tr!(staff_arrange.changed_meanwhile) text=text/> }
    };
    view! { <Load fetch=move |abort| api::meetings::one(Subject::Citizen(citizen), id, abort) children=told/> }
        .into_any()
}
