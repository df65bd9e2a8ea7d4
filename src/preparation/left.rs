//! Texts whose page was left before the municipality had them. Their saving goes on, and whoever comes back finds them as
//! they were written.

use std::{
    cell::RefCell,
    sync::{Arc, Mutex},
};

use contract::{DraftId, MeetingId};
use gloo_timers::future::TimeoutFuture;

use super::{
    autosave::{Autosave, State},
    writing::lock,
};

/// One of them.
#[derive(Clone)]
pub struct Left {
    /// Its draft.
    pub id: DraftId,
    /// How far it has come.
    pub model: Arc<Mutex<Autosave>>,
}

thread_local! {
    // Signing in and out loads the page anew, so nobody finds another person's.
    static LEFT: RefCell<Vec<Left>> = const { RefCell::new(Vec::new()) };
}

/// Remembers one.
pub fn keep(left: Left) {
    LEFT.with_borrow_mut(|all| {
        all.retain(|other| other.id != left.id);
        all.push(left);
    });
}

/// Takes those that were written for this meeting and are still not saved.
pub fn take(meeting: Option<MeetingId>) -> Vec<Left> {
    LEFT.with_borrow_mut(|all| all.extract_if(.., |left| left.is_of(meeting)).filter(Left::is_unsaved).collect())
}

/// Waits for what is on its way, so that what is read next is what was written last. Not for a server that is away.
pub async fn settle(meeting: Option<MeetingId>) {
    while LEFT.with_borrow(|all| all.iter().any(|left| left.is_of(meeting) && left.is_on_its_way())) {
        TimeoutFuture::new(100).await;
    }
}

impl Left {
    fn is_of(&self, meeting: Option<MeetingId>) -> bool {
        lock(&self.model).content().meeting == meeting
    }

    fn is_on_its_way(&self) -> bool {
        let model = lock(&self.model);
        model.is_sending() && model.state() != State::Retrying
    }

    fn is_unsaved(&self) -> bool {
        lock(&self.model).is_unsaved()
    }
}
