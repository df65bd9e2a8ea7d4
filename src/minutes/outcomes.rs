//! What came of each item: answered, taken up later, or not ours.

use contract::{AgendaItem, AgendaItemId, ItemOutcome, Outcome};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    form::{Check, limit},
    tr,
    ui::{Field, Radios, Select, TextArea, TextField},
    words,
};

/// One item's outcome as it is typed.
#[derive(Clone, Copy)]
pub struct Row {
    pub item: AgendaItemId,
    kind: Field,
    answer: Field,
    meeting: Field,
    note: Field,
    who: Field,
    text: StoredValue<String>,
}

impl Row {
    /// As it stands.
    pub fn new(item: &AgendaItem) -> Self {
        let id = item.id;
        let (kind, answer, meeting, note, who) = match &item.outcome {
            None => ("", "", None, "", ""),
            Some(Outcome::Answered { answer }) => ("answered", answer.as_str(), None, "", ""),
            Some(Outcome::Later { meeting, note }) => {
                ("later", "", *meeting, note.as_ref().map(|note| note.as_str()).unwrap_or_default(), "")
            }
            Some(Outcome::NotOurs { who }) => ("not_ours", "", None, "", who.as_str()),
        };
        Self {
            item: id,
            kind: Field::new(format!("outcome-{id}"), kind),
            answer: Field::new(format!("answer-{id}"), answer),
            meeting: Field::new(format!("later-{id}"), meeting.map(|meeting| meeting.to_string()).unwrap_or_default()),
            note: Field::new(format!("note-{id}"), note),
            who: Field::new(format!("whose-{id}"), who),
            text: StoredValue::new(item.text.clone()),
        }
    }

    fn fields(self) -> [Field; 5] {
        [self.kind, self.answer, self.meeting, self.note, self.who]
    }

    /// All that is typed.
    pub fn typed(self) -> Vec<String> {
        self.fields().map(Field::text).to_vec()
    }

    /// Puts in what another version says.
    pub fn take(self, other: Self) {
        for (mine, theirs) in self.fields().into_iter().zip(other.fields()) {
            mine.value.set(theirs.text());
        }
    }

    /// In words, for whoever chooses between two versions.
    pub fn told(self) -> String {
        let said = match &*self.kind.text() {
            "answered" => self.answer.text(),
            "later" => format!("{} {}", tr!(staff_minutes.later), self.note.text()),
            "not_ours" => self.who.text(),
            _ => return String::new(),
        };
        format!("{}: {said}", self.text.get_value())
    }

    /// Reads it. For a draft nothing has to be there yet.
    pub fn check(self, check: &mut Check, share: bool) -> Option<ItemOutcome> {
        for field in self.fields() {
            field.error.set(None);
        }
        let outcome = match &*self.kind.text() {
            "answered" if share => Some(Outcome::Answered { answer: check.required(self.answer)? }),
            "answered" => check.optional(self.answer)?.map(|answer| Outcome::Answered { answer }),
            "later" => {
                let note = check.optional(self.note)?;
                Some(Outcome::Later { meeting: self.meeting.text().parse().ok(), note })
            }
            "not_ours" if share => Some(Outcome::NotOurs { who: check.required(self.who)? }),
            "not_ours" => check.optional(self.who)?.map(|who| Outcome::NotOurs { who }),
            _ if share => {
                check.fail(self.kind, tr!(staff_minutes.choose_outcome).to_owned());
                None
            }
            _ => None,
        };
        Some(ItemOutcome { item: self.item, outcome })
    }

    /// The item with its questions.
    pub fn view(self, at: usize, item: &AgendaItem, later: Vec<(String, String)>) -> AnyView {
        let by = tr!(staff_brief.proposed_by, who = words::who(&item.proposed_by, false));
        let kinds = [
            ("answered", tr!(staff_minutes.answered)),
            ("later", tr!(staff_minutes.later)),
            ("not_ours", tr!(staff_minutes.not_ours)),
        ];
        let kinds = kinds.map(|(value, words)| (value.to_owned(), words.to_owned())).to_vec();
        let later = StoredValue::new(later);
        let legend = tr!(staff_minutes.outcome, number = at + 1);
        let rest = move || {
            match &*self.kind.value.get() {
            "answered" => view! {
                <TextArea field=self.answer label=tr!(staff_minutes.answer) hint=tr!(staff_minutes.answer_hint) rows=3 limit=limit(4000)/>
            }
            .into_any(),
            "later" => view! {
                <Select field=self.meeting label=tr!(staff_minutes.which_meeting) options=later.get_value()/>
                <TextArea field=self.note label=tr!(staff_minutes.note) optional=tr!(form.optional) rows=2 limit=limit(4000)/>
            }
            .into_any(),
            "not_ours" => view! { <TextField field=self.who label=tr!(staff_minutes.whose) hint=tr!(staff_minutes.whose_hint)/> }.into_any(),
            _ => ().into_any(),
        }
        };
        view! {
            <li>
                <p class="rt-agenda__text">{item.text.clone()}</p>
                <p class="rt-agenda__by">{by}</p>
                <Radios field=self.kind legend=legend options=kinds/>
                {rest}
            </li>
        }
        .into_any()
    }
}

/// An outcome in words.
pub fn outcome_told(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Answered { answer } => answer.as_str().to_owned(),
        Outcome::Later { note, .. } => {
            format!("{} {}", tr!(staff_minutes.later), note.as_ref().map(|note| note.as_str()).unwrap_or_default())
        }
        Outcome::NotOurs { who } => who.as_str().to_owned(),
    }
}
