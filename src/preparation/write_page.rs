//! The first step: writing.

use contract::{DraftId, DraftKind, MeetingId, Preparation};
use leptos::{ev, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use roed_traad_spa::markup::view;

use super::{
    Address,
    ask::{Ask, Question},
    autosave::State,
    back,
    compare::written,
    item::{self, Item},
    kinds, left, meeting_line,
    sent::{Sent, all},
    sent_list::{Door, SentList},
    trin,
    writing::Writing,
};
use crate::{
    api::Failure,
    failure::FailureNotice,
    form::Form,
    load::Load,
    route,
    session::Current,
    tr,
    ui::{Keeper, Notice, Page, focus, leaving},
    words,
};

/// Where a citizen writes goals and topics, for a meeting or without one.
#[component]
pub fn WritePage() -> impl IntoView {
    let address = Address::take();
    view! { <Load fetch=move |abort| address.load(abort) children=|preparation| view! { <Desk preparation=preparation/> }/> }
}

#[component]
fn Desk(preparation: Preparation) -> impl IntoView {
    let Preparation { meeting, is_open, drafts, goals, topics } = preparation;
    let meeting_id = meeting.as_ref().map(|meeting| meeting.id);
    let ask = RwSignal::new(None::<Question>);
    let sent = all(goals, topics);
    let has_sent = !sent.is_empty();
    let sent = RwSignal::new(sent);
    let door = Door::of(meeting.as_ref(), is_open);
    let area = meeting.as_ref().map(|meeting| meeting.area).unwrap_or_default();
    let area = Current::take().area_or(area);
    let desk = Writings::new(meeting_id, area);
    let form = Form::new();
    let title = if meeting_id.is_some() { tr!(preparation.title) } else { tr!(preparation.title_own) };
    let line = meeting.as_ref().map(meeting_line);
    let body = if is_open {
        desk.begin(drafts);
        view! { <WriteForm desk=desk form=form ask=ask has_topics=meeting_id.is_some()/> }.into_any()
    } else {
        closed(door, &drafts)
    };
    let is_changing = Callback::new(move |id: DraftId| desk.has(id));
    let on_change = Callback::new(move |one: Sent| desk.change(&one));
    view! {
        <Page title=title nostrip:lead=is_open.then(|| tr!(preparation.lead)) back=back(meeting_id) above=form.summary()>
            {is_open.then(|| trin(1))}
            {line}
            {body}
            {has_sent.then(|| view! {
                <SentList sent=sent door=door ask=ask is_changing=is_changing on_change=on_change/>
            })}
            <Ask ask=ask/>
        </Page>
    }
}

/// The texts being written.
#[derive(Clone, Copy)]
struct Writings {
    all: RwSignal<Vec<Writing>>,
    trouble: RwSignal<Option<Failure>>,
    meeting: Option<MeetingId>,
    area: contract::Area,
    keeper: Keeper,
}

impl Writings {
    fn new(meeting: Option<MeetingId>, area: contract::Area) -> Self {
        Self { all: RwSignal::new(Vec::new()), trouble: RwSignal::new(None), meeting, area, keeper: Keeper::here() }
    }

    /// The drafts that lie, or one empty text of each kind.
    fn begin(self, drafts: Vec<contract::Draft>) {
        let left = left::take(self.meeting);
        let drafts = drafts.into_iter().filter(|draft| !left.iter().any(|left| left.id == draft.id));
        let mut all: Vec<Writing> = drafts.map(Writing::stored).collect();
        all.extend(left.into_iter().map(Writing::left));
        for (kind, ..) in kinds() {
            let is_asked = kind == DraftKind::Goal || self.meeting.is_some();
            if is_asked && !all.iter().any(|one| one.kind == kind) {
                all.push(Writing::new(kind, self.meeting, self.area));
            }
        }
        self.all.set(all);
    }

    fn of(self, kind: DraftKind) -> Vec<(usize, Writing)> {
        let of_kind = self.all.get().into_iter().filter(move |one| one.kind == kind);
        of_kind.enumerate().map(|(at, one)| (at + 1, one)).collect()
    }

    fn has(self, id: DraftId) -> bool {
        self.all.with(|all| all.iter().any(|one| one.id == id))
    }

    fn add(self, make: impl FnOnce() -> Writing) {
        let Some(one) = self.keeper.keep(make) else { return };
        self.all.update(|all| all.push(one));
        focus::on_id(&one.text.id());
    }

    fn change(self, sent: &Sent) {
        let id = sent.id();
        if self.all.with_untracked(|all| all.iter().any(|one| one.id == id)) {
            focus::on_id(&format!("text-{id}"));
            return;
        }
        let content = sent.as_draft();
        // An empty card above would ask for something else.
        self.all.update(|all| {
            all.retain(|one| {
                one.kind != content.kind || one.state.get_untracked() != State::Untouched || !one.is_blank()
            });
        });
        self.add(|| Writing::changing(id, content));
    }

    fn throw_away(self, writing: Writing) {
        let trouble = self.trouble;
        writing.throw_away(move |failure| {
            trouble.try_set(Some(failure));
        });
        self.all.update(|all| all.retain(|one| one.id != writing.id));
        focus::on_id(add_id(writing.kind));
    }

    fn each(self, act: impl Fn(Writing)) {
        for one in self.all.try_get_untracked().unwrap_or_default() {
            act(one);
        }
    }

    fn is_unsaved(self) -> bool {
        self.all.try_get_untracked().unwrap_or_default().into_iter().any(Writing::is_unsaved)
    }

    /// Whether leaving the page inside the app could lose something: text that is merely on its way goes on by itself.
    fn is_stuck(self) -> bool {
        self.all.try_get_untracked().unwrap_or_default().into_iter().any(|one| {
            one.is_unsaved()
                && matches!(one.state.try_get_untracked(), Some(State::Retrying | State::Refused | State::Conflict))
        })
    }
}

/// Keeps every text safe while the page is hidden, closed or left.
fn keep_safe(desk: Writings) {
    leaving::guard(move || desk.is_stuck(), tr!(preparation.leave).to_owned());
    let closing = window_event_listener(ev::beforeunload, move |event| {
        if desk.is_unsaved() {
            event.prevent_default();
        }
    });
    let hiding = window_event_listener(ev::pagehide, move |_| desk.each(Writing::hand_over));
    let hidden = leptos::leptos_dom::helpers::window_event_listener_untyped("visibilitychange", move |_| {
        if document().visibility_state() == web_sys::VisibilityState::Hidden {
            desk.each(Writing::hand_over);
        } else {
            desk.each(Writing::save);
        }
    });
    on_cleanup(move || {
        closing.remove();
        hiding.remove();
        hidden.remove();
        desk.each(Writing::leave);
    });
}

fn add_id(kind: DraftKind) -> &'static str {
    match kind {
        DraftKind::Goal => "add-goal",
        DraftKind::Topic => "add-topic",
    }
}

