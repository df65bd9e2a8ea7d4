//! The citizen's first screen: the next thing first.

use contract::time::civil;
use contract::{Employee, EventTarget, Home, MeetingSummary, OpenCase, Participant, PlanMember};
use leptos::{prelude::*, task::spawn_local};
use roed_traad_spa::markup::view;

use crate::{
    api, frame,
    history::sentence,
    i18n,
    load::Load,
    meetings,
    plan::steps_list,
    route,
    session::{Current, is_own_case},
    tr,
    ui::{Empty, Icon, Page},
    when,
};

/// So many are shown; the rest stands in the history.
const NEWS: usize = 5;

/// The first screen.
#[component]
pub fn HomePage() -> impl IntoView {
    view! { <Load fetch=api::meetings::home children=|home| view! { <Overview home=home/> }/> }
}

#[component]
fn Overview(home: Home) -> impl IntoView {
    let (seen, looks) = (home.last_event, home.last_look);
    // Said after it has been shown, so that a page that never arrived leaves the news new.
    Effect::new(move |_| {
        if is_own_case() {
            spawn_local(async move { drop(api::meetings::visit(seen, looks).await) });
        }
    });
    let today = home.today;
    // When the citizen was here last is nobody else's business.
    let news = is_own_case().then(|| news(&home));
    let title = if is_own_case() { tr!(home.hello, name = home.name) } else { tr!(home.case_of, name = home.name) };
    let others = if is_own_case() { Current::take().cases() } else { Vec::new() };
    view! {
        <Page title=title window_title=tr!(app.home) class="rt-page rt-page--thread">
            {match home.next_meeting {
                Some(meeting) => next_meeting(meeting, home.participants, home.draft_count, today),
                None => view! { <Empty icon="calendar" title=tr!(home.no_meeting) text=tr!(home.no_meeting_text)>
                    <a class="rt-button" href=route::PREPARE>{tr!(home.write_anyway)}</a>
                </Empty> }.into_any(),
            }}
            {section("steps", tr!(home.my_steps), if home.my_steps.is_empty() {
                view! { <p class="rt-muted">{tr!(home.no_steps)}</p> }.into_any()
            } else {
                steps_list(home.my_steps, today)
            })}
            {(!home.promises.is_empty()).then(|| section("promises", tr!(home.promises), steps_list(home.promises, today)))}
            {news.map(|news| section("news", tr!(home.news), news))}
            {home.contact_person.map(|person| section("contact", tr!(home.contact), contact(person)))}
            {(!others.is_empty()).then(|| section("others", tr!(home.others), cases(others)))}
            <div class="rt-actions">
                <a class="rt-button rt-button--secondary" href=route::PLAN>
                    {if home.has_plan { tr!(home.see_plan) } else { tr!(home.begin_plan) }}
                </a>
            </div>
        </Page>
    }
}

