//! Staying signed in: the question before a session ends, and what happens when it has.

use std::time::Duration;

use contract::Lasts;
use js_sys::Date;
use leptos::{html, prelude::*, task::spawn_local};
use roed_traad_spa::markup::view;

use crate::{
    api::{self, Failure},
    failure::FailureNotice,
    frame, route,
    session::{self, Current},
    tr,
    ui::{focus, leaving},
    when,
};

/// How long before its end the question comes, in seconds; in a short session, at its half.
const ASKED_BEFORE: u32 = 300;

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(5);

/// What is asked or said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    /// Whether to stay, with so many seconds left.
    WillYouStay(u32),
    /// That it will have lasted as long as it may, in so many seconds.
    LongestEnds(u32),
    /// That it has ended, and that text on the page is not saved.
    EndedWithText,
}

/// Asks in time whether to stay signed in. When the session has ended, the sign-in page takes this page's place; but text
/// that is not saved waits behind what is said, until the same person has signed in beside it.
#[component]
pub fn StaySignedIn() -> impl IntoView {
    let Some(person) = Current::take().signed_in() else { return ().into_any() };
    let whose = (person.actor, person.subject);
    let known = StoredValue::new(Known { lasts: person.lasts, at: session::said_at() });
    let said = RwSignal::new(None::<Said>);
    let failure = RwSignal::new(None::<Failure>);
    // Who was told of an end that cannot be helped need not be told twice.
    let is_told = StoredValue::new(false);
    let dialog = NodeRef::<html::Dialog>::new();

    // Another tab may have been used meanwhile: only the server knows.
    let ask_server = move || async move {
        match api::session::read().await.map(|session| session.signed_in) {
            Ok(Some(person)) if (person.actor, person.subject) == whose => {
                known.set_value(Known::now(person.lasts));
                said.set(known.with_value(Known::to_say).filter(|_| !is_told.get_value()));
            }
            // Somebody else is here now, or the same person in another case: nothing of this page is for them.
            Ok(Some(_)) => {
                leaving::let_go();
                let _ = window().location().reload();
            }
            Ok(None) if leaving::is_unsaved() => said.set(Some(Said::EndedWithText)),
            Ok(None) => drop(window().location().replace(&route::sign_in_again(&frame::here()))),
            // Without an answer nobody knows; it is asked again.
            Err(_) => {}
        }
    };
    set_interval(
        move || {
            if said.with_untracked(Option::is_some) || known.with_value(Known::to_say).is_some() {
                spawn_local(ask_server());
            }
        },
        LOOK,
    );
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match said.with(Option::is_some) {
            true if !dialog.open() => {
                let _ = dialog.show_modal();
                focus::on_id("stay-first");
            }
            false if dialog.open() => dialog.close(),
            _ => {}
        }
    });
    let stay = move || {
        failure.set(None);
        spawn_local(async move {
            match api::session::stay().await {
                Ok(lasts) => {
                    known.set_value(Known::now(lasts));
                    said.set(None);
                }
                Err(what) => {
                    failure.set(Some(what));
                    said.notify();
                }
            }
        });
    };
    let understood = move || {
        is_told.set_value(true);
        said.set(None);
    };
    // Esc, or the phone's own Back, is an answer too: somebody is there.
    let on_close = move |_| match said.get_untracked() {
        Some(Said::WillYouStay(_)) => stay(),
        Some(Said::LongestEnds(_)) => understood(),
        Some(Said::EndedWithText) => said.notify(),
        None => {}
    };
    let leave = || {
        view! {
            <button type="button" class="rt-button rt-button--secondary" on:click=|_| frame::sign_out()>{tr!(app.sign_out)}</button>
        }
    };
    let content = move || {
        let (title, text, actions) = match said.get()? {
            Said::WillYouStay(left) => (
                tr!(app.stay_title),
                minutes(left),
                view! {
                    <button type="button" class="rt-button" id="stay-first" on:click=move |_| stay()>{tr!(app.stay)}</button>
                    {leave()}
                }
                .into_any(),
            ),
            Said::LongestEnds(left) => (
                tr!(app.longest_title),
                format!("{} {}", minutes(left), tr!(app.longest)),
                view! {
                    <button type="button" class="rt-button" id="stay-first" on:click=move |_| understood()>{tr!(app.longest_ok)}</button>
                    {leave()}
                }
                .into_any(),
            ),
            Said::EndedWithText => (
                tr!(app.ended_title),
                tr!(app.ended_with_text).to_owned(),
                view! {
                    <a class="rt-button" id="stay-first" href=route::SIGN_IN target="_blank" rel="external">{tr!(app.ended_sign_in)}</a>
                }
                .into_any(),
            ),
        };
        Some(view! {
            <h2 id="stay-title">{title}</h2>
            <p id="stay-text">{text}</p>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure/> })}
            <div class="rt-actions">{actions}</div>
        })
    };
    view! {
        <dialog class="rt-dialog" class:rt-dialog--cover=move || said.get() == Some(Said::EndedWithText)
            aria-labelledby="stay-title" aria-describedby="stay-text" node_ref=dialog on:close=on_close>
            {content}
        </dialog>
    }
    .into_any()
}

/// "Om 5 minutter logger vi dig af."
fn minutes(left: u32) -> String {
    let count = usize::try_from(left.div_ceil(60)).unwrap_or_default();
    if when::is_one(count) { tr!(app.ends_single, count = count) } else { tr!(app.ends_several, count = count) }
}

/// What the server has said of the session's end, and when.
struct Known {
    lasts: Lasts,
    at: f64,
}

impl Known {
    fn now(lasts: Lasts) -> Self {
        Self { lasts, at: Date::now() }
    }

    /// What is due now.
    fn to_say(&self) -> Option<Said> {
        let Lasts { left, idle, ends_in } = self.lasts;
        let at = |seconds: u32, from: f64| from + f64::from(seconds) * 1000.0;
        let ends = at(ends_in, self.at);
        let ends_unused = at(left, self.at).max(at(idle, api::used_at()));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds, and never below none")]
        let left = ((ends.min(ends_unused) - Date::now()) / 1000.0).max(0.0) as u32;
        if left > ASKED_BEFORE.min(idle / 2) {
            None
        } else if ends <= ends_unused {
            Some(Said::LongestEnds(left))
        } else {
            Some(Said::WillYouStay(left))
        }
    }
}
