//! Preparing a meeting: goals and topics, saved while they are written, looked through, sent.

mod ask;
pub mod autosave;
mod compare;
mod item;
mod left;
mod look_page;
mod receipt_page;
mod sent;
mod sent_list;
mod write_page;
mod writing;

pub use ask::{Ask, Question};
pub use look_page::LookPage;
pub use receipt_page::ReceiptPage;
pub use sent::{Sent, all, said};
pub use write_page::WritePage;

use contract::{DraftKind, MeetingId, MeetingSummary, Preparation};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use roed_traad_spa::markup::view;

use crate::{meetings, route, tr, when, words};

/// What the address says: the meeting it prepares, if any.
#[derive(Clone, Copy)]
struct Address(Memo<Option<Result<MeetingId, ()>>>);

impl Address {
    fn take() -> Self {
        let params = use_params_map();
        Self(Memo::new(move |_| params.with(|params| params.get("id")).map(|id| id.parse().map_err(|_| ()))))
    }

    /// Loads what is prepared; an address that is no meeting's is told as not found.
    fn load(self, abort: web_sys::AbortSignal) -> impl Future<Output = Result<Preparation, crate::api::Failure>> {
        let meeting = self.0.get();
        async move {
            match meeting.transpose() {
                Ok(meeting) => {
                    left::settle(meeting).await;
                    crate::api::preparation::read(meeting, abort).await
                }
                Err(()) => Err(meetings::not_found()),
            }
        }
    }
}

/// "Til mødet mandag den …: Vi finder ud af …"
fn meeting_line(meeting: &MeetingSummary) -> AnyView {
    let line =
        tr!(preparation.for_meeting, when = when::full(&meeting.time), purpose = words::heading(&meeting.purpose).0);
    view! { <p>{line}</p> }.into_any()
}

/// Where the pages of the preparation belong.
fn back(meeting: Option<MeetingId>) -> (String, String) {
    match meeting {
        Some(id) => (route::meeting(id), tr!(preparation.back_meeting).to_owned()),
        None => (route::PLAN.to_owned(), tr!(preparation.back_plan).to_owned()),
    }
}

fn trin(at: u8) -> AnyView {
    view! { <p class="rt-trin">{tr!(preparation.step, at = at)}</p> }.into_any()
}

/// Both kinds, in the order in which they are shown, with the heading of each.
fn kinds() -> [(DraftKind, &'static str, &'static str); 2] {
    [(DraftKind::Goal, "goals", tr!(preparation.goals)), (DraftKind::Topic, "topics", tr!(preparation.topics))]
}
