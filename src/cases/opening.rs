//! The mark that what is new from a citizen was on an employee's screen.

use std::{cell::Cell, rc::Rc};

use contract::{NewOpening, OpenedItem, OpenedKind, OpeningId, Unopened, paths::Subject};
use leptos::{prelude::*, task::spawn_local};

use crate::api;

/// Sends the mark for what this page shows, in the versions that it shows, once the page is in view.
/// A page in a hidden tab has not been opened by anybody yet.
pub fn send(subject: Subject, new: &Unopened) {
    let item = |kind, id, version| OpenedItem { kind, id, version };
    let mut items = Vec::with_capacity(new.count());
    items.extend(new.goals.iter().map(|goal| item(OpenedKind::Goal, goal.id.0, goal.version)));
    items.extend(new.topics.iter().map(|topic| item(OpenedKind::Topic, topic.id.0, topic.version)));
    items.extend(new.comments.iter().map(|comment| item(OpenedKind::Comment, comment.id.0, comment.version)));
    items.extend(new.steps.iter().map(|step| item(OpenedKind::Step, step.id.0, step.version)));
    // What is too much for one mark is marked at the next look.
    items.truncate(NewOpening::MOST);
    if items.is_empty() {
        return;
    }
    let (id, opening) = (OpeningId::make(), NewOpening { items });
    let is_sent = Rc::new(Cell::new(false));
    let tell = move || {
        if document().hidden() || is_sent.replace(true) {
            return;
        }
        let opening = opening.clone();
        spawn_local(async move {
            let write = || api::meetings::opened(subject, id, &opening);
            drop(api::until_answered(write, || ()).await);
        });
    };
    let on_show = tell.clone();
    let shown = window_event_listener_untyped("visibilitychange", move |_| on_show());
    on_cleanup(move || shown.remove());
    Effect::new(move |_| tell());
}
