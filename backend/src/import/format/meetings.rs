use contract::{
    AgendaItemId, Area, DraftText, EmployeeId, Fold, Line, MeetingForm, MeetingId, ParticipantId, Prose, TopicId,
    Version,
};
use jiff::{Timestamp, civil};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Of, Who, first};

/// When something is, on the wall clock in Europe/Copenhagen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// The wall clock at the start.
    pub local_start: civil::DateTime,
    /// Which of the two, when that time happens twice because the clocks go back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Fold>>")]
    pub fold: Option<Fold>,
    /// How long, in minutes.
    #[schemars(range(min = 5, max = 480))]
    pub minutes: u16,
}

/// A meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Identity.
    #[schemars(with = "Uuid")]
    pub id: MeetingId,
    /// How many times it was saved.
    #[serde(default = "first")]
    #[schemars(with = "i32", range(min = 1))]
    pub version: Version,
    /// How many times its calendar file was changed.
    #[serde(default)]
    #[schemars(range(min = 0))]
    pub sequence: i32,
    /// When it was arranged.
    pub made_at: Timestamp,
    /// When it was changed last, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_at: Option<Timestamp>,
    /// Why we meet, in plain words.
    #[schemars(with = "Of<Prose>")]
    pub purpose: Prose,
    /// A few neutral words for the calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub title: Option<Line>,
    /// The part of life it is about.
    #[serde(default)]
    #[schemars(with = "Of<Area>")]
    pub area: Area,
    /// When.
    pub time: Time,
    /// The time before it was moved for the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<Time>,
    /// How.
    #[serde(default)]
    #[schemars(with = "Of<MeetingForm>")]
    pub form: MeetingForm,
    /// Where, for the form: an address, a number, a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub place: Option<Line>,
    /// How to get in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub entrance: Option<Line>,
    /// Who receives the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub received_by: Option<Line>,
    /// What to bring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub bring: Option<Line>,
    /// Whom to call if one cannot come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub contact_phone: Option<Line>,
    /// Why it was cancelled; present only when it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Prose>>")]
    pub cancelled_reason: Option<Prose>,
    /// The employee who arranged it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Uuid>")]
    pub organizer: Option<EmployeeId>,
    /// MeMo's organizerName, when no employee is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub organizer_name: Option<Line>,
    /// MeMo's organizerMail, when no employee is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub organizer_mail: Option<Line>,
    /// MeMo's reservationUUID, when it is another id than the meeting's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reservation_uuid: Option<Uuid>,
    /// The system it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub source: Option<Line>,
    /// Its id there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub external_id: Option<Line>,
    /// Who comes, in order.
    #[serde(default)]
    pub participants: Vec<Participant>,
    /// What to talk about, in order.
    #[serde(default)]
    pub agenda: Vec<AgendaItem>,
    /// What was written afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Minutes>,
}

/// Somebody who comes: an employee, or somebody else by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// Identity.
    #[schemars(with = "Uuid")]
    pub id: ParticipantId,
    /// The employee, when it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Uuid>")]
    pub employee: Option<EmployeeId>,
    /// The name; needed when it is no employee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub name: Option<Line>,
    /// The role, in a word, when it is no employee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Of<Line>>")]
    pub role: Option<Line>,
    /// Why they come.
    #[schemars(with = "Of<Line>")]
    pub why: Line,
}

/// An item on the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgendaItem {
    /// Identity.
    #[schemars(with = "Uuid")]
    pub id: AgendaItemId,
    /// What it is about.
    #[schemars(with = "Of<Prose>")]
    pub text: Prose,
    /// Who proposed it.
    pub proposed_by: Who,
    /// The citizen's topic it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Uuid>")]
    pub topic: Option<TopicId>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

/// What came of an agenda item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Outcome {
    /// It was answered.
    Answered {
        /// How.
        #[schemars(with = "Of<Prose>")]
        answer: Prose,
    },
    /// It is taken up later.
    Later {
        /// At which meeting; left out when that is not arranged yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Uuid>")]
        meeting: Option<MeetingId>,
        /// A few words about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Of<Prose>>")]
        note: Option<Prose>,
    },
    /// It is not ours.
    NotOurs {
        /// Whose it is, and how to reach them.
        #[schemars(with = "Of<Line>")]
        who: Line,
    },
}

/// What was written after a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    /// How many times it was saved.
    #[serde(default = "first")]
    #[schemars(with = "i32", range(min = 1))]
    pub version: Version,
    /// A short summary in plain words.
    #[schemars(with = "Of<DraftText>")]
    pub summary: DraftText,
    /// The employee who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Uuid>")]
    pub author: Option<EmployeeId>,
    /// When it was saved last.
    pub saved_at: Timestamp,
    /// When it was shared with the citizen; left out while it is a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_at: Option<Timestamp>,
}
