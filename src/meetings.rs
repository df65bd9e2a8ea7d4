//! Meetings, coming and past.

mod agenda;
mod changed;
mod facts;
mod list_page;
mod meeting_page;
mod minutes;
mod participants;

pub use changed::changed;
pub use facts::{call, how_long, mail, place_line};
pub use list_page::{MeetingsPage, sent_count};
pub use meeting_page::MeetingPage;

use contract::{Problem, ProblemCode};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::api::Failure;

/// What an address says that is no meeting's: the same as for one that nobody knows.
pub fn not_found() -> Failure {
    Failure::Problem(Box::new(Problem {
        r#type: "about:blank".to_owned(),
        status: 404,
        title: "not found".to_owned(),
        code: ProblemCode::NotFound,
        field: None,
    }))
}

fn section(id: &'static str, title: &'static str, content: AnyView) -> AnyView {
    view! { <section class="rt-section" aria-labelledby=id><h2 id=id>{title}</h2>{content}</section> }.into_any()
}
