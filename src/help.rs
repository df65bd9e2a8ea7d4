//! Questions and answers in plain words, the accessibility statement, and what is kept about people. Open to everybody.

use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{route, session::Current, tr, ui::Page, words};

mod accessibility;
mod privacy;

pub use accessibility::AccessibilityPage;
pub use privacy::PrivacyPage;

/// Questions and answers.
#[component]
pub fn HelpPage() -> impl IntoView {
    let municipality = Current::take().municipality();
    let phone = municipality.phone.clone();
    let questions = [
        (tr!(help.what), vec![tr!(help.what_1).to_owned(), tr!(help.what_2).to_owned()]),
        (
            tr!(help.notice),
            vec![tr!(help.notice_1, channel = municipality.official_channel.clone()), tr!(help.notice_2).to_owned()],
        ),
        (tr!(help.who_sees), vec![tr!(help.who_sees_1).to_owned(), tr!(help.who_sees_2).to_owned()]),
        (
            tr!(help.drafts),
            vec![tr!(help.drafts_1).to_owned(), tr!(help.drafts_2, days = Current::take().draft_days())],
        ),
        (tr!(help.opened), vec![tr!(help.opened_1).to_owned()]),
        (tr!(help.take_back), vec![tr!(help.take_back_1).to_owned()]),
        (
            tr!(help.cannot_come),
            vec![tr!(help.cannot_come_1, phone = phone.clone()), tr!(help.cannot_come_2).to_owned()],
        ),
        (
            tr!(help.ill),
            vec![tr!(help.ill_1, channel = municipality.reporting_channel.clone()), tr!(help.ill_2).to_owned()],
        ),
        (tr!(help.companion), vec![tr!(help.companion_1).to_owned(), tr!(help.companion_2).to_owned()]),
        (
            tr!(help.disagree),
            vec![
                tr!(help.disagree_1).to_owned(),
                tr!(help.disagree_2, deadline = municipality.complaint_deadline.clone(), phone = phone.clone()),
                tr!(help.disagree_3).to_owned(),
            ],
        ),
        (tr!(help.language), vec![tr!(help.language_1).to_owned(), tr!(help.language_2, phone = phone.clone())]),
        (tr!(help.no_mitid), vec![tr!(help.no_mitid_1, phone = phone.clone())]),
        (tr!(help.network), vec![tr!(help.network_1).to_owned(), tr!(help.network_2).to_owned()]),
        (tr!(help.shared_computer), vec![tr!(help.shared_computer_1).to_owned()]),
    ];
    let number = phone.clone();
    let call = format!("tel:{}", phone.replace(' ', ""));
    let write = format!("mailto:{}", municipality.mail);
    view! {
        <Page title=tr!(help.title) lead=tr!(help.lead)>
            <section class="rt-section" aria-labelledby="contact">
                <h2 id="contact">{tr!(help.contact)}</h2>
                <p>{tr!(help.contact_text)}</p>
                <p><a class="rt-link" href=call>{phone}</a> " · " {municipality.phone_hours.clone()}</p>
                <p><a class="rt-link" href=write>{municipality.mail.clone()}</a></p>
            </section>
            <section class="rt-section" aria-labelledby="hard">
                <h2 id="hard">{tr!(help.hard)}</h2>
                <p>{tr!(help.hard_text)}</p>
                {words::safety_with(&municipality, None)}
            </section>
            <section class="rt-section" aria-labelledby="questions">
                <h2 id="questions">{tr!(help.questions)}</h2>
                <div>{questions.into_iter().map(|(question, answers)| details(question, answers, &number)).collect_view()}</div>
            </section>
            <a class="rt-more" href=route::WAS rel="external">{tr!(help.accessibility)}</a>
        </Page>
    }
}

fn list(id: &'static str, title: &'static str, lines: &[impl AsRef<str>]) -> AnyView {
    let lines = lines.iter().map(|line| view! { <li>{line.as_ref().to_owned()}</li> }).collect_view();
    view! {
        <section class="rt-section" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <ul class="rt-list rt-list--plain">{lines}</ul>
        </section>
    }
    .into_any()
}

fn details(question: &'static str, answers: Vec<String>, phone: &str) -> AnyView {
    let answers = answers.into_iter().map(|answer| view! { <p>{words::with_call(&answer, phone)}</p> }).collect_view();
    view! { <details class="rt-details"><summary>{question}</summary><div>{answers}</div></details> }.into_any()
}
