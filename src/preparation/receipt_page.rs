//! The third step: the receipt. Time and number stand in the address, so that it is still there after a reload.

use contract::MeetingId;
use contract::time::Timestamp;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use roed_traad_spa::markup::view;

use super::trin;
use crate::{
    route, tr,
    ui::{Icon, Page},
    when,
};

/// What was received, and what happens now.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let meeting =
        use_params_map().with_untracked(|params| params.get("id")).and_then(|id| id.parse::<MeetingId>().ok());
    let query = use_query_map().get_untracked();
    let at = query.get("tid").and_then(|at| at.parse::<Timestamp>().ok());
    let has_goals = query.get("maal").is_some();
    match at.zip(query.get("nr")) {
        Some((at, number)) => receipt(meeting, at, number, has_goals),
        None => view! {
            <Page title=tr!(preparation.receipt_unknown) lead=tr!(preparation.receipt_unknown_text)>{ways(meeting)}</Page>
        }
        .into_any(),
    }
}

fn receipt(meeting: Option<MeetingId>, at: Timestamp, number: String, has_goals: bool) -> AnyView {
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
                {has_goals.then(|| view! { <p>{tr!(preparation.receipt_plan)}</p> })}
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
