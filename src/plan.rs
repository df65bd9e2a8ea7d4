//! The one plan.

use contract::Step;
use jiff::civil;
use leptos::prelude::*;

/// Steps as a thread of knots.
pub fn steps_list(steps: Vec<Step>, _today: civil::Date) -> AnyView {
    let lines = steps.into_iter().map(|step| view! { <li class="rt-step">{step.title}</li> }).collect_view();
    view! { <ul class="rt-steps">{lines}</ul> }.into_any()
}
