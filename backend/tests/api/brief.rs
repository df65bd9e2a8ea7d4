use contract::{
    Brief, CaseFile, CommentKind, DraftId, DraftKind, MeetingId, NewStep, OpenedKind, Party, ProblemCode, StepId,
    paths, paths::Subject,
};
use roed_traad::entity::{audit, opening};
use sea_orm::EntityTrait;

use crate::{
    made::{self, minutes},
    town::{Known, Town},
    words,
};

fn due(day: &str, step: NewStep) -> NewStep {
    NewStep { due: Some(day.parse().unwrap()), ..step }
}

#[tokio::test]
async fn a_brief_begins_with_what_is_not_opened() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let id = town.meeting(town.anna, "2026-03-30T10:00:00").await;
    let known = made::send(&anna, DraftKind::Goal, Some(id), "Jeg vil arbejde").await;
    let new = made::send(&anna, DraftKind::Goal, None, "Jeg vil sove").await;
    let topic = made::send(&anna, DraftKind::Topic, Some(id), "Min gæld").await;
    let remark = made::comment(&anna, Subject::Me, known, CommentKind::Remark, "Helst om foråret").await;
    let no = made::comment(&anna, Subject::Me, known, CommentKind::Disagreement, "Det passer ikke").await;
    made::comment(&mette, whose, known, CommentKind::Remark, "Godt at vide").await;
    made::open(&mette, whose, OpenedKind::Goal, known, 1).await;

    let read = async || -> Brief { mette.get(paths::brief(whose, id)).await };
    let brief = read().await;
    assert_eq!(brief.goals.iter().map(|goal| goal.id.0).collect::<Vec<_>>(), [known]);
    assert_eq!(brief.unopened_goals.iter().map(|goal| goal.id.0).collect::<Vec<_>>(), [new]);
    assert_eq!(brief.unopened_topics.iter().map(|topic| topic.id.0).collect::<Vec<_>>(), [topic]);
    assert_eq!(brief.unopened_comments.iter().map(|it| it.id).collect::<Vec<_>>(), [no, remark]);
    assert_eq!(brief.unassessed.iter().map(|it| it.id).collect::<Vec<_>>(), [no]);
    assert_eq!(read().await, brief, "reading opens nothing");

    // Changed by the citizen, it is new again; and what Omar opens is not opened by Mette.
    made::send_as(&anna, DraftId(known), DraftKind::Goal, Some(id), "Jeg vil arbejde lidt").await;
    let omar = town.as_employee(town.omar).await;
    made::open(&omar, whose, OpenedKind::Topic, topic, 1).await;
    let brief = read().await;
    assert_eq!((brief.goals.len(), brief.unopened_goals.len(), brief.unopened_topics.len()), (0, 2, 1));
}

#[tokio::test]
async fn reading_a_brief_leaves_a_row_in_the_audit_and_no_mark() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let id = town.meeting(town.anna, "2026-03-30T10:00:00").await;
    made::send(&anna, DraftKind::Goal, Some(id), "Jeg vil arbejde").await;
    let _: Brief = mette.get(paths::brief(Subject::Citizen(town.anna), id)).await;
    let (marks, rows) = town
        .app
        .db
        .read(|tx| {
            Box::pin(async move { Ok((opening::Entity::find().all(tx).await?, audit::Entity::find().all(tx).await?)) })
        })
        .await
        .unwrap();
    assert!(marks.is_empty());
    let read: Vec<_> = rows.iter().filter(|row| row.operation == "brief").collect();
    assert_eq!((read.len(), read[0].citizen_id, read[0].actor_id), (1, Some(town.anna.0), town.mette.0));
}

#[tokio::test]
async fn a_brief_has_open_promises_late_ones_first_and_the_last_agreements() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let whose = Subject::Citizen(town.anna);
    let last = town.meeting(town.anna, "2026-03-10T10:00:00").await;
    let id = town.meeting(town.anna, "2026-03-30T10:00:00").await;
    mette.put(paths::minutes(whose, last), Known::New, &minutes("Vi aftalte praktik.", true)).await;
    let ours = Party::Employee { employee: town.omar };
    let put = async |step: NewStep| mette.put(paths::step(whose, StepId::make()), Known::New, &step).await;
    put(words::step("Skriver til butikken", ours)).await;
    put(due("2026-03-12", words::step("Ringer til butikken", ours))).await;
    put(NewStep { meeting: Some(last), ..words::step("Finder dit CV", Party::Citizen) }).await;

    let brief: Brief = mette.get(paths::brief(whose, id)).await;
    let titles: Vec<&str> = brief.promises.iter().map(|step| step.title.as_str()).collect();
    assert_eq!(titles, ["Ringer til butikken", "Skriver til butikken"]);
    assert!(brief.promises[0].is_late);
    assert_eq!(brief.citizen_steps.len(), 1);
    let before = brief.last_time.unwrap();
    assert_eq!((before.meeting, before.summary.as_str(), before.steps.len()), (last, "Vi aftalte praktik.", 1));
}

#[tokio::test]
async fn a_file_and_a_brief_are_for_the_citizens_own_employees() {
    let town = Town::new().await;
    let id = town.meeting(town.anna, "2026-03-30T10:00:00").await;
    let whose = Subject::Citizen(town.anna);
    let (anna, mette, karin) =
        (town.as_citizen(town.anna).await, town.as_employee(town.mette).await, town.as_employee(town.karin).await);
    for path in [paths::file(whose), paths::brief(whose, id)] {
        anna.try_get(&path).await.is_refused(403, ProblemCode::NotAllowed);
        karin.try_get(&path).await.is_refused(404, ProblemCode::NotFound);
    }
    mette.try_get(paths::brief(whose, MeetingId::make())).await.is_refused(404, ProblemCode::NotFound);

    let past = town.meeting(town.anna, "2026-03-10T10:00:00").await;
    let file: CaseFile = mette.get(paths::file(whose)).await;
    assert_eq!(file.meetings.iter().map(|meeting| meeting.id).collect::<Vec<_>>(), [id, past]);
    assert_eq!((file.citizen.next_meeting, file.citizen.name.as_str()), (Some(id), "Anna Testsen"));
    assert_eq!(file.people.len(), 2);
}
