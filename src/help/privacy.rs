use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::list;
use crate::{route, session::Current, tr, ui::Page, words};

/// What is kept about a person and who sees it; until the municipality has published its own page.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    let current = Current::take();
    let municipality = current.municipality();
    let phone = municipality.phone;
    let kept = [tr!(help.kept_case), tr!(help.kept_opened), tr!(help.kept_looks)];
    let drafts = tr!(help.seen_drafts, days = current.draft_days());
    let seen = [tr!(help.who_sees_1).to_owned(), tr!(help.who_sees_2).to_owned(), drafts];
    let device = [tr!(help.device_kept), tr!(help.device_others)];
    view! {
        <Page
            title=tr!(help.data_title)
            lead=tr!(help.data_lead)
            back=(route::HELP.to_owned(), tr!(help.title).to_owned())
        >
            <p>{tr!(help.data_status, name = municipality.name)}</p>
            {list("kept", tr!(help.kept), &kept)}
            {list("seen", tr!(help.who_sees), &seen)}
            {list("device", tr!(help.device), &device)}
            <section class="rt-section" aria-labelledby="rights">
                <h2 id="rights">{tr!(help.rights)}</h2>
                <p>{words::with_call(&tr!(help.rights_copy, phone = phone.clone()), &phone)}</p>
                <p>{tr!(help.rights_wrong)}</p>
                <p>{tr!(help.rights_complain)}</p>
                <p><a class="rt-link" href="https://www.datatilsynet.dk/" rel="external">{tr!(help.rights_link)}</a></p>
            </section>
        </Page>
    }
}
