//! Arranging, changing and cancelling a meeting.

use contract::{
    AgendaItem, CaseFile, CitizenId, Directory, Invited, Line, Meeting, MeetingId, NewAgendaItem, NewMeeting,
    NewParticipant, Participant, Prose, paths::Subject,
};
use leptos::prelude::*;
use roed_traad_spa::markup::view;
use web_sys::AbortSignal;

use crate::{
    api::{self, Failure},
    cases::parts::{at_citizen, at_meeting, back_to},
    load::Load,
    route, tr,
    ui::{Notice, Page},
    when,
};

mod agenda;
mod cancel;
mod conflict;
mod fields;
mod people;
mod sheet;

pub use cancel::CancelPage;
use fields::Fields;
pub use fields::{area, area_name};
use sheet::Sheet;

/// A new meeting.
#[component]
pub fn ArrangePage() -> impl IntoView {
    at_citizen(|citizen| {
        view! { <Load fetch=move |abort| whole(citizen, None, abort) children=|desk| view! { <Sheet desk=desk/> }/> }
            .into_any()
    })
}

/// A meeting that is already arranged.
#[component]
pub fn ChangePage() -> impl IntoView {
    at_meeting(|citizen, meeting| {
        view! { <Load fetch=move |abort| whole(citizen, Some(meeting), abort) children=changing/> }.into_any()
    })
}

fn changing(desk: Desk) -> AnyView {
    let is_over =
        desk.meeting.as_ref().is_some_and(|meeting| meeting.summary.is_cancelled || meeting.summary.has_begun);
    if !is_over {
        return view! { <Sheet desk=desk/> }.into_any();
    }
    let citizen = desk.file.citizen;
    view! {
        <Page title=tr!(staff_arrange.change_title) back=back_to(citizen.id, &citizen.name)>
            <Notice kind="info" title=tr!(staff_arrange.is_over) text=tr!(staff_arrange.is_over_text)>
                <a class="rt-button" href=route::staff::arrange(citizen.id)>{tr!(staff_cases.arrange)}</a>
            </Notice>
        </Page>
    }
    .into_any()
}

/// What the page needs.
#[derive(Clone)]
pub struct Desk {
    file: CaseFile,
    directory: Directory,
    meeting: Option<Meeting>,
}

async fn whole(citizen: CitizenId, meeting: Option<MeetingId>, abort: AbortSignal) -> Result<Desk, Failure> {
    let file = api::staff::file(citizen, abort.clone()).await?;
    let directory = api::staff::employees(abort.clone()).await?;
    let meeting = match meeting {
        Some(id) => Some(api::meetings::one(Subject::Citizen(citizen), id, abort).await?),
        None => None,
    };
    Ok(Desk { file, directory, meeting })
}

/// A meeting as it would be asked for again. `None`: something in it can no longer be asked for.
pub fn as_arranged(meeting: &Meeting) -> Option<NewMeeting> {
    let line = |text: &Option<String>| text.as_deref().and_then(|text| Line::parse(text).ok());
    let summary = &meeting.summary;
    Some(NewMeeting {
        purpose: Prose::parse(&summary.purpose).ok()?,
        title: line(&meeting.title),
        area: summary.area,
        local_start: summary.time.local_start,
        // A time that stays is the same of the two as before.
        fold: None,
        minutes: summary.time.minutes,
        form: summary.form,
        place: line(&summary.place),
        entrance: line(&meeting.entrance),
        received_by: line(&meeting.received_by),
        bring: line(&meeting.bring),
        contact_phone: line(&meeting.contact_phone),
        participants: meeting.participants.iter().map(invited).collect::<Option<_>>()?,
        agenda: meeting.agenda.iter().map(item).collect::<Option<_>>()?,
    })
}

fn invited(person: &Participant) -> Option<NewParticipant> {
    let who = match person.employee {
        Some(employee) => Invited::Employee { employee },
        None => Invited::Other {
            name: Line::parse(&person.name).ok()?,
            role: person.role.as_deref().and_then(|role| Line::parse(role).ok()),
        },
    };
    Some(NewParticipant { id: person.id, who, why: Line::parse(&person.why).ok()? })
}

fn item(item: &AgendaItem) -> Option<NewAgendaItem> {
    Some(NewAgendaItem { id: item.id, text: Prose::parse(&item.text).ok()?, topic: item.topic })
}

/// When a meeting is, as it is told where two versions stand side by side.
fn told(meeting: &NewMeeting) -> String {
    let start = meeting.local_start;
    format!("{} {}", when::date(start.date()), when::clock(start.time()))
}
