//! Parts whose code a phone fetches when somebody first opens such a page, or some time after the first one. `docs/decisions/0009-split.md` says why.

use std::{pin::Pin, time::Duration};

use leptos::{prelude::*, task::spawn_local};
use roed_traad_spa::markup::view;

use crate::{
    api::{self, Failure},
    load::Load,
};

/// Draws a page. Only then, and not when its code comes, does it stand where it finds its context.
pub type Draw = fn() -> AnyView;

/// A page that may still have to come.
pub type Coming = Pin<Box<dyn Future<Output = Result<Draw, Failure>>>>;

/// Shows a page once its code is here.
pub fn page(fetch: fn() -> Coming) -> AnyView {
    let fetch = move |_| async move {
        match fetch().await {
            // A server that answers, and has no such code, has moved on since this page was opened.
            Err(Failure::Offline) => Err(api::session::read().await.err().unwrap_or(Failure::OldPage)),
            page => page,
        }
    };
    view! { <Load fetch=fetch children=|draw: Draw| draw()/> }.into_any()
}

/// Draws what nobody waits for once its code is here, some time after the page. Until it comes it is asked for again.
pub fn in_time(fetch: fn() -> Coming) -> AnyView {
    let part = RwSignal::new(None::<Draw>);
    let ask = move || {
        if part.with_untracked(Option::is_none) {
            spawn_local(async move {
                if let Ok(draw) = fetch().await {
                    part.try_set(Some(draw));
                }
            });
        }
    };
    if let Ok(asking) = set_interval_with_handle(ask, SOME_TIME) {
        on_cleanup(move || asking.clear());
    }
    (move || part.get().map(|draw| draw())).into_any()
}

/// After this the first screen has come on any connection.
const SOME_TIME: Duration = Duration::from_secs(20);

/// A page in one of the program's further files: `later!(plan, PlanPage)`; or `later!(in_time, …)` for what no page is.
#[macro_export]
macro_rules! later {
    ($file:ident, $page:path) => {
        $crate::later!(page, $file, $page)
    };
    ($draw:ident, $file:ident, $page:path) => {{
        #[wasm_split_helpers::wasm_split($file, fallible)]
        fn part() -> Result<$crate::later::Draw, $crate::api::Failure> {
            Ok(|| leptos::prelude::IntoAny::into_any($page()))
        }
        || $crate::later::$draw(|| Box::pin(part()))
    }};
}
