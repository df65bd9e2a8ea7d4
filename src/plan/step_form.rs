//! Adding a step of one's own, or rewording one.

use contract::{GoalId, NewStep, Party, Receipt, Step, StepId, StepState, Version};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::{
    comments::short,
    read_again,
    view::{Shown, own_step},
};
use crate::{
    api::{self, Failure},
    form::{Form, date_parts, date_shown},
    save::{Save, SaveState, SaveStatus, received},
    session::Current,
    tr,
    ui::{DateField, DateInput, Field, Select, TextField, focus, leaving},
    versions::BothVersions,
    when, words,
};

/// The form. A step that is reworded keeps its owner, its effort and its meeting.
#[component]
pub(super) fn StepForm(
    /// The plan it belongs to.
    shown: Shown,
    /// What its ids begin with.
    #[prop(into)]
    base: String,
    /// The step to reword; absent for a new one.
    #[prop(optional)]
    old: Option<RwSignal<Step>>,
    /// When it is left, or a reworded step is saved.
    on_close: Callback<()>,
    /// When a new one is saved: its id, and the receipt in words.
    #[prop(optional)]
    on_added: Option<Callback<(StepId, String)>>,
) -> impl IntoView {
    let current = Current::take();
    let (municipality, is_citizen) = (current.municipality(), shown.is_citizen());
    let before = old.map(|cell| cell.get_untracked());
    // What the citizen has answered stays as it was asked, for employees.
    let fixed = shown.extras.keeps_words;
    let is_answered = |step: &Step| step.owner == Party::Citizen && step.state != StepState::NotStarted;
    let keeps_words = RwSignal::new(fixed.is_some() && before.as_ref().is_some_and(is_answered));
    let id = before.as_ref().map_or_else(StepId::make, |step| step.id);
    let title = Field::new(format!("{base}-title"), before.as_ref().map(|step| step.title.clone()).unwrap_or_default());
    let due = DateInput::new(format!("{base}-due"), before.as_ref().and_then(|step| step.due).map(date_shown));
    let goal_now = before.as_ref().and_then(|step| step.goal).map(|goal| goal.to_string()).unwrap_or_default();
    let goal = Field::new(format!("{base}-goal"), goal_now);
    let (form, save) = (Form::new(), Save::new());
    let typed = move || {
        let parts = [title.value, due.day, due.month, due.year, goal.value];
        parts.map(|part| part.try_get_untracked().unwrap_or_default())
    };
    let first = StoredValue::new(typed());
    let is_dirty = move || first.try_with_value(|first| typed() != *first).unwrap_or(false);
    leaving::guard(is_dirty, tr!(plan.leave).to_owned());
    let before = StoredValue::new(before);

    let send = move |version: Option<Version>| {
        let mut check = form.check();
        let words = check.required::<200>(title);
        let day = check.optional_date(due);
        let (true, Some(words), Some(day)) = (check.done(), words, day) else { return };
        let goal = goal.text().parse::<GoalId>().ok();
        let body = before.with_value(|before| NewStep {
            goal,
            effort: before.as_ref().and_then(|step| step.effort.filter(|_| step.goal == goal)),
            meeting: before.as_ref().and_then(|step| step.meeting),
            area: before.as_ref().map_or_else(|| current.area_or(shown.area_of(goal)), |step| step.area),
            title: words,
            owner: before.as_ref().map_or(Party::Citizen, |step| step.owner),
            due: day,
        });
        let saved = body.clone();
        save.run(
            move || {
                let body = body.clone();
                async move { api::plan::save_step(shown.citizen, id, version, &body).await }
            },
            move |receipt: Receipt| match (old, on_added) {
                (Some(cell), _) => {
                    if let Some(now) = cell.try_get_untracked() {
                        let is_late = saved.due.is_some_and(|due| due < shown.today);
                        let step = Step {
                            version: receipt.version,
                            goal: saved.goal,
                            effort: saved.effort,
                            title: saved.title.as_str().to_owned(),
                            due: saved.due,
                            is_late,
                            ..now
                        };
                        on_close.try_run(());
                        shown.steps.show(step);
                    }
                }
                (None, added) => {
                    shown.steps.show(own_step(shown, id, saved, &receipt));
                    match added {
                        Some(added) => drop(added.try_run((id, received(&receipt)))),
                        None => drop(on_close.try_run(())),
                    }
                }
            },
        );
    };
    Effect::new(move |_| {
        if let SaveState::Failed(Failure::Problem(problem)) = save.state() {
            form.refused(&problem, &[("title", title), ("goal", goal)]);
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        send(old.and_then(|cell| cell.try_with_untracked(|step| step.version)));
    };
    let cancel = move |_| {
        if !is_dirty() || window().confirm_with_message(tr!(plan.leave)).unwrap_or(true) {
            on_close.run(());
        }
    };
    let fetch = move || async move {
        if old.is_none() {
            return Ok(None);
        }
        let plan = read_again(shown.citizen).await?;
        let step = plan.steps.into_iter().find(|step| step.id == id);
        Ok(step.map(|step| {
            let goal = plan.goals.into_iter().find(|goal| Some(goal.id) == step.goal).map(|goal| goal.text);
            (step, goal.unwrap_or_default())
        }))
    };
    let mine = move |()| {
        let [words, day, month, year, goal] = typed();
        let goal = shown.goals().into_iter().find(|(id, _)| id.to_string() == goal).map(|(_, text)| text);
        told(&words, &format!("{day} {month} {year}"), &goal.unwrap_or_default())
    };
    let mut goals = vec![(String::new(), tr!(plan.no_goal).to_owned())];
    goals.extend(shown.goals().into_iter().map(|(id, text)| (id.to_string(), short(&text))));
    view! {
        <form class="rt-form" on:submit=submit novalidate aria-label=tr!(plan.step_form)>
            {form.summary()}
            {move || if keeps_words.get() {
                view! { <p class="form-hint" id=title.id() tabindex="-1">{fixed}</p> }.into_any()
            } else {
                view! { <TextField field=title label=tr!(plan.step_title) hint=tr!(plan.step_hint)/> }.into_any()
            }}
            <DateField input=due legend=tr!(plan.step_due) hint=tr!(plan.step_due_hint) parts=date_parts()/>
            {(goals.len() > 1).then(|| view! {
                <Select field=goal label=tr!(plan.step_goal) optional=tr!(form.optional) options=goals/>
            })}
            {is_citizen.then(|| words::safety(&municipality))}
            <SaveStatus save=save/>
            <BothVersions
                save=save
                id=format!("{base}-both")
                fetch=fetch
                theirs=|(step, goal)| told(&step.title, &step.due.map(when::date).unwrap_or_default(), goal)
                mine=Callback::new(mine)
                on_mine=Callback::new(move |(saved, _): (Step, String)| {
                    let version = saved.version;
                    if fixed.is_some() && is_answered(&saved) {
                        // Meanwhile the citizen has answered. The rest can still be saved: that is for the person to decide.
                        title.value.set(saved.title.clone());
                        keeps_words.set(true);
                        save.reset();
                        shown.steps.show(saved);
                        focus::on_id(&title.id());
                    } else {
                        send(Some(version));
                    }
                })
                on_theirs=Callback::new(move |(saved, _): (Step, String)| {
                    on_close.run(());
                    shown.steps.show(saved);
                })
            />
            <div class="rt-actions">
                <button class="rt-button" type="submit" aria-busy=move || save.is_busy().then_some("true")>{tr!(plan.save)}</button>
                <button class="rt-button rt-button--quiet" type="button" on:click=cancel>{tr!(form.cancel)}</button>
            </div>
        </form>
    }
}

/// A step in words: what, by when, and the goal it leads to.
fn told(title: &str, due: &str, goal: &str) -> String {
    [title, due, goal].map(str::trim).into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}
