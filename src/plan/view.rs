//! The plan on the page, for its citizen and for the employees.

use std::collections::HashMap;

use contract::time::civil;
use contract::{Area, Comment, EffortId, EmployeeId, GoalId, Party, Plan, Step, StepId, StepState, paths::Subject};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::{
    goals::{effort_view, goal_view},
    people::people_list,
    step_form::StepForm,
    step_state::row,
    steps::{Steps, Under},
};
use crate::{
    route, tr,
    ui::{Empty, focus},
    when,
};

/// What else stands under a goal or an effort, such as a link to change it.
#[derive(Clone, Copy, Default)]
pub struct Extras {
    /// Under a goal.
    pub goal: Option<Callback<GoalId, AnyView>>,
    /// Under an effort.
    pub effort: Option<Callback<EffortId, AnyView>>,
    /// What an employee is told about a step whose words stay.
    pub keeps_words: Option<&'static str>,
}

/// What every part of the plan on the page knows.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub citizen: Subject,
    pub today: civil::Date,
    pub steps: Steps,
    pub extras: Extras,
    /// The states that were sent last, for whoever has to choose between two.
    pub wishes: StoredValue<HashMap<StepId, StepState>>,
    plan: StoredValue<Plan>,
}

impl Shown {
    pub fn is_citizen(self) -> bool {
        self.citizen == Subject::Me
    }

    pub fn comments(self) -> Vec<Comment> {
        self.plan.with_value(|plan| plan.comments.clone())
    }

    /// The goals to choose from: id and text.
    pub fn goals(self) -> Vec<(GoalId, String)> {
        self.plan.with_value(|plan| plan.goals.iter().map(|goal| (goal.id, goal.text.clone())).collect())
    }

    pub fn area_of(self, goal: Option<GoalId>) -> Area {
        self.plan.with_value(|plan| {
            plan.goals.iter().find(|other| Some(other.id) == goal).map_or(Area::Other, |goal| goal.area)
        })
    }

    /// Where somebody in the plan can be called.
    pub fn phone_of(self, id: EmployeeId) -> Option<String> {
        self.plan.with_value(|plan| {
            let member = plan.people.iter().find(|member| member.employee.id == id)?;
            member.employee.phone.as_ref().map(|phone| phone.as_str().to_owned())
        })
    }

    pub fn citizen_name(self) -> String {
        self.plan.with_value(|plan| plan.citizen_name.clone())
    }

    /// Where a step stands on the page.
    pub fn under(self, step: &Step) -> Under {
        self.plan.with_value(|plan| {
            let effort = step.effort.filter(|id| plan.efforts.iter().any(|effort| effort.id == *id));
            let goal = step.goal.filter(|id| plan.goals.iter().any(|goal| goal.id == *id));
            match (effort, goal) {
                (Some(effort), _) => Under::Effort(effort),
                (None, Some(goal)) => Under::Goal(goal),
                (None, None) => Under::Nothing,
            }
        })
    }

    /// Whether a step counts for a goal: its own, or one of its efforts'.
    pub fn leads_to(self, step: &Step, goal: GoalId) -> bool {
        match self.under(step) {
            Under::Goal(own) => own == goal,
            Under::Effort(effort) => {
                self.plan.with_value(|plan| plan.efforts.iter().any(|other| other.id == effort && other.goal == goal))
            }
            Under::Nothing => false,
        }
    }
}

