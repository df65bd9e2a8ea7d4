use contract::{
    Area, DraftKind, EffortId, EmployeeId, EventKind, GoalId, History, NewEffort, Plan, ProblemCode, TakingBack,
    Version, paths, paths::Subject,
};
use serde_json::json;

use crate::{
    made,
    town::{Known, Town},
    words::{line, prose},
};

fn practice(goal: GoalId) -> NewEffort {
    NewEffort {
        goal,
        area: Area::Employment,
        title: line("Praktik i en butik"),
        purpose: prose("Du prøver, hvor mange timer du kan klare"),
        obligation: None,
        responsible: None,
        starts_on: None,
        ends_on: None,
        is_ended: false,
    }
}

#[tokio::test]
async fn an_effort_serves_a_goal_and_has_a_purpose() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let path = paths::effort(whose, EffortId::make());
    let goal = GoalId(made::send(&anna, DraftKind::Goal, None, "Jeg vil arbejde").await);

    let answer = mette.try_put(&path, Known::New, &practice(GoalId::make())).await;
    assert_eq!(answer.is_refused(409, ProblemCode::UnknownReference).as_deref(), Some("goal"));
    let answer = mette.try_put(&path, Known::New, &json!({"goal": goal, "title": "Praktik", "purpose": " "})).await;
    assert_eq!(answer.is_refused(422, ProblemCode::TextEmpty).as_deref(), Some("purpose"));
    let stranger = NewEffort { responsible: Some(EmployeeId::make()), ..practice(goal) };
    let answer = mette.try_put(&path, Known::New, &stranger).await;
    assert_eq!(answer.is_refused(409, ProblemCode::UnknownReference).as_deref(), Some("responsible"));
    let backwards = NewEffort {
        starts_on: Some("2026-05-01".parse().unwrap()),
        ends_on: Some("2026-04-30".parse().unwrap()),
        ..practice(goal)
    };
    let answer = mette.try_put(&path, Known::New, &backwards).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("ends_on"));
    anna.try_put(paths::effort(Subject::Me, EffortId::make()), Known::New, &practice(goal))
        .await
        .is_refused(403, ProblemCode::NotAllowed);

    mette.put(&path, Known::New, &NewEffort { responsible: Some(town.omar), ..practice(goal) }).await;
    let plan: Plan = anna.get(paths::plan(Subject::Me)).await;
    assert_eq!((plan.efforts.len(), plan.efforts[0].goal, plan.efforts[0].responsible_id), (1, goal, Some(town.omar)));
}

#[tokio::test]
async fn history_tells_how_an_effort_went() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let path = paths::effort(Subject::Citizen(town.anna), EffortId::make());
    let goal = GoalId(made::send(&anna, DraftKind::Goal, None, "Jeg vil arbejde").await);
    let first = mette.put(&path, Known::New, &practice(goal)).await;
    assert_eq!(mette.put(&path, Known::New, &practice(goal)).await, first, "a repeat");
    let longer = NewEffort { title: line("Praktik på et lager"), ..practice(goal) };
    mette.put(&path, Known::Is(1), &longer).await;
    mette.try_put(&path, Known::Is(1), &practice(goal)).await.is_refused(412, ProblemCode::VersionConflict);
    // The goal may be taken back before the effort that served it has ended.
    anna.put(paths::goal_taking_back(Subject::Me, goal), Known::Is(1), &TakingBack {}).await;
    let ended = mette.put(&path, Known::Is(2), &NewEffort { is_ended: true, ..longer }).await;
    assert_eq!(ended.version, Version(3));
    let history: History = anna.get(paths::history(Subject::Me)).await;
    let kinds: Vec<EventKind> = history.events.iter().map(|event| event.kind).collect();
    assert_eq!(
        kinds,
        [
            EventKind::EffortEnded,
            EventKind::GoalTakenBack,
            EventKind::EffortChanged,
            EventKind::EffortStarted,
            EventKind::GoalSent
        ]
    );
    let path = paths::effort(Subject::Citizen(town.anna), EffortId::make());
    let answer = mette.try_put(&path, Known::New, &practice(goal)).await;
    assert_eq!(answer.is_refused(409, ProblemCode::UnknownReference).as_deref(), Some("goal"), "it was taken back");
}
