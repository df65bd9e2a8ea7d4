//! What was sent for a meeting, with changing and taking back while it has not begun.

use contract::{DraftId, MeetingSummary};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::{
    ask::Question,
    sent::{Sent, TakeBack, said},
};
use crate::{
    save::{Save, SaveStatus},
    tr,
    ui::{Notice, focus},
};

/// Why what was sent stays as it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// It can be changed and taken back until the meeting begins.
    Open,
    /// It can be changed and taken back; there is no meeting.
    OpenAlways,
    /// The meeting has begun.
    Begun,
    /// The meeting has been held.
    Over,
    /// The meeting is cancelled: it can be taken back, and not changed.
    Cancelled,
}

impl Door {
    /// That of a meeting, or of none.
    pub fn of(meeting: Option<&MeetingSummary>, is_open: bool) -> Self {
        match meeting {
            Some(meeting) if meeting.is_cancelled => Self::Cancelled,
            Some(meeting) if !is_open && meeting.is_over => Self::Over,
            _ if !is_open => Self::Begun,
            Some(_) => Self::Open,
            None => Self::OpenAlways,
        }
    }
}

/// The list. `is_changing` says whether a draft that changes one stands in the form.
#[component]
pub fn SentList(
    sent: RwSignal<Vec<Sent>>,
    door: Door,
    ask: RwSignal<Option<Question>>,
    is_changing: Callback<DraftId, bool>,
    on_change: Callback<Sent>,
) -> impl IntoView {
    let save = Save::new();
    let is_told = RwSignal::new(false);
    let note = match door {
        Door::Open => tr!(preparation.sent_open),
        Door::OpenAlways => tr!(preparation.sent_open_own),
        Door::Begun | Door::Over => tr!(preparation.sent_closed),
        Door::Cancelled => tr!(preparation.sent_closed_cancelled),
    };
    let take_back = Callback::new(move |sent_id: DraftId| {
        let Some(what) = sent.with_untracked(|all| all.iter().find(|one| one.id() == sent_id).map(TakeBack::of)) else {
            return;
        };
        is_told.set(false);
        save.run(
            move || what.run(),
            move |receipt| {
                sent.try_update(|all| {
                    if let Some(one) = all.iter_mut().find(|one| one.id() == sent_id) {
                        one.take_back(&receipt);
                    }
                });
                is_told.try_set(true);
                focus::on_id("sent");
            },
        );
    });
    let row = move |one: Sent| {
        let is_open = !matches!(door, Door::Begun | Door::Over) && one.taken_back_at().is_none();
        let on_change = (door != Door::Cancelled).then_some(on_change);
        let actions = is_open.then(|| actions(one.clone(), ask, is_changing, on_change, take_back));
        said(&one, actions)
    };
    view! {
        <section class="rt-section" aria-labelledby="sent">
            <h2 id="sent" tabindex="-1">{tr!(preparation.sent)}</h2>
            <p>{note}</p>
            <SaveStatus save=save with_receipt=false/>
            {move || is_told.get().then(|| view! { <Notice kind="success" title=tr!(preparation.taken_back)/> })}
            <div>{move || sent.get().into_iter().map(row).collect_view()}</div>
        </section>
    }
}

fn actions(
    one: Sent,
    ask: RwSignal<Option<Question>>,
    is_changing: Callback<DraftId, bool>,
    on_change: Option<Callback<Sent>>,
    take_back: Callback<DraftId>,
) -> AnyView {
    let id = one.id();
    let ask_back = move |_| {
        ask.set(Some(Question {
            title: tr!(preparation.take_back_title),
            text: tr!(preparation.take_back_text),
            yes: tr!(preparation.take_back_yes),
            no: tr!(preparation.take_back_no),
            on_yes: Callback::new(move |()| take_back.run(id)),
        }));
    };
    let word = move || if is_changing.run(id) { tr!(preparation.changing) } else { tr!(preparation.change) };
    let change = on_change.map(|on_change| view! {
        <button class="rt-button rt-button--secondary rt-button--small" type="button" on:click=move |_| on_change.run(one.clone())>{word}</button>
    });
    view! {
        {change}
        <button class="rt-button rt-button--quiet rt-button--small" type="button" on:click=ask_back>{tr!(preparation.take_back)}</button>
    }
    .into_any()
}
