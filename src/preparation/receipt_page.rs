//! The third step: the receipt, as the municipality has it. Its id stands in the address, so that it is still there after
//! a reload.

use contract::{MeetingId, ProblemCode, Receipt, SendingId, time::Timestamp};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use roed_traad_spa::markup::view;
use web_sys::AbortSignal;

use super::trin;
use crate::{
    api::{self, Failure},
    load::Load,
    route, tr,
    ui::{Icon, Page},
    when,
};

/// What was received, and what happens now.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let meeting =
        use_params_map().with_untracked(|params| params.get("id")).and_then(|id| id.parse::<MeetingId>().ok());
    let id = use_query_map().with_untracked(|query| query.get(SENT)).and_then(|id| id.parse::<SendingId>().ok());
    let draw = move |found: Option<Receipt>| {
        let Some(found) = found else { return unknown(meeting) };
        receipt(meeting, found.received_at, found.number)
    };
    view! { <Load fetch=move |abort| find(id, abort) children=draw/> }
}

/// The name in the address of what was sent.
pub const SENT: &str = "nr";

/// The receipt; none when there is none for that address.
async fn find(id: Option<SendingId>, abort: AbortSignal) -> Result<Option<Receipt>, Failure> {
    let Some(id) = id else { return Ok(None) };
    match api::preparation::receipt(id, abort).await {
        Err(failure) if failure.code() == Some(ProblemCode::NotFound) => Ok(None),
        found => found.map(Some),
    }
}

fn unknown(meeting: Option<MeetingId>) -> AnyView {
    view! {
        <Page title=tr!(preparation.receipt_unknown) lead=tr!(preparation.receipt_unknown_text)>{ways(meeting)}</Page>
    }
    .into_any()
}

fn receipt(meeting: Option<MeetingId>, at: Timestamp, number: String) -> AnyView {
    let read = if meeting.is_some() { tr!(preparation.receipt_read) } else { tr!(preparation.receipt_read_own) };
    view! {
        <Page title=tr!(preparation.receipt_title)>
            {trin(3)}
            <div class="rt-receipt">
                <dl class="rt-facts">
                    <div><dt><Icon name="clock"/>{tr!(preparation.receipt_time)}</dt><dd>{when::moment(at)}</dd></div>
                    <div><dt><Icon name="check"/>{tr!(preparation.receipt_number)}</dt><dd>{number}</dd></div>
                </dl>
                <p class="rt-muted">{tr!(preparation.receipt_number_hint)}</p>
            </div>
            <section class="rt-section" aria-labelledby="next">
                <h2 id="next">{tr!(preparation.receipt_next)}</h2>
                <p>{read}</p>
                <p>{tr!(preparation.receipt_plan)}</p>
                {meeting.map(|_| view! { <p>{tr!(preparation.receipt_change)}</p> })}
            </section>
            {ways(meeting)}
        </Page>
    }
    .into_any()
}

fn ways(meeting: Option<MeetingId>) -> AnyView {
    view! {
        <div class="rt-actions">
            {meeting.map(|id| view! { <a class="rt-button" href=route::meeting(id)>{tr!(preparation.see_meeting)}</a> })}
            <a class="rt-button rt-button--secondary" href=route::PLAN>{tr!(preparation.see_plan)}</a>
            <a class="rt-button rt-button--quiet" href=route::write(meeting)>{tr!(preparation.see_sent)}</a>
        </div>
    }
    .into_any()
}
