use contract::{CommentKind, EventKind, EventTarget, NewAssessment, ProblemCode, Version};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use crate::{
    db::Tx,
    entity::comment,
    error::{Error, Result},
    events::{self, Changes, Happening},
    policy::CaseAccess,
    receipt::{self, Answer, Asked, Begun},
    values::{ResourceKind, Word},
};

pub(super) async fn save(access: &CaseAccess, tx: &Tx, asked: &Asked, new: NewAssessment) -> Result<Answer> {
    let assessor = access.must_be_employee()?;
    let (m, c) = access.key();
    let Some(comment) = comment::Entity::find_by_id((m, c, asked.id())).one(tx).await? else {
        return Err(ProblemCode::NotFound.into());
    };
    // An assessment that was imported has no receipt, and counts as the first.
    let current = match receipt::latest(access, tx, ResourceKind::Assessment, asked.id()).await? {
        None => comment.assessment.map(|_| Version::FIRST),
        version => version,
    };
    let version = match asked.begin(access, tx, current).await? {
        Begun::Repeat(answer) => return Ok(answer),
        Begun::New(version) => version,
    };
    if comment.kind.0 != CommentKind::Disagreement {
        return Err(Error::from(ProblemCode::NotAllowed));
    }
    let changes = Changes::default().word("assessment", comment.assessment.map(|word| word.0), new.assessment);
    if !changes.is_empty() {
        let happening = Happening {
            kind: EventKind::DisagreementAssessed,
            target: EventTarget::Comment,
            target_id: comment.comment_id,
            version,
            area: contract::Area::Other,
            title: Some(comment.text.as_str().to_owned()),
            meeting: None,
            changes,
        };
        events::record(access, tx, happening).await?;
    }
    let mut row = comment.into_active_model();
    row.assessment = Set(Some(Word(new.assessment)));
    row.assessed_by = Set(Some(assessor.0));
    row.assessed_at = Set(Some(access.at().into()));
    comment::Entity::update(row).exec(tx).await?;
    asked.finish(access, tx).await
}
