use serde::{Deserialize, Serialize};

/// Why a request was not done, as `application/problem+json` (RFC 9457). Holds no internals and no personal text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `about:blank`: the status and the code say it all.
    pub r#type: String,
    /// The HTTP status.
    pub status: u16,
    /// A short English sentence for developers.
    pub title: String,
    /// What the page chooses its words by.
    pub code: ProblemCode,
    /// The path of the field at fault in the request's body, such as `steps[0].title`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// The stable codes of [`Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// 400: the body is not what the contract says.
    Malformed,
    /// 401: nobody is signed in, or the session has ended.
    SignedOut,
    /// 403: this person may see the case but not do this.
    NotAllowed,
    /// 403: the session is about the case of a citizen who has let this person act for them, and that has ended; they go
    /// back to their own.
    RepresentationEnded,
    /// 403: the person logged in too long ago for this; they log in anew.
    LoginTooOld,
    /// 403: the request lacks the contract's header or comes from another origin.
    ForeignRequest,
    /// 404: unknown, or somebody else's; the two are the same.
    NotFound,
    /// 409: the page is older than the server; reload.
    OldPage,
    /// 409: the meeting has begun: what was sent for it stays as it was, and it is neither moved nor cancelled.
    MeetingBegun,
    /// 409: the meeting is cancelled.
    MeetingCancelled,
    /// 409: the citizen, or who acts for them, is changing the same thing just now.
    BeingChanged,
    /// 409: something that is named in the request does not exist in this case.
    UnknownReference,
    /// 412: somebody saved another version first.
    VersionConflict,
    /// 413: the body is too large.
    TooLarge,
    /// 422: a text is empty.
    TextEmpty,
    /// 422: a text is too long.
    TextTooLong,
    /// 422: a text has a character that cannot be stored.
    TextControlCharacter,
    /// 422: the local time does not exist (the clocks went forward).
    TimeDoesNotExist,
    /// 422: the local time happens twice (the clocks went back); say which.
    TimeHappensTwice,
    /// 422: the time is in the past.
    TimeInThePast,
    /// 422: a reason is needed for this state.
    ReasonMissing,
    /// 422: any other value that breaks a rule.
    Invalid,
    /// 428: `If-Match` or `If-None-Match` is missing.
    PreconditionMissing,
    /// 429: too many requests; try again later.
    TooMany,
    /// 500: our fault.
    Internal,
    /// 503: the database is away or the server is busy; nothing was saved.
    Unavailable,
}
