/// Every kind of person who may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum User {
    /// Has no cookie.
    Stranger,
    /// Has a cookie that nobody gave them.
    Forger,
    /// Kept the cookie of a session that was signed out of.
    SignedOut,
    /// Has a session that nobody used for too long.
    Idle,
    /// An employee whose session is from before they left.
    HasLeft,
    /// A citizen.
    Anna,
    /// Another citizen.
    Bo,
    /// A citizen whose key is deleted.
    Forgotten,
    /// Anna's contact person.
    Contact,
    /// In Anna's plan.
    InPlan,
    /// Comes to a meeting with Anna.
    Participant,
    /// Came to a meeting with Anna that is long over.
    FormerParticipant,
    /// Was Anna's contact person.
    FormerContact,
    /// Bo's contact person.
    BosContact,
    /// An employee who knows neither.
    Unrelated,
}

impl User {
    pub const ALL: [Self; 15] = [
        Self::Stranger,
        Self::Forger,
        Self::SignedOut,
        Self::Idle,
        Self::HasLeft,
        Self::Anna,
        Self::Bo,
        Self::Forgotten,
        Self::Contact,
        Self::InPlan,
        Self::Participant,
        Self::FormerParticipant,
        Self::FormerContact,
        Self::BosContact,
        Self::Unrelated,
    ];

    pub fn is_signed_in(self) -> bool {
        !matches!(self, Self::Stranger | Self::Forger | Self::SignedOut | Self::Idle | Self::HasLeft)
    }

    pub fn is_citizen(self) -> bool {
        matches!(self, Self::Anna | Self::Bo | Self::Forgotten)
    }
}
