//! The second step: everything as it will be sent.

use contract::{
    Area, Draft, DraftKind, DraftVersion, Line, NewSending, Preparation, ProblemCode, Prose, SendingId, Text, TextFault,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use roed_traad_spa::markup::view;

use super::{
    Address, back, compare::written, kinds, meeting_line, receipt_page::SENT, sent_list::Door, trin, write_page::closed,
};
use crate::{
    api,
    form::fault_words,
    load::{Load, Reload},
    route,
    save::{Save, SaveState, SaveStatus},
    tr,
    ui::{Empty, ErrorSummary, Notice, Page},
    words,
};

/// Where a citizen looks through what they wrote, and sends it.
#[component]
pub fn LookPage() -> impl IntoView {
    let address = Address::take();
    // Told above the page that is loaded anew.
    let is_newer = RwSignal::new(false);
    view! {
        <Load
            fetch=move |abort| address.load(abort)
            children=move |preparation| view! { <Look preparation=preparation is_newer=is_newer/> }
        />
    }
}

#[component]
fn Look(preparation: Preparation, is_newer: RwSignal<bool>) -> impl IntoView {
    let Preparation { meeting, is_open, drafts, .. } = preparation;
    let meeting_id = meeting.as_ref().map(|meeting| meeting.id);
    let write = route::write(meeting_id);
    let given = meeting.as_ref().map(|meeting| meeting.area).unwrap_or_default();
    let (drafts, blank): (Vec<Draft>, Vec<Draft>) = drafts.into_iter().partition(|draft| !is_blank(draft));
    throw_away(blank);
    let errors = RwSignal::new(Vec::new());
    let lead = (is_open && !drafts.is_empty()).then(|| tr!(preparation.look_lead));
    let content = if !is_open {
        closed(Door::of(meeting.as_ref(), is_open), &drafts)
    } else if drafts.is_empty() {
        view! {
            <Empty icon="pen" title=tr!(preparation.look_nothing_title) text=tr!(preparation.look_nothing_text)>
                <a class="rt-button" href=write>{tr!(preparation.look_write)}</a>
            </Empty>
        }
        .into_any()
    } else {
        let found = drafts.iter().flat_map(|draft| faults(draft).into_iter().map(|words| (edit_id(draft), words)));
        let found: Vec<_> = found.collect();
        let versions = drafts.iter().map(|draft| DraftVersion { id: draft.id, version: draft.version }).collect();
        view! {
            {meeting.as_ref().map(meeting_line)}
            {is_newer.get_untracked().then(|| view! { <Notice kind="warning" title=tr!(preparation.look_newer)/> })}
            {kinds().into_iter().map(|kind| section(kind, &drafts, &write, given)).collect_view()}
            <SendForm
                sending=NewSending { drafts: versions }
                found=found
                errors=errors
                is_newer=is_newer
                to=route::sent(meeting_id)
            />
        }
        .into_any()
    };
    let above = view! { <ErrorSummary title=tr!(form.summary_title) errors=errors/> }.into_any();
    view! {
        <Page title=tr!(preparation.look_title) nostrip:lead=lead back=back(meeting_id) above=above>
            {trin(2)}
            {content}
        </Page>
    }
}

#[component]
fn SendForm(
    sending: NewSending,
    found: Vec<(String, String)>,
    errors: RwSignal<Vec<(String, String)>>,
    is_newer: RwSignal<bool>,
    to: String,
) -> impl IntoView {
    let save = Save::new();
    let id = SendingId::make();
    let reload = Reload::take();
    let navigate = StoredValue::new_local(use_navigate());
    // A draft that is gone was sent or thrown away elsewhere: what is left is looked through again.
    let is_other = move || match save.state() {
        SaveState::Failed(failure) => {
            matches!(failure.code(), Some(ProblemCode::VersionConflict | ProblemCode::UnknownReference))
        }
        _ => false,
    };
    Effect::new(move |_| {
        if is_other() {
            is_newer.set(true);
            reload.run();
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !found.is_empty() {
            errors.set(found.clone());
            return;
        }
        let (sending, to) = (sending.clone(), to.clone());
        save.run(
            move || {
                let sending = sending.clone();
                async move { api::preparation::send(id, &sending).await }
            },
            move |_| {
                let to = format!("{to}?{SENT}={id}");
                // Back from the receipt leads to the meeting's preparation, not to a page with nothing left to send.
                let replace = NavigateOptions { replace: true, ..NavigateOptions::default() };
                navigate.try_with_value(|navigate| navigate(&to, replace));
            },
        );
    };
    view! {
        <form class="rt-form" novalidate on:submit=submit>
            <p>{tr!(preparation.look_sees)}</p>
            {move || (!is_other()).then(|| view! { <SaveStatus save=save/> })}
            <div class="rt-actions">
                <button class="rt-button" type="submit" aria-busy=move || save.is_busy().then_some("true")>{tr!(preparation.send)}</button>
            </div>
        </form>
    }
}

fn section(
    (kind, id, heading): (DraftKind, &'static str, &'static str),
    drafts: &[Draft],
    write: &str,
    given: Area,
) -> Option<AnyView> {
    let rows: Vec<_> =
        drafts.iter().filter(|draft| draft.content.kind == kind).map(|draft| row(draft, write, given)).collect();
    if rows.is_empty() {
        return None;
    }
    Some(
        view! {
            <section class="rt-section" aria-labelledby=id>
                <h2 id=id>{heading}</h2>
                {rows}
            </section>
        }
        .into_any(),
    )
}

/// One text. The area is told when the person chose another than the one it was `given`.
fn row(draft: &Draft, write: &str, given: Area) -> AnyView {
    let (id, name_id) = (edit_id(draft), format!("look-{}", draft.id));
    let faults =
        faults(draft).into_iter().map(|words| view! { <p class="form-error-message">{words}</p> }).collect_view();
    let area =
        (draft.content.area != given).then(|| tr!(preparation.look_area, area = words::area(draft.content.area)));
    view! {
        <div class="rt-said">
            {draft.content.changes.map(|_| view! { <p><span class="rt-tag">{tr!(preparation.look_changes)}</span></p> })}
            <div id=name_id.clone()>{written(&draft.content)}</div>
            {area.map(|line| view! { <p class="rt-muted">{line}</p> })}
            {faults}
            <div class="rt-actions">
                <a class="rt-button rt-button--quiet rt-button--small" id=id href=format!("{write}?ret={}", draft.id) aria-describedby=name_id>
                    {tr!(preparation.look_change)}
                </a>
            </div>
        </div>
    }
    .into_any()
}

fn edit_id(draft: &Draft) -> String {
    format!("edit-{}", draft.id)
}

fn is_blank(draft: &Draft) -> bool {
    [&draft.content.text, &draft.content.why, &draft.content.first_step]
        .iter()
        .all(|text| Prose::parse(text.as_str()) == Err(TextFault::Empty))
}

/// An empty draft has nothing to look through; nobody would miss it.
fn throw_away(blank: Vec<Draft>) {
    for draft in blank {
        spawn_local(async move { drop(api::preparation::delete_draft(draft.id, draft.version).await) });
    }
}

fn faults(draft: &Draft) -> Vec<String> {
    fn of<const MAX: usize>(text: &str, is_required: bool) -> Option<String> {
        match Text::<MAX>::parse(text) {
            Err(TextFault::Empty) if !is_required => None,
            Err(fault) => Some(fault_words(fault)),
            Ok(_) => None,
        }
    }
    let content = &draft.content;
    let mut found = vec![of::<{ Prose::MAX }>(content.text.as_str(), true)];
    if content.kind == DraftKind::Goal {
        found.push(of::<{ Prose::MAX }>(content.why.as_str(), false));
        found.push(of::<{ Prose::MAX }>(content.first_step.as_str(), false));
    }
    if let Some(helper) = &content.helped_by {
        found.push(match of::<{ Line::MAX }>(helper.as_str(), true) {
            Some(_) if helper.as_str().trim().is_empty() => Some(tr!(preparation.helper_missing).to_owned()),
            fault => fault,
        });
    }
    found.into_iter().flatten().collect()
}
