//! A citizen's plan as an employee sees and changes it.

use contract::{CitizenId, Directory, EffortId, GoalId, Plan, paths::Subject};
use leptos::prelude::*;
use roed_traad_spa::markup::view;
use web_sys::AbortSignal;

use crate::{
    api::{self, Failure},
    cases::parts::{at_citizen, back_to, section},
    load::Load,
    plan::{Extras, PlanView, print, steps::Steps},
    route, tr,
    ui::Page,
};

mod add_step;

pub use add_step::{AddStep, step_title};

/// The plan.
#[component]
pub fn PlanPage() -> impl IntoView {
    at_citizen(|citizen| {
        view! { <Load fetch=move |abort| both(citizen, abort) children=move |(plan, directory)| whole(citizen, plan, directory)/> }
            .into_any()
    })
}

/// The plan and the directory.
pub async fn both(citizen: CitizenId, abort: AbortSignal) -> Result<(Plan, Directory), Failure> {
    let plan = api::plan::read(Subject::Citizen(citizen), abort.clone()).await?;
    Ok((plan, api::staff::employees(abort).await?))
}

fn whole(citizen: CitizenId, plan: Plan, directory: Directory) -> AnyView {
    let name = plan.citizen_name.clone();
    let shown = plan.clone();
    let has_goals = !plan.goals.is_empty();
    let under_goal = Callback::new(move |goal: GoalId| {
        let href = format!("{}?{GOAL}={goal}", route::staff::new_effort(citizen));
        view! { <p class="rt-no-print"><a class="rt-link" href=href>{tr!(staff_plan.add_effort)}</a></p> }.into_any()
    });
    let under_effort = Callback::new(move |effort: EffortId| {
        let href = route::staff::effort(citizen, effort);
        view! { <p class="rt-no-print"><a class="rt-link" href=href>{tr!(staff_plan.change_effort)}</a></p> }.into_any()
    });
    let extras =
        Extras { goal: Some(under_goal), effort: Some(under_effort), keeps_words: Some(tr!(staff_plan.keeps_words)) };
    let lead = if has_goals { tr!(staff_plan.lead) } else { tr!(staff_plan.lead_no_goals) };
    let area = plan.goals.first().map(|goal| goal.area).unwrap_or_default();
    let steps = Steps::new(plan.steps.clone());
    let on_added = Callback::new(move |step| steps.show(step));
    let add = view! { <AddStep citizen=citizen name=name.clone() area=area plan=plan directory=directory on_added=on_added/> };
    view! {
        <Page title=tr!(staff_plan.title, name = name.clone()) window_title=tr!(staff_plan.window) lead=lead back=back_to(citizen, &name)>
            <PlanView plan=shown steps=steps citizen=Subject::Citizen(citizen) extras=extras/>
            {section("add-step", tr!(staff_plan.add_step), add.into_any())}
            <div class="rt-actions">
                <a class="rt-button rt-button--secondary" href=route::staff::history(citizen)>{tr!(staff_cases.history)}</a>
                <button class="rt-button rt-button--quiet" type="button" on:click=|_| print()>{tr!(staff_plan.print)}</button>
            </div>
        </Page>
    }
    .into_any()
}

/// The name in the address of the goal that a new effort serves.
pub const GOAL: &str = "maal";
