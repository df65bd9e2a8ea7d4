//! Steps: who does what by when, and how far it is.

use contract::time::civil;
use contract::{EffortId, GoalId, Party, Step, StepId, StepState, paths::Subject};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{i18n::written, route, session::is_own_case, tr, when, words};

/// The steps of the page, each a signal, so that one that changes leaves the others and what is typed there alone.
#[derive(Clone, Copy)]
pub struct Steps(RwSignal<Vec<(StepId, RwSignal<Step>)>>);

/// Under what a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    /// An effort.
    Effort(EffortId),
    /// A goal, and none of its efforts.
    Goal(GoalId),
    /// Nothing that is shown.
    Nothing,
}

impl Steps {
    /// As they came.
    pub fn new(steps: Vec<Step>) -> Self {
        Self(RwSignal::new(steps.into_iter().map(|step| (step.id, RwSignal::new(step))).collect()))
    }

    /// Shows a step that was added or changed.
    pub fn show(self, step: Step) {
        let known =
            self.0.try_with_untracked(|steps| steps.iter().find(|(id, _)| *id == step.id).map(|(_, cell)| *cell));
        match known {
            Some(Some(cell)) => {
                let has_moved = cell.with_untracked(|old| old.goal != step.goal || old.effort != step.effort);
                cell.set(step);
                if has_moved {
                    self.0.update(|_| {});
                }
            }
            Some(None) => self.0.update(|steps| steps.push((step.id, RwSignal::new(step)))),
            None => {}
        }
    }

    /// Those that fit; tracked.
    pub fn that(self, fits: impl Fn(&Step) -> bool) -> Vec<(StepId, RwSignal<Step>)> {
        self.0.with(|steps| steps.iter().filter(|(_, cell)| cell.with_untracked(&fits)).copied().collect())
    }

    /// How many of those that fit are done, and how many there are; those no longer needed do not count. Tracked.
    pub fn count(self, fits: impl Fn(&Step) -> bool) -> (usize, usize) {
        self.0.with(|steps| {
            steps.iter().fold((0, 0), |(done, all), (_, cell)| {
                cell.with(|step| match step.state {
                    _ if !fits(step) => (done, all),
                    StepState::NotNeeded { .. } => (done, all),
                    StepState::Done => (done + 1, all + 1),
                    _ => (done, all + 1),
                })
            })
        })
    }
}

/// The class of a step's knot.
pub fn class(step: &Step) -> String {
    let state = match step.state {
        StepState::NotStarted => "rt-step--todo",
        StepState::UnderWay => "rt-step--underway",
        StepState::Done => "rt-step--done",
        StepState::CannotYet { .. } => "rt-step--cannot",
        StepState::NotNeeded { .. } => "rt-step--notneeded",
    };
    let theirs = if matches!(step.owner, Party::Employee { .. }) { " rt-step--theirs" } else { "" };
    let late = if is_late(step) { " rt-step--late" } else { "" };
    format!("rt-step {state}{theirs}{late}")
}

/// Everything about a step but its title.
pub fn facts(step: &Step, citizen: Subject, today: civil::Date) -> AnyView {
    let is_citizen = citizen == Subject::Me;
    let is_promise = matches!(step.owner, Party::Employee { .. });
    let owner = if is_citizen && is_own_case() && !is_promise {
        tr!(shared.you).to_owned()
    } else {
        words::who(&step.owner_shown, is_citizen)
    };
    let due = step.due.map(|due| {
        let date = when::short_date(due);
        let words = if step.state.is_closed() {
            tr!(plan.due_day, date = date)
        } else {
            tr!(plan.due, date = date, away = when::days_from(today, due))
        };
        view! { <span>{words}</span> }
    });
    let agreed = step.meeting.zip(step.agreed_on).map(|(meeting, day)| {
        let href = match citizen {
            Subject::Me => route::meeting(meeting),
            Subject::Citizen(citizen) => route::staff::brief(citizen, meeting),
        };
        view! { <span><a href=href>{tr!(plan.agreed, date = when::short_date(day))}</a></span> }
    });
    // Said to the citizen; an employee sees the day and the mark.
    let late = (is_citizen && is_late(step)).then(|| {
        let words = match step.due {
            Some(due) if is_promise => tr!(plan.late_promise, date = when::short_date(due)),
            _ => tr!(plan.late_own).to_owned(),
        };
        view! { <p class="rt-step__reason">{words}</p> }
    });
    let tag = match step.state {
        StepState::Done => "rt-tag rt-tag--done",
        StepState::UnderWay => "rt-tag rt-tag--underway",
        _ => "rt-tag",
    };
    let reason = match &step.state {
        StepState::CannotYet { reason } | StepState::NotNeeded { reason } => {
            let words = tr!(plan.because, reason = reason.as_str().to_owned());
            Some(view! { <blockquote class="rt-words rt-step__reason" lang=written()><p>{words}</p></blockquote> })
        }
        _ => None,
    };
    view! {
        <p class="rt-step__meta"><span class="rt-step__owner">{owner}</span>{due}{agreed}</p>
        <p class="rt-step__state">
            <span class=tag>{words::step_state(&step.state)}</span>
            {(is_late(step) && is_promise).then(|| view! { " " <span class="rt-tag rt-tag--late">{tr!(plan.late)}</span> })}
        </p>
        {late}
        {reason}
    }
    .into_any()
}

fn is_late(step: &Step) -> bool {
    step.is_late && !step.state.is_closed()
}
