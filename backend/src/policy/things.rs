//! What may be done with a step, a comment, and what was written for the other side.

use contract::{CommentKind, NewStep, OpenedKind, Party, ProblemCode};

use super::CaseAccess;
use crate::{
    entity::{comment, step},
    error::{Error, Result},
    values::{ActorKind, PartyKind, StateKind},
};

impl CaseAccess {
    /// Whether a step may be written for this owner: citizens for themself, employees for either party.
    #[must_use]
    pub fn may_add_step(&self, owner: Party) -> bool {
        !self.is_citizens_side() || owner == Party::Citizen
    }

    /// Whether a step's wording may be changed: the citizen's by the citizen, the municipality's by the municipality.
    #[must_use]
    pub fn may_reword_step(&self, step: &step::Model) -> bool {
        match step.written_by_kind.0 {
            ActorKind::Citizen | ActorKind::Representative => self.is_citizens_side(),
            ActorKind::Employee | ActorKind::System => !self.is_citizens_side(),
        }
    }

    /// A step that was moved stays with the side that moved it; and an employee leaves the citizen's in the words that the
    /// citizen answered.
    ///
    /// # Errors
    /// [`ProblemCode::NotAllowed`] at the field.
    pub fn must_keep_answered(&self, step: &step::Model, new: &NewStep) -> Result<()> {
        let is_citizens = step.owner_kind.0 == PartyKind::Citizen;
        if step.state.0 == StateKind::NotStarted {
            Ok(())
        } else if (new.owner == Party::Citizen) != is_citizens {
            Err(Error::at(ProblemCode::NotAllowed, "owner"))
        } else if is_citizens && !self.is_citizens_side() && new.title.as_str() != step.title.as_str() {
            Err(Error::at(ProblemCode::NotAllowed, "title"))
        } else {
            Ok(())
        }
    }

    /// Whether a step's state may be set: by its owner's side only.
    #[must_use]
    pub fn may_move_step(&self, step: &step::Model) -> bool {
        (step.owner_kind.0 == PartyKind::Citizen) == self.is_citizens_side()
    }

    /// Whether this kind of comment may be written: only citizens disagree.
    #[must_use]
    pub fn may_comment(&self, kind: CommentKind) -> bool {
        kind == CommentKind::Remark || self.is_citizens_side()
    }

    /// Whether this kind of thing may be marked as opened: what one side wrote by the other.
    #[must_use]
    pub fn may_open(&self, kind: OpenedKind) -> bool {
        match kind {
            OpenedKind::Goal | OpenedKind::Topic | OpenedKind::Step => !self.is_citizens_side(),
            OpenedKind::Minutes => self.is_citizens_side(),
            OpenedKind::Comment => true,
        }
    }

    /// Whether a comment may be changed: by its writer only.
    #[must_use]
    pub fn may_change_comment(&self, comment: &comment::Model) -> bool {
        let (kind, id) = self.actor_key();
        (comment.by_kind.0, comment.by_id) == (kind, Some(id))
    }
}
