//! The one way a page writes: here, being sent, received.

use contract::{ProblemCode, Receipt};
use leptos::{prelude::*, task::spawn_local};
use roed_traad_spa::markup::view;

use crate::{
    api::{Failure, until_answered},
    failure::FailureNotice,
    tr, when,
};

/// How far a write has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing has been sent.
    #[default]
    Here,
    /// It is on its way.
    Sending,
    /// It could not be sent, and is tried again.
    Retrying,
    /// The municipality has it, durably.
    Received(Receipt),
    /// It was refused.
    Failed(Failure),
}

/// One write after another, never two at once.
#[derive(Clone, Copy)]
pub struct Save(RwSignal<SaveState>);

impl Default for Save {
    fn default() -> Self {
        Self::new()
    }
}

impl Save {
    /// Nothing sent yet.
    pub fn new() -> Self {
        Self(RwSignal::new(SaveState::Here))
    }

    /// How far it has come; tracked.
    pub fn state(self) -> SaveState {
        self.0.get()
    }

    /// Whether it is on its way; tracked.
    pub fn is_busy(self) -> bool {
        self.0.with(|state| matches!(state, SaveState::Sending | SaveState::Retrying))
    }

    /// Whether somebody else saved first; tracked.
    pub fn is_conflict(self) -> bool {
        self.0.with(|state| match state {
            SaveState::Failed(failure) => failure.code() == Some(ProblemCode::VersionConflict),
            _ => false,
        })
    }

    /// Forgets how the last one went.
    pub fn reset(self) {
        self.0.try_set(SaveState::Here);
    }

    /// Sends until there is an answer; a second press while it is on its way does nothing.
    ///
    /// `write` has to ask for the same each time: make ids and bodies before, not in it.
    pub fn run<T, W, Fut>(self, write: W, on_done: impl FnOnce(T) + 'static)
    where
        T: Outcome + 'static,
        W: FnMut() -> Fut + 'static,
        Fut: Future<Output = Result<T, Failure>> + 'static,
    {
        if self.0.with_untracked(|state| matches!(state, SaveState::Sending | SaveState::Retrying)) {
            return;
        }
        self.0.set(SaveState::Sending);
        spawn_local(async move {
            let retrying = move || {
                self.0.try_set(SaveState::Retrying);
            };
            match until_answered(write, retrying).await {
                Ok(done) => {
                    self.0.try_set(done.receipt().map_or(SaveState::Here, SaveState::Received));
                    on_done(done);
                }
                Err(failure) => {
                    self.0.try_set(SaveState::Failed(failure));
                }
            }
        });
    }
}

/// What a write is answered with.
pub trait Outcome {
    /// The receipt, where there is one.
    fn receipt(&self) -> Option<Receipt>;
}

impl Outcome for Receipt {
    fn receipt(&self) -> Option<Receipt> {
        Some(self.clone())
    }
}

impl Outcome for () {
    fn receipt(&self) -> Option<Receipt> {
        None
    }
}

/// How far a write has come, in words that are read aloud politely.
#[component]
pub fn SaveStatus(
    /// Which write.
    save: Save,
    /// Whether the receipt is told when it is received.
    #[prop(default = true)]
    with_receipt: bool,
) -> impl IntoView {
    let line = move || match save.state() {
        SaveState::Here | SaveState::Failed(_) => None,
        SaveState::Sending => Some(("rt-save rt-save--sending", tr!(form.sending).to_owned())),
        SaveState::Retrying => Some(("rt-save rt-save--failed", tr!(form.retrying).to_owned())),
        SaveState::Received(receipt) => with_receipt.then(|| ("rt-save rt-save--saved", received(&receipt))),
    };
    let failure = move || match save.state() {
        SaveState::Failed(failure) => Some(view! { <FailureNotice failure=failure/> }),
        _ => None,
    };
    view! {
        <p class=move || line().map_or("rt-save", |(class, _)| class) role="status">{move || line().map(|(_, words)| words)}</p>
        {failure}
    }
}

/// "Modtaget kl. 14.03. Kvittering 7F3K-2M9P."
pub fn received(receipt: &Receipt) -> String {
    tr!(form.received, time = when::moment_hours(receipt.received_at), number = receipt.number.clone())
}
