//! Looks that the citizen sees later, where somebody may come to harm: what it means, until when, and a way to end it.

use contract::time::civil;
use contract::{CaseFile, CitizenId, DelayGround, LookDelay, LookDelayId, NewLookDelay};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    api::{self, Failure},
    form::{Form, date_parts, date_shown, limit},
    i18n::written,
    load::Reload,
    save::{Save, SaveState, SaveStatus},
    tr,
    ui::{DateField, DateInput, Field, Radios, TextArea, leaving},
    when, words,
};

/// Nothing for who may neither give nor know of one.
pub fn part(file: &CaseFile) -> Option<AnyView> {
    let (citizen, today) = (file.citizen.id, file.today);
    let delay = file.look_delay.clone();
    let longest = file.longest_delay;
    if delay.is_none() && longest.is_none() {
        return None;
    }
    let on = delay.clone().map(|delay| running(&delay));
    let form = longest.map(|longest| view! { <DelayForm citizen=citizen today=today longest=longest delay=delay/> });
    let is_on = on.is_some();
    let part = view! {
        <section class="rt-section" id="look-delay" tabindex="-1" aria-label=tr!(staff_delay.title)>
            {on}
            {form.map(|form| view! {
                <details class="rt-details">
                    <summary>{if is_on { tr!(staff_delay.change) } else { tr!(staff_delay.title) }}</summary>
                    <div>{form}</div>
                </details>
            })}
        </section>
    };
    Some(part.into_any())
}

fn running(delay: &LookDelay) -> AnyView {
    let until = tr!(staff_delay.is_on, date = when::date(delay.until));
    let ground = tr!(staff_delay.by, ground = ground_words(delay.ground), who = words::who(&delay.by, false));
    let reason = delay.reason.clone();
    view! {
        <p><span class="rt-tag rt-tag--must">{tr!(staff_delay.tag)}</span> " " {until}</p>
        <p>{ground}</p>
        {reason.map(|reason| view! { <blockquote class="rt-words" lang=written()><p>{reason}</p></blockquote> })}
    }
    .into_any()
}

#[component]
fn DelayForm(citizen: CitizenId, today: civil::Date, longest: civil::Date, delay: Option<LookDelay>) -> impl IntoView {
    let reload = Reload::take();
    let (form, save) = (Form::new(), Save::new());
    let known = delay.as_ref().map(|delay| (delay.id, delay.version));
    let (id, version) = (known.map_or_else(LookDelayId::make, |known| known.0), known.map(|known| known.1));
    let ground = Field::new("delay-ground", delay.as_ref().map_or("", |delay| ground_value(delay.ground)));
    let reason = Field::new("delay-reason", delay.as_ref().and_then(|delay| delay.reason.clone()).unwrap_or_default());
    let until = DateInput::new("delay-until", delay.as_ref().map(|delay| date_shown(delay.until)));
    let grounds = [DelayGround::Violence, DelayGround::ChildProtection];
    let grounds = grounds.map(|ground| (ground_value(ground).to_owned(), ground_words(ground).to_owned())).to_vec();
    let first = reason.text();
    let is_gone = StoredValue::new(false);
    leaving::guard(
        move || {
            is_gone.try_get_value() == Some(false) && reason.value.try_get_untracked().is_some_and(|text| text != first)
        },
        tr!(staff_closed.leave).to_owned(),
    );
    Effect::new(move |_| {
        if let SaveState::Failed(Failure::Problem(problem)) = save.state() {
            form.refused(&problem, &[("reason", reason)]);
        }
    });
    let done = move || {
        is_gone.try_set_value(true);
        reload.then_focus("look-delay");
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let mut check = form.check();
        let (ground, reason) = (check.chosen(ground), check.required(reason));
        let day = check.date(until).filter(|day| {
            let is_within = (ordered(today)..=ordered(longest)).contains(&ordered(*day));
            if !is_within {
                check.fail_date(until, tr!(staff_delay.until_wrong, date = when::date(longest)));
            }
            is_within
        });
        let (true, Some(ground), Some(reason), Some(until)) = (check.done(), ground, reason, day) else { return };
        let body = NewLookDelay { ground: ground_of(&ground), reason, until };
        save.run(
            move || {
                let body = body.clone();
                async move { api::staff::delay_looks(citizen, id, version, &body).await }
            },
            move |()| done(),
        );
    };
    let end = move |_| {
        let Some((id, version)) = known else { return };
        save.run(move || async move { api::staff::end_look_delay(citizen, id, version).await }, move |()| done());
    };
    view! {
        {form.summary()}
        <form class="rt-form" novalidate on:submit=submit aria-label=tr!(staff_delay.title)>
            <p>{tr!(staff_delay.means)}</p>
            <p>{tr!(staff_delay.means_not)}</p>
            <p>{tr!(staff_delay.means_from)}</p>
            <Radios field=ground legend=tr!(staff_delay.ground) options=grounds/>
            <TextArea field=reason label=tr!(staff_delay.reason) hint=tr!(staff_delay.reason_hint) limit=limit(4000)/>
            <DateField input=until legend=tr!(staff_delay.until) hint=tr!(staff_delay.until_hint, date = when::date(longest)) parts=date_parts()/>
            <SaveStatus save=save/>
            <div class="rt-actions">
                <button class="rt-button rt-button--secondary" type="submit" aria-busy=move || save.is_busy().then_some("true")>
                    {if known.is_some() { tr!(staff_delay.save) } else { tr!(staff_delay.give) }}
                </button>
                {known.map(|_| view! {
                    <button class="rt-button rt-button--quiet" type="button" on:click=end>{tr!(staff_delay.end)}</button>
                })}
            </div>
        </form>
    }
}

/// A day, to be compared: the browser's calendar only carries what the server wrote.
fn ordered(day: civil::Date) -> (i16, i8, i8) {
    (day.year(), day.month(), day.day())
}

fn ground_value(ground: DelayGround) -> &'static str {
    match ground {
        DelayGround::Violence => "violence",
        DelayGround::ChildProtection => "child_protection",
    }
}

fn ground_of(value: &str) -> DelayGround {
    if value == "violence" { DelayGround::Violence } else { DelayGround::ChildProtection }
}

fn ground_words(ground: DelayGround) -> &'static str {
    match ground {
        DelayGround::Violence => tr!(staff_delay.violence),
        DelayGround::ChildProtection => tr!(staff_delay.child_protection),
    }
}
