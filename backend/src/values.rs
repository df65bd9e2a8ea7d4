//! What stands in columns: values that both databases store alike.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil};
use sea_orm::{
    ColIdx, DbErr, DeriveValueType, QueryResult, TryGetError, TryGetable, Value,
    sea_query::{ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

/// Free text that a person wrote, in the clear or as it stands in the database. Only what is sealed goes into the database,
/// and only what is open can be read: whoever forgets [`crate::keys`] on the way stops there, before anything is lost or told.
#[derive(Clone, PartialEq, Eq)]
pub enum SealedText {
    /// In the clear.
    Open(String),
    /// As it is stored.
    Sealed(String),
}

impl SealedText {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let Self::Open(text) = self else { stop("a sealed text was read without its key") };
        text
    }

    /// The text itself.
    #[must_use]
    pub fn into_text(self) -> String {
        let Self::Open(text) = self else { stop("a sealed text was read without its key") };
        text
    }
}

/// What only a bug can bring about. The request ends, and nothing of it is written.
#[expect(clippy::panic, reason = "going on would lose a person's words, or write them in the clear")]
fn stop(bug: &'static str) -> ! {
    panic!("{bug}")
}

impl Default for SealedText {
    fn default() -> Self {
        Self::Open(String::new())
    }
}

/// Nobody's words belong in a log.
impl fmt::Debug for SealedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open(_) => "Open(…)",
            Self::Sealed(_) => "Sealed(…)",
        })
    }
}

impl<T: Into<String>> From<T> for SealedText {
    fn from(text: T) -> Self {
        Self::Open(text.into())
    }
}

impl From<SealedText> for Value {
    fn from(text: SealedText) -> Self {
        let SealedText::Sealed(sealed) = text else { stop("a text was about to be written in the clear") };
        sealed.into()
    }
}

impl TryGetable for SealedText {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        String::try_get_by(row, index).map(Self::Sealed)
    }
}

impl ValueType for SealedText {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        <String as ValueType>::try_from(value).map(Self::Sealed)
    }
    fn type_name() -> String {
        "SealedText".to_owned()
    }
    fn array_type() -> ArrayType {
        ArrayType::String
    }
    fn column_type() -> ColumnType {
        ColumnType::Text
    }
}

impl Nullable for SealedText {
    fn null() -> Value {
        Value::String(None)
    }
}

impl sea_orm::IntoActiveValue<Self> for SealedText {
    fn into_active_value(self) -> sea_orm::ActiveValue<Self> {
        sea_orm::ActiveValue::Set(self)
    }
}

/// Text that may be absent, to a column and back.
pub fn seal<T: Into<String>>(text: Option<T>) -> Option<SealedText> {
    text.map(SealedText::from)
}

/// The other way round.
pub fn unseal(text: Option<SealedText>) -> Option<String> {
    text.map(SealedText::into_text)
}

/// An instant, as microseconds since 1970: whole, sortable, and the same in both databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub Timestamp);

impl From<Timestamp> for Instant {
    fn from(at: Timestamp) -> Self {
        Self(at)
    }
}

impl From<Instant> for Value {
    fn from(at: Instant) -> Self {
        at.0.as_microsecond().into()
    }
}

impl TryGetable for Instant {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        let micros = i64::try_get_by(row, index)?;
        Timestamp::from_microsecond(micros)
            .map(Self)
            .map_err(|error| TryGetError::DbErr(DbErr::Type(error.to_string())))
    }
}

impl ValueType for Instant {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        let micros = <i64 as ValueType>::try_from(value)?;
        Timestamp::from_microsecond(micros).map(Self).map_err(|_| ValueTypeErr)
    }
    fn type_name() -> String {
        "Instant".to_owned()
    }
    fn array_type() -> ArrayType {
        ArrayType::BigInt
    }
    fn column_type() -> ColumnType {
        ColumnType::BigInteger
    }
}

