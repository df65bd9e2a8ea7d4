//! Starting and changing an effort. Without a purpose and a goal it serves it cannot be saved.

use contract::{Area, CitizenId, Directory, Effort, EffortId, NewEffort, Plan, Receipt, Version, paths::Subject};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use roed_traad_spa::markup::view;
use web_sys::AbortController;

use crate::{
    api::{self, Failure},
    arrange::area_name,
    case_plan::{GOAL, both},
    cases::parts::{at_citizen, employee_options, go, not_found},
    form::{Form, date_parts, limit},
    load::Load,
    route,
    save::{Save, SaveState, SaveStatus},
    tr,
    ui::{Checkbox, DateField, Notice, Page, Radios, Select, TextArea, TextField, leaving},
    versions::BothVersions,
    words,
};

mod fields;

use fields::Fields;

/// A new effort.
#[component]
pub fn NewEffortPage() -> impl IntoView {
    let goal = use_query_map().with_untracked(|query| query.get(GOAL)).unwrap_or_default();
    let goal = StoredValue::new(goal);
    at_citizen(move |citizen| {
        let draw = move |(plan, directory)| {
            let fields = Fields::new(None, &goal.get_value());
            sheet(citizen, plan, directory, None, fields)
        };
        view! { <Load fetch=move |abort| both(citizen, abort) children=draw/> }.into_any()
    })
}

/// An effort that runs.
#[component]
pub fn EffortPage() -> impl IntoView {
    let params = use_params_map();
    at_citizen(move |citizen| {
        let effort = params.with(|params| params.get("effort")?.parse::<EffortId>().ok());
        let draw = move |(plan, directory): (Plan, Directory)| {
            let Some(old) = plan.efforts.iter().find(|own| Some(own.id) == effort).cloned() else { return not_found() };
            let fields = Fields::new(Some(&old), "");
            sheet(citizen, plan, directory, Some(old), fields)
        };
        view! { <Load fetch=move |abort| both(citizen, abort) children=draw/> }.into_any()
    })
}

fn sheet(citizen: CitizenId, plan: Plan, directory: Directory, old: Option<Effort>, fields: Fields) -> AnyView {
    let title = if old.is_some() { tr!(staff_plan.change_effort_title) } else { tr!(staff_plan.new_effort_title) };
    let back = (route::staff::plan(citizen), tr!(staff_plan.title, name = plan.citizen_name.clone()));
    let form = Form::new();
    let content = if plan.goals.is_empty() && old.is_none() {
        view! { <Notice kind="info" title=tr!(staff_plan.needs_goal) text=tr!(staff_plan.needs_goal_text)/> }.into_any()
    } else {
        view! { <Sheet citizen=citizen plan=plan directory=directory old=old fields=fields form=form/> }.into_any()
    };
    view! { <Page title=title lead=tr!(staff_plan.effort_lead) back=back above=form.summary()>{content}</Page> }
        .into_any()
}

