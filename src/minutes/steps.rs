//! The steps agreed at a meeting: added to the plan one by one, each with its link to the meeting.

use contract::{Area, CitizenId, Directory, MeetingId, Plan, Step, paths::Subject};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    case_plan::{AddStep, both},
    cases::parts::nothing,
    load::Load,
    plan::steps,
    tr,
    ui::Field,
};

/// Those agreed here, and the form for one more, whose words stand in `title`. It loads by itself, so that what is typed above stays.
pub fn agreed(citizen: CitizenId, meeting: MeetingId, area: Area, name: String, title: Field) -> AnyView {
    let draw = move |(plan, directory): (Plan, Directory)| {
        let today = plan.today;
        let own: Vec<_> = plan.steps.iter().filter(|step| step.meeting == Some(meeting)).cloned().collect();
        let own = RwSignal::new(own);
        let row = move |step: Step| {
            let (class, facts) = (steps::class(&step), steps::facts(&step, Subject::Citizen(citizen), today));
            let id = format!("step-{}", step.id);
            view! {
                <li class=class><div class="rt-step__body">
                    <p class="rt-step__title" id=id tabindex="-1">{step.title}</p>
                    {facts}
                </div></li>
            }
        };
        let list = move || match own.get() {
            none if none.is_empty() => nothing(tr!(staff_minutes.no_steps)),
            own => view! { <ul class="rt-steps">{own.into_iter().map(row).collect_view()}</ul> }.into_any(),
        };
        let on_added = Callback::new(move |step| own.update(|own| own.push(step)));
        view! {
            {list}
            <AddStep citizen=citizen name=name.clone() meeting=meeting area=area plan=plan directory=directory title=title on_added=on_added/>
        }
    };
    view! { <Load fetch=move |abort| both(citizen, abort) children=draw/> }.into_any()
}