impl Nullable for Instant {
    fn null() -> Value {
        i64::null()
    }
}

macro_rules! civil_column {
    ($($(#[$doc:meta])* $name:ident($inner:ty);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, DeriveValueType)]
        #[sea_orm(value_type = "String", column_type = "Text")]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = jiff::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

civil_column! {
    /// A day, as `2026-03-30`.
    Day(civil::Date);
    /// A time on the municipality's wall clock, as `2026-03-30T10:15:00`.
    WallTime(civil::DateTime);
}

/// A value without fields, stored as the word that the contract has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<T>(pub T);

impl<T: Serialize> Word<T> {
    /// The word itself.
    pub fn word(&self) -> String {
        match serde_json::to_value(&self.0) {
            Ok(serde_json::Value::String(word)) => word,
            _ => String::new(),
        }
    }

    fn read(word: String) -> Option<Self>
    where
        T: DeserializeOwned,
    {
        serde_json::from_value(serde_json::Value::String(word)).ok().map(Self)
    }
}

impl<T> From<T> for Word<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Serialize> From<Word<T>> for Value {
    fn from(word: Word<T>) -> Self {
        word.word().into()
    }
}

impl<T: Serialize + DeserializeOwned> TryGetable for Word<T> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        let word = String::try_get_by(row, index)?;
        Self::read(word).ok_or_else(|| TryGetError::DbErr(DbErr::Type("a word this program does not know".to_owned())))
    }
}

impl<T: Serialize + DeserializeOwned> ValueType for Word<T> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        Self::read(<String as ValueType>::try_from(value)?).ok_or(ValueTypeErr)
    }
    fn type_name() -> String {
        "Word".to_owned()
    }
    fn array_type() -> ArrayType {
        ArrayType::String
    }
    fn column_type() -> ColumnType {
        ColumnType::Text
    }
}

impl<T> Nullable for Word<T> {
    fn null() -> Value {
        Value::String(None)
    }
}

impl<T: Serialize> sea_orm::IntoActiveValue<Self> for Word<T> {
    fn into_active_value(self) -> sea_orm::ActiveValue<Self> {
        sea_orm::ActiveValue::Set(self)
    }
}

/// Asked for of everything in a primary key, though no key of ours counts.
impl<T> sea_orm::TryFromU64 for Word<T> {
    fn try_from_u64(_: u64) -> Result<Self, DbErr> {
        Err(DbErr::ConvertFromU64("Word"))
    }
}

impl sea_orm::IntoActiveValue<Self> for Instant {
    fn into_active_value(self) -> sea_orm::ActiveValue<Self> {
        sea_orm::ActiveValue::Set(self)
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($word:ident),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "each name is its own sentence")]
        pub enum $name { $($word),* }
    )*};
}

words! {
    /// Who did it. A representative by what they were given, and not by who they are.
    ActorKind { Citizen, Employee, System, Representative }
    /// Whose move it is.
    PartyKind { Citizen, Employee }
    /// Where a step stands; the reason is a column of its own.
    StateKind { NotStarted, UnderWay, Done, CannotYet, NotNeeded }
    /// What came of an agenda item; the words are in columns of their own.
    OutcomeKind { Answered, Later, NotOurs }
    /// What a receipt is for.
    ResourceKind { Profile, Draft, Sending, Goal, Topic, Step, Comment, Assessment, Meeting, Minutes, Effort, Opening, Choices, Glass, Representation }
    /// In what role somebody sees a case.
    Role { Citizen, Employee, Representative, ContactPerson, PlanMember, Participant, TeamLead, Administrator, Integration, Operator }
    /// Whether somebody looked or changed.
    ActionKind { Read, Write }
}

/// Who speaks for the citizen: themself, and whoever acts for them.
pub const CITIZENS_SIDE: [ActorKind; 2] = [ActorKind::Citizen, ActorKind::Representative];
