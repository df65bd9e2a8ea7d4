//! Who comes: somebody from the directory or somebody else, and why.

use contract::{Employee, EmployeeId, Invited, Meeting, NewParticipant, ParticipantId};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    cases::parts::{employee_options, nothing},
    form::Check,
    tr,
    ui::{Field, Select, TextField, focus},
};

const OTHER: &str = "other";

/// One row.
#[derive(Clone, Copy)]
pub struct Person {
    id: ParticipantId,
    /// An employee's id, `other`, or nothing chosen yet.
    who: Field,
    name: Field,
    role: Field,
    why: Field,
}

impl Person {
    /// A row with its own ids.
    pub fn new(id: ParticipantId, employee: Option<EmployeeId>, name: &str, role: &str, why: &str) -> Self {
        let who = match employee {
            Some(employee) => employee.to_string(),
            None if name.is_empty() => String::new(),
            None => OTHER.to_owned(),
        };
        Self {
            id,
            who: Field::new(format!("who-{id}"), who),
            name: Field::new(format!("name-{id}"), name),
            role: Field::new(format!("role-{id}"), role),
            why: Field::new(format!("why-{id}"), why),
        }
    }

    /// All that is typed.
    pub fn typed(self) -> Vec<String> {
        vec![self.id.to_string(), self.who.text(), self.name.text(), self.role.text(), self.why.text()]
    }

    /// Why the person comes: the field at which a fault is told.
    pub fn why(self) -> Field {
        self.why
    }

    /// Reads it.
    pub fn check(self, check: &mut Check) -> Option<NewParticipant> {
        let chosen = check.chosen(self.who);
        let who = match chosen.as_deref() {
            Some(OTHER) => {
                let (name, role) = (check.required(self.name), check.optional(self.role));
                name.zip(role).map(|(name, role)| Invited::Other { name, role })
            }
            Some(id) => id.parse().ok().map(|employee| Invited::Employee { employee }),
            None => None,
        };
        let why = check.required(self.why);
        Some(NewParticipant { id: self.id, who: who?, why: why? })
    }
}

/// The rows of a meeting.
pub fn rows(meeting: &Meeting) -> Vec<Person> {
    meeting
        .participants
        .iter()
        .map(|person| {
            let role = person.role.as_deref().unwrap_or_default();
            Person::new(person.id, person.employee, &person.name, role, &person.why)
        })
        .collect()
}

/// Those who can be chosen, each with the words that say who it is.
pub type Options = StoredValue<Vec<(String, String)>>;

/// Nobody yet, the directory, somebody else.
pub fn options(employees: &[Employee]) -> Options {
    let mut options = vec![(String::new(), tr!(staff_arrange.choose_person).to_owned())];
    options.extend(employee_options(employees));
    options.push((OTHER.to_owned(), tr!(staff_arrange.other_person).to_owned()));
    StoredValue::new(options)
}

/// Who comes and why, as it is told where two versions stand side by side.
pub fn told(person: &NewParticipant, options: Options) -> String {
    let who = match &person.who {
        Invited::Employee { employee } => options.with_value(|options| {
            let id = employee.to_string();
            options.iter().find(|(known, _)| *known == id).map(|(_, words)| words.clone()).unwrap_or_default()
        }),
        Invited::Other { name, role: Some(role) } => format!("{}, {}", name.as_str(), role.as_str()),
        Invited::Other { name, role: None } => name.as_str().to_owned(),
    };
    format!("{who}: {}", person.why.as_str())
}

/// The rows with their buttons.
#[component]
pub fn PeopleRows(people: RwSignal<Vec<Person>>, options: Options) -> impl IntoView {
    let add = move |_| {
        let person = Person::new(ParticipantId::make(), None, "", "", "");
        people.update(|people| people.push(person));
        focus::on_id(&person.who.id());
    };
    let row = move |person: Person| {
        let remove = move |_| {
            people.update(|people| people.retain(|other| other.id != person.id));
            focus::on_id("add-person");
        };
        let at =
            move || people.with(|people| people.iter().position(|other| other.id == person.id).map_or(0, |at| at + 1));
        let legend = move || tr!(staff_arrange.person, number = at());
        view! {
            <fieldset class="rt-card">
                <legend class="form-label">{legend}</legend>
                <div class="rt-form__row">
                    <Select field=person.who label=tr!(staff_arrange.who) options=options.get_value()/>
                    <TextField field=person.why label=tr!(staff_arrange.why) hint=tr!(staff_arrange.why_hint)/>
                </div>
                {move || person.who.value.with(|who| who == OTHER).then(|| view! {
                    <div class="rt-form__row">
                        <TextField field=person.name label=tr!(staff_arrange.name)/>
                        <TextField field=person.role label=tr!(staff_arrange.role) optional=tr!(form.optional)/>
                    </div>
                })}
                <button type="button" class="rt-link-button" on:click=remove>
                    {tr!(staff_arrange.remove)} <span class="rt-hidden">{move || format!(" {}", legend())}</span>
                </button>
            </fieldset>
        }
        .into_any()
    };
    view! {
        {move || people.with(Vec::is_empty).then(|| nothing(tr!(staff_arrange.no_people)))}
        <For each=move || people.get() key=|person| person.id children=row/>
        <button type="button" id="add-person" class="rt-button rt-button--secondary rt-button--small" on:click=add>
            {tr!(staff_arrange.add_person)}
        </button>
    }
}
