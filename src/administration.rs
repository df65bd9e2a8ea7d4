//! Employees and settings, for administrators.

use contract::{Administered, Administration, EmployeeKind, Settings, Standing};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    api,
    load::Load,
    save::{Save, SaveStatus},
    session::Current,
    tr,
    ui::{Checkbox, Field, Page, Select},
    words,
};

const KINDS: [EmployeeKind; 3] = [EmployeeKind::Caseworker, EmployeeKind::TeamLead, EmployeeKind::Administrator];

/// The page.
#[component]
pub fn AdministrationPage() -> impl IntoView {
    let me = Current::take().signed_in().map(|person| person.actor);
    let whole = move |all: Administration| {
        let row = move |it: Administered| {
            let is_me = me == Some(contract::Actor::Employee(it.employee.id));
            view! { <Row it=it is_me=is_me/> }
        };
        view! {
            <Page title=tr!(staff_administration.title) lead=tr!(staff_administration.lead)>
                <section class="rt-section" aria-labelledby="employees">
                    <h2 id="employees">{tr!(staff_administration.employees)}</h2>
                    {all.employees.into_iter().map(row).collect_view()}
                </section>
                {settings(all.settings)}
            </Page>
        }
    };
    view! { <Load fetch=api::staff::administration children=whole/> }
}

/// One employee, and a form for what they may.
#[component]
fn Row(it: Administered, is_me: bool) -> impl IntoView {
    let id = it.employee.id;
    let kind = Field::new(format!("kind-{id}"), value(it.standing.kind));
    let has_left = RwSignal::new(it.standing.has_left);
    let shown = RwSignal::new(it.standing);
    let (save, is_saved) = (Save::new(), RwSignal::new(false));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let standing = Standing { kind: of_value(&kind.text()), has_left: has_left.get_untracked() };
        is_saved.set(false);
        save.run(
            move || async move { api::staff::stand(id, standing).await },
            move |()| {
                shown.try_set(standing);
                is_saved.try_set(true);
            },
        );
    };
    let name = it.employee.name.as_str().to_owned();
    let unit = format!("{}, {}", words::capital(it.employee.role.as_str()), it.employee.unit.as_str());
    let options = KINDS.map(|kind| (value(kind).to_owned(), kind_words(kind).to_owned())).to_vec();
    let summary = move || {
        let standing = shown.get();
        let left = if standing.has_left { format!(", {}", tr!(staff_administration.left)) } else { String::new() };
        format!("{} · {}{left}", name, kind_words(standing.kind))
    };
    view! {
        <details class="rt-details">
            <summary>{summary}</summary>
            <div>
                <p class="rt-muted">{unit}</p>
                {if is_me {
                    view! { <p>{tr!(staff_administration.is_me)}</p> }.into_any()
                } else {
                    view! {
                        <form class="rt-form" novalidate on:submit=submit>
                            <Select field=kind label=tr!(staff_administration.may) options=options/>
                            <Checkbox id=format!("left-{id}") label=tr!(staff_administration.has_left) hint=tr!(staff_administration.has_left_hint) checked=has_left/>
                            <SaveStatus save=save/>
                            <p role="status">{move || is_saved.get().then_some(tr!(staff_administration.saved))}</p>
                            <div class="rt-actions"><button class="rt-button" type="submit" aria-busy=move || save.is_busy().then_some("true")>{tr!(staff_administration.save)}</button></div>
                        </form>
                    }.into_any()
                }}
            </div>
        </details>
    }
}

/// What is set; it is changed elsewhere.
fn settings(settings: Settings) -> AnyView {
    let names = if settings.shows_employee_names { tr!(profile.yes) } else { tr!(profile.no) };
    let minutes = |count: u32| tr!(staff_administration.minutes, count = count);
    let rows = [
        (tr!(staff_administration.names), names.to_owned()),
        (tr!(staff_administration.citizen_idle), minutes(settings.citizen_idle_minutes)),
        (tr!(staff_administration.shared_idle), minutes(settings.shared_idle_minutes)),
        (tr!(staff_administration.employee_idle), minutes(settings.employee_idle_minutes)),
        (tr!(staff_administration.glass), minutes(settings.glass_minutes)),
        (tr!(staff_administration.audit), tr!(staff_administration.years, count = settings.audit_years)),
    ];
    let row = |(name, value): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let ground = |ground: contract::LegalGround| {
        let who = tr!(choices.ground, of = words::area(ground.of), to = words::area(ground.to));
        view! { <li><p>{who}</p><p class="rt-muted" lang="da">{ground.text}</p></li> }
    };
    view! {
        <section class="rt-section" aria-labelledby="settings">
            <h2 id="settings">{tr!(staff_administration.settings)}</h2>
            <p>{tr!(staff_administration.settings_text)}</p>
            <dl class="rt-facts rt-facts--long">{rows.into_iter().map(row).collect_view()}</dl>
            <ul class="rt-list">{settings.grounds.into_iter().map(ground).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn value(kind: EmployeeKind) -> &'static str {
    match kind {
        EmployeeKind::Caseworker => "caseworker",
        EmployeeKind::TeamLead => "team_lead",
        EmployeeKind::Administrator => "administrator",
    }
}

fn of_value(value: &str) -> EmployeeKind {
    KINDS.into_iter().find(|kind| self::value(*kind) == value).unwrap_or(EmployeeKind::Caseworker)
}

fn kind_words(kind: EmployeeKind) -> &'static str {
    match kind {
        EmployeeKind::Caseworker => tr!(staff_administration.caseworker),
        EmployeeKind::TeamLead => tr!(staff_administration.team_lead),
        EmployeeKind::Administrator => tr!(staff_administration.administrator),
    }
}
