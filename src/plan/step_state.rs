//! A step on the page, and saying where it stands.

use contract::{CommentedKind, NewStepState, Prose, Receipt, Step, StepState, Version};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::{comments::Beside, comments::short, read_again, step_form::StepForm, steps, view::Shown};
use crate::{
    api::{self, Failure},
    form::{Form, limit},
    i18n::written,
    save::{Save, SaveState, SaveStatus},
    session::Current,
    tr,
    ui::{Field, Radios, TextArea, focus, leaving},
    versions::BothVersions,
    words,
};

/// What is open below a step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    State,
    Wording,
}

/// A step with everything one can do with it.
pub(super) fn row(cell: RwSignal<Step>, shown: Shown) -> AnyView {
    let step = cell.get_untracked();
    let id = step.id;
    let title = Signal::derive(move || cell.with(|step| step.title.clone()));
    let base = format!("step-{id}");
    let open = RwSignal::new(Open::Nothing);
    let save = Save::new();
    let title_id = base.clone();
    let close = Callback::new(move |()| {
        open.try_set(Open::Nothing);
        focus::on_id(&title_id);
    });
    let mover = Mover { cell, shown, save };
    let forms_base = base.clone();
    let forms = move || match open.get() {
        Open::Nothing => actions(cell, open, mover, &forms_base),
        Open::State => view! { <StateForm mover=mover base=forms_base.clone() on_close=close/> }.into_any(),
        Open::Wording => {
            view! { <StepForm shown=shown base=format!("{forms_base}-reword") old=cell on_close=close/> }.into_any()
        }
    };
    let fetch = move || async move {
        let plan = read_again(shown.citizen).await?;
        Ok(plan.steps.into_iter().find(|step| step.id == id))
    };
    view! {
        <li class=move || cell.with(steps::class)>
            <div class="rt-step__body">
                <p class="rt-step__title" id=base.clone() tabindex="-1" lang=written()>{move || title.get()}</p>
                {move || cell.with(|step| steps::facts(step, shown.citizen, shown.today))}
                {forms}
                <SaveStatus save=save/>
                <BothVersions
                    save=save
                    id=format!("{base}-both")
                    fetch=fetch
                    theirs=told
                    mine=Callback::new(move |()| mover.wish().map(|state| state_told(&state)).unwrap_or_default())
                    on_mine=Callback::new(move |saved: Step| {
                        let version = saved.version;
                        shown.steps.show(saved);
                        if let Some(state) = mover.wish() {
                            mover.go(state, version, close);
                        }
                    })
                    on_theirs=Callback::new(move |saved: Step| {
                        shown.steps.show(saved);
                        close.run(());
                    })
                />
                <Beside kind=CommentedKind::Step id=id.0 comments=shown.comments() about=title citizen=shown.citizen/>
            </div>
        </li>
    }
    .into_any()
}

/// Saves a step's state.
#[derive(Clone, Copy)]
struct Mover {
    cell: RwSignal<Step>,
    shown: Shown,
    save: Save,
}

impl Mover {
    /// The state that was sent last.
    fn wish(self) -> Option<StepState> {
        self.shown.wishes.with_value(|wishes| wishes.get(&self.cell.with_untracked(|step| step.id)).cloned())
    }

    fn go(self, state: StepState, version: Version, on_done: Callback<()>) {
        let Self { cell, shown, save } = self;
        let id = cell.with_untracked(|step| step.id);
        shown.wishes.update_value(|wishes| drop(wishes.insert(id, state.clone())));
        let body = NewStepState { state: state.clone() };
        save.run(
            move || {
                let body = body.clone();
                async move { api::plan::move_step(shown.citizen, id, version, &body).await }
            },
            move |receipt: Receipt| {
                cell.try_update(|step| {
                    step.state = state;
                    step.version = receipt.version;
                    step.state_at = receipt.received_at;
                });
                on_done.try_run(());
            },
        );
    }
}

fn told(step: &Step) -> String {
    format!("{}\n{}", step.title, state_told(&step.state))
}

fn state_told(state: &StepState) -> String {
    let word = words::step_state(state);
    match state {
        StepState::CannotYet { reason } | StepState::NotNeeded { reason } => {
            format!("{word}. {}", tr!(plan.because, reason = reason.as_str().to_owned()))
        }
        _ => word.to_owned(),
    }
}

