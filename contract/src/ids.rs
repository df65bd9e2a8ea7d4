use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, UUIDv7: made by the client, so that a repeated request is known to be a repeat.
            #[must_use]
            pub fn make() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

id! {
    /// A municipality: the first part of every key.
    MunicipalityId,
    /// A citizen: the second part of every key in a case.
    CitizenId,
    /// An employee of the municipality.
    EmployeeId,
    /// A meeting.
    MeetingId,
    /// A participant's line in a meeting.
    ParticipantId,
    /// An item on a meeting's agenda.
    AgendaItemId,
    /// A goal; its draft has the same id.
    GoalId,
    /// A topic or question; its draft has the same id.
    TopicId,
    /// A draft; becomes the id of the goal or topic it is sent as.
    DraftId,
    /// One sending of drafts.
    SendingId,
    /// What an employee opened with a written reason.
    GlassId,
    /// An effort (indsats).
    EffortId,
    /// A step.
    StepId,
    /// A comment or a disagreement.
    CommentId,
    /// One mark that items were opened.
    OpeningId,
    /// One delay of looks.
    LookDelayId,
    /// One change.
    EventId,
    /// What a citizen gave when they let somebody act for them.
    RepresentationId,
}

macro_rules! from_draft {
    ($($name:ident),*) => {$(
        impl From<DraftId> for $name {
            fn from(id: DraftId) -> Self {
                Self(id.0)
            }
        }
        impl From<$name> for DraftId {
            fn from(id: $name) -> Self {
                Self(id.0)
            }
        }
    )*};
}
from_draft!(GoalId, TopicId);
