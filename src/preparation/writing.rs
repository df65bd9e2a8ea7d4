//! One goal or topic while it is written: its fields, and how it is saved.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use contract::{
    Area, Draft, DraftId, DraftKind, DraftText, MeetingId, NewDraft, ProblemCode, Prose, TextFault, Version,
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::AbortController;

use super::{
    autosave::{Autosave, State, Stored, Write},
    left::{self, Left},
};
use crate::{
    api::{self, Failure, until_answered},
    form::fault_words,
    tr,
    ui::Field,
};

/// What was saved elsewhere; none when it was sent or thrown away there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other(pub Option<Stored>);

/// One text being written. Make it in a page's body (or with the page's owner), not in an event handler.
#[derive(Clone, Copy)]
pub struct Writing {
    /// Identity; that of the sent goal or topic when it changes one.
    pub id: DraftId,
    /// What it is sent as.
    pub kind: DraftKind,
    /// The version that was sent of what it changes.
    changes: StoredValue<Option<Version>>,
    /// The goal, topic or question.
    pub text: Field,
    /// Why it matters.
    pub why: Field,
    /// A first small step.
    pub first_step: Field,
    /// The place of the area in `Area::ALL`.
    pub area: Field,
    /// Whether somebody helped.
    pub is_helped: RwSignal<bool>,
    /// Who.
    pub helper: Field,
    /// How far it has come.
    pub state: RwSignal<State>,
    /// Why it was refused.
    pub failure: RwSignal<Option<Failure>>,
    /// The other version, while the person has to choose.
    pub other: RwSignal<Option<Other>>,
    meeting: Option<MeetingId>,
    model: StoredValue<Arc<Mutex<Autosave>>>,
}

impl Writing {
    /// An empty one.
    pub fn new(kind: DraftKind, meeting: Option<MeetingId>, area: Area) -> Self {
        let start = empty(kind, meeting, area);
        Self::with(DraftId::make(), &start.clone(), Autosave::new(start, None))
    }

    /// One that lies as a draft.
    pub fn stored(draft: Draft) -> Self {
        let Draft { id, version, content, saved_at } = draft;
        let start = NewDraft { changes: content.changes, ..empty(content.kind, content.meeting, content.area) };
        let stored = Stored { version, content: content.clone(), at: saved_at };
        Self::with(id, &content, Autosave::new(start, Some(stored)))
    }

    /// One that begins as what was sent.
    pub fn changing(id: DraftId, content: NewDraft) -> Self {
        Self::with(id, &content.clone(), Autosave::new(content, None))
    }

    /// One whose page was left before it was saved.
    pub fn left(Left { id, model }: Left) -> Self {
        lock(&model).again();
        let content = lock(&model).content().clone();
        let writing = Self::of(id, &content, model.clone());
        if lock(&model).is_sending() {
            spawn_local(async move {
                // The write that is on its way tells the page that was left; this one looks for itself.
                while lock(&model).is_sending() {
                    gloo_timers::future::TimeoutFuture::new(200).await;
                    writing.show();
                }
            });
        } else {
            writing.save();
        }
        writing
    }

    fn with(id: DraftId, content: &NewDraft, model: Autosave) -> Self {
        Self::of(id, content, Arc::new(Mutex::new(model)))
    }

    fn of(id: DraftId, content: &NewDraft, model: Arc<Mutex<Autosave>>) -> Self {
        let field = |name: &str, text: &str| Field::new(format!("{name}-{id}"), text);
        let state = lock(&model).state();
        let helper = content.helped_by.as_ref().map_or("", DraftText::as_str);
        Self {
            id,
            kind: content.kind,
            changes: StoredValue::new(content.changes),
            text: field("text", content.text.as_str()),
            why: field("why", content.why.as_str()),
            first_step: field("first-step", content.first_step.as_str()),
            area: field("area", &area_value(content.area)),
            is_helped: RwSignal::new(content.helped_by.is_some()),
            helper: field("helper", helper),
            state: RwSignal::new(state),
            failure: RwSignal::new(None),
            other: RwSignal::new(None),
            meeting: content.meeting,
            model: StoredValue::new(model),
        }
    }

    /// Reads every field, so that an effect runs when one changes.
    pub fn track(self) {
        for field in [self.text, self.why, self.first_step, self.area, self.helper] {
            field.value.track();
        }
        self.is_helped.track();
    }

    /// Whether it changes something that was sent.
    pub fn is_change(self) -> bool {
        self.changes.try_get_value().flatten().is_some()
    }

