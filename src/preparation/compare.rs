//! Two versions of one text, from two tabs or two devices: the person sees both and chooses.

use contract::{DraftText, NewDraft};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::{autosave::Stored, writing::Writing};
use crate::{
    i18n, tr,
    ui::{Notice, focus},
    when, words,
};

/// Both texts, each with the button that keeps it. Nothing is lost before one is chosen.
pub fn both(writing: Writing, other: Option<Stored>, on_thrown_away: Callback<Writing>) -> AnyView {
    let is_gone = other.is_none();
    let text = if is_gone { tr!(preparation.conflict_gone) } else { tr!(preparation.conflict_text) };
    let (theirs, mine) = (other.clone(), other.clone());
    let keep_mine = move |_| {
        writing.keep_mine(mine.clone());
        focus::on_id(&writing.text.id());
    };
    let keep_theirs = move |_| match &theirs {
        Some(other) => {
            writing.keep_theirs(other.clone());
            focus::on_id(&writing.text.id());
        }
        None => on_thrown_away.run(writing),
    };
    let (heading, shown) = match &other {
        Some(other) => (tr!(preparation.conflict_theirs, time = when::moment_hours(other.at)), written(&other.content)),
        None => (tr!(preparation.conflict_no_theirs).to_owned(), ().into_any()),
    };
    let keep_other = if is_gone { tr!(preparation.keep_none) } else { tr!(preparation.keep_theirs) };
    view! {
        <Notice kind="warning" title=tr!(preparation.conflict_title) text=text/>
        <div class="rt-choice" role="group" aria-label=tr!(preparation.conflict_title)>
            <div class="rt-choice__option">
                <p><strong>{tr!(preparation.conflict_mine)}</strong></p>
                <blockquote class="rt-words" lang=i18n::written()>{move || writing.text.value.get()}</blockquote>
                <div class="rt-actions">
                    <button class="rt-button rt-button--secondary" type="button" on:click=keep_mine>{tr!(preparation.keep_mine)}</button>
                </div>
            </div>
            <div class="rt-choice__option">
                <p><strong>{heading}</strong></p>
                {shown}
                <div class="rt-actions">
                    <button class="rt-button rt-button--secondary" type="button" on:click=keep_theirs>{keep_other}</button>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// Everything written in a draft, in the writer's words.
pub fn written(draft: &NewDraft) -> AnyView {
    view! {
        {words::quote(draft.text.as_str().to_owned())}
        {part(tr!(preparation.sent_why), draft.why.as_str())}
        {part(tr!(preparation.sent_first_step), draft.first_step.as_str())}
        {draft.helped_by.as_ref().map(DraftText::as_str).filter(|name| !name.trim().is_empty()).map(|name| {
            view! { <p class="rt-muted">{tr!(preparation.look_helped, name = name.to_owned())}</p> }
        })}
    }
    .into_any()
}

/// A part that can be skipped, where it was not.
pub fn part(name: &'static str, text: &str) -> Option<AnyView> {
    let text = (!text.trim().is_empty()).then(|| text.to_owned())?;
    Some(view! { <p class="rt-muted">{name}</p>{words::quote(text)} }.into_any())
}
