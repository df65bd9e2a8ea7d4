//! Pages whose code a phone fetches when somebody first opens one. `docs/decisions/0009-split.md` says why.

use std::pin::Pin;

use leptos::prelude::*;
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

/// A page in one of the program's further files: `later!(plan, PlanPage)`.
#[macro_export]
macro_rules! later {
    ($file:ident, $page:path) => {{
        #[wasm_split_helpers::wasm_split($file, fallible)]
        fn part() -> Result<$crate::later::Draw, $crate::api::Failure> {
            Ok(|| leptos::prelude::IntoAny::into_any($page()))
        }
        || $crate::later::page(|| Box::pin(part()))
    }};
}
