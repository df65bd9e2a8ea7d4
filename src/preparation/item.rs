//! One goal or topic as a part of the form.

use std::time::Duration;

use contract::{Area, DraftKind, Line, Prose};
use leptos::{leptos_dom::helpers::debounce, prelude::*};
use roed_traad_spa::markup::view;

use super::{
    ask::Question,
    autosave::State,
    compare,
    writing::{Other, Writing},
};
use crate::{
    failure::FailureNotice,
    form::limit,
    session::Current,
    tr,
    ui::{Checkbox, Select, TextArea, TextField, focus},
    when, words,
};

/// So long after the last key a text is saved.
const PAUSE: Duration = Duration::from_millis(1500);

/// Draws one text's fields and saves while they are filled in. `number` counts from 1 among its kind.
#[component]
pub fn Item(
    writing: Writing,
    number: usize,
    ask: RwSignal<Option<Question>>,
    on_thrown_away: Callback<Writing>,
) -> impl IntoView {
    let mut after_pause = debounce(PAUSE, move |()| writing.save());
    Effect::new(move |before: Option<()>| {
        writing.track();
        if before.is_some() {
            writing.note();
            after_pause(());
        }
    });
    let is_goal = writing.kind == DraftKind::Goal;
    let (label, hint) = match (is_goal, number) {
        (true, _) if writing.is_change() => (tr!(preparation.change_goal).to_owned(), tr!(preparation.goal_hint)),
        (false, _) if writing.is_change() => (tr!(preparation.change_topic).to_owned(), tr!(preparation.topic_hint)),
        (true, ..=1) => (tr!(preparation.goal).to_owned(), tr!(preparation.goal_hint)),
        (true, _) => (tr!(preparation.goal_more, number = number), tr!(preparation.goal_hint)),
        (false, ..=1) => (tr!(preparation.topic).to_owned(), tr!(preparation.topic_hint)),
        (false, _) => (tr!(preparation.topic_more, number = number), tr!(preparation.topic_hint)),
    };
    let can_delete = Memo::new(move |_| {
        writing.track();
        number > 1 || !writing.is_blank() || writing.version().is_some()
    });
    let on_blur = Callback::new(move |()| writing.save());
    view! {
        <div class="rt-card">
            {writing.is_change().then(|| view! { <p class="rt-muted">{tr!(preparation.changes_sent)}</p> })}
            <TextArea field=writing.text label=label hint=hint limit=limit(Prose::MAX) on_blur=on_blur/>
            {(number <= 1 && !writing.is_change()).then(|| prompts(writing))}
            {more(writing, is_goal, on_blur)}
            {helped(writing, on_blur)}
            {saved_line(writing)}
            {move || writing.failure.get().map(|failure| {
                view! { <FailureNotice failure=failure on_retry=Callback::new(move |()| writing.save())/> }
            })}
            {move || writing.other.get().map(|Other(other)| compare::both(writing, other, on_thrown_away))}
            {move || can_delete.get().then(|| view! { <div class="rt-actions">{delete_button(writing, ask, on_thrown_away)}</div> })}
        </div>
    }
}

fn prompts(writing: Writing) -> AnyView {
    let beginnings = if writing.kind == DraftKind::Goal {
        [
            tr!(preparation.prompt_goal_1),
            tr!(preparation.prompt_goal_2),
            tr!(preparation.prompt_goal_3),
            tr!(preparation.prompt_goal_4),
        ]
    } else {
        [
            tr!(preparation.prompt_topic_1),
            tr!(preparation.prompt_topic_2),
            tr!(preparation.prompt_topic_3),
            tr!(preparation.prompt_topic_4),
        ]
    };
    let id = format!("prompts-{}", writing.id);
    let line = move |beginning: &'static str| {
        let put = move |_| {
            // Nothing written is ever replaced: the beginning comes after it, on a line of its own.
            writing.text.value.update(|text| {
                if !text.trim().is_empty() {
                    text.push('\n');
                }
                text.push_str(beginning);
                text.push(' ');
            });
            focus::on_id(&writing.text.id());
        };
        view! { <li><button type="button" on:click=put>{beginning} "\u{a0}…"</button></li> }.into_any()
    };
    view! {
        <div class="rt-prompts">
            <p id=id.clone()>{tr!(preparation.prompts)}</p>
            <ul aria-labelledby=id>{beginnings.into_iter().map(line).collect_view()}</ul>
        </div>
    }
    .into_any()
}

