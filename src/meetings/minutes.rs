//! Shared minutes, the mark that they were opened, and what the citizen says beside them.

use contract::time::{Timestamp, civil};
use contract::{
    CommentedKind, MeetingId, Minutes, NewOpening, OpenedItem, OpenedKind, OpeningId, Plan, Step, paths::Subject,
};
use leptos::{prelude::*, task::spawn_local};
use roed_traad_spa::markup::view;

use crate::{
    api::{self, until_answered},
    load::Load,
    plan::{Beside, steps_list},
    tr, when, words,
};

/// The minutes. The page says that they were opened, because a read writes nothing.
#[component]
pub fn SharedMinutes(
    minutes: Minutes,
    meeting: MeetingId,
    shared_at: Timestamp,
    is_opened: bool,
    today: civil::Date,
) -> impl IntoView {
    let version = minutes.version;
    if !is_opened {
        Effect::new(move |_| {
            let id = OpeningId::make();
            let item = OpenedItem { kind: OpenedKind::Minutes, id: meeting.0, version };
            spawn_local(async move {
                let opening = NewOpening { items: vec![item] };
                drop(until_answered(|| api::meetings::opened(Subject::Me, id, &opening), || ()).await);
            });
        });
    }
    let by = tr!(meetings.minutes_by, who = words::who(&minutes.by, true), when = when::moment(shared_at));
    // Where they were agreed is the page one is on.
    let agreed: Vec<_> = minutes.steps.into_iter().map(|step| Step { meeting: None, ..step }).collect();
    let is_corrected = minutes.saved_at != shared_at;
    view! {
        <section class="rt-section" aria-labelledby="minutes">
            <h2 id="minutes">{tr!(meetings.minutes)}</h2>
            {words::quote(minutes.summary)}
            <p class="rt-muted">
                {by}
                {is_corrected.then(|| format!(" {}", tr!(meetings.minutes_changed, when = when::moment(minutes.saved_at))))}
            </p>
            {(!agreed.is_empty()).then(|| view! {
                <h3>{tr!(meetings.minutes_steps)}</h3>
                {steps_list(agreed, today)}
            })}
            <Load
                fetch=|abort| api::plan::read(Subject::Me, abort)
                children=move |plan: Plan| view! {
                    <Beside kind=CommentedKind::Minutes id=meeting.0 comments=plan.comments about=tr!(meetings.minutes)/>
                }
            />
        </section>
    }
}
