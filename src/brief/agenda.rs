//! The agenda, and putting a citizen's topic on it with one action.

use contract::{
    AgendaItemId, CitizenId, Meeting, MeetingId, NewAgendaItem, ProblemCode, Prose, Topic, TopicId, paths::Subject,
};
use leptos::prelude::*;
use roed_traad_spa::markup::view;
use web_sys::AbortController;

use crate::{
    api::{self, Failure},
    arrange::as_arranged,
    cases::parts::nothing,
    save::{Save, SaveStatus},
    tr, words,
};

/// The topics that were put on the agenda from this page.
#[derive(Clone, Copy)]
pub struct Added {
    citizen: CitizenId,
    meeting: MeetingId,
    topics: RwSignal<Vec<(TopicId, String)>>,
}

impl Added {
    /// None yet.
    pub fn new(citizen: CitizenId, meeting: &Meeting) -> Self {
        Self { citizen, meeting: meeting.summary.id, topics: RwSignal::new(Vec::new()) }
    }

    fn has(self, topic: TopicId) -> bool {
        self.topics.with(|topics| topics.iter().any(|(id, _)| *id == topic))
    }
}

/// Where a topic stands, or the button that puts it on the agenda.
#[component]
pub fn OnAgenda(topic: Topic, added: Added, is_open: bool) -> impl IntoView {
    let save = Save::new();
    let (id, item) = (topic.id, AgendaItemId::make());
    let (text, was_there) = (topic.text, topic.is_on_agenda);
    let put = StoredValue::new(text);
    let press = move |_| {
        let text = put.get_value();
        let words = text.clone();
        save.run(
            move || {
                let words = words.clone();
                async move { on_agenda(added.citizen, added.meeting, id, item, &words).await }
            },
            move |()| {
                added.topics.try_update(|topics| topics.push((id, text)));
            },
        );
    };
    view! {
        {move || {
            if was_there || added.has(id) {
                view! { <p class="rt-muted" role="status">{tr!(staff_brief.is_on_agenda)}</p> }.into_any()
            } else if is_open {
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

/// Puts a topic last on the newest agenda. It takes nothing from anybody, so a colleague's save in between is no
/// reason to ask; a repeat finds it there already.
pub async fn on_agenda(
    citizen: CitizenId,
    meeting: MeetingId,
    topic: TopicId,
    item: AgendaItemId,
    words: &str,
) -> Result<(), Failure> {
    let mut turn = 0;
    loop {
        let abort = AbortController::new().map_err(|_| Failure::Unreadable)?;
        let newest = api::meetings::one(Subject::Citizen(citizen), meeting, abort.signal()).await?;
        if newest.agenda.iter().any(|item| item.topic == Some(topic)) {
            return Ok(());
        }
        let mut body = as_arranged(&newest).ok_or(Failure::Unreadable)?;
        let text = Prose::parse(words).map_err(|_| Failure::Unreadable)?;
        body.agenda.push(NewAgendaItem { id: item, text, topic: Some(topic) });
        match api::staff::save_meeting(citizen, meeting, Some(newest.summary.version), &body).await {
            Err(failure) if failure.code() == Some(ProblemCode::VersionConflict) && turn < 2 => turn += 1,
            answer => return answer.map(|_| ()),
        }
    }
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
        added.topics.with(|topics| {
            topics
                .iter()
                .map(|(_, text)| view! { <li><p class="rt-agenda__text">{text.clone()}</p></li> })
                .collect_view()
        })
    };
    view! {
        {move || (is_empty && added.topics.with(Vec::is_empty)).then(|| nothing(tr!(staff_brief.no_agenda)))}
        <ol class="rt-agenda">{rows}{more}</ol>
    }
    .into_any()
}