#[component]
fn Sheet(
    citizen: CitizenId,
    plan: Plan,
    directory: Directory,
    old: Option<Effort>,
    fields: Fields,
    form: Form,
) -> impl IntoView {
    let is_new = old.is_none();
    let id = old.as_ref().map_or_else(EffortId::make, |effort| effort.id);
    let version = RwSignal::new(old.as_ref().map(|effort| effort.version));
    let save = Save::new();
    let saved = StoredValue::new(fields.typed());
    leaving::guard(
        move || saved.try_get_value().is_some_and(|saved| saved != fields.typed()),
        tr!(staff_plan.leave).to_owned(),
    );
    let navigate = StoredValue::new_local(use_navigate());
    let send = move |version: Option<Version>| {
        let Some(body): Option<NewEffort> = fields.check(form) else { return };
        let typed = fields.typed();
        save.run(
            move || {
                let body = body.clone();
                async move { api::staff::save_effort(citizen, id, version, &body).await }
            },
            move |_: Receipt| {
                saved.try_set_value(typed);
                navigate.try_with_value(|navigate| go(navigate, &route::staff::plan(citizen)));
            },
        );
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        send(version.get_untracked());
    };
    Effect::new(move |_| {
        if let SaveState::Failed(Failure::Problem(problem)) = save.state() {
            form.refused(&problem, &fields.named());
        }
    });
    let fetch = move || async move {
        if is_new {
            return Ok(None);
        }
        let controller = AbortController::new().map_err(|_| Failure::Unreadable)?;
        let plan = api::plan::read(Subject::Citizen(citizen), controller.signal()).await?;
        Ok(plan.efforts.into_iter().find(|effort| effort.id == id))
    };
    let on_mine = move |newest: Effort| {
        version.set(Some(newest.version));
        send(Some(newest.version));
    };
    let on_theirs = move |newest: Effort| {
        version.set(Some(newest.version));
        fields.take(&newest);
        saved.set_value(fields.typed());
    };
    let mut goals = vec![(String::new(), tr!(staff_plan.choose_goal).to_owned())];
    goals.extend(plan.goals.iter().map(|goal| (goal.id.to_string(), goal.text.chars().take(80).collect())));
    // An effort can outlive its goal: it can still be ended, or turned to another.
    if let Some(lost) =
        old.as_ref().map(|effort| effort.goal).filter(|goal| plan.goals.iter().all(|own| own.id != *goal))
    {
        goals.push((lost.to_string(), tr!(staff_plan.lost_goal).to_owned()));
    }
    let areas = Area::ALL.into_iter().map(|area| (area_name(area).to_owned(), words::area(area).to_owned())).collect();
    let mut people = vec![(String::new(), tr!(staff_plan.nobody).to_owned())];
    people.extend(employee_options(&directory.employees));
    let kinds = vec![
        (fields::CAN.to_owned(), tr!(staff_plan.can).to_owned()),
        (fields::MUST.to_owned(), tr!(staff_plan.must).to_owned()),
    ];
    view! {
        <form class="rt-form" novalidate on:submit=submit>
            <Select field=fields.goal label=tr!(staff_plan.goal) hint=tr!(staff_plan.goal_hint) options=goals/>
            <TextField field=fields.title label=tr!(staff_plan.effort)/>
            <TextArea field=fields.purpose label=tr!(staff_plan.purpose) hint=tr!(staff_plan.purpose_hint) rows=3 limit=limit(4000)/>
            <Radios field=fields.kind legend=tr!(staff_plan.kind) hint=tr!(staff_plan.kind_hint) options=kinds/>
            {move || fields.kind.value.with(|kind| kind == fields::MUST).then(|| view! {
                <TextArea field=fields.obligation label=tr!(staff_plan.obligation) hint=tr!(staff_plan.obligation_hint) rows=3 limit=limit(4000)/>
            })}
            <div class="rt-form__row">
                <Select field=fields.area label=tr!(staff_plan.area) options=areas/>
                <Select field=fields.responsible label=tr!(staff_plan.responsible) optional=tr!(form.optional) options=people/>
            </div>
            <div class="rt-form__row">
                <DateField input=fields.starts legend=tr!(staff_plan.starts) parts=date_parts()/>
                <DateField input=fields.ends legend=tr!(staff_plan.ends) parts=date_parts()/>
            </div>
            {(!is_new).then(|| view! { <Checkbox id="ended" label=tr!(staff_plan.is_ended) checked=fields.is_ended/> })}
            <SaveStatus save=save/>
            <BothVersions save=save id="both" fetch=fetch theirs=fields::told mine=Callback::new(move |()| fields.told_mine())
                on_mine=Callback::new(on_mine) on_theirs=Callback::new(on_theirs)/>
            <div class="rt-actions">
                <button class="rt-button" type="submit" aria-busy=move || save.is_busy().then_some("true")>{tr!(staff_plan.save)}</button>
                <a class="rt-button rt-button--quiet" href=route::staff::plan(citizen)>{tr!(form.cancel)}</a>
            </div>
        </form>
    }
}
