use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Line, Prose, Version};

/// How a person likes to be contacted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContactWay {
    /// No wish.
    #[default]
    Any,
    /// By telephone.
    Phone,
    /// By text message.
    TextMessage,
    /// By Digital Post.
    DigitalPost,
    /// By letter on paper.
    Letter,
}

/// A language of the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Danish.
    #[default]
    Da,
    /// English.
    En,
}

/// The citizen in their own words. To employees only what is shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    /// How many times it was saved; 0 when never.
    pub version: Version,
    /// The name in the municipality's register.
    pub registered_name: String,
    /// Whether name and address are protected.
    pub is_protected: bool,
    /// When it was saved last.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub saved_at: Option<Timestamp>,
    /// What is written.
    pub content: NewProfile,
}

/// A profile to save. Each text is shared only by choice, and closed by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewProfile {
    /// The name to be called by, everywhere.
    #[serde(default)]
    pub preferred_name: Option<Line>,
    /// How to be contacted.
    #[serde(default)]
    pub contact_way: ContactWay,
    /// A few words about being contacted, such as "helst efter kl. 10".
    #[serde(default)]
    pub contact_note: Option<Line>,
    /// The language to be spoken and written to in.
    #[serde(default)]
    pub language: Language,
    /// "Min situation nu".
    #[serde(default)]
    pub situation: Option<Prose>,
    /// Whether employees see it.
    #[serde(default)]
    pub is_situation_shared: bool,
    /// "Det er jeg god til".
    #[serde(default)]
    pub strengths: Option<Prose>,
    /// Whether employees see it.
    #[serde(default)]
    pub is_strengths_shared: bool,
}
