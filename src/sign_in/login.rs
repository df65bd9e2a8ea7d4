use contract::LoginOffer;
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::{back, back_for, comes_back, said};
use crate::{frame, route, tr, ui::Checkbox};

/// The ways to the municipality's login. They are links: a browser lets no form lead to another site from here.
#[component]
pub fn Links(
    /// Who can.
    offer: LoginOffer,
) -> impl IntoView {
    let is_shared = RwSignal::new(false);
    let is_staff = back().is_some_and(|back| back.starts_with(route::staff::BASE));
    let link = move |is_citizen: bool, name: &'static str| {
        let back = back_for(is_citizen);
        // Whose login came to nothing was not here.
        let comes_back = back.is_some() && comes_back() && said(route::FAULT).is_none();
        let go = move |_| {
            if comes_back {
                frame::come_back();
            }
        };
        // The likelier one first to the eye.
        let class = if is_citizen == is_staff { "rt-button rt-button--secondary" } else { "rt-button" };
        view! {
            <a class=class rel="external" href=move || route::login(is_citizen, back.as_deref(), is_shared.get()) on:click=go>{name}</a>
        }
    };
    view! {
        <div class="rt-form">
            <Checkbox id="shared" label=tr!(sign_in.shared) hint=tr!(sign_in.shared_hint) checked=is_shared/>
            <div class="rt-actions">
                {offer.citizen.then(|| link(true, tr!(sign_in.citizen)))}
                {offer.employee.then(|| link(false, if offer.citizen { tr!(sign_in.employee) } else { tr!(sign_in.only_employee) }))}
            </div>
        </div>
    }
}
