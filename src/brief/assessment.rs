//! "Er det en klage?": a disagreement may be one in law, and somebody has to say so.

use contract::{Assessment, CitizenId, Comment};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    api::{self, Precondition},
    save::{Save, SaveStatus},
    tr, when, words,
};

/// Each disagreement that nobody has assessed, with the two answers.
pub fn list(citizen: CitizenId, comments: Vec<Comment>) -> AnyView {
    let rows = comments
        .into_iter()
        .map(|comment| view! { <li><Question citizen=citizen comment=comment/></li> })
        .collect_view();
    view! { <p class="rt-muted">{tr!(staff_brief.assess_text)}</p><ul class="rt-list rt-list--plain">{rows}</ul> }
        .into_any()
}

#[component]
fn Question(citizen: CitizenId, comment: Comment) -> impl IntoView {
    let save = Save::new();
    let answer = RwSignal::new(None::<Assessment>);
    let id = comment.id;
    let say = move |assessment| {
        save.run(
            move || api::staff::assess(citizen, id, Precondition::New, assessment),
            move |_| {
                answer.try_set(Some(assessment));
            },
        );
    };
    let by = tr!(staff_brief.said_by, who = words::who(&comment.by, false), when = when::moment(comment.at));
    view! {
        <div class="rt-said rt-said--disagree">
            <p class="rt-said__label">{tr!(staff_brief.disagrees)}</p>
            <blockquote class="rt-words"><p>{comment.text}</p></blockquote>
            <p class="rt-said__by">{by}</p>
            {move || match answer.get() {
                None => view! {
                    <div class="rt-actions">
                        <button type="button" class="rt-button rt-button--secondary rt-button--small"
                            on:click=move |_| say(Assessment::Complaint)>{tr!(staff_brief.is_complaint)}</button>
                        <button type="button" class="rt-button rt-button--quiet rt-button--small"
                            on:click=move |_| say(Assessment::NoComplaint)>{tr!(staff_brief.no_complaint)}</button>
                    </div>
                }.into_any(),
                Some(Assessment::Complaint) => view! { <p>{tr!(staff_brief.complaint_noted)}</p> }.into_any(),
                Some(Assessment::NoComplaint) => view! { <p>{tr!(staff_brief.no_complaint_noted)}</p> }.into_any(),
            }}
            <SaveStatus save=save/>
        </div>
    }
}