/// The whole plan. `Subject::Me` is its citizen; anybody else is staff.
#[component]
pub fn PlanView(
    /// The plan.
    plan: Plan,
    /// Whose.
    #[prop(default = Subject::Me)]
    citizen: Subject,
    /// Its steps, where they are added to from outside.
    #[prop(optional)]
    steps: Option<Steps>,
    /// What else stands under goals and efforts.
    #[prop(optional)]
    extras: Extras,
) -> impl IntoView {
    let shown = Shown {
        citizen,
        today: plan.today,
        steps: steps.unwrap_or_else(|| Steps::new(plan.steps.clone())),
        extras,
        wishes: StoredValue::new(HashMap::new()),
        plan: StoredValue::new(plan.clone()),
    };
    let printed = format!("{} · {}", plan.citizen_name, when::date(plan.today));
    let is_empty = plan.goals.is_empty() && plan.efforts.is_empty() && plan.steps.is_empty();
    let (own, loose): (Vec<_>, Vec<_>) =
        plan.efforts.into_iter().partition(|effort| plan.goals.iter().any(|goal| goal.id == effort.goal));
    let goals = plan.goals.into_iter().map(|goal| {
        let efforts = own.iter().filter(|effort| effort.goal == goal.id).cloned().collect();
        goal_view(goal, efforts, shown)
    });
    let goals = goals.collect_view();
    // A memo, so that a step added elsewhere does not redraw what is typed here.
    let has_loose = Memo::new(move |_| !shown.steps.that(|step| shown.under(step) == Under::Nothing).is_empty());
    view! {
        <p class="rt-print-only">{printed}</p>
        {is_empty.then(|| empty(shown))}
        {goals}
        {(!loose.is_empty()).then(|| view! {
            <section class="rt-section" aria-labelledby="other-efforts">
                <h2 id="other-efforts">{tr!(plan.other_efforts)}</h2>
                {loose.into_iter().map(|effort| effort_view(effort, shown)).collect_view()}
            </section>
        })}
        {move || has_loose.get().then(|| view! {
            <section class="rt-section" aria-labelledby="other-steps">
                <h2 id="other-steps">{tr!(plan.other_steps)}</h2>
                {steps_under(Under::Nothing, shown)}
            </section>
        })}
        {shown.is_citizen().then(|| adding(shown))}
        {(!plan.people.is_empty()).then(|| view! {
            <section class="rt-section" aria-labelledby="people">
                <h2 id="people">{tr!(plan.people)}</h2>
                {people_list(plan.people)}
            </section>
        })}
    }
}

/// The steps that stand there, each with what one can do with it.
pub(super) fn steps_under(under: Under, shown: Shown) -> AnyView {
    let here = move || shown.steps.that(|step| shown.under(step) == under);
    view! {
        <Show when=move || !here().is_empty()>
            <ul class="rt-steps">
                <For each=here key=|(id, _)| *id children=move |(_, cell)| row(cell, shown)/>
            </ul>
        </Show>
    }
    .into_any()
}

fn empty(shown: Shown) -> AnyView {
    if shown.is_citizen() {
        view! {
            <Empty icon="flag" title=tr!(plan.empty) text=tr!(plan.empty_text)>
                <a class="rt-button" href=route::PREPARE>{tr!(plan.write_goal)}</a>
            </Empty>
        }
        .into_any()
    } else {
        view! { <Empty icon="flag" title=tr!(plan.empty) text=tr!(plan.empty_neutral)/> }.into_any()
    }
}

/// A step of one's own.
fn adding(shown: Shown) -> AnyView {
    let is_open = RwSignal::new(false);
    let added = RwSignal::new(None::<(StepId, String)>);
    let close = Callback::new(move |()| {
        is_open.set(false);
        focus::on_id("add-step-title");
    });
    let form = move || {
        if is_open.get() {
            let on_added = Callback::new(move |(id, words)| {
                added.set(Some((id, words)));
                is_open.set(false);
                focus::on_id(&format!("step-{id}"));
            });
            view! { <StepForm shown=shown base="new-step" on_close=close on_added=on_added/> }.into_any()
        } else {
            let begin = move |_| {
                added.set(None);
                is_open.set(true);
                focus::on_id("new-step-title");
            };
            view! {
                <div class="rt-actions">
                    <button class="rt-button rt-button--secondary" type="button" on:click=begin>{tr!(plan.add_step)}</button>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <section class="rt-section rt-no-print" aria-labelledby="add-step-title">
            <h2 id="add-step-title" tabindex="-1">{tr!(plan.add_step_title)}</h2>
            <p>{tr!(plan.add_step_text)}</p>
            <div role="status">
                {move || added.get().map(|(_, words)| view! { <p class="rt-save rt-save--saved">{words}</p> })}
            </div>
            {form}
        </section>
    }
    .into_any()
}

/// A step as the server will show it, from what was just saved.
pub(super) fn own_step(shown: Shown, id: StepId, new: contract::NewStep, receipt: &contract::Receipt) -> Step {
    let me = contract::Author::Citizen { name: shown.citizen_name() };
    Step {
        id,
        version: receipt.version,
        goal: new.goal,
        effort: new.effort,
        meeting: None,
        agreed_on: None,
        area: new.area,
        title: new.title.as_str().to_owned(),
        owner: Party::Citizen,
        owner_shown: me.clone(),
        is_late: new.due.is_some_and(|due| due < shown.today),
        due: new.due,
        state: StepState::NotStarted,
        state_at: receipt.received_at,
        written_by: me,
        can_reword: true,
        can_move: true,
    }
}
