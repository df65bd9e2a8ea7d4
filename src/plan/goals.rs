//! A goal with its efforts and steps.

use contract::{CommentedKind, Effort, Goal};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::{
    comments::Beside,
    steps::Under,
    view::{Shown, steps_under},
};
use crate::{i18n::written, route, session::Current, tr, when, words};

pub(super) fn goal_view(goal: Goal, efforts: Vec<Effort>, shown: Shown) -> AnyView {
    let id = goal.id;
    let (heading_id, progress_id) = (format!("goal-{id}"), format!("progress-{id}"));
    let (heading, rest) = words::heading(&goal.text);
    let is_citizen = shown.is_citizen();
    let eyebrow = if is_citizen { tr!(plan.my_goal) } else { tr!(plan.goal) };
    let change = (is_citizen && goal.is_open).then(|| {
        let href = goal.meeting.map_or_else(|| route::PREPARE.to_owned(), route::prepare);
        view! {
            <p class="rt-no-print">
                <a class="rt-link" href=href aria-label=format!("{}: {heading}", tr!(plan.change_goal))>{tr!(plan.change_goal)}</a>
            </p>
        }
    });
    view! {
        <section class="rt-goal" aria-labelledby=heading_id.clone()>
            <header class="rt-goal__head">
                <p class="rt-eyebrow">{eyebrow} " · " {words::area(goal.area)}</p>
                <h2 id=heading_id.clone() class="rt-goal__text" lang=written()>{heading.clone()}</h2>
                {rest.map(words::quote)}
                {goal.why.map(|why| told(tr!(plan.goal_why), why))}
                {goal.first_step.map(|step| told(tr!(plan.goal_first_step), step))}
                {goal.helped_by.map(|who| view! { <p class="rt-muted">{tr!(plan.helped_by, who = who)}</p> })}
                <p class="rt-muted">{tr!(plan.goal_sent, when = when::moment(goal.sent_at))}</p>
                {words::opened(&goal.openings, is_citizen)}
                {change}
            </header>
            {move || progress(shown.steps.count(|step| shown.leads_to(step, id)), &progress_id)}
            {efforts.into_iter().map(|effort| effort_view(effort, shown)).collect_view()}
            {steps_under(Under::Goal(id), shown)}
            {shown.extras.goal.map(|extra| extra.run(id))}
            <Beside kind=CommentedKind::Goal id=id.0 comments=shown.comments() about=heading citizen=shown.citizen/>
        </section>
    }
    .into_any()
}

pub(super) fn effort_view(effort: Effort, shown: Shown) -> AnyView {
    let id = effort.id;
    let heading_id = format!("effort-{id}");
    let who = effort.responsible.as_ref().map(|who| tr!(plan.responsible, who = words::who(who, shown.is_citizen())));
    let days = match (effort.starts_on, effort.ends_on) {
        (Some(from), Some(until)) => {
            Some(tr!(plan.from_until, from = when::short_date(from), until = when::date(until)))
        }
        (Some(from), None) => Some(tr!(plan.from, from = when::date(from))),
        (None, Some(until)) => Some(tr!(plan.until, until = when::date(until))),
        (None, None) => None,
    };
    let must = match effort.obligation {
        Some(what) => {
            let (talk, phone) = match (effort.responsible_id.and_then(|id| shown.phone_of(id)), effort.responsible) {
                (Some(phone), Some(who)) => {
                    let who = words::who(&who, shown.is_citizen());
                    (tr!(plan.must_call, who = who, phone = phone.clone()), phone)
                }
                _ => {
                    let phone = Current::take().municipality().phone;
                    (tr!(plan.must_talk, phone = phone.clone()), phone)
                }
            };
            view! {
                <div class="rt-effort__must">
                    <p><span class="rt-tag rt-tag--must">{tr!(plan.must)}</span></p>
                    <p><strong>{tr!(plan.must_what)}</strong> " " <span lang=written()>{what}</span></p>
                    <p>{words::with_call(&talk, &phone)}</p>
                </div>
            }
            .into_any()
        }
        None => view! {
            <p class="rt-effort__must rt-muted"><span class="rt-tag">{tr!(plan.offer)}</span> " " {tr!(plan.offer_what)}</p>
        }
        .into_any(),
    };
    view! {
        <section class="rt-effort" aria-labelledby=heading_id.clone()>
            <h3 id=heading_id.clone() lang=written()>{effort.title.clone()}</h3>
            <p class="rt-effort__purpose"><strong>{tr!(plan.why)}</strong> " " <span lang=written()>{effort.purpose}</span></p>
            <p class="rt-muted">{words::area(effort.area)} {who.map(|who| format!(" · {who}"))}</p>
            {days.map(|days| view! { <p class="rt-muted">{days}</p> })}
            {effort.is_ended.then(|| view! { <p><span class="rt-tag rt-tag--done">{tr!(plan.ended)}</span></p> })}
            {must}
            {steps_under(Under::Effort(id), shown)}
            {shown.extras.effort.map(|extra| extra.run(id))}
            <Beside kind=CommentedKind::Effort id=id.0 comments=shown.comments() about=effort.title citizen=shown.citizen/>
        </section>
    }
    .into_any()
}

fn told(label: &'static str, text: String) -> AnyView {
    view! { <div><p class="rt-muted">{label}</p>{words::quote(text)}</div> }.into_any()
}

fn progress((done, all): (usize, usize), id: &str) -> Option<AnyView> {
    (all > 0).then(|| {
        let words = if when::is_one(all) {
            tr!(plan.progress_single, done = done, all = all)
        } else {
            tr!(plan.progress_many, done = done, all = all)
        };
        view! {
            <div class="rt-progress">
                <progress value=done.to_string() max=all.to_string() aria-labelledby=id.to_owned()></progress>
                <span id=id.to_owned()>{words}</span>
            </div>
        }
        .into_any()
    })
}