#[component]
fn WriteForm(desk: Writings, form: Form, ask: RwSignal<Option<Question>>, has_topics: bool) -> impl IntoView {
    keep_safe(desk);
    let read = if desk.meeting.is_some() { tr!(preparation.safety_read) } else { tr!(shared.safety_read) };
    // The way back from the next step names the text to put right.
    if let Some(id) = use_query_map().with_untracked(|query| query.get("ret")) {
        // In an effect, so that it comes after the heading has had focus.
        Effect::new(move |_| focus::on_id(&format!("text-{id}")));
    }
    let is_going = next_when_saved(desk);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let mut check = form.check();
        let written: Vec<_> = desk.all.get_untracked().into_iter().filter(|one| !one.is_blank()).collect();
        for one in &written {
            item::check(*one, &mut check);
        }
        if written.is_empty()
            && let Some(first) = desk.all.get_untracked().first()
        {
            check.fail(first.text, tr!(preparation.nothing_written).to_owned());
        }
        if check.done() && !written.is_empty() {
            desk.each(Writing::save);
            is_going.set(true);
        }
    };
    let on_thrown_away = Callback::new(move |one| desk.throw_away(one));
    let section = move |(kind, id, heading): (DraftKind, &'static str, &'static str)| {
        let rows = move |(number, one): (usize, Writing)| {
            view! { <Item writing=one number=number ask=ask on_thrown_away=on_thrown_away/> }
        };
        view! {
            <section class="rt-section" aria-labelledby=id>
                <h2 id=id>{heading}</h2>
                <For each=move || desk.of(kind) key=|(number, one)| (*number, one.id) children=rows/>
                <div class="rt-actions">{add_button(desk, kind)}</div>
            </section>
        }
        .into_any()
    };
    let sections = kinds().into_iter().filter(|(kind, ..)| {
        has_topics || *kind == DraftKind::Goal || desk.all.with_untracked(|all| all.iter().any(|one| one.kind == *kind))
    });
    view! {
        {words::safety_with(&Current::take().municipality(), Some(read))}
        <form class="rt-form" novalidate on:submit=submit>
            {sections.map(section).collect_view()}
            {move || desk.trouble.get().map(|failure| view! {
                <FailureNotice failure=failure on_retry=Callback::new(|()| drop(window().location().reload()))/>
            })}
            <p class="rt-muted">{tr!(preparation.draft_note, days = Current::take().draft_days())}</p>
            <div class="rt-actions">
                <button class="rt-button" type="submit" aria-busy=move || is_going.get().then_some("true")>{tr!(preparation.next)}</button>
            </div>
        </form>
    }
}