fn next_meeting(meeting: MeetingSummary, people: Vec<Participant>, drafts: u32, today: civil::Date) -> AnyView {
    let (id, time) = (meeting.id, meeting.time);
    let away = when::days_from(today, time.local_start.date());
    let names = people.into_iter().map(|person| person.name).collect::<Vec<_>>().join(", ");
    let can_prepare = !meeting.is_cancelled && !meeting.has_begun;
    let eyebrow = if meeting.is_cancelled {
        tr!(home.cancelled_meeting).to_owned()
    } else {
        format!("{} · {away}", tr!(home.next_meeting))
    };
    let at = when::full(&time);
    let at = if meeting.is_cancelled { view! { <s>{at}</s> }.into_any() } else { at.into_any() };
    let prepare = if drafts > 0 { tr!(home.finish) } else { tr!(home.prepare) };
    view! {
        <section class="rt-card rt-card--next" aria-labelledby="next">
            <p class="rt-card__eyebrow">{eyebrow}</p>
            <h2 id="next" lang=i18n::written()>{meeting.purpose.clone()}</h2>
            {meetings::changed(&meeting)}
            <dl class="rt-facts">
                <div><dt><Icon name="calendar"/>{tr!(home.when)}</dt><dd>{at}</dd></div>
                {(!names.is_empty()).then(|| view! { <div><dt><Icon name="people"/>{tr!(home.who)}</dt><dd>{names}</dd></div> })}
                <div><dt><Icon name="place"/>{tr!(home.wherever)}</dt><dd>{meetings::place_line(&meeting)}</dd></div>
                {(meeting.sent_count > 0).then(|| view! { <div><dt><Icon name="check"/>{tr!(home.sent)}</dt><dd>{meetings::sent_count(meeting.sent_count)}</dd></div> })}
            </dl>
            {(drafts > 0).then(|| view! { <p>{tr!(home.drafts)}</p> })}
            <div class="rt-actions">
                {can_prepare.then(|| view! { <a class="rt-button" href=route::prepare(id)>{prepare}</a> })}
                <a class="rt-button rt-button--quiet" href=route::meeting(id)>{tr!(home.see_meeting)}</a>
            </div>
        </section>
    }
    .into_any()
}

/// Those whom the citizen may act for.
fn cases(cases: Vec<OpenCase>) -> AnyView {
    let line = |OpenCase { citizen, name, until, .. }| {
        view! {
            <li>
                <p>{tr!(home.others_until, name = String::clone(&name), day = when::date(until))}</p>
                <button class="rt-button rt-button--secondary" type="button" on:click=move |_| frame::turn_to(citizen)>
                    {tr!(home.see_case, name = name)}
                </button>
            </li>
        }
    };
    view! { <ul class="rt-list rt-list--plain">{cases.into_iter().map(line).collect_view()}</ul> }.into_any()
}

/// The one to turn to.
fn contact(person: PlanMember) -> AnyView {
    let Employee { name, role_line, unit, phone, .. } = person.employee;
    view! {
        <p><strong>{name.as_str().to_owned()}</strong>", " {unit.as_str().to_owned()}</p>
        {role_line.map(|line| view! { <p class="rt-muted">{line.as_str().to_owned()}</p> })}
        {phone.map(|phone| view! { <p><Icon name="phone"/> " " {meetings::call(phone.as_str())}</p> })}
    }
    .into_any()
}

fn news(home: &Home) -> AnyView {
    let (events, has_more) = (&home.news, home.has_more_news);
    if events.is_empty() && !home.has_new_looks {
        let nothing = if home.is_first_visit { tr!(home.first_visit) } else { tr!(home.no_news) };
        return view! { <p class="rt-muted">{nothing}</p> }.into_any();
    }
    let line = |event: &contract::Event| {
        let words = sentence(event, true);
        let to = event.meeting.filter(|_| matches!(event.target, EventTarget::Meeting | EventTarget::Minutes));
        let link = to.map(|meeting| {
            let name =
                if event.target == EventTarget::Minutes { tr!(home.read_minutes) } else { tr!(home.read_meeting) };
            view! { " " <a class="rt-link" href=route::meeting(meeting)>{name}</a> }
        });
        view! { <li>{words}{link}</li> }
    };
    let lines = events.iter().take(NEWS).map(line).collect_view();
    let has_more = has_more || events.len() > NEWS;
    view! {
        <ul class="rt-list rt-list--plain">
            {lines}
            {home.has_new_looks.then(|| view! {
                <li>{tr!(home.new_looks)} " " <a class="rt-link" href=route::LOOKS>{tr!(home.see_looks)}</a></li>
            })}
        </ul>
        {has_more.then(|| view! { <p><a class="rt-link" href=route::HISTORY>{tr!(home.more_news)}</a></p> })}
    }
    .into_any()
}

fn section(id: &'static str, title: &'static str, content: AnyView) -> AnyView {
    view! { <section class="rt-section" aria-labelledby=id><h2 id=id>{title}</h2>{content}</section> }.into_any()
}
