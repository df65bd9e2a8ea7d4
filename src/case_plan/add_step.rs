use contract::{
    Area, CitizenId, Directory, EffortId, GoalId, MeetingId, NewStep, Party, Plan, Receipt, Step, StepId,
    paths::Subject,
};
use leptos::{prelude::*, task::spawn_local};
use roed_traad_spa::markup::view;

use crate::{
    api::{self, Failure, until_answered},
    cases::parts::employee_options,
    form::{Form, date_parts},
    plan::read_again,
    save::{Save, SaveState, SaveStatus},
    tr,
    ui::{DateField, DateInput, Field, Select, TextField, focus, leaving},
};

const CITIZEN: &str = "citizen";

/// A step for the citizen or for somebody at the municipality: who, what, by when, for which goal.
#[component]
pub fn AddStep(
    /// Whose plan.
    citizen: CitizenId,
    /// The citizen's name.
    name: String,
    /// The meeting where it is agreed.
    #[prop(optional)]
    meeting: Option<MeetingId>,
    /// What it is about when no goal says so.
    area: Area,
    /// The plan.
    plan: Plan,
    /// Those who can promise something.
    directory: Directory,
    /// Its words, for whoever has to know whether a step is half written.
    #[prop(default = step_title())]
    title: Field,
    /// Shows it.
    on_added: Callback<Step>,
) -> impl IntoView {
    let id = StoredValue::new(StepId::make());
    let owner = Field::new("step-owner", "");
    let due = DateInput::new("step-due", None);
    let under = Field::new("step-under", "");
    let (form, save) = (Form::new(), Save::new());
    let parts = [title.value, owner.value, due.day, due.month, due.year, under.value];
    let typed = move || parts.map(|part| part.try_get_untracked().unwrap_or_default());
    leaving::guard(move || !typed()[0].trim().is_empty(), tr!(staff_plan.leave).to_owned());
    let mut owners = vec![(String::new(), tr!(staff_plan.choose_owner).to_owned()), (CITIZEN.to_owned(), name)];
    owners.extend(employee_options(&directory.employees));
    let under_options = under_options(&plan);
    let plan = StoredValue::new(plan);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let mut check = form.check();
        let (what, who, day) = (check.required(title), check.chosen(owner), check.optional_date(due));
        let (true, Some(what), Some(who), Some(day)) = (check.done(), what, who, day) else { return };
        let owner = match who.parse() {
            Ok(employee) => Party::Employee { employee },
            Err(_) => Party::Citizen,
        };
        let (goal, effort) = plan.with_value(|plan| placed(plan, &under.text()));
        let goal_area = plan.with_value(|plan| plan.goals.iter().find(|own| Some(own.id) == goal).map(|own| own.area));
        let (next_id, id, sent) = (id, id.get_value(), typed());
        let body = NewStep { goal, effort, meeting, area: goal_area.unwrap_or(area), title: what, owner, due: day };
        save.run(
            move || {
                let body = body.clone();
                async move { api::plan::save_step(Subject::Citizen(citizen), id, None, &body).await }
            },
            move |_: Receipt| {
                next_id.try_set_value(StepId::make());
                // What is written on while it is on its way is the next one.
                if typed() == sent {
                    for part in parts {
                        part.try_set(String::new());
                    }
                }
                spawn_local(show(citizen, id, on_added));
            },
        );
    };
    Effect::new(move |_| {
        if let SaveState::Failed(Failure::Problem(problem)) = save.state() {
            form.refused(&problem, &[("title", title), ("owner", owner), ("goal", under), ("effort", under)]);
        }
    });
    view! {
        <form class="rt-form" novalidate on:submit=submit aria-label=tr!(staff_plan.add_step)>
            {form.summary()}
            <TextField field=title label=tr!(staff_plan.what) hint=tr!(staff_plan.what_hint)/>
            <div class="rt-form__row">
                <Select field=owner label=tr!(staff_plan.who) options=owners/>
                <DateField input=due legend=tr!(staff_plan.by_when) hint=tr!(staff_plan.by_when_hint) parts=date_parts()/>
            </div>
            <Select field=under label=tr!(staff_plan.leads_to) optional=tr!(form.optional) options=under_options/>
            <SaveStatus save=save/>
            <div class="rt-actions">
                <button class="rt-button rt-button--secondary" type="submit" aria-busy=move || save.is_busy().then_some("true")>
                    {tr!(staff_plan.do_add)}
                </button>
            </div>
        </form>
    }
}

/// The words of a step to add.
pub fn step_title() -> Field {
    Field::new("step-title", "")
}

/// Shows a step that was added, as the server has it, and leaves the rest of the page as it is.
async fn show(citizen: CitizenId, id: StepId, on_added: Callback<Step>) {
    let plan = until_answered(move || read_again(Subject::Citizen(citizen)), || {}).await;
    if let Some(step) = plan.ok().and_then(|plan| plan.steps.into_iter().find(|step| step.id == id)) {
        on_added.try_run(step);
        focus::on_id(&format!("step-{id}"));
    }
}

/// Goals, and below each its efforts that run.
fn under_options(plan: &Plan) -> Vec<(String, String)> {
    let mut options = vec![(String::new(), tr!(staff_plan.no_goal).to_owned())];
    for goal in &plan.goals {
        options.push((format!("goal:{}", goal.id), goal.text.chars().take(80).collect()));
        let efforts = plan.efforts.iter().filter(|effort| effort.goal == goal.id && !effort.is_ended);
        options.extend(efforts.map(|effort| (format!("effort:{}", effort.id), format!("\u{2003}{}", effort.title))));
    }
    options
}

/// The goal and the effort that were chosen; an effort brings its goal.
fn placed(plan: &Plan, chosen: &str) -> (Option<GoalId>, Option<EffortId>) {
    match chosen.split_once(':') {
        Some(("goal", id)) => (id.parse().ok(), None),
        Some(("effort", id)) => {
            let effort = id.parse::<EffortId>().ok();
            let goal = plan.efforts.iter().find(|own| Some(own.id) == effort).map(|own| own.goal);
            (goal, effort)
        }
        _ => (None, None),
    }
}
