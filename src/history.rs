//! What has happened, in whole sentences.

use contract::{Author, Event, EventId, History, paths::Subject};
use leptos::{prelude::*, task::spawn_local};
use roed_traad_spa::markup::view;
use web_sys::AbortController;

use crate::{
    api::{self, Failure},
    failure::FailureNotice,
    load::Load,
    route,
    session::is_own_case,
    tr,
    ui::{Empty, Page, focus},
    when,
};

mod sentence;

pub use sentence::{quote, sentence};

/// Everything that has happened in the citizen's own case.
#[component]
pub fn HistoryPage() -> impl IntoView {
    view! {
        <Load
            fetch=|abort| api::plan::history(Subject::Me, None, abort)
            children=|history: History| {
                view! {
                    <Page
                        title=tr!(history.title)
                        lead=tr!(history.lead)
                        back=(route::PLAN.to_owned(), tr!(history.back).to_owned())
                    >
                        <HistoryView history=history/>
                    </Page>
                }
            }
        />
    }
}

/// What has happened, by day, with a way to what happened before. `Subject::Me` is the citizen; anybody else is staff.
#[component]
pub fn HistoryView(
    /// The latest changes.
    history: History,
    /// Whose case.
    #[prop(default = Subject::Me)]
    citizen: Subject,
) -> impl IntoView {
    let is_empty = history.events.is_empty();
    let before = RwSignal::new(history.before);
    let events = RwSignal::new(history.events);
    let is_busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let older = move || {
        let Some(last) = before.get_untracked() else { return };
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        failure.set(None);
        spawn_local(async move {
            match read(citizen, last).await {
                Ok(more) => {
                    let first = more.events.first().map(|event| event.id);
                    before.try_set(more.before);
                    events.try_update(|events| events.extend(more.events));
                    if let Some(first) = first {
                        focus::on_id(&format!("event-{first}"));
                    }
                }
                Err(problem) => {
                    failure.try_set(Some(problem));
                }
            }
            is_busy.try_set(false);
        });
    };
    let older = Callback::new(move |()| older());
    if is_empty {
        return view! { <Empty icon="clock" title=tr!(history.empty) text=tr!(history.empty_text)/> }.into_any();
    }
    view! {
        {move || events.with(|events| days(events, citizen == Subject::Me))}
        {move || failure.get().map(|failure| view! { <FailureNotice failure=failure on_retry=older/> })}
        {move || before.get().is_some().then(|| view! {
            <div class="rt-actions">
                <button
                    class="rt-button rt-button--secondary"
                    type="button"
                    aria-busy=move || is_busy.get().then_some("true")
                    on:click=move |_| older.run(())
                >
                    {tr!(history.older)}
                </button>
            </div>
        })}
    }
    .into_any()
}

async fn read(citizen: Subject, before: EventId) -> Result<History, Failure> {
    let controller = AbortController::new().map_err(|_| Failure::Unreadable)?;
    api::plan::history(citizen, Some(before), controller.signal()).await
}

fn days(events: &[Event], is_citizen: bool) -> Vec<AnyView> {
    let mut days: Vec<(String, Vec<&Event>)> = Vec::new();
    for event in events {
        let day = when::day(event.at);
        match days.last_mut() {
            Some((last, here)) if *last == day => here.push(event),
            _ => days.push((day, vec![event])),
        }
    }
    let day = |(at, (day, events)): (usize, (String, Vec<&Event>))| {
        let id = format!("day-{at}");
        let lines = events.into_iter().map(|event| line(event, is_citizen)).collect_view();
        view! {
            <section class="rt-section" aria-labelledby=id.clone()>
                <h2 id=id.clone()>{day}</h2>
                <ol class="rt-thread">{lines}</ol>
            </section>
        }
        .into_any()
    };
    days.into_iter().enumerate().map(day).collect()
}

fn line(event: &Event, is_citizen: bool) -> AnyView {
    let is_mine = is_citizen && is_own_case() && matches!(event.by, Author::Citizen { .. });
    view! {
        <li class:rt-thread__me=is_mine id=format!("event-{}", event.id) tabindex="-1">
            <time datetime=event.at.to_string()>{tr!(shared.clock, time = when::moment_hours(event.at))}</time>
            <p>{sentence(event, is_citizen)}</p>
        </li>
    }
    .into_any()
}
