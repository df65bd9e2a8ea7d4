use std::{cell::Cell, rc::Rc};

use contract::{Comment, Goal, NewOpening, OpenedItem, OpenedKind, OpeningId, Topic, paths::Subject};
use leptos::{prelude::*, task::spawn_local};

use crate::api;

/// Sends the mark for what this page shows, in the versions that it shows, once the page is in view.
/// A page in a hidden tab has not been opened by anybody yet.
pub fn send(subject: Subject, goals: &[Goal], topics: &[Topic], comments: &[Comment]) {
    let item = |kind, id, version| OpenedItem { kind, id, version };
    let items: Vec<_> = goals
        .iter()
        .map(|goal| item(OpenedKind::Goal, goal.id.0, goal.version))
        .chain(topics.iter().map(|topic| item(OpenedKind::Topic, topic.id.0, topic.version)))
        .chain(comments.iter().map(|comment| item(OpenedKind::Comment, comment.id.0, comment.version)))
        .collect();
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
