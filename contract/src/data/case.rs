//! What a page reads of a case in the format that can be imported. Whatever else stands in it, a page passes over.

use crate::time::{Timestamp, civil};
use serde::{Deserialize, Serialize};

use crate::{Area, CommentKind, ContactWay, DraftKind, EmployeeId, Language, MeetingForm};

/// A case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "backend/src/import/format.rs says what each field is")]
pub struct MyCase {
    pub name: String,
    pub is_protected: bool,
    #[serde(default)]
    pub contact_person: Option<EmployeeId>,
    #[serde(default)]
    pub external_id: Option<String>,
    #[serde(default)]
    pub profile: Option<MyProfile>,
    #[serde(default)]
    pub choices: Option<MyChoices>,
    pub plan_members: Vec<MyPlanMember>,
    pub meetings: Vec<MyMeeting>,
    pub goals: Vec<MyGoal>,
    pub topics: Vec<MyGoal>,
    pub drafts: Vec<MyDraft>,
    pub efforts: Vec<MyEffort>,
    pub steps: Vec<MyStep>,
    pub comments: Vec<MyComment>,
}

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[allow(missing_docs, reason = "backend/src/import/format.rs says what each field is")]
        pub struct $name { $($(#[$field_doc])* pub $field: $kind),* }
    )*};
}

parts! {
    /// The citizen in their own words.
    MyProfile {
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
        saved_at: Timestamp,
        #[serde(default)]
        preferred_name: Option<String>,
        contact_way: ContactWay,
        #[serde(default)]
        contact_note: Option<String>,
        language: Language,
        #[serde(default)]
        situation: Option<String>,
        is_situation_shared: bool,
        #[serde(default)]
        strengths: Option<String>,
        is_strengths_shared: bool,
    }
    /// What is open to everybody in the case.
    MyChoices {
        social: bool,
        health: bool,
    }
    /// Somebody in the plan.
    MyPlanMember {
        employee: EmployeeId,
        #[serde(default)]
        why: Option<String>,
    }
    /// A meeting.
    MyMeeting {
        purpose: String,
        #[serde(default)]
        title: Option<String>,
        area: Area,
        time: MyTime,
        form: MeetingForm,
        #[serde(default)]
        place: Option<String>,
        #[serde(default)]
        entrance: Option<String>,
        #[serde(default)]
        received_by: Option<String>,
        #[serde(default)]
        bring: Option<String>,
        #[serde(default)]
        contact_phone: Option<String>,
        #[serde(default)]
        cancelled_reason: Option<String>,
        participants: Vec<MyParticipant>,
        agenda: Vec<MyAgendaItem>,
        #[serde(default)]
        minutes: Option<MyMinutes>,
    }
    /// When a meeting begins, on the municipality's wall clock, and how long it is.
    MyTime {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        local_start: civil::DateTime,
        minutes: u16,
    }
    /// Who comes to a meeting.
    MyParticipant {
        #[serde(default)]
        name: Option<String>,
        #[serde(default)]
        role: Option<String>,
        why: String,
    }
    /// What is talked about, and what came of it.
    MyAgendaItem {
        text: String,
        #[serde(default)]
        outcome: Option<MyOutcome>,
    }
    /// What came of it: one of these, or none when it was put off without a word.
    MyOutcome {
        #[serde(default)]
        answer: Option<String>,
        #[serde(default)]
        note: Option<String>,
        #[serde(default)]
        who: Option<String>,
    }
    /// What was written after a meeting, and shared.
    MyMinutes {
        summary: String,
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
        shared_at: Option<Timestamp>,
    }
    /// A goal, or a topic, which has neither a why nor a first step.
    MyGoal {
        area: Area,
        text: String,
        #[serde(default)]
        why: Option<String>,
        #[serde(default)]
        first_step: Option<String>,
        #[serde(default)]
        helped_by: Option<String>,
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
        sent_at: Timestamp,
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
        taken_back_at: Option<Timestamp>,
    }
    /// What is written and not sent.
    MyDraft {
        kind: DraftKind,
        area: Area,
        text: String,
        why: String,
        first_step: String,
        #[serde(default)]
        helped_by: Option<String>,
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
        saved_at: Timestamp,
    }
    /// An effort.
    MyEffort {
        area: Area,
        title: String,
        purpose: String,
        #[serde(default)]
        obligation: Option<String>,
        #[serde(default)]
        responsible: Option<EmployeeId>,
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
        starts_on: Option<civil::Date>,
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
        ends_on: Option<civil::Date>,
        is_ended: bool,
    }
    /// A step.
    MyStep {
        title: String,
        area: Area,
        owner: MyParty,
        state: MyState,
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
        due: Option<civil::Date>,
    }
    /// Whose it is: an employee's, else the citizen's.
    MyParty {
        #[serde(default)]
        employee: Option<EmployeeId>,
    }
    /// Where a step stands.
    MyState {
        kind: MyStateKind,
        #[serde(default)]
        reason: Option<String>,
    }
    /// A comment or a disagreement.
    MyComment {
        kind: CommentKind,
        text: String,
        by: MyParty,
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
        at: Timestamp,
    }
}

/// Where a step stands, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each name is its own sentence")]
pub enum MyStateKind {
    NotStarted,
    UnderWay,
    Done,
    CannotYet,
    NotNeeded,
}