    /// Whether nothing at all is written.
    pub fn is_blank(self) -> bool {
        [self.text, self.why, self.first_step].iter().all(|field| Prose::parse(&field.text()) == Err(TextFault::Empty))
    }

    /// Whether leaving now could lose something. False when the page is gone.
    pub fn is_unsaved(self) -> bool {
        self.note();
        self.with_model(|model| model.is_unsaved()).unwrap_or(false)
    }

    /// The version that is stored, if any.
    pub fn version(self) -> Option<Version> {
        self.with_model(|model| model.version()).flatten()
    }

    /// Whether it is longer than the browser carries on when the page is closed. Tracked.
    pub fn is_long(self) -> bool {
        [self.text, self.why, self.first_step].iter().map(|field| field.value.with(String::len)).sum::<usize>()
            > api::CARRIED_ON
    }

    /// Takes down what stands in the fields.
    pub fn note(self) {
        if self.is_gone() {
            return;
        }
        let Some(content) = self.content() else {
            self.with_model(Autosave::unfit);
            self.show();
            return;
        };
        self.with_model(|model| model.typed(content));
        self.show();
    }

    /// Saves what stands in the fields, now or after the write that is on its way.
    pub fn save(self) {
        self.note();
        let Some(model) = self.model.try_get_value() else { return };
        let Some(write) = lock(&model).begin() else { return };
        self.failure.try_set(None);
        self.show();
        // The page may go away meanwhile: the write goes on.
        spawn_local(self.keep_writing(model.clone(), write));
    }

    /// The page is left: the saving goes on, and the text is kept until it is saved or the person is back.
    pub fn leave(self) {
        self.save();
        if let Some(model) = self.model.try_get_value()
            && self.is_unsaved()
        {
            left::keep(Left { id: self.id, model });
        }
    }

    /// Hands what is not saved to the browser, because the page may be gone in a moment.
    pub fn hand_over(self) {
        self.note();
        for write in self.with_model(Autosave::leaving).unwrap_or_default() {
            api::preparation::save_draft_on_leaving(self.id, write.version, &write.content);
        }
    }

    /// Throws it away; `on_failed` hears if what is stored could not be.
    pub fn throw_away(self, on_failed: impl Fn(Failure) + 'static) {
        let Some(model) = self.model.try_get_value() else { return };
        lock(&model).throw_away();
        spawn_local(async move {
            // A write that is on its way ends first: its answer says which version there is to delete.
            while lock(&model).is_sending() {
                gloo_timers::future::TimeoutFuture::new(200).await;
            }
            let Some(version) = lock(&model).version() else { return };
            let id = self.id;
            let gone = until_answered(move || api::preparation::delete_draft(id, version), || ()).await;
            match gone {
                Err(failure) if failure.code() != Some(ProblemCode::NotFound) => on_failed(failure),
                _ => {}
            }
        });
    }

    /// The person keeps what stands here.
    pub fn keep_mine(self, other: Option<Stored>) {
        self.other.set(None);
        self.with_model(|model| model.keep_mine(other));
        self.save();
    }

    /// The person keeps the other version.
    pub fn keep_theirs(self, other: Stored) {
        self.other.set(None);
        let content = other.content.clone();
        self.with_model(|model| model.keep_theirs(other));
        self.text.value.set(content.text.as_str().to_owned());
        self.why.value.set(content.why.as_str().to_owned());
        self.first_step.value.set(content.first_step.as_str().to_owned());
        self.area.value.set(area_value(content.area));
        self.is_helped.set(content.helped_by.is_some());
        self.helper.value.set(content.helped_by.as_ref().map_or("", DraftText::as_str).to_owned());
        self.show();
    }

    async fn keep_writing(self, model: Arc<Mutex<Autosave>>, first: Write) {
        let mut next = Some(first);
        while let Some(write) = next.take() {
            let id = self.id;
            let retrying = || {
                lock(&model).retrying();
                self.show();
            };
            let attempt = || {
                let write = write.clone();
                async move { api::preparation::save_draft(id, write.version, &write.content).await }
            };
            match until_answered(attempt, retrying).await {
                Ok(receipt) => next = lock(&model).answered(receipt.version, receipt.received_at),
                Err(failure) if is_other_version(&failure) => {
                    lock(&model).conflicted();
                    self.show();
                    self.compare(&model).await;
                }
                Err(failure) => {
                    lock(&model).refused();
                    self.failure.try_set(Some(failure));
                    self.tell_if_gone();
                }
            }
            self.show();
        }
    }

