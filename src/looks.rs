//! "Hvem har set min sag": who at the municipality has looked, by day.

use contract::{Author, Look, LookedAt, Looks, Via};
use leptos::{prelude::*, task::spawn_local};
use roed_traad_spa::markup::view;

use crate::{
    api::{self, Failure},
    failure::FailureNotice,
    i18n::written,
    load::Load,
    route,
    session::Current,
    tr,
    ui::{Empty, Page, focus},
    when, words,
};

/// The page.
#[component]
pub fn LooksPage() -> impl IntoView {
    view! {
        <Load fetch=|abort| api::looks::read(None, Some(abort)) children=|looks: Looks| view! {
            <Page title=tr!(looks.title) lead=tr!(looks.lead) back=(route::PROFILE.to_owned(), tr!(looks.back).to_owned())>
                <Days looks=looks/>
                {why()}
            </Page>
        }/>
    }
}

/// The latest days, with a way to those before.
#[component]
fn Days(looks: Looks) -> impl IntoView {
    if looks.looks.is_empty() && looks.before.is_none() {
        return view! { <Empty icon="check" title=tr!(looks.empty) text=tr!(looks.empty_text)/> }.into_any();
    }
    let today = looks.today;
    let before = RwSignal::new(looks.before);
    let looks = RwSignal::new(looks.looks);
    let is_busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let older = Callback::new(move |()| {
        let Some(day) = before.get_untracked().filter(|_| !is_busy.get_untracked()) else { return };
        is_busy.set(true);
        failure.set(None);
        spawn_local(async move {
            match api::looks::read(Some(day), None).await {
                Ok(more) => {
                    let first = more.looks.first().map(|look| look.day);
                    before.try_set(more.before);
                    looks.try_update(|looks| looks.extend(more.looks));
                    if let Some(first) = first {
                        focus::on_id(&day_id(&first));
                    }
                }
                Err(problem) => drop(failure.try_set(Some(problem))),
            }
            is_busy.try_set(false);
        });
    });
    view! {
        {move || looks.with(|looks| {
            looks.chunk_by(|one, other| one.day == other.day).map(|looks| day(looks, today)).collect_view()
        })}
        {move || failure.get().map(|failure| view! { <FailureNotice failure=failure on_retry=older/> })}
        {move || before.get().is_some().then(|| view! {
            <div class="rt-actions">
                <button class="rt-button rt-button--secondary" type="button"
                    aria-busy=move || is_busy.get().then_some("true") on:click=move |_| older.run(())>
                    {tr!(looks.older)}
                </button>
            </div>
        })}
    }
    .into_any()
}

fn day_id(day: &contract::time::civil::Date) -> String {
    format!("day-{day}")
}

fn day(looks: &[Look], today: contract::time::civil::Date) -> AnyView {
    let Some(day) = looks.first().map(|look| look.day) else { return ().into_any() };
    let heading = format!("{} \u{b7} {}", words::capital(&when::date(day)), when::days_from(today, day));
    view! {
        <section class="rt-section" aria-labelledby=day_id(&day)>
            <h2 id=day_id(&day) tabindex="-1">{heading}</h2>
            <ul class="rt-thread">{looks.iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn row(look: &Look) -> AnyView {
    let did = look.at.iter().map(|at| sentence(*at)).collect::<Vec<_>>().join(" ");
    view! {
        <li>
            <time datetime=look.last_at.to_string()>{tr!(shared.clock, time = when::moment_hours(look.last_at))}</time>
            <p>
                <strong>{words::capital(&words::who(&look.by, true))}</strong>
                {look.is_contact_person.then(|| view! { " " <span class="rt-tag">{tr!(looks.contact_person)}</span> })}
            </p>
            {unit(look).map(|unit| view! { <p class="rt-muted">{unit}</p> })}
            <p>{did}</p>
            {(!look.reasons.is_empty()).then(|| view! {
                <p>{tr!(looks.reason)}</p>
                {look.reasons.iter().map(|reason| view! { <blockquote class="rt-words" lang=written()><p>{reason.clone()}</p></blockquote> }).collect_view()}
            })}
            {look.has_changed.then(|| view! { <p class="rt-muted">{tr!(looks.changed)}</p> })}
        </li>
    }
    .into_any()
}

/// Role and unit, where the name alone was said; which system.
fn unit(look: &Look) -> Option<String> {
    match (&look.by, &look.via) {
        (_, Some(Via::Operator)) => Some(tr!(looks.operator).to_owned()),
        (_, Some(Via::System { name })) => Some(name.clone()),
        (Author::Employee { name: Some(_), role, unit }, None) => Some(format!("{}, {unit}", words::capital(role))),
        _ => None,
    }
}

fn sentence(at: LookedAt) -> &'static str {
    match at {
        LookedAt::Brief => tr!(looks.brief),
        LookedAt::Meeting => tr!(looks.meeting),
        LookedAt::Plan => tr!(looks.plan),
        LookedAt::History => tr!(looks.history),
        LookedAt::Closed => tr!(looks.closed),
        LookedAt::File => tr!(looks.file),
        LookedAt::Copy => tr!(looks.copy),
        LookedAt::Loaded => tr!(looks.loaded),
        LookedAt::Cpr => tr!(looks.cpr),
        LookedAt::Register => tr!(looks.register),
        LookedAt::ContactPerson => tr!(looks.contact_sent),
    }
}

/// Who may look at all, and what to do when one wonders.
fn why() -> AnyView {
    let phone = Current::take().municipality().phone;
    view! {
        <section class="rt-section" aria-labelledby="why">
            <h2 id="why">{tr!(looks.why)}</h2>
            <p>{tr!(looks.why_text)}</p>
            <p>{words::with_call(&tr!(looks.wonder, phone = phone.clone()), &phone)}</p>
        </section>
    }
    .into_any()
}
