//! The agenda, and putting a citizen's topic on it, or what an earlier meeting left, with one action.

use contract::{
    AgendaItem, AgendaItemId, CitizenId, Meeting, MeetingId, NewAgendaItem, Outcome, ProblemCode, Prose, TopicId,
    paths::Subject,
};
use leptos::prelude::*;
use roed_traad_spa::markup::view;
use uuid::Uuid;
use web_sys::AbortController;

use crate::{
    api::{self, Failure},
    arrange::as_arranged,
    cases::parts::nothing,
    save::{Save, SaveStatus},
    tr, words,
};

/// What was put on the agenda from this page.
#[derive(Clone, Copy)]
pub struct Added {
    citizen: CitizenId,
    meeting: MeetingId,
    is_open: bool,
    items: RwSignal<Vec<(Uuid, String)>>,
}

impl Added {
    /// None yet.
    pub fn new(citizen: CitizenId, meeting: &Meeting, is_open: bool) -> Self {
        Self { citizen, meeting: meeting.summary.id, is_open, items: RwSignal::new(Vec::new()) }
    }

    fn has(self, id: Uuid) -> bool {
        self.items.with(|items| items.iter().any(|(other, _)| *other == id))
    }
}

/// That it stands on the agenda, or the button that puts it there.
#[component]
pub fn OnAgenda(
    /// The topic's id, or that of the item on an earlier agenda.
    id: Uuid,
    /// The topic, when it is one.
    topic: Option<TopicId>,
    /// Its words.
    text: String,
    /// Whether it stood there when the page came.
    was_there: bool,
    /// What was put there since.
    added: Added,
) -> impl IntoView {
    let save = Save::new();
    let item = AgendaItemId::make();
    let text = StoredValue::new(text);
    let press = move |_| {
        let words = text.get_value();
        let Ok(prose) = Prose::parse(&words) else { return };
        let new = NewAgendaItem { id: item, text: prose, topic };
        save.run(
            move || {
                let new = new.clone();
                async move { on_agenda(added, new).await }
            },
            move |()| {
                added.items.try_update(|items| items.push((id, words)));
            },
        );
    };
    view! {
        {move || {
            if was_there || added.has(id) {
                view! { <p class="rt-muted" role="status">{tr!(staff_brief.is_on_agenda)}</p> }.into_any()
            } else if added.is_open {
                view! { <div class="rt-actions"><button type="button" class="rt-button rt-button--secondary rt-button--small" on:click=press>
                    {tr!(staff_brief.put_on_agenda)}
                </button></div> }.into_any()
            } else {
                ().into_any()
            }
        }}
        <SaveStatus save=save/>
    }
}

/// Puts an item last on the newest agenda. It takes nothing from anybody, so a colleague's save in between is no
/// reason to ask; a repeat finds it there already.
async fn on_agenda(added: Added, new: NewAgendaItem) -> Result<(), Failure> {
    let mut turn = 0;
    loop {
        let abort = AbortController::new().map_err(|_| Failure::Unreadable)?;
        let newest = api::meetings::one(Subject::Citizen(added.citizen), added.meeting, abort.signal()).await?;
        let is_it = |item: &AgendaItem| match new.topic {
            Some(topic) => item.topic == Some(topic),
            None => item.text == new.text.as_str(),
        };
        if newest.agenda.iter().any(is_it) {
            return Ok(());
        }
        let mut body = as_arranged(&newest).ok_or(Failure::Unreadable)?;
        body.agenda.push(new.clone());
        match api::staff::save_meeting(added.citizen, added.meeting, Some(newest.summary.version), &body).await {
            Err(failure) if failure.code() == Some(ProblemCode::VersionConflict) && turn < 2 => turn += 1,
            answer => return answer.map(|_| ()),
        }
    }
}

/// What earlier meetings put off, each with the one action.
pub fn carried(items: Vec<AgendaItem>, added: Added) -> AnyView {
    let row = |item: AgendaItem| {
        let note = match item.outcome {
            Some(Outcome::Later { note, .. }) => {
                note.map(|note| view! { <p class="rt-muted">{String::from(note)}</p> })
            }
            _ => None,
        };
        view! {
            <div class="rt-said">
                <p>{item.text.clone()}</p>
                {note}
                <OnAgenda id=item.id.0 topic=None text=item.text was_there=false added=added/>
            </div>
        }
        .into_any()
    };
    items.into_iter().map(row).collect_view().into_any()
}

/// The agenda as it stands, with what was added here.
pub fn list(meeting: &Meeting, added: Added) -> AnyView {
    let is_empty = meeting.agenda.is_empty();
    let rows = meeting
        .agenda
        .iter()
        .map(|item| {
            let by = tr!(staff_brief.proposed_by, who = words::who(&item.proposed_by, false));
            view! { <li><p class="rt-agenda__text">{item.text.clone()}</p><p class="rt-agenda__by">{by}</p></li> }
        })
        .collect_view();
    let more = move || {
        added.items.with(|items| {
            items
                .iter()
                .map(|(_, text)| view! { <li><p class="rt-agenda__text">{text.clone()}</p></li> })
                .collect_view()
        })
    };
    view! {
        {move || (is_empty && added.items.with(Vec::is_empty)).then(|| nothing(tr!(staff_brief.no_agenda)))}
        <ol class="rt-agenda">{rows}{more}</ol>
    }
    .into_any()
}
