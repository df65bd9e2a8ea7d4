//! What was said and agreed, in rows that can be read at a glance.

use contract::time::civil;
use contract::{
    CitizenId, Comment, CommentKind, CommentedKind, Effort, Goal, MeetingId, Step, Topic, Unopened, paths::Subject,
};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::{
    assessment,
    parts::{nothing, section, tag},
};
use crate::{history, i18n::written, plan, route, tr, when, words};

/// All that is new from a citizen, and the disagreements with their question; `beside` draws what can be done with a topic.
pub fn new(
    citizen: CitizenId,
    mut new: Unopened,
    disagreements: Vec<Comment>,
    today: civil::Date,
    beside: &dyn Fn(&Topic) -> AnyView,
) -> AnyView {
    // A disagreement stands with its question, not twice.
    new.comments.retain(|new| disagreements.iter().all(|own| own.id != new.id));
    let is_nothing = new.count() == 0;
    let said = view! {
        {goals(new.goals, true)}
        {topics(new.topics, true, beside)}
        {comments(citizen, new.comments)}
        {(!new.steps.is_empty()).then(|| view! {
            <h3>{tr!(staff_brief.new_steps)}</h3>
            {steps(citizen, new.steps, today)}
        })}
    }
    .into_any();
    let said = if is_nothing { nothing(tr!(staff_brief.nothing_new)) } else { said };
    let asked = (!disagreements.is_empty())
        .then(|| section("assess", tr!(staff_brief.assess), assessment::list(citizen, disagreements)));
    view! { {section("new", tr!(staff_brief.new), said)}{asked} }.into_any()
}

/// Goals in the citizen's words.
pub fn goals(goals: Vec<Goal>, is_new: bool) -> AnyView {
    let row = move |goal: Goal| {
        let by = tr!(staff_brief.sent, when = when::moment(goal.sent_at));
        let helped = goal.helped_by.map(|who| tr!(staff_brief.helped, who = who));
        view! {
            <div class="rt-said" class:rt-said--new=is_new>
                <p class="rt-said__label">{tr!(staff_brief.goal)} {is_new.then(new_tag)}</p>
                <blockquote class="rt-words" lang=written()>
                    <p>{goal.text}</p>
                    {goal.why.map(|why| view! { <p>{tr!(staff_brief.why)} " " {why}</p> })}
                    {goal.first_step.map(|step| view! { <p>{tr!(staff_brief.first_step)} " " {step}</p> })}
                </blockquote>
                <p class="rt-said__by">{by} {helped.map(|helped| format!(" · {helped}"))}</p>
            </div>
        }
        .into_any()
    };
    goals.into_iter().map(row).collect_view().into_any()
}

/// Topics in the citizen's words, each with what can be done with it.
pub fn topics(topics: Vec<Topic>, is_new: bool, beside: &dyn Fn(&Topic) -> AnyView) -> AnyView {
    let row = move |topic: Topic| {
        let by = tr!(staff_brief.sent, when = when::moment(topic.sent_at));
        let beside = beside(&topic);
        let helped = topic.helped_by.map(|who| tr!(staff_brief.helped, who = who));
        view! {
            <div class="rt-said" class:rt-said--new=is_new>
                <p class="rt-said__label">{tr!(staff_brief.topic)} {is_new.then(new_tag)}</p>
                {words::quote(topic.text.clone())}
                <p class="rt-said__by">{by} {helped.map(|helped| format!(" · {helped}"))}</p>
                {beside}
            </div>
        }
        .into_any()
    };
    topics.into_iter().map(row).collect_view().into_any()
}

/// What a comment stands beside.
pub fn about(citizen: CitizenId, comment: &Comment) -> AnyView {
    let title = comment.about.as_deref().map(history::quote);
    let told = |known: fn(String) -> String, unknown: &'static str| title.map_or_else(|| unknown.to_owned(), known);
    match comment.beside {
        CommentedKind::Goal => {
            told(|title| tr!(staff_brief.beside_the_goal, title = title), tr!(staff_brief.beside_goal))
        }
        CommentedKind::Effort => {
            told(|title| tr!(staff_brief.beside_the_effort, title = title), tr!(staff_brief.beside_effort))
        }
        CommentedKind::Step => {
            told(|title| tr!(staff_brief.beside_the_step, title = title), tr!(staff_brief.beside_step))
        }
        CommentedKind::Minutes => {
            let to = route::staff::brief(citizen, MeetingId(comment.beside_id));
            return view! { <a class="rt-link" href=to>{tr!(staff_brief.beside_minutes)}</a> }.into_any();
        }
    }
    .into_any()
}

/// Comments of the citizen.
pub fn comments(citizen: CitizenId, comments: Vec<Comment>) -> AnyView {
    let row = |comment: Comment| {
        let about = about(citizen, &comment);
        let is_disagreement = comment.kind == CommentKind::Disagreement;
        let label = if is_disagreement { tr!(staff_brief.disagrees) } else { tr!(staff_brief.comment) };
        view! {
            <div class="rt-said rt-said--new" class:rt-said--disagree=is_disagreement>
                <p class="rt-said__label">{label} {new_tag()}</p>
                {words::quote(comment.text)}
                <p class="rt-said__by">{about} " · " {when::moment(comment.at)}</p>
            </div>
        }
        .into_any()
    };
    comments.into_iter().map(row).collect_view().into_any()
}

/// Steps: what, whose, by when, where it stands.
pub fn steps(citizen: CitizenId, steps: Vec<Step>, today: civil::Date) -> AnyView {
    let row = move |step: Step| {
        let (class, facts) = (plan::steps::class(&step), plan::steps::facts(&step, Subject::Citizen(citizen), today));
        view! { <li class=class><div class="rt-step__body"><p class="rt-step__title">{step.title}</p>{facts}</div></li> }
            .into_any()
    };
    view! { <ul class="rt-steps">{steps.into_iter().map(row).collect_view()}</ul> }.into_any()
}

/// The efforts that run, each with its purpose.
pub fn efforts(efforts: Vec<Effort>) -> AnyView {
    let row = |effort: Effort| view! { <li><strong>{effort.title}</strong> ". " {effort.purpose}</li> }.into_any();
    view! { <ul class="rt-list rt-list--plain">{efforts.into_iter().map(row).collect_view()}</ul> }.into_any()
}

fn new_tag() -> AnyView {
    tag("rt-tag--new", tr!(staff_brief.new_tag))
}
