use contract::{
    Assessment, CommentId, CommentKind, CommentedKind, DraftKind, EventKind, History, NewAssessment, NewComment, Plan,
    ProblemCode, Prose, Version, paths, paths::Subject,
};

use crate::{
    made,
    town::{Known, Town},
};

fn found(comment_version: i32, assessment: Assessment) -> NewAssessment {
    NewAssessment { comment_version: Version(comment_version), assessment }
}

#[tokio::test]
async fn a_disagreement_is_assessed_and_the_words_stay() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let goal = made::send(&anna, DraftKind::Goal, None, "Jeg vil arbejde").await;
    let comment = made::comment(&anna, Subject::Me, goal, CommentKind::Disagreement, "Det passer ikke").await;
    let path = paths::assessment(whose, comment);
    let complaint = found(1, Assessment::Complaint);
    anna.try_put(paths::assessment(Subject::Me, comment), Known::New, &complaint)
        .await
        .is_refused(403, ProblemCode::NotAllowed);
    mette.try_put(&path, Known::Is(1), &complaint).await.is_refused(412, ProblemCode::VersionConflict);
    let first = mette.put(&path, Known::New, &complaint).await;
    assert_eq!(mette.put(&path, Known::New, &complaint).await, first, "a repeat");

    let other = found(1, Assessment::NoComplaint);
    mette.try_put(&path, Known::New, &other).await.is_refused(412, ProblemCode::VersionConflict);
    assert_eq!(mette.put(&path, Known::Is(1), &other).await.version, Version(2));
    let plan: Plan = anna.get(paths::plan(Subject::Me)).await;
    let seen = &plan.comments[0];
    assert_eq!((seen.assessment, seen.version), (Some(Assessment::NoComplaint), Version::FIRST));
    assert_eq!(seen.assessment_version, Some(Version(2)));
    assert_eq!(seen.text, "Det passer ikke");
    let history: History = anna.get(paths::history(Subject::Me)).await;
    assert_eq!(history.events[0].kind, EventKind::DisagreementAssessed);
    assert_eq!(history.events[0].area, plan.goals[0].area, "the area of what it stands beside");
}

#[tokio::test]
async fn only_a_disagreement_is_assessed() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let goal = made::send(&anna, DraftKind::Goal, None, "Jeg vil arbejde").await;
    let remark = made::comment(&anna, Subject::Me, goal, CommentKind::Remark, "Helst om foråret").await;
    let complaint = found(1, Assessment::Complaint);
    mette
        .try_put(paths::assessment(whose, remark), Known::New, &complaint)
        .await
        .is_refused(403, ProblemCode::NotAllowed);
    mette
        .try_put(paths::assessment(whose, CommentId::make()), Known::New, &complaint)
        .await
        .is_refused(404, ProblemCode::NotFound);
}

#[tokio::test]
async fn other_words_are_assessed_anew_by_who_has_read_them() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let goal = made::send(&anna, DraftKind::Goal, None, "Jeg vil arbejde").await;
    let comment = made::comment(&anna, Subject::Me, goal, CommentKind::Disagreement, "Det passer ikke").await;
    let path = paths::assessment(Subject::Citizen(town.anna), comment);
    let no_complaint = found(1, Assessment::NoComplaint);
    mette.put(&path, Known::New, &no_complaint).await;

    let reworded = NewComment {
        beside: CommentedKind::Goal,
        beside_id: goal,
        kind: CommentKind::Disagreement,
        text: Prose::parse("Jeg vil klage").unwrap(),
    };
    anna.put(paths::comment(Subject::Me, comment), Known::Is(1), &reworded).await;
    let assessed = |plan: Plan| plan.comments[0].assessment;
    assert_eq!(assessed(anna.get(paths::plan(Subject::Me)).await), None);
    let of_old_words = mette.try_put(&path, Known::Is(1), &found(1, Assessment::Complaint)).await;
    of_old_words.is_refused(412, ProblemCode::VersionConflict);
    assert_eq!(assessed(anna.get(paths::plan(Subject::Me)).await), None);
    mette.put(&path, Known::New, &no_complaint).await;
    assert_eq!(assessed(anna.get(paths::plan(Subject::Me)).await), None, "a repeat is no answer to other words");
    mette.put(&path, Known::Is(1), &found(2, Assessment::NoComplaint)).await;
    assert_eq!(assessed(anna.get(paths::plan(Subject::Me)).await), Some(Assessment::NoComplaint));
}
