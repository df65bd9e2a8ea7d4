use serde::{Deserialize, Serialize};

/// What a municipality sets for itself, read at run time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Municipality {
    /// The name, such as "Fjordby Kommune".
    pub name: String,
    /// The unit that citizens turn to, such as "Job og Støtte".
    pub department: String,
    /// The telephone for everything.
    pub phone: String,
    /// When the telephone is open, in a few words.
    pub phone_hours: String,
    /// The mail address for everything.
    pub mail: String,
    /// The address of the privacy page.
    pub privacy_url: Option<String>,
    /// The address of the published accessibility statement; without it the app shows its own page.
    pub accessibility_url: Option<String>,
    /// The number to call in danger.
    pub emergency_phone: String,
    /// Whom to call when life is hard, such as "Livslinien".
    pub crisis_line_name: String,
    /// The number of that line.
    pub crisis_line_phone: String,
    /// Where official notices come, such as "Digital Post".
    pub official_channel: String,
    /// Where one reports illness or a new job, such as "Jobnet".
    pub reporting_channel: String,
    /// Until when one can complain, in a few words, such as "inden 4 uger".
    pub complaint_deadline: String,
}
