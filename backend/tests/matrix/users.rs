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
    /// Acts for Anna, about work and education.
    Representative,
    /// Acted for Anna until she took it back; has a session from before.
    FormerRepresentative,
    /// Acted for Anna until the last day was over; likewise.
    LateRepresentative,
    /// Anna's contact person.
    Contact,
    /// In Anna's plan.
    InPlan,
    /// In Anna's plan too, works with health, and has met her about it.
    Nurse,
    /// In Anna's plan too, and has written why they need what is marked health.
    BrokeGlass,
    /// Leads the unit of Anna's contact person.
    Lead,
    /// Leads another unit.
    LeadElsewhere,
    /// Leads the unit of Anna's contact person, and has written why they need to look at Anna's case.
    LeadWithReason,
    /// Looks after employees and settings; was put in Anna's plan by mistake.
    Administrator,
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
    /// Another system, whose key is for citizens.
    Register,
    /// Another system, whose key is for employees.
    StaffRegister,
    /// Another system, whose key is not set any more.
    OldRegister,
}

impl User {
    pub const ALL: [Self; 27] = [
        Self::Stranger,
        Self::Forger,
        Self::SignedOut,
        Self::Idle,
        Self::HasLeft,
        Self::Anna,
        Self::Bo,
        Self::Forgotten,
        Self::Representative,
        Self::FormerRepresentative,
        Self::LateRepresentative,
        Self::Contact,
        Self::InPlan,
        Self::Nurse,
        Self::BrokeGlass,
        Self::Lead,
        Self::LeadElsewhere,
        Self::LeadWithReason,
        Self::Administrator,
        Self::Participant,
        Self::FormerParticipant,
        Self::FormerContact,
        Self::BosContact,
        Self::Unrelated,
        Self::Register,
        Self::StaffRegister,
        Self::OldRegister,
    ];

    pub fn is_signed_in(self) -> bool {
        let has_none = matches!(self, Self::Stranger | Self::Forger | Self::SignedOut | Self::Idle | Self::HasLeft);
        !has_none && !self.is_system()
    }

    /// Comes with a key, and not as a person.
    pub fn is_system(self) -> bool {
        matches!(self, Self::Register | Self::StaffRegister | Self::OldRegister)
    }

    /// Whose session is about a case that they may not see any more.
    pub fn has_acted(self) -> bool {
        matches!(self, Self::FormerRepresentative | Self::LateRepresentative)
    }

    pub fn is_citizen(self) -> bool {
        self.has_acted() || matches!(self, Self::Anna | Self::Bo | Self::Forgotten | Self::Representative)
    }
}
