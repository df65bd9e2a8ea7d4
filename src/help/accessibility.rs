use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::list;
use crate::{route, session::Current, tr, ui::Page};

/// What works for everybody, what does not yet, and whom to tell; until the municipality has published its statement.
#[component]
pub fn AccessibilityPage() -> impl IntoView {
    let municipality = Current::take().municipality();
    let call = format!("tel:{}", municipality.phone.replace(' ', ""));
    let write = format!("mailto:{}", municipality.mail);
    let works = [
        tr!(help.works_keyboard),
        tr!(help.works_zoom),
        tr!(help.works_reader),
        tr!(help.works_colour),
        tr!(help.works_plain),
        tr!(help.works_time),
    ];
    let tested = [tr!(help.tested_axe), tr!(help.tested_keyboard), tr!(help.tested_zoom), tr!(help.tested_plain)];
    let gaps = [tr!(help.gap_people), tr!(help.gap_reader), tr!(help.gap_words), tr!(help.gap_languages)];
    view! {
        <Page
            title=tr!(help.access_title)
            lead=tr!(help.access_lead)
            back=(route::HELP.to_owned(), tr!(help.title).to_owned())
        >
            <p>{tr!(help.access_status, name = municipality.name.clone())}</p>
            {list("works", tr!(help.works), &works)}
            {list("tested", tr!(help.tested), &tested)}
            {list("gaps", tr!(help.gaps), &gaps)}
            <section class="rt-section" aria-labelledby="tell">
                <h2 id="tell">{tr!(help.tell)}</h2>
                <p>{tr!(help.tell_text)}</p>
                <p><a class="rt-link" href=call>{municipality.phone.clone()}</a> " · " {municipality.phone_hours.clone()}</p>
                <p><a class="rt-link" href=write>{municipality.mail.clone()}</a></p>
            </section>
            <section class="rt-section" aria-labelledby="authority">
                <h2 id="authority">{tr!(help.authority)}</h2>
                <p>{tr!(help.authority_text)}</p>
                <p><a class="rt-link" href="https://digst.dk/" rel="external">{tr!(help.authority_link)}</a></p>
            </section>
        </Page>
    }
}
