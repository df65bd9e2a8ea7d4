//! "Det, vi har om dig": everything that is kept about the citizen, to be read here or stored as a file, and what was deleted.

use contract::{
    DeletedKind, Deletion, DeletionReason, Kept, MyData, MyOpening, MyReceipt, MySession, OpenedKind, paths,
    paths::Subject,
};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    api,
    load::Load,
    route, tr,
    ui::{Notice, Page},
    when, words,
};

mod case;
mod facts;

use facts::{number, section, sentence, unfolded};

/// The page.
#[component]
pub fn DataPage() -> impl IntoView {
    view! {
        <Load fetch=|abort| api::data::read(abort) children=|data: MyData| view! {
            <Page title=tr!(data.title) lead=tr!(data.lead) back=(route::PROFILE.to_owned(), tr!(data.back).to_owned())>
                {whole(data)}
            </Page>
        }/>
    }
}

fn whole(data: MyData) -> AnyView {
    let made = tr!(data.made_at, when = when::moment(data.made_at));
    let MyData {
        citizen,
        employees,
        openings,
        history,
        looks,
        cpr,
        sessions,
        logins,
        receipts,
        representatives,
        cases,
        copies,
        deletions,
        kept,
        ..
    } = data;
    let logins = logins
        .into_iter()
        .map(|login| sentence(tr!(data.login, who = login.issuer, when = when::moment(login.made_at))));
    let sessions = sessions.iter().map(session).chain(logins).collect();
    let cases =
        cases.into_iter().map(|case| sentence(tr!(data.case, name = case.name, until = when::date(case.until))));
    let cases = cases.collect();
    let days = looks.chunk_by(|one, other| one.day == other.day).count();
    let traces = vec![
        linked(tr!(data.history_count, count = history.len()), route::HISTORY, tr!(data.history_link)),
        linked(
            tr!(data.representatives_count, count = representatives.len()),
            route::REPRESENTATIVES,
            tr!(data.representatives_link),
        ),
        linked(tr!(data.looks_count, count = days), route::LOOKS, tr!(data.looks_link)),
        unfolded(tr!(data.openings_count, count = openings.len()), openings.iter().map(opening).collect()),
        unfolded(tr!(data.receipts_count, count = receipts.len()), receipts.iter().map(receipt).collect()),
        unfolded(
            tr!(data.copies_count, count = copies.len()),
            copies.iter().map(|copy| when::moment(copy.at)).collect(),
        ),
    ];
    view! {
        <p class="rt-muted">{made}</p>
        <div class="rt-actions">
            <a class="rt-button" href=paths::data(Subject::Me) download="roed-traad-mine-data.json" rel="external">{tr!(data.download)}</a>
        </div>
        <p>{tr!(data.download_note)}</p>
        {case::sections(citizen, cpr, &employees, !representatives.is_empty())}
        {section("cases", tr!(data.cases), cases)}
        {section("sessions", tr!(data.sessions), sessions)}
        <p>{tr!(data.sessions_note)}</p>
        {section("traces", tr!(data.traces), traces)}
        {deleted(deletions)}
        {how_long(kept)}
        <Notice kind="info" title=tr!(data.not_here) text=tr!(data.not_here_text)/>
    }
    .into_any()
}

fn linked(words: String, href: &'static str, name: &'static str) -> AnyView {
    view! { <li><p>{words} " " <a href=href>{name}</a></p></li> }.into_any()
}

fn opening(opening: &MyOpening) -> String {
    let what = match opening.kind {
        OpenedKind::Goal => tr!(data.opened_goal),
        OpenedKind::Topic => tr!(data.opened_topic),
        OpenedKind::Step => tr!(data.opened_step),
        OpenedKind::Comment => tr!(data.opened_comment),
        OpenedKind::Minutes => tr!(data.opened_minutes),
    };
    tr!(data.opening, what = what, who = words::who(&opening.by, true), when = when::moment(opening.at))
}

fn receipt(receipt: &MyReceipt) -> String {
    tr!(data.receipt, number = receipt.number.clone(), when = when::moment(receipt.at))
}

fn session(session: &MySession) -> AnyView {
    let (since, used) = (when::moment(session.made_at), when::moment(session.seen_at));
    let words = tr!(data.session, since = since, used = used);
    sentence(if session.is_this { format!("{words} {}", tr!(data.this_session)) } else { words })
}

/// "Det er slettet": when, what and how many.
fn deleted(deletions: Vec<Deletion>) -> AnyView {
    let told = deletions.into_iter().map(|note| {
        let count = note.count;
        let is_one = when::is_one(usize::try_from(count).unwrap_or(usize::MAX));
        let what = match (note.kind, is_one) {
            (DeletedKind::Draft, true) => tr!(data.draft_single, count = count),
            (DeletedKind::Draft, false) => tr!(data.draft_several, count = count),
            (DeletedKind::Receipt, true) => tr!(data.receipt_single, count = count),
            (DeletedKind::Receipt, false) => tr!(data.receipt_several, count = count),
        };
        let why = match note.reason {
            DeletionReason::Retention => tr!(data.reason_retention),
            DeletionReason::ThrownAway => tr!(data.reason_thrown_away),
        };
        sentence(tr!(data.deleted_line, when = when::moment(note.at), what = what, why = why))
    });
    section("deleted", tr!(data.deleted), told.collect())
}

fn how_long(kept: Kept) -> AnyView {
    let receipts = match kept.receipt_days {
        0 => tr!(data.kept_receipts_case).to_owned(),
        days => tr!(data.kept_receipts, days = days),
    };
    let lines = vec![
        sentence(tr!(data.kept_drafts, days = kept.draft_days)),
        sentence(receipts),
        sentence(tr!(data.kept_looks, years = kept.audit_years)),
        sentence(tr!(data.kept_case).to_owned()),
    ];
    number("kept", tr!(data.kept).to_owned(), lines)
}
