use sea_orm::entity::prelude::*;

use crate::values::{Instant, SealedText, WallTime, Word};

/// A meeting, with all that MeMo's Reservation holds: description is `purpose`, reservationUUID `reservation_uuid` (or
/// `meeting_id` for meetings arranged here), abstract `title`, location `place`, startDateTime `starts_at`, endDateTime
/// `starts_at` and `minutes`; organizerName and organizerMail are the organizer's own, or the two columns when no employee is known.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting")]
#[allow(missing_docs, reason = "the contract documents what the columns hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub citizen_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub meeting_id: Uuid,
    pub version: i32,
    pub sequence: i32,
    pub purpose: SealedText,
    pub title: Option<SealedText>,
    pub area: Word<contract::Area>,
    pub local_start: WallTime,
    pub local_end: WallTime,
    pub starts_at: Instant,
    pub minutes: i32,
    pub moved_from_local: Option<WallTime>,
    pub moved_from_at: Option<Instant>,
    pub moved_from_minutes: Option<i32>,
    pub form: Word<contract::MeetingForm>,
    pub place: Option<SealedText>,
    pub entrance: Option<SealedText>,
    pub received_by: Option<SealedText>,
    pub bring: Option<SealedText>,
    pub contact_phone: Option<SealedText>,
    pub is_cancelled: bool,
    pub cancelled_reason: Option<SealedText>,
    pub organizer: Option<Uuid>,
    pub organizer_name: Option<SealedText>,
    pub organizer_mail: Option<SealedText>,
    pub reservation_uuid: Option<Uuid>,
    pub source: Option<String>,
    pub external_id: Option<String>,
    pub made_at: Instant,
    pub changed_at: Instant,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
