//! Signing out on every phone and computer: asked for once more, because it also ends what is open elsewhere.

use leptos::{prelude::*, task::spawn_local};
use roed_traad_spa::markup::view;

use crate::{
    api::{self, Failure},
    failure::FailureNotice,
    route, tr,
    ui::focus,
};

/// The part of a page. Where it ends, the sign-in page says that it is done.
#[component]
pub fn SignOutEverywhere() -> impl IntoView {
    let is_asked = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let ask = move |_| {
        is_asked.set(true);
        request_animation_frame(|| focus::on_id("everywhere-yes"));
    };
    let keep = move |_| {
        is_asked.set(false);
        request_animation_frame(|| focus::on_id("everywhere-ask"));
    };
    let end = Callback::new(move |()| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        failure.set(None);
        spawn_local(async move {
            match api::session::end_all().await {
                Err(problem) if problem.code() != Some(contract::ProblemCode::SignedOut) => {
                    is_busy.try_set(false);
                    failure.try_set(Some(problem));
                }
                done => {
                    let next = done.ok().and_then(|out| out.next);
                    let _ = window().location().assign(&next.unwrap_or_else(route::signed_out_everywhere));
                }
            }
        });
    });
    let buttons = move || {
        if is_asked.get() {
            view! {
                <p role="status">{tr!(sign_in.everywhere_ask)}</p>
                <div class="rt-actions">
                    <button type="button" id="everywhere-yes" class="rt-button" aria-busy=move || is_busy.get().then_some("true")
                        on:click=move |_| end.run(())>{tr!(sign_in.everywhere_yes)}</button>
                    <button type="button" class="rt-button rt-button--quiet" on:click=keep>{tr!(sign_in.everywhere_no)}</button>
                </div>
            }
            .into_any()
        } else {
            view! {
                <div class="rt-actions">
                    <button type="button" id="everywhere-ask" class="rt-button rt-button--secondary" on:click=ask>{tr!(sign_in.everywhere)}</button>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <section class="rt-section" aria-labelledby="everywhere">
            <h2 id="everywhere">{tr!(sign_in.everywhere)}</h2>
            <p>{tr!(sign_in.everywhere_text)}</p>
            {buttons}
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure on_retry=end/> })}
        </section>
    }
}
