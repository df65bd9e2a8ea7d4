//! What has happened in a citizen's case, for employees.

use contract::{CitizenId, History, paths::Subject};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{api, cases::parts::at_citizen, history::HistoryView, load::Load, route, tr, ui::Page};

/// Everything that has happened in a case.
#[component]
pub fn HistoryPage() -> impl IntoView {
    at_citizen(|citizen| {
        let fetch = move |abort| api::plan::history(Subject::Citizen(citizen), None, abort);
        view! { <Load fetch=fetch children=move |history| whole(citizen, history)/> }.into_any()
    })
}

fn whole(citizen: CitizenId, history: History) -> AnyView {
    let back = (route::staff::citizen(citizen), tr!(staff_cases.to_citizen).to_owned());
    view! {
        <Page title=tr!(staff_cases.history) lead=tr!(staff_cases.history_lead) back=back>
            <HistoryView history=history citizen=Subject::Citizen(citizen)/>
        </Page>
    }
    .into_any()
}
