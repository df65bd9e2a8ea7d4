//! The unit that somebody leads: who has how many citizens, and what waits. Names and numbers, no content.

use contract::{CaseCitizen, Team, TeamMember};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    api,
    cases::parts::{both_names, new_count},
    load::Load,
    route, tr,
    ui::Page,
    words,
};

/// The page.
#[component]
pub fn TeamPage() -> impl IntoView {
    view! { <Load fetch=api::staff::team children=team/> }
}

fn team(team: Team) -> AnyView {
    view! {
        <Page title=tr!(staff_team.title) lead=tr!(staff_team.lead, unit = team.unit)>
            {team.members.into_iter().map(member).collect_view()}
        </Page>
    }
    .into_any()
}

fn member(member: TeamMember) -> AnyView {
    let id = format!("member-{}", member.employee.id);
    let unopened: u32 = member.citizens.iter().map(|citizen| citizen.unopened).sum();
    let numbers = [
        (tr!(staff_team.citizens), member.citizens.len().to_string()),
        (tr!(staff_team.coming), member.coming.to_string()),
        (tr!(staff_team.waiting), member.waiting.to_string()),
        (tr!(staff_team.unopened), unopened.to_string()),
    ];
    let number = |(name, count): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{count}</dd></div> };
    let citizens = (!member.citizens.is_empty()).then(|| {
        view! {
            <details class="rt-details">
                <summary>{tr!(staff_team.show_citizens)}</summary>
                <div><ul class="rt-list">{member.citizens.into_iter().map(citizen).collect_view()}</ul></div>
            </details>
        }
    });
    let role = words::capital(member.employee.role.as_str());
    view! {
        <section class="rt-section" aria-labelledby=id.clone()>
            <h2 id=id>{member.employee.name.as_str().to_owned()}</h2>
            <p class="rt-muted">{role}</p>
            <dl class="rt-facts rt-facts--long">{numbers.into_iter().map(number).collect_view()}</dl>
            {citizens}
        </section>
    }
    .into_any()
}

/// A name, and the way in: with a reason.
fn citizen(citizen: CaseCitizen) -> AnyView {
    view! {
        <li>
            <a href=route::staff::reason(citizen.id)>
                <span class="rt-list__title">{both_names(&citizen)}</span>
                <span class="rt-list__meta">{tr!(staff_team.open)}</span>
            </a>
            {new_count(citizen.unopened)}
        </li>
    }
    .into_any()
}