    /// Loads what was saved elsewhere. Our own text is taken as saved; anybody else's is shown beside it.
    async fn compare(self, model: &Mutex<Autosave>) {
        let meeting = self.meeting;
        let read = move || async move {
            let abort = AbortController::new().map_err(|_| Failure::Unreadable)?;
            api::preparation::read(meeting, abort.signal()).await
        };
        match until_answered(read, || ()).await {
            Ok(preparation) => {
                // Sent elsewhere meanwhile: what is kept here changes that.
                let goals = preparation.goals.iter().map(|goal| (DraftId::from(goal.id), goal.version));
                let topics = preparation.topics.iter().map(|topic| (DraftId::from(topic.id), topic.version));
                if let Some((_, sent)) = goals.chain(topics).find(|(id, _)| *id == self.id) {
                    self.changes.try_set_value(Some(sent));
                }
                let draft = preparation.drafts.into_iter().find(|draft| draft.id == self.id);
                let other =
                    draft.map(|draft| Stored { version: draft.version, content: draft.content, at: draft.saved_at });
                if lock(model).compare(other.as_ref()) {
                    self.show();
                    self.save();
                } else {
                    self.other.try_set(Some(Other(other)));
                    self.tell_if_gone();
                }
            }
            Err(failure) => {
                lock(model).refused();
                self.failure.try_set(Some(failure));
            }
        }
    }

    /// What stands in the fields; none when a text is longer than a draft may be, which is said at the field.
    fn content(self) -> Option<NewDraft> {
        let text = draft_text(self.text);
        let why = draft_text(self.why);
        let first_step = draft_text(self.first_step);
        let helper = draft_text(self.helper);
        let is_helped = self.is_helped.try_get_untracked()?;
        Some(NewDraft {
            kind: self.kind,
            meeting: self.meeting,
            area: area_of(&self.area.value.try_get_untracked()?),
            text: text?,
            why: why?,
            first_step: first_step?,
            helped_by: if is_helped { Some(helper?) } else { None },
            changes: self.changes.try_get_value()?,
        })
    }

    /// Whether the page it is written on is gone.
    fn is_gone(self) -> bool {
        self.state.try_get_untracked().is_none()
    }

    /// Nobody sees the fault where the text is written, and it is not to be lost in silence.
    fn tell_if_gone(self) {
        if self.is_gone() {
            let _ = window().alert_with_message(tr!(preparation.not_saved_left));
        }
    }

    fn show(self) {
        let Some(state) = self.with_model(|model| model.state()) else { return };
        if self.state.try_get_untracked().is_some_and(|shown| shown != state) {
            self.state.try_set(state);
        }
    }

    fn with_model<T>(self, use_it: impl FnOnce(&mut Autosave) -> T) -> Option<T> {
        let model = self.model.try_get_value()?;
        let mut model = lock(&model);
        Some(use_it(&mut model))
    }
}

/// The model, for as long as it is looked at.
pub fn lock(model: &Mutex<Autosave>) -> MutexGuard<'_, Autosave> {
    model.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A draft that is gone is another version too: it was sent or thrown away elsewhere.
fn is_other_version(failure: &Failure) -> bool {
    matches!(failure.code(), Some(ProblemCode::VersionConflict | ProblemCode::NotFound))
}

fn draft_text(field: Field) -> Option<DraftText> {
    let text = field.value.try_get_untracked()?;
    match DraftText::parse(&text) {
        Ok(text) => {
            if field.error.try_get_untracked().flatten().as_deref() == Some(tr!(preparation.too_long_to_save)) {
                field.error.try_set(None);
            }
            Some(text)
        }
        Err(fault) => {
            let words = match fault {
                TextFault::TooLong { .. } => tr!(preparation.too_long_to_save).to_owned(),
                fault => fault_words(fault),
            };
            if field.error.try_get_untracked().flatten().as_ref() != Some(&words) {
                field.error.try_set(Some(words));
            }
            None
        }
    }
}

fn empty(kind: DraftKind, meeting: Option<MeetingId>, area: Area) -> NewDraft {
    NewDraft {
        kind,
        meeting,
        area,
        text: DraftText::default(),
        why: DraftText::default(),
        first_step: DraftText::default(),
        helped_by: None,
        changes: None,
    }
}

fn area_value(area: Area) -> String {
    Area::ALL.iter().position(|known| *known == area).unwrap_or_default().to_string()
}

fn area_of(value: &str) -> Area {
    value.parse().ok().and_then(|at: usize| Area::ALL.get(at)).copied().unwrap_or_default()
}
