//! The one enum for what goes wrong, and the only place that knows HTTP statuses.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{Problem, ProblemCode, TextFault};
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// The media type of every refusal.
pub const PROBLEM: &str = "application/problem+json";

/// When to come back to a server that is busy or has no database, in seconds.
const SOON: u32 = 5;

/// What came of something that can go wrong.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request breaks a rule; the page has words for it.
    #[error("refused: {code:?}")]
    Refused {
        /// Which rule.
        code: ProblemCode,
        /// The path of the field at fault in the body.
        field: Option<String>,
    },
    /// Somebody has asked for more than they may.
    #[error("too many requests")]
    TooMany {
        /// After how many seconds they may again.
        seconds: u32,
    },
    /// The database did not do it.
    #[error("the database: {0}")]
    Database(DbErr),
    /// A bug of ours.
    #[error("internal: {0}")]
    Internal(&'static str),
}

impl Error {
    /// A refusal that points at a field.
    #[must_use]
    pub fn at(code: ProblemCode, field: impl Into<String>) -> Self {
        Self::Refused { code, field: Some(field.into()) }
    }

    /// Whether another transaction was in the way: once more, and it works.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        use sea_orm::{RuntimeErr, sqlx::Error as E};
        let Self::Database(
            DbErr::Conn(RuntimeErr::SqlxError(error))
            | DbErr::Exec(RuntimeErr::SqlxError(error))
            | DbErr::Query(RuntimeErr::SqlxError(error)),
        ) = self
        else {
            return false;
        };
        matches!(&**error, E::Database(refusal) if refusal.code().is_some_and(|state| was_in_the_way(&state)))
    }

    /// What the page will be told.
    #[must_use]
    pub fn code(&self) -> ProblemCode {
        match self {
            Self::Refused { code, .. } => *code,
            Self::TooMany { .. } => ProblemCode::TooMany,
            Self::Database(error) => code_of(error),
            Self::Internal(_) => ProblemCode::Internal,
        }
    }
}

impl From<ProblemCode> for Error {
    fn from(code: ProblemCode) -> Self {
        Self::Refused { code, field: None }
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}

/// The code for a text that breaks the rules.
#[must_use]
pub fn code_of_text(fault: TextFault) -> ProblemCode {
    match fault {
        TextFault::Empty => ProblemCode::TextEmpty,
        TextFault::TooLong { .. } => ProblemCode::TextTooLong,
        TextFault::ControlCharacter => ProblemCode::TextControlCharacter,
    }
}

fn code_of(error: &DbErr) -> ProblemCode {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => ProblemCode::Unavailable,
        DbErr::Exec(RuntimeErr::SqlxError(source)) | DbErr::Query(RuntimeErr::SqlxError(source))
            if is_passing(source) =>
        {
            ProblemCode::Unavailable
        }
        _ => match error.sql_err() {
            // Rules are checked before writing; a key that fails nevertheless was taken away or made in between.
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => ProblemCode::UnknownReference,
            Some(SqlErr::UniqueConstraintViolation(_)) => ProblemCode::VersionConflict,
            _ => ProblemCode::Internal,
        },
    }
}

/// Whether the same request may be taken in a moment.
fn is_passing(error: &sea_orm::sqlx::Error) -> bool {
    use sea_orm::sqlx::Error as E;
    match error {
        E::Io(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed | E::Tls(_) | E::Protocol(_) => true,
        E::Database(refusal) => refusal.code().is_some_and(|state| was_in_the_way(&state)),
        _ => false,
    }
}

/// PostgreSQL gave a transaction up for another one's sake: a serialization failure or a deadlock. Once more, and it works.
fn was_in_the_way(state: &str) -> bool {
    matches!(state, "40001" | "40P01")
}

/// The status that belongs to a code.
#[must_use]
pub fn status(code: ProblemCode) -> StatusCode {
    use ProblemCode as P;
    match code {
        P::Malformed => StatusCode::BAD_REQUEST,
        P::SignedOut => StatusCode::UNAUTHORIZED,
        P::NotAllowed | P::RepresentationEnded | P::LoginTooOld | P::ForeignRequest => StatusCode::FORBIDDEN,
        P::NotFound => StatusCode::NOT_FOUND,
        P::OldPage | P::MeetingBegun | P::MeetingCancelled | P::BeingChanged | P::UnknownReference => {
            StatusCode::CONFLICT
        }
        P::VersionConflict => StatusCode::PRECONDITION_FAILED,
        P::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        P::TextEmpty
        | P::TextTooLong
        | P::TextControlCharacter
        | P::TimeDoesNotExist
        | P::TimeHappensTwice
        | P::TimeInThePast
        | P::ReasonMissing
        | P::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        P::PreconditionMissing => StatusCode::PRECONDITION_REQUIRED,
        P::TooMany => StatusCode::TOO_MANY_REQUESTS,
        P::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        P::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match &self {
            Self::Refused { .. } | Self::TooMany { .. } => {}
            // The driver's words name tables and columns, never what stands in them.
            Self::Database(error) if self.code() == ProblemCode::Unavailable => {
                tracing::warn!(%error, "the database could not now");
            }
            Self::Database(error) => tracing::error!(%error, "the database refused"),
            Self::Internal(what) => tracing::error!(what, "a bug"),
        }
        let code = self.code();
        let wait = match self {
            Self::TooMany { seconds } => Some(seconds),
            _ if code == ProblemCode::Unavailable => Some(SOON),
            _ => None,
        };
        let field = match self {
            Self::Refused { field, .. } => field,
            _ => None,
        };
        let status = status(code);
        let problem = Problem {
            r#type: "about:blank".to_owned(),
            status: status.as_u16(),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            code,
            field,
        };
        let mut answer = (status, Json(problem)).into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = wait {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_another_transaction_stopped_is_worth_a_repeat() {
        for (state, is_passing) in
            [("40001", true), ("40P01", true), ("40002", false), ("23505", false), ("2067", false)]
        {
            assert_eq!(was_in_the_way(state), is_passing, "{state}");
        }
    }
}
