//! Which text is saved, and what is written next. Knows neither the screen nor the network.

use contract::time::Timestamp;
use contract::{NewDraft, Version};

/// How far a text has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// There is nothing to save.
    Untouched,
    /// The municipality does not have it yet.
    Unsaved,
    /// It is on its way.
    Saving,
    /// It could not be sent, and is tried again.
    Retrying,
    /// The municipality has it as it stands, durably, since then.
    Saved(Timestamp),
    /// It was refused; the next change or press tries again.
    Refused,
    /// Another version was saved elsewhere; the person chooses.
    Conflict,
}

/// A write to make, and to repeat as it is until it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// The version it builds on; absent when the draft is new.
    pub version: Option<Version>,
    /// The text.
    pub content: NewDraft,
}

/// What the municipality has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its version.
    pub version: Version,
    /// Its text.
    pub content: NewDraft,
    /// When it was stored.
    pub at: Timestamp,
}

/// A text that is saved while it is written: never two writes at once, and the latest text is never forgotten.
#[derive(Debug)]
pub struct Autosave {
    /// What stands on the screen.
    content: NewDraft,
    /// What needs no saving as long as nothing is stored: an empty form, or the sent text that is being changed.
    start: NewDraft,
    stored: Option<Stored>,
    sending: Option<NewDraft>,
    /// What was handed to the browser while the page was hidden: whether it arrived is not known.
    handed_over: Vec<NewDraft>,
    trouble: Option<State>,
    /// Whether a save was asked for while another was on its way.
    is_wanted: bool,
    /// Whether there is text on the screen that cannot even be a draft.
    is_unfit: bool,
    is_thrown_away: bool,
}

impl Autosave {
    /// A text that begins as `start`, or as what is stored.
    pub fn new(start: NewDraft, stored: Option<Stored>) -> Self {
        let content = stored.as_ref().map_or_else(|| start.clone(), |stored| stored.content.clone());
        Self {
            content,
            start,
            stored,
            sending: None,
            handed_over: Vec::new(),
            trouble: None,
            is_wanted: false,
            is_unfit: false,
            is_thrown_away: false,
        }
    }

    /// What stands on the screen now.
    pub fn typed(&mut self, content: NewDraft) {
        self.is_unfit = false;
        if content != self.content {
            self.content = content;
            if self.trouble == Some(State::Refused) {
                self.trouble = None;
            }
        }
    }

    /// What stands on the screen is longer than any draft may be.
    pub fn unfit(&mut self) {
        self.is_unfit = true;
    }

    /// How far it has come.
    pub fn state(&self) -> State {
        if self.trouble == Some(State::Conflict) {
            return State::Conflict;
        }
        if self.sending.is_some() {
            // While an older text is on its way, the newer one is simply not saved yet.
            return match self.trouble {
                Some(State::Retrying) => State::Retrying,
                _ if self.is_current(self.sending.as_ref()) => State::Saving,
                _ => State::Unsaved,
            };
        }
        if self.trouble == Some(State::Refused) {
            return State::Refused;
        }
        match &self.stored {
            _ if self.is_unfit => State::Refused,
            Some(stored) if stored.content == self.content => State::Saved(stored.at),
            None if self.content == self.start => State::Untouched,
            _ => State::Unsaved,
        }
    }

    /// Whether leaving now could lose something.
    pub fn is_unsaved(&self) -> bool {
        !self.is_thrown_away && !matches!(self.state(), State::Untouched | State::Saved(_))
    }

    /// The version that is stored, if any.
    pub fn version(&self) -> Option<Version> {
        self.stored.as_ref().map(|stored| stored.version)
    }

    /// The write to make now; none when there is nothing to save, or one is on its way already.
    pub fn begin(&mut self) -> Option<Write> {
        if self.sending.is_some() {
            self.is_wanted = true;
            return None;
        }
        if self.is_thrown_away || self.is_unfit || self.trouble == Some(State::Conflict) || self.is_settled() {
            return None;
        }
        self.trouble = None;
        self.is_wanted = false;
        self.sending = Some(self.content.clone());
        Some(Write { version: self.version(), content: self.content.clone() })
    }

    /// No answer yet; the same write is repeated.
    pub fn retrying(&mut self) {
        self.trouble = Some(State::Retrying);
    }

    /// The write was stored. Answers with the next one, if a save was asked for in between.
    pub fn answered(&mut self, version: Version, at: Timestamp) -> Option<Write> {
        if let Some(content) = self.sending.take() {
            self.stored = Some(Stored { version, content, at });
        }
        self.trouble = None;
        self.handed_over.clear();
        if self.is_wanted { self.begin() } else { None }
    }

    /// The write was refused.
    pub fn refused(&mut self) {
        self.sending = None;
        self.trouble = Some(State::Refused);
    }

    /// The write met another version.
    pub fn conflicted(&mut self) {
        self.sending = None;
        self.trouble = Some(State::Conflict);
    }

    /// What the other version turned out to be. True: it is our own, nobody has to choose.
    pub fn compare(&mut self, other: Option<&Stored>) -> bool {
        let Some(other) = other else { return false };
        let is_ours = other.content == self.content || self.handed_over.contains(&other.content);
        if is_ours {
            self.keep_mine(Some(other.clone()));
        }
        is_ours
    }

    /// The person keeps what stands here; the next write builds on the other version.
    pub fn keep_mine(&mut self, other: Option<Stored>) {
        if other.is_none() {
            // What is gone has to be stored anew even if it is what we had.
            self.start = NewDraft { text: contract::DraftText::default(), ..self.start.clone() };
        }
        self.stored = other;
        self.trouble = None;
        self.handed_over.clear();
    }

    /// The person keeps the other version.
    pub fn keep_theirs(&mut self, other: Stored) {
        self.content = other.content.clone();
        self.is_unfit = false;
        self.keep_mine(Some(other));
    }

    /// What to hand to the browser because the page may be gone in a moment.
    ///
    /// While a write is on its way nobody knows whether it will arrive, so the newer text is handed over twice: for
    /// both cases. One of them fits, the other is refused without harm.
    pub fn leaving(&mut self) -> Vec<Write> {
        let has_nothing_new = self.is_settled() && self.sending.is_none();
        if self.is_thrown_away
            || self.is_unfit
            || has_nothing_new
            || self.trouble == Some(State::Conflict)
            || self.handed_over.last() == Some(&self.content)
        {
            return Vec::new();
        }
        self.handed_over.push(self.content.clone());
        let before = self.version();
        let mut writes = vec![Write { version: before, content: self.content.clone() }];
        if self.sending.is_some() && !self.is_current(self.sending.as_ref()) {
            let after = before.map_or(Version::FIRST, Version::next);
            writes.push(Write { version: Some(after), content: self.content.clone() });
        }
        writes
    }

    /// What stands on the screen, or stood there when the page was left.
    pub fn content(&self) -> &NewDraft {
        &self.content
    }

    /// The person is back at a text that could not be saved: the next write tries once more.
    pub fn again(&mut self) {
        if self.sending.is_none() {
            self.trouble = None;
        }
    }

    /// Nothing more is written.
    pub fn throw_away(&mut self) {
        self.is_thrown_away = true;
    }

    /// Whether a write is on its way.
    pub fn is_sending(&self) -> bool {
        self.sending.is_some()
    }

    fn is_current(&self, content: Option<&NewDraft>) -> bool {
        !self.is_unfit && content == Some(&self.content)
    }

    fn is_settled(&self) -> bool {
        match &self.stored {
            Some(stored) => stored.content == self.content,
            None => self.content == self.start,
        }
    }
}
