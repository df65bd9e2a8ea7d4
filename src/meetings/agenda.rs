//! What to talk about, who proposed it, and what came of it.

use contract::{AgendaItem, Author, Outcome};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{i18n::written, route, session::is_own_case, tr, words};

/// The items in order.
pub fn agenda(items: Vec<AgendaItem>, is_coming: bool) -> AnyView {
    if items.is_empty() {
        let nothing = if is_coming { tr!(meetings.no_agenda) } else { tr!(meetings.no_agenda_past) };
        return view! { <p class="rt-muted">{nothing}</p> }.into_any();
    }
    view! { <ol class="rt-agenda">{items.into_iter().map(row).collect_view()}</ol> }.into_any()
}

fn row(item: AgendaItem) -> AnyView {
    let by = match &item.proposed_by {
        Author::Citizen { .. } if is_own_case() => {
            view! { <p class="rt-agenda__by rt-agenda__by--me">{tr!(meetings.by_me)}</p> }.into_any()
        }
        other => view! { <p class="rt-agenda__by">{tr!(meetings.by, who = words::who(other, true))}</p> }.into_any(),
    };
    view! {
        <li>
            <p class="rt-agenda__text" lang=written()>{item.text}</p>
            {by}
            {item.outcome.map(outcome)}
        </li>
    }
    .into_any()
}

fn outcome(outcome: Outcome) -> AnyView {
    match outcome {
        Outcome::Answered { answer } => view! {
            <p class="rt-agenda__outcome"><strong>{tr!(meetings.answered)}</strong> " " <span lang=written()>{answer.as_str().to_owned()}</span></p>
        }
        .into_any(),
        Outcome::Later { meeting, note } => {
            let line = if meeting.is_some() { tr!(meetings.later_at) } else { tr!(meetings.later) };
            view! {
                <p class="rt-agenda__outcome">
                    <strong>{line}</strong>
                    " " <span lang=written()>{note.map(|note| note.as_str().to_owned())}</span>
                    {meeting.map(|id| view! { " " <a href=route::meeting(id)>{tr!(meetings.later_link)}</a> })}
                </p>
            }
            .into_any()
        }
        Outcome::NotOurs { who } => view! {
            <p class="rt-agenda__outcome"><strong>{tr!(meetings.not_ours)}</strong> " " <span lang=written()>{who.as_str().to_owned()}</span></p>
        }
        .into_any(),
    }
}