/// Goes on to the next step as soon as everything is saved; stops where the person has to look.
fn next_when_saved(desk: Writings) -> RwSignal<bool> {
    let is_going = RwSignal::new(false);
    let navigate = use_navigate();
    let to = route::look_through(desk.meeting);
    Effect::new(move |_| {
        if !is_going.get() {
            return;
        }
        let all = desk.all.get();
        let states: Vec<_> = all.iter().map(|one| one.state.get()).collect();
        let stuck = states.iter().position(|state| matches!(state, State::Refused | State::Conflict));
        if let Some(one) = stuck.and_then(|at| all.get(at)) {
            is_going.set(false);
            focus::on_id(&one.text.id());
        } else if states.iter().all(|state| matches!(state, State::Untouched | State::Saved(_))) {
            navigate(&to, NavigateOptions::default());
        }
    });
    is_going
}

fn add_button(desk: Writings, kind: DraftKind) -> AnyView {
    let words = move || {
        let is_first = !desk.all.with(|all| all.iter().any(|one| one.kind == kind));
        match (kind, is_first) {
            (DraftKind::Goal, true) => tr!(preparation.add_first_goal),
            (DraftKind::Goal, false) => tr!(preparation.add_goal),
            (DraftKind::Topic, true) => tr!(preparation.add_first_topic),
            (DraftKind::Topic, false) => tr!(preparation.add_topic),
        }
    };
    let add = move |_| {
        desk.add(|| Writing::new(kind, desk.meeting, desk.area));
    };
    view! {
        <button class="rt-button rt-button--secondary" type="button" id=add_id(kind) on:click=add>{words}</button>
    }
    .into_any()
}

/// Nothing more can be sent: what was written is still shown.
pub(super) fn closed(door: Door, drafts: &[contract::Draft]) -> AnyView {
    let (title, text) = match door {
        Door::Cancelled => (tr!(preparation.closed_cancelled), tr!(preparation.closed_cancelled_text)),
        Door::Over => (tr!(preparation.closed_over), tr!(preparation.closed_over_text)),
        _ => (tr!(preparation.closed_begun), tr!(preparation.closed_begun_text)),
    };
    view! {
        <Notice kind="info" title=title text=text/>
        {(!drafts.is_empty()).then(|| view! {
            <section class="rt-section" aria-labelledby="unsent">
                <h2 id="unsent">{tr!(preparation.unsent)}</h2>
                {drafts.iter().map(|draft| view! { <div class="rt-said">{written(&draft.content)}</div> }).collect_view()}
            </section>
        })}
        <div class="rt-actions"><a class="rt-button" href=route::MEETINGS>{tr!(preparation.see_meetings)}</a></div>
    }
    .into_any()
}
