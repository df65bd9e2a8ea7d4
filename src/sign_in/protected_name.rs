use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::{back_for, comes_back};
use crate::{
    route,
    session::{self, Current},
    tr,
    ui::Page,
    words,
};

/// How a protected name is kept. Whoever has one is led here by a login, once, and goes on from here to where they were going.
#[component]
pub fn ProtectedNamePage() -> impl IntoView {
    let current = Current::take();
    let phone = current.municipality().phone;
    let next = if comes_back() { back_for(true) } else { None };
    let next = next.filter(|next| !next.starts_with(route::PROTECTED_NAME)).unwrap_or_else(|| route::HOME.to_owned());
    let acts = !current.cases().is_empty();
    let lines = [
        Some(tr!(sign_in.protected_seen)),
        Some(tr!(sign_in.protected_chosen)),
        acts.then_some(tr!(sign_in.protected_acting)),
        Some(tr!(sign_in.protected_mark)),
        Some(tr!(sign_in.protected_address)),
        Some(tr!(sign_in.protected_shared)),
    ];
    let lines = lines.into_iter().flatten().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <Page title=tr!(sign_in.protected_title) lead=tr!(sign_in.protected)>
            <ul class="rt-list rt-list--plain">{lines}</ul>
            <p>{words::with_call(&tr!(sign_in.protected_wrong, phone = phone.clone()), &phone)}</p>
            {session::is_own_case().then(|| view! { <p>{tr!(sign_in.protected_again)}</p> })}
            <div class="rt-actions"><a class="rt-button" href=next>{tr!(sign_in.protected_on)}</a></div>
        </Page>
    }
}
