//! A question before something that cannot be undone.

use leptos::{html, prelude::*};
use roed_traad_spa::markup::view;

use crate::ui::focus;

/// What is asked, and what happens on yes.
#[derive(Clone)]
pub struct Question {
    /// The question.
    pub title: &'static str,
    /// What will happen.
    pub text: &'static str,
    /// The word for yes: what is done.
    pub yes: &'static str,
    /// The word for no.
    pub no: &'static str,
    /// What to do.
    pub on_yes: Callback<()>,
}

/// The page's one dialog. The browser keeps focus in it, closes it with Esc, and gives focus back.
#[component]
pub fn Ask(ask: RwSignal<Option<Question>>) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match ask.with(Option::is_some) {
            true if !dialog.open() => {
                let _ = dialog.show_modal();
                focus::on_id("ask-no");
            }
            false if dialog.open() => dialog.close(),
            _ => {}
        }
    });
    let content = move || {
        ask.get().map(|Question { title, text, yes, no, on_yes }| {
            let agree = move |_| {
                ask.set(None);
                on_yes.run(());
            };
            view! {
                <h2 id="ask-title">{title}</h2>
                <p id="ask-text">{text}</p>
                <div class="rt-actions">
                    <button class="rt-button" type="button" on:click=agree>{yes}</button>
                    <button class="rt-button rt-button--secondary" type="button" id="ask-no" on:click=move |_| ask.set(None)>{no}</button>
                </div>
            }
        })
    };
    view! {
        <dialog class="rt-dialog" aria-labelledby="ask-title" aria-describedby="ask-text" node_ref=dialog on:close=move |_| ask.set(None)>
            {content}
        </dialog>
    }
}
