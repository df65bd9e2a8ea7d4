//! "Er det en klage?": a disagreement may be one in law, and somebody has to say so.

use contract::{Assessment, CitizenId, Comment, NewAssessment, Receipt, paths::Subject};
use leptos::{prelude::*, task::spawn_local};
use roed_traad_spa::markup::view;

use crate::{
    api,
    plan::read_again,
    save::{Save, SaveStatus},
    tr, when, words,
};

/// Each disagreement with the two answers, or with the one that was given and a way to change it.
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
    let id = comment.id;
    let is_asked = RwSignal::new(comment.assessment.is_none());
    let is_other = RwSignal::new(false);
    let comment = RwSignal::new(comment);
    let say = move |assessment| {
        let (version, body) = comment.with_untracked(|comment| {
            (comment.assessment_version, NewAssessment { comment_version: comment.version, assessment })
        });
        is_other.set(false);
        save.run(
            move || async move { api::staff::assess(citizen, id, version, &body).await },
            move |receipt: Receipt| {
                comment.try_update(|comment| {
                    comment.assessment = Some(assessment);
                    comment.assessment_version = Some(receipt.version);
                });
                is_asked.try_set(false);
            },
        );
    };
    // Other words, or a colleague's answer: what stands now is what one has to read before one answers.
    Effect::new(move |_| {
        if save.is_conflict() {
            spawn_local(async move {
                let Ok(plan) = read_again(Subject::Citizen(citizen)).await else { return };
                let Some(now) = plan.comments.into_iter().find(|comment| comment.id == id) else { return };
                is_asked.try_set(now.assessment.is_none());
                comment.try_set(now);
                is_other.try_set(true);
                save.reset();
            });
        }
    });
    let said = move || {
        comment.with(|comment| {
            let by = tr!(staff_brief.said_by, who = words::who(&comment.by, false), when = when::moment(comment.at));
            view! {
                <p>{super::said::about(citizen, comment)}</p>
                {words::quote(comment.text.clone())}
                <p class="rt-said__by">{by}</p>
            }
            .into_any()
        })
    };
    let answer = move || match comment.with(|comment| comment.assessment).filter(|_| !is_asked.get()) {
        None => view! {
            <div class="rt-actions">
                <button type="button" class="rt-button rt-button--secondary rt-button--small"
                    on:click=move |_| say(Assessment::Complaint)>{tr!(staff_brief.is_complaint)}</button>
                <button type="button" class="rt-button rt-button--quiet rt-button--small"
                    on:click=move |_| say(Assessment::NoComplaint)>{tr!(staff_brief.no_complaint)}</button>
            </div>
        }
        .into_any(),
        Some(assessment) => {
            let noted = match assessment {
                Assessment::Complaint => tr!(staff_brief.complaint_noted),
                Assessment::NoComplaint => tr!(staff_brief.no_complaint_noted),
            };
            view! {
                <p>{noted}</p>
                <button type="button" class="rt-link-button" on:click=move |_| is_asked.set(true)>{tr!(staff_brief.change_answer)}</button>
            }
            .into_any()
        }
    };
    view! {
        <div class="rt-said rt-said--disagree">
            <p class="rt-said__label">{tr!(staff_brief.disagrees)}</p>
            {said}
            <div role="status">{move || is_other.get().then(|| view! { <p>{tr!(staff_brief.assess_changed)}</p> })}</div>
            {answer}
            <SaveStatus save=save/>
        </div>
    }
}
