//! What was sent: the words, who opened them, changing and taking back.

use contract::time::Timestamp;
use contract::{Area, DraftId, DraftKind, DraftText, Goal, MeetingId, NewDraft, Receipt, Topic, Version};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::compare::part;
use crate::{
    api::{self, Failure},
    tr, when, words,
};

/// A goal or a topic that was sent.
#[derive(Clone)]
pub enum Sent {
    /// A goal.
    Goal(Goal),
    /// A topic.
    Topic(Topic),
}

impl Sent {
    /// The id it shares with its draft.
    pub fn id(&self) -> DraftId {
        match self {
            Self::Goal(goal) => goal.id.into(),
            Self::Topic(topic) => topic.id.into(),
        }
    }

    /// When it was taken back, if it was.
    pub fn taken_back_at(&self) -> Option<Timestamp> {
        match self {
            Self::Goal(goal) => goal.taken_back_at,
            Self::Topic(topic) => topic.taken_back_at,
        }
    }

    /// It was taken back.
    pub fn take_back(&mut self, receipt: &Receipt) {
        let (version, at) = match self {
            Self::Goal(goal) => (&mut goal.version, &mut goal.taken_back_at),
            Self::Topic(topic) => (&mut topic.version, &mut topic.taken_back_at),
        };
        *version = receipt.version;
        *at = Some(receipt.received_at);
    }

    /// What a draft that changes it begins with.
    pub fn as_draft(&self) -> NewDraft {
        let text = |text: Option<&str>| DraftText::parse(text.unwrap_or_default()).unwrap_or_default();
        let (kind, words) = match self {
            Self::Goal(_) => (DraftKind::Goal, self.words()),
            Self::Topic(_) => (DraftKind::Topic, self.words()),
        };
        NewDraft {
            kind,
            meeting: words.meeting,
            area: words.area,
            text: text(Some(words.text)),
            why: text(words.why),
            first_step: text(words.first_step),
            helped_by: words.helped_by.map(|name| text(Some(name))),
            changes: Some(words.version),
        }
    }

    fn words(&self) -> Words<'_> {
        match self {
            Self::Goal(goal) => Words {
                meeting: goal.meeting,
                area: goal.area,
                text: &goal.text,
                why: goal.why.as_deref(),
                first_step: goal.first_step.as_deref(),
                helped_by: goal.helped_by.as_deref(),
                version: goal.version,
                sent_at: goal.sent_at,
            },
            Self::Topic(topic) => Words {
                meeting: topic.meeting,
                area: topic.area,
                text: &topic.text,
                why: None,
                first_step: None,
                helped_by: topic.helped_by.as_deref(),
                version: topic.version,
                sent_at: topic.sent_at,
            },
        }
    }
}

struct Words<'a> {
    meeting: Option<MeetingId>,
    area: Area,
    text: &'a str,
    why: Option<&'a str>,
    first_step: Option<&'a str>,
    helped_by: Option<&'a str>,
    version: Version,
    sent_at: Timestamp,
}

/// What takes one back.
#[derive(Clone, Copy)]
pub struct TakeBack {
    kind: DraftKind,
    id: DraftId,
    version: Version,
}

impl TakeBack {
    /// Of this goal or topic, as it stands.
    pub fn of(sent: &Sent) -> Self {
        match sent {
            Sent::Goal(goal) => Self { kind: DraftKind::Goal, id: goal.id.into(), version: goal.version },
            Sent::Topic(topic) => Self { kind: DraftKind::Topic, id: topic.id.into(), version: topic.version },
        }
    }

    /// Takes it back; to repeat it is safe.
    pub async fn run(self) -> Result<Receipt, Failure> {
        match self.kind {
            DraftKind::Goal => api::preparation::take_back_goal(self.id.into(), self.version).await,
            DraftKind::Topic => api::preparation::take_back_topic(self.id.into(), self.version).await,
        }
    }
}

/// The words, when they were sent, and who opened them. `actions` stands below.
pub fn said(sent: &Sent, actions: Option<AnyView>) -> AnyView {
    let words = sent.words();
    let by = match words.helped_by {
        Some(name) => format!(
            "{} · {}",
            tr!(preparation.sent_on, when = when::moment(words.sent_at)),
            tr!(preparation.sent_helped, name = name.to_owned())
        ),
        None => tr!(preparation.sent_on, when = when::moment(words.sent_at)),
    };
    let (openings, is_on_agenda) = match sent {
        Sent::Goal(goal) => (&goal.openings, false),
        Sent::Topic(topic) => (&topic.openings, topic.is_on_agenda),
    };
    let taken_back = sent.taken_back_at().map(|at| tr!(preparation.taken_back_on, when = when::moment(at)));
    view! {
        <div class="rt-said">
            {words::quote(words.text.to_owned())}
            {words.why.and_then(|text| part(tr!(preparation.sent_why), text))}
            {words.first_step.and_then(|text| part(tr!(preparation.sent_first_step), text))}
            <p class="rt-said__by">{by}</p>
            {is_on_agenda.then(|| view! { <p><span class="rt-tag rt-tag--done">{tr!(preparation.on_agenda)}</span></p> })}
            {match taken_back {
                Some(line) => view! { <p><span class="rt-tag">{line}</span></p> }.into_any(),
                None => words::opened(openings, true),
            }}
            {actions.map(|actions| view! { <div class="rt-actions">{actions}</div> })}
        </div>
    }
    .into_any()
}

/// Goals first, then topics.
pub fn all(goals: Vec<Goal>, topics: Vec<Topic>) -> Vec<Sent> {
    goals.into_iter().map(Sent::Goal).chain(topics.into_iter().map(Sent::Topic)).collect()
}