fn actions(cell: RwSignal<Step>, open: RwSignal<Open>, mover: Mover, base: &str) -> AnyView {
    let step = cell.get();
    let about = tr!(plan.about, what = short(&step.title));
    let show = |what: Open, id: String| {
        move |_| {
            open.set(what);
            focus::on_id(&id);
        }
    };
    let home = base.to_owned();
    let done = move |_| {
        let (version, home) = (cell.with_untracked(|step| step.version), home.clone());
        mover.go(StepState::Done, version, Callback::new(move |()| focus::on_id(&home)));
    };
    let is_open = !step.state.is_closed();
    let change = if step.state == StepState::Done { tr!(plan.change_done) } else { tr!(plan.change_state) };
    let hidden = move || view! { <span class="rt-hidden">" " {about.clone()}</span> };
    view! {
        <div class="rt-step__actions">
            {(step.can_move && is_open).then(|| view! {
                <button class="rt-button rt-button--secondary rt-button--small" type="button" on:click=done>{tr!(plan.done)} {hidden()}</button>
            })}
            {step.can_move.then(|| view! {
                <button class="rt-link-button" type="button" on:click=show(Open::State, format!("{base}-state"))>
                    {change} {hidden()}
                </button>
            })}
            {step.can_reword.then(|| view! {
                <button class="rt-link-button" type="button" on:click=show(Open::Wording, format!("{base}-reword-title"))>
                    {tr!(plan.reword)} {hidden()}
                </button>
            })}
        </div>
    }
    .into_any()
}

const STATES: [&str; 5] = ["not_started", "under_way", "done", "cannot_yet", "not_needed"];

fn value(state: &StepState) -> &'static str {
    match state {
        StepState::NotStarted => "not_started",
        StepState::UnderWay => "under_way",
        StepState::Done => "done",
        StepState::CannotYet { .. } => "cannot_yet",
        StepState::NotNeeded { .. } => "not_needed",
    }
}

fn label(value: &str) -> &'static str {
    match value {
        "under_way" => tr!(shared.state_under_way),
        "done" => tr!(shared.state_done),
        "cannot_yet" => tr!(shared.state_cannot_yet),
        "not_needed" => tr!(shared.state_not_needed),
        _ => tr!(shared.state_not_started),
    }
}

fn chosen(value: &str, reason: Option<Prose>) -> Option<StepState> {
    match (value, reason) {
        ("not_started", _) => Some(StepState::NotStarted),
        ("under_way", _) => Some(StepState::UnderWay),
        ("done", _) => Some(StepState::Done),
        ("cannot_yet", Some(reason)) => Some(StepState::CannotYet { reason }),
        ("not_needed", Some(reason)) => Some(StepState::NotNeeded { reason }),
        _ => None,
    }
}

#[component]
fn StateForm(mover: Mover, base: String, on_close: Callback<()>) -> impl IntoView {
    let step = mover.cell.get_untracked();
    let first = match &step.state {
        StepState::CannotYet { reason } | StepState::NotNeeded { reason } => reason.as_str().to_owned(),
        _ => String::new(),
    };
    let now = value(&step.state);
    let state = Field::new(format!("{base}-state"), now);
    let reason = Field::new(format!("{base}-reason"), first.clone());
    let first = StoredValue::new(first);
    let municipality = StoredValue::new(Current::take().municipality());
    let is_citizen = mover.shown.is_citizen();
    let form = Form::new();
    let is_dirty =
        move || reason.value.try_with_untracked(|text| first.with_value(|first| text != first)).unwrap_or(false);
    leaving::guard(is_dirty, tr!(plan.leave).to_owned());
    let needs_reason =
        Memo::new(move |_| state.value.with(|value| matches!(value.as_str(), "cannot_yet" | "not_needed")));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let mut check = form.check();
        let why = if needs_reason.get_untracked() { check.required::<4000>(reason) } else { None };
        if !check.done() {
            return;
        }
        let Some(wish) = chosen(&state.text(), why) else { return };
        let version = mover.cell.with_untracked(|step| step.version);
        mover.go(wish, version, on_close);
    };
    let cancel = move |_| {
        if !is_dirty() || window().confirm_with_message(tr!(plan.leave)).unwrap_or(true) {
            on_close.run(());
        }
    };
    Effect::new(move |_| {
        if let SaveState::Failed(Failure::Problem(problem)) = mover.save.state() {
            form.refused(&problem, &[("state", state), ("state.reason", reason)]);
        }
    });
    let options = STATES.iter().map(|value| ((*value).to_owned(), label(value).to_owned())).collect();
    view! {
        <form class="rt-form" on:submit=submit novalidate aria-label=tr!(plan.state_label)>
            {form.summary()}
            <Radios field=state legend=tr!(plan.state_label) options=options/>
            {move || needs_reason.get().then(|| view! {
                <TextArea field=reason label=tr!(plan.reason_label) hint=tr!(plan.reason_hint) rows=2 limit=limit(4000)/>
            })}
            {move || (needs_reason.get() && is_citizen).then(|| municipality.with_value(words::safety))}
            <div class="rt-actions">
                <button class="rt-button" type="submit" aria-busy=move || mover.save.is_busy().then_some("true")>{tr!(plan.save)}</button>
                <button class="rt-button rt-button--quiet" type="button" on:click=cancel>{tr!(form.cancel)}</button>
            </div>
        </form>
    }
}
