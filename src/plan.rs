//! The one plan: goals, what is done to help, who does what, and what people say about it.

use contract::time::civil;
use contract::{Plan, Step, paths::Subject};
use leptos::prelude::*;
use roed_traad_spa::markup::view;
use web_sys::AbortController;

use crate::{
    api::{self, Failure},
    i18n::written,
    load::Load,
    route, tr,
    ui::Page,
};

mod comment_form;
pub mod comments;
mod goals;
mod people;
mod step_form;
mod step_state;
pub mod steps;
mod view;

pub use comments::{Beside, comment_view};
pub use people::people_list;
pub use view::{Extras, PlanView};

/// The citizen's own plan.
#[component]
pub fn PlanPage() -> impl IntoView {
    view! {
        <Load
            fetch=|abort| api::plan::read(Subject::Me, abort)
            children=|plan: Plan| {
                view! {
                    <Page title=tr!(plan.title) lead=tr!(plan.lead)>
                        <PlanView plan=plan/>
                        <div class="rt-actions">
                            <button class="rt-button rt-button--secondary" type="button" on:click=|_| print()>{tr!(plan.print)}</button>
                            <a class="rt-button rt-button--quiet" href=route::HISTORY>{tr!(plan.history)}</a>
                        </div>
                    </Page>
                }
            }
        />
    }
}

/// Prints the page.
pub fn print() {
    let _ = window().print();
}

/// Steps as a thread of knots, for reading only.
pub fn steps_list(steps: Vec<Step>, today: civil::Date) -> AnyView {
    let line = |step: Step| {
        let (class, facts) = (steps::class(&step), steps::facts(&step, Subject::Me, today));
        view! { <li class=class><div class="rt-step__body"><p class="rt-step__title" lang=written()>{step.title}</p>{facts}</div></li> }
    };
    view! { <ul class="rt-steps">{steps.into_iter().map(line).collect_view()}</ul> }.into_any()
}

/// The plan as it stands now, for whoever has to choose between two versions.
pub async fn read_again(citizen: Subject) -> Result<Plan, Failure> {
    let controller = AbortController::new().map_err(|_| Failure::Unreadable)?;
    api::plan::read(citizen, controller.signal()).await
}
