//! Writing or changing a comment or a disagreement.

use contract::{Author, Comment, CommentId, CommentKind, NewComment, Openings, Receipt, Version, paths::Subject};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::{comments::Place, read_again};
use crate::{
    api::{self, Failure},
    form::{Form, limit},
    save::{Save, SaveState, SaveStatus},
    session::Current,
    tr,
    ui::{Field, TextArea, leaving},
    versions::BothVersions,
    words,
};

/// The form.
#[component]
pub(super) fn CommentForm(
    /// Where the comment stands.
    place: Place,
    /// A remark or a disagreement.
    kind: CommentKind,
    /// What its ids begin with.
    base: String,
    /// The comment to change; absent for a new one.
    #[prop(optional)]
    old: Option<Comment>,
    /// When it is saved or left.
    on_close: Callback<()>,
) -> impl IntoView {
    let current = Current::take();
    let is_citizen = place.citizen == Subject::Me;
    let name = current.signed_in().map(|person| person.name).unwrap_or_default();
    let id = old.as_ref().map_or_else(CommentId::make, |old| old.id);
    let first = old.as_ref().map(|old| old.text.clone()).unwrap_or_default();
    let field = Field::new(format!("{base}-comment"), first.clone());
    let (form, save) = (Form::new(), Save::new());
    let first = StoredValue::new(first);
    let is_dirty =
        move || field.value.try_with_untracked(|text| first.with_value(|first| text != first)).unwrap_or(false);
    leaving::guard(is_dirty, tr!(plan.leave).to_owned());
    let cancel = move |_| {
        if !is_dirty() || window().confirm_with_message(tr!(plan.leave)).unwrap_or(true) {
            on_close.run(());
        }
    };
    let is_change = old.is_some();
    let opened = old.as_ref().map(|old| old.openings.opened.clone()).unwrap_or_default();
    let old = StoredValue::new(old);
    let shown = move |text: String, receipt: &Receipt| Comment {
        about: None,
        id,
        version: receipt.version,
        beside: place.kind,
        beside_id: place.id,
        kind,
        text,
        by: own_name(is_citizen, name.clone()),
        is_mine: true,
        at: receipt.received_at,
        // A disagreement that was changed is looked at again.
        assessment: None,
        assessment_version: None,
        openings: Openings { opened: opened.clone(), is_changed_since: true },
    };
    let shown = StoredValue::new(shown);
    let send = move |version: Option<Version>| {
        let mut check = form.check();
        let text = check.required::<4000>(field);
        let (true, Some(text)) = (check.done(), text) else { return };
        let body = NewComment { beside: place.kind, beside_id: place.id, kind, text };
        let written = body.text.as_str().to_owned();
        let make = shown.get_value();
        save.run(
            move || {
                let body = body.clone();
                async move { api::plan::save_comment(place.citizen, id, version, &body).await }
            },
            move |receipt: Receipt| {
                // The form may be gone by now; what was sent is shown all the same.
                let comment = make(written, &receipt);
                place.receipt.try_set(Some(receipt));
                on_close.try_run(());
                place.show(comment);
            },
        );
    };
    Effect::new(move |_| {
        if let SaveState::Failed(Failure::Problem(problem)) = save.state() {
            form.refused(&problem, &[("text", field)]);
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        send(old.with_value(|old| old.as_ref().map(|old| old.version)));
    };
    let fetch = move || async move {
        if !is_change {
            return Ok(None);
        }
        let plan = read_again(place.citizen).await?;
        Ok(plan.comments.into_iter().find(|said| said.id == id))
    };
    let label = if kind == CommentKind::Disagreement { tr!(plan.disagree_label) } else { tr!(plan.comment_label) };
    let municipality = current.municipality();
    let disagreeing = (kind == CommentKind::Disagreement).then(|| {
        let phone = municipality.phone.clone();
        let deadline = municipality.complaint_deadline.clone();
        let deadline = tr!(plan.disagree_deadline, deadline = deadline, phone = phone.clone());
        view! {
            <p>{tr!(plan.disagree_complaint)}</p>
            <p>{words::with_call(&deadline, &phone)}</p>
            <p>{tr!(plan.disagree_silence)}</p>
        }
    });
    view! {
        <form class="rt-form" on:submit=submit novalidate aria-label=label>
            {form.summary()}
            {disagreeing}
            <TextArea field=field label=label limit=limit(4000)/>
            {is_citizen.then(|| words::safety(&municipality))}
            <SaveStatus save=save/>
            <BothVersions
                save=save
                id=format!("{base}-both")
                fetch=fetch
                theirs=|saved: &Comment| saved.text.clone()
                mine=Callback::new(move |()| field.text())
                on_mine=Callback::new(move |saved: Comment| send(Some(saved.version)))
                on_theirs=Callback::new(move |saved: Comment| {
                    on_close.run(());
                    place.show(saved);
                })
            />
            <div class="rt-actions">
                <button class="rt-button" type="submit" aria-busy=move || save.is_busy().then_some("true")>{tr!(plan.send)}</button>
                <button class="rt-button rt-button--quiet" type="button" on:click=cancel>
                    {tr!(form.cancel)}
                </button>
            </div>
        </form>
    }
}

fn own_name(is_citizen: bool, name: String) -> Author {
    if is_citizen {
        Author::Citizen { name }
    } else {
        Author::Employee { name: Some(name), role: String::new(), unit: String::new() }
    }
}
