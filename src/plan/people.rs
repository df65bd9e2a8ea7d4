//! Everybody in the plan, as people.

use contract::PlanMember;
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{i18n::written, meetings, tr, words};

/// The people, the one to turn to first.
pub fn people_list(mut people: Vec<PlanMember>) -> AnyView {
    people.sort_by_key(|member| !member.is_contact_person);
    let lines = people.into_iter().enumerate().map(|(at, member)| person(at, member)).collect_view();
    view! { <ul class="rt-people rt-people--two">{lines}</ul> }.into_any()
}

fn person(at: usize, member: PlanMember) -> AnyView {
    let employee = member.employee;
    let initials: String =
        employee.name.as_str().split_whitespace().filter_map(|part| part.chars().next()).take(2).collect();
    let (unit, area) = (employee.unit.as_str(), words::area(employee.area));
    let role = format!("{}, {unit}", words::capital(employee.role.as_str()));
    let role = if unit.to_lowercase() == area.to_lowercase() { role } else { format!("{role} · {area}") };
    let phone = employee.phone.map(|phone| view! { <p>{meetings::call(phone.as_str())}</p> });
    let mail = employee.mail.map(|mail| view! { <p>{meetings::mail(mail.as_str())}</p> });
    view! {
        <li class="rt-person">
            <span class=format!("rt-person__mark rt-person__mark--{}", at % 6 + 1) aria-hidden="true">{initials}</span>
            <div>
                <p class="rt-person__name">
                    {employee.name.as_str().to_owned()}
                    {member.is_contact_person.then(|| view! { " " <span class="rt-tag">{tr!(plan.contact_person)}</span> })}
                </p>
                <p class="rt-person__role">{role}</p>
                {employee.role_line.map(|line| view! { <p class="rt-person__role">{line.as_str().to_owned()}</p> })}
                {member.why.map(|why| view! { <p class="rt-person__why" lang=written()>{why}</p> })}
                {phone}
                {mail}
            </div>
        </li>
    }
    .into_any()
}
