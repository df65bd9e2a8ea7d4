//! Which columns hold people's words, and what they are bound to: the table, the column, and the row's whole key.

use sea_orm::ActiveValue;

use super::{
    agenda_item, citizen, comment, draft, effort, event, event_change, glass, goal, look_delay, meeting, minutes,
    participant, plan_member, profile, representation, step, topic,
};
use crate::{
    keys::{Place, Sealed},
    values::SealedText,
};

/// `row, table, [the key behind municipality and citizen], {texts}, {texts that may be absent}`: what is read. `of id` is
/// what decides whether the reader may see it ([`crate::policy::hidden`]).
macro_rules! sealed_row {
    ($row:ty, $table:ident, [$($key:ident),*], {$($text:ident)*}, {$($maybe:ident)*} $(of $about:ident)?) => {
        impl $crate::keys::Sealed for $row {
            $(
                fn about(&self) -> Option<uuid::Uuid> {
                    Some(self.$about)
                }
            )?

            fn place(&self) -> Option<$crate::keys::Place> {
                let parts: &[String] = &[$(self.$key.to_string()),*];
                Some($crate::keys::Place {
                    table: stringify!($table),
                    municipality: self.municipality_id,
                    citizen: self.citizen_id,
                    row: parts.join("/"),
                })
            }

            fn texts(&mut self) -> Vec<(&'static str, &mut $crate::values::SealedText)> {
                [$((stringify!($text), Some(&mut self.$text)),)* $((stringify!($maybe), self.$maybe.as_mut()),)*]
                    .into_iter()
                    .filter_map(|(column, text)| Some((column, text?)))
                    .collect()
            }
        }
    };
}
pub(crate) use sealed_row;

/// The same for a whole table: what is read, and what is written.
macro_rules! sealed {
    ($($table:ident [$($key:ident),*] {$($text:ident)*} {$($maybe:ident)*} $(of $about:ident)?;)*) => {$(
        sealed_row!($table::Model, $table, [$($key),*], {$($text)*}, {$($maybe)*} $(of $about)?);

        impl Sealed for $table::ActiveModel {
            fn place(&self) -> Option<Place> {
                let parts: &[String] = &[$(self.$key.try_as_ref()?.to_string()),*];
                Some(Place {
                    table: stringify!($table),
                    municipality: *self.municipality_id.try_as_ref()?,
                    citizen: *self.citizen_id.try_as_ref()?,
                    row: parts.join("/"),
                })
            }

            fn texts(&mut self) -> Vec<(&'static str, &mut SealedText)> {
                [$((stringify!($text), set(&mut self.$text)),)* $((stringify!($maybe), set(&mut self.$maybe).and_then(Option::as_mut)),)*]
                    .into_iter()
                    .filter_map(|(column, text)| Some((column, text?)))
                    .collect()
            }
        }
    )*};
}

sealed! {
    agenda_item [agenda_item_id] {text} {outcome_text} of meeting_id;
    citizen [] {name} {cpr};
    comment [comment_id] {text} {} of beside_id;
    draft [draft_id] {text why first_step} {helped_by} of draft_id;
    effort [effort_id] {title purpose} {obligation} of effort_id;
    event [event_id] {} {title} of target_id;
    event_change [event_id, position] {} {old new};
    glass [glass_id] {reason} {};
    goal [goal_id] {text} {why first_step helped_by} of goal_id;
    look_delay [delay_id] {reason} {};
    meeting [meeting_id] {purpose} {title place entrance received_by bring contact_phone cancelled_reason organizer_name organizer_mail} of meeting_id;
    minutes [meeting_id] {summary} {} of meeting_id;
    participant [participant_id] {name why} {role} of meeting_id;
    plan_member [employee_id] {} {why} of employee_id;
    profile [] {} {preferred_name contact_note situation strengths};
    representation [representation_id] {name} {};
    step [step_id] {title} {state_reason} of step_id;
    topic [topic_id] {text} {helped_by} of topic_id;
}

/// A value that is there, changed or not.
fn set<T: Into<sea_orm::Value>>(value: &mut ActiveValue<T>) -> Option<&mut T> {
    match value {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => Some(value),
        ActiveValue::NotSet => None,
    }
}
