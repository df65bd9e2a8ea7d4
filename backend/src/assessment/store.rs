use contract::{CommentKind, EventKind, EventTarget, NewAssessment, ProblemCode, Version};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use crate::{
    comments,
    db::Tx,
    entity::comment,
    error::Result,
    events::{self, Changes, Happening},
    keys::{Sealed as _, Unseal as _},
    policy::CaseAccess,
    receipt::{Answer, Asked, Begun},
    values::Word,
};

pub(super) async fn save(access: &CaseAccess, tx: &Tx, asked: &Asked, new: NewAssessment) -> Result<Answer> {
    let assessor = access.must_be_employee()?;
    let (m, c) = access.key();
    let Some(comment) = comment::Entity::find_by_id((m, c, asked.id())).one(tx).await?.unsealed(access)? else {
        return Err(ProblemCode::NotFound.into());
    };
    let version = match asked.begin(access, tx, comment.assessment_version.map(Version)).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    let Some((area, meeting)) = comments::store::beside(access, tx, comment.beside.0, comment.beside_id).await? else {
        return Err(ProblemCode::NotFound.into());
    };
    if comment.kind.0 != CommentKind::Disagreement {
        return Err(ProblemCode::NotAllowed.into());
    }
    // What was read may have become another matter.
    if comment.version != new.comment_version.0 {
        return Err(ProblemCode::VersionConflict.into());
    }
    let changes = Changes::default().word("assessment", comment.assessment.map(|word| word.0), new.assessment);
    if !changes.is_empty() {
        let happening = Happening {
            kind: EventKind::DisagreementAssessed,
            target: EventTarget::Comment,
            target_id: comment.comment_id,
            version,
            area,
            title: Some(comment.text.as_str().to_owned()),
            meeting,
            changes,
        };
        events::record(access, tx, happening).await?;
    }
    let mut row = comment.into_active_model();
    row.assessment = Set(Some(Word(new.assessment)));
    row.assessed_by = Set(Some(assessor.0));
    row.assessed_at = Set(Some(access.at().into()));
    row.assessment_version = Set(Some(version.0));
    comment::Entity::update(row.sealed(access)?).exec(tx).await?;
    asked.finish(access, tx).await
}