fn more(writing: Writing, is_goal: bool, on_blur: Callback<()>) -> AnyView {
    let is_open = [writing.why, writing.first_step].iter().any(|field| !field.text().is_empty());
    let may_write_about = Current::take().areas();
    let areas = Area::ALL
        .iter()
        .enumerate()
        .filter(|(_, area)| may_write_about.contains(area))
        .map(|(at, area)| (at.to_string(), words::area(*area).to_owned()))
        .collect::<Vec<_>>();
    view! {
        <details class="rt-details" open=is_open>
            <summary>{tr!(preparation.more)}</summary>
            <div>
                {is_goal.then(|| view! {
                    <TextArea field=writing.why label=tr!(preparation.why) rows=3 limit=limit(Prose::MAX) on_blur=on_blur/>
                    <TextArea field=writing.first_step label=tr!(preparation.first_step) rows=2 limit=limit(Prose::MAX) on_blur=on_blur/>
                })}
                <Select field=writing.area label=tr!(preparation.area) options=areas/>
            </div>
        </details>
    }
    .into_any()
}

fn helped(writing: Writing, on_blur: Callback<()>) -> AnyView {
    let name = move || {
        writing.is_helped.get().then(|| {
            view! {
                <TextField field=writing.helper label=tr!(preparation.helper) hint=tr!(preparation.helper_hint) on_blur=on_blur/>
            }
        })
    };
    view! {
        <Checkbox id=format!("helped-{}", writing.id) label=tr!(preparation.helped) checked=writing.is_helped/>
        {name}
    }
    .into_any()
}

/// "Gemt kl. 14.03" and what comes before it. Only what matters while one writes on is read aloud.
fn saved_line(writing: Writing) -> AnyView {
    let quiet = move || match writing.state.get() {
        State::Unsaved | State::Saving if writing.is_long() => {
            Some(("rt-save rt-save--here", tr!(preparation.long_text)))
        }
        State::Unsaved => Some(("rt-save rt-save--here", tr!(form.not_saved))),
        State::Saving => Some(("rt-save rt-save--sending", tr!(form.saving))),
        _ => None,
    };
    let told = move || match writing.state.get() {
        State::Saved(at) => Some(("rt-save rt-save--saved", tr!(form.saved, time = when::moment_hours(at)))),
        State::Retrying => Some(("rt-save rt-save--failed", tr!(form.retrying).to_owned())),
        State::Refused => Some(("rt-save rt-save--failed", tr!(form.not_saved).to_owned())),
        _ => None,
    };
    view! {
        {move || quiet().map(|(class, line)| view! { <p class=class>{line}</p> })}
        <p class=move || told().map_or("rt-hidden", |(class, _)| class) role="status">{move || told().map(|(_, line)| line)}</p>
    }
    .into_any()
}

fn delete_button(writing: Writing, ask: RwSignal<Option<Question>>, on_thrown_away: Callback<Writing>) -> AnyView {
    let throw_away = Callback::new(move |()| on_thrown_away.run(writing));
    let is_change = writing.is_change();
    let word = if is_change { tr!(preparation.drop_change) } else { tr!(preparation.delete) };
    let press = move |_| {
        if writing.is_blank() && writing.version().is_none() {
            on_thrown_away.run(writing);
            return;
        }
        let (title, text, no) = if is_change {
            (tr!(preparation.drop_change_title), tr!(preparation.delete_change_text), tr!(preparation.keep_change))
        } else {
            (tr!(preparation.delete_title), tr!(preparation.delete_text), tr!(preparation.delete_no))
        };
        ask.set(Some(Question { title, text, yes: word, no, on_yes: throw_away }));
    };
    view! {
        <button class="rt-button rt-button--quiet rt-button--small" type="button" on:click=press>{word}</button>
    }
    .into_any()
}

/// What is wrong with a text before it can be looked through; each fault is told at its field.
pub fn check(writing: Writing, check: &mut crate::form::Check) {
    let _ = check.required::<{ Prose::MAX }>(writing.text);
    if writing.kind == DraftKind::Goal {
        let _ = check.optional::<{ Prose::MAX }>(writing.why);
        let _ = check.optional::<{ Prose::MAX }>(writing.first_step);
    }
    if writing.is_helped.get_untracked() {
        if writing.helper.text().trim().is_empty() {
            check.fail(writing.helper, tr!(preparation.helper_missing).to_owned());
        } else {
            let _ = check.required::<{ Line::MAX }>(writing.helper);
        }
    }
}
