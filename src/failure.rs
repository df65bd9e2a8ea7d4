//! What is said when something did not work: what happened, what is safe, and what one can do.

use contract::ProblemCode;
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    api::Failure,
    frame::{self, Frame},
    route,
    session::Current,
    tr,
    ui::{Notice, Page},
};

/// A failure in words, with the one thing to do about it.
#[component]
pub fn FailureNotice(
    /// What failed.
    failure: Failure,
    /// Tries it again, where that can help.
    #[prop(optional)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let (title, text) = words(&failure, &phone());
    view! { <Notice kind="problem" title=title text=text>{way_on(&failure, on_retry)}</Notice> }
}

/// The same where there is nothing else to show: a page of its own.
#[component]
pub fn FailurePage(
    /// What failed.
    failure: Failure,
    /// Tries it again.
    on_retry: Callback<()>,
) -> impl IntoView {
    let (title, text) = words(&failure, &phone());
    let page = view! {
        <Page title=title lead=text><div class="rt-actions">{way_on(&failure, Some(on_retry))}</div></Page>
    }
    .into_any();
    if Current::is_known() {
        return page;
    }
    let is_staff = window().location().pathname().is_ok_and(|path| path.starts_with(route::staff::BASE));
    view! { <Frame menu=Vec::new() is_staff=is_staff>{page}</Frame> }.into_any()
}

/// The municipality's number, on one line.
fn phone() -> String {
    Current::take().municipality().phone.replace(' ', "\u{a0}")
}

fn way_on(failure: &Failure, on_retry: Option<Callback<()>>) -> Option<AnyView> {
    match failure.code() {
        Some(ProblemCode::SignedOut) => Some(
            view! { <a class="rt-button" rel="external" href=route::sign_in_again(&frame::here())>{tr!(failure.sign_in)}</a> }.into_any(),
        ),
        Some(ProblemCode::OldPage) => {
            let reload = |_| drop(window().location().reload());
            Some(
                view! { <button class="rt-button" type="button" on:click=reload>{tr!(failure.reload)}</button> }
                    .into_any(),
            )
        }
        Some(ProblemCode::LoginTooOld) => Some(log_in_anew()),
        Some(ProblemCode::RepresentationEnded) => Some(frame::way_home()),
        _ => on_retry.map(|retry| {
            let again = move |_| retry.run(());
            view! { <button class="rt-button" type="button" on:click=again>{tr!(failure.try_again)}</button> }
                .into_any()
        }),
    }
}

/// The way to show anew who one is, and back to this page.
pub fn log_in_anew() -> AnyView {
    view! { <a class="rt-button" rel="external" href=route::login_anew(&frame::here())>{tr!(failure.log_in_anew)}</a> }
        .into_any()
}

/// A failure's heading and its sentence.
pub fn words(failure: &Failure, phone: &str) -> (String, String) {
    let (title, text) = match failure {
        Failure::Offline => (tr!(failure.offline_title), tr!(failure.offline)),
        Failure::Unreadable => return internal(phone),
        Failure::OldPage => (tr!(failure.old_page_title), tr!(failure.old_page)),
        Failure::Problem(problem) => match problem.code {
            ProblemCode::Unavailable => (tr!(failure.unavailable_title), tr!(failure.unavailable)),
            ProblemCode::NotFound => {
                return (tr!(failure.not_found_title).to_owned(), tr!(failure.not_found, phone = phone.to_owned()));
            }
            ProblemCode::SignedOut => (tr!(failure.signed_out_title), tr!(failure.signed_out)),
            ProblemCode::OldPage => (tr!(failure.old_page_title), tr!(failure.old_page)),
            ProblemCode::RepresentationEnded => (tr!(failure.ended_title), tr!(failure.ended)),
            ProblemCode::LoginTooOld => (tr!(failure.login_title), tr!(failure.login)),
            ProblemCode::NotAllowed | ProblemCode::ForeignRequest => {
                return (tr!(failure.not_allowed_title).to_owned(), tr!(failure.not_allowed, phone = phone.to_owned()));
            }
            ProblemCode::VersionConflict => (tr!(failure.conflict_title), tr!(failure.conflict)),
            ProblemCode::MeetingBegun => (tr!(failure.meeting_begun_title), tr!(failure.meeting_begun)),
            ProblemCode::MeetingCancelled => (tr!(failure.meeting_cancelled_title), tr!(failure.meeting_cancelled)),
            ProblemCode::BeingChanged => (tr!(failure.being_changed_title), tr!(failure.being_changed)),
            ProblemCode::UnknownReference => (tr!(failure.unknown_reference_title), tr!(failure.unknown_reference)),
            ProblemCode::TooLarge => (tr!(failure.too_large_title), tr!(failure.too_large)),
            ProblemCode::TooMany => (tr!(failure.too_many_title), tr!(failure.too_many)),
            ProblemCode::Internal | ProblemCode::Malformed | ProblemCode::PreconditionMissing => {
                return internal(phone);
            }
            ProblemCode::TextEmpty
            | ProblemCode::TextTooLong
            | ProblemCode::TextControlCharacter
            | ProblemCode::TimeDoesNotExist
            | ProblemCode::TimeHappensTwice
            | ProblemCode::TimeInThePast
            | ProblemCode::ReasonMissing
            | ProblemCode::Invalid => (tr!(failure.invalid_title), tr!(failure.invalid)),
        },
    };
    (title.to_owned(), text.to_owned())
}

fn internal(phone: &str) -> (String, String) {
    (tr!(failure.internal_title).to_owned(), tr!(failure.internal, phone = phone.to_owned()))
}
