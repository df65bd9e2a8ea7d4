use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Author, CommentId, Openings, Prose, Version};

/// What a comment stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CommentedKind {
    /// A goal.
    Goal,
    /// An effort.
    Effort,
    /// A step.
    Step,
    /// A meeting's minutes (the meeting's id).
    Minutes,
}

/// A comment, or a disagreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CommentKind {
    /// A remark or an answer.
    Remark,
    /// "Jeg er ikke enig": citizens only; may be a complaint in law.
    Disagreement,
}

/// What an employee found a disagreement to be in law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Assessment {
    /// Treated as a complaint.
    Complaint,
    /// Not a complaint; the citizen has been asked.
    NoComplaint,
}

/// Words beside something, which nobody but their writer can change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comment {
    /// Identity.
    pub id: CommentId,
    /// How many times it was saved.
    pub version: Version,
    /// What it stands beside.
    pub beside: CommentedKind,
    /// The id of what it stands beside.
    pub beside_id: Uuid,
    /// What that is called, for employees; absent for minutes, and for what is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// A remark or a disagreement.
    pub kind: CommentKind,
    /// The words.
    pub text: String,
    /// Who wrote them.
    pub by: Author,
    /// Whether the reader wrote them.
    pub is_mine: bool,
    /// When they were saved last.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// What an employee found a disagreement to be; absent until somebody has.
    pub assessment: Option<Assessment>,
    /// How many times that was said, of these words and of earlier ones: what the next assessment builds on; absent when
    /// nobody has.
    pub assessment_version: Option<Version>,
    /// Who has opened it.
    pub openings: Openings,
}

/// A comment to write or change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewComment {
    /// What it stands beside.
    pub beside: CommentedKind,
    /// The id of what it stands beside.
    pub beside_id: Uuid,
    /// A remark or a disagreement.
    pub kind: CommentKind,
    /// The words.
    pub text: Prose,
}

/// The answer to "er det en klage?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAssessment {
    /// The version of the comment that was read; other words since are assessed anew.
    pub comment_version: Version,
    /// What it is found to be.
    pub assessment: Assessment,
}
