use contract::{
    Brief, CaseFile, Caseload, CommentKind, DraftId, DraftKind, ItemOutcome, Meeting, MeetingId, NewMeeting,
    NewMinutes, NewStep, OpenedKind, Outcome, Party, ProblemCode, StepId, StepState, TopicId, paths, paths::Subject,
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
    assert_eq!(brief.unopened.goals.iter().map(|goal| goal.id.0).collect::<Vec<_>>(), [new]);
    assert_eq!(brief.unopened.topics.iter().map(|topic| topic.id.0).collect::<Vec<_>>(), [topic]);
    assert_eq!(brief.unopened.comments.iter().map(|it| it.id).collect::<Vec<_>>(), [no, remark]);
    assert_eq!(brief.disagreements.iter().map(|it| it.id).collect::<Vec<_>>(), [no]);
    assert!(brief.disagreements[0].about.is_some(), "one has to know what somebody does not agree with");
    assert_eq!(read().await, brief, "reading opens nothing");

    // Changed by the citizen, it is new again; and what Omar opens is not opened by Mette.
    made::send_as(&anna, DraftId(known), DraftKind::Goal, Some(id), "Jeg vil arbejde lidt").await;
    let omar = town.as_employee(town.omar).await;
    made::open(&omar, whose, OpenedKind::Topic, topic, 1).await;
    let brief = read().await;
    assert_eq!((brief.goals.len(), brief.unopened.goals.len(), brief.unopened.topics.len()), (0, 2, 1));
}

#[tokio::test]
async fn a_citizens_page_has_what_is_new_without_any_meeting() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let goal = made::send(&anna, DraftKind::Goal, None, "Jeg vil arbejde").await;
    let topic = made::send(&anna, DraftKind::Topic, None, "Min gæld").await;
    let no = made::comment(&anna, Subject::Me, goal, CommentKind::Disagreement, "Det passer ikke").await;

    let read = async || -> CaseFile { mette.get(paths::file(whose)).await };
    let file = read().await;
    assert_eq!((file.unopened.count(), file.citizen.unopened, file.disagreements.len()), (3, 3, 1));
    assert_eq!(read().await, file, "reading opens nothing");
    let list: Caseload = mette.get(paths::CASELOAD).await;
    assert_eq!(list.citizens[0].unopened, 3);

    made::open(&mette, whose, OpenedKind::Goal, goal, 1).await;
    made::open(&mette, whose, OpenedKind::Topic, topic, 1).await;
    made::open(&mette, whose, OpenedKind::Comment, no.0, 1).await;
    let file = read().await;
    assert_eq!((file.unopened.count(), file.disagreements[0].id), (0, no));
}

#[tokio::test]
async fn what_the_citizen_does_with_a_step_is_new_until_it_is_opened() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let id = StepId::make();
    mette.put(paths::step(whose, id), Known::New, &words::step("Finder dit CV", Party::Citizen)).await;
    let new = async |version: i32| {
        let file: CaseFile = mette.get(paths::file(whose)).await;
        let list: Caseload = mette.get(paths::CASELOAD).await;
        assert_eq!(usize::try_from(list.citizens[0].unopened), Ok(file.unopened.steps.len()));
        let state = |step: contract::Step| (step.version == contract::Version(version)).then_some(step.state);
        file.unopened.steps.into_iter().find_map(state)
    };
    assert_eq!(new(1).await, None, "what employees write is not the citizen's");

    let not_yet = StepState::CannotYet { reason: words::prose("Min computer er i stykker") };
    anna.put(paths::step_state(Subject::Me, id), Known::Is(1), &words::state(not_yet.clone())).await;
    assert_eq!(new(2).await, Some(not_yet));
    made::open(&mette, whose, OpenedKind::Step, id.0, 2).await;
    assert_eq!(new(2).await, None);
    anna.put(paths::step_state(Subject::Me, id), Known::Is(2), &words::state(StepState::Done)).await;
    assert_eq!(new(3).await, Some(StepState::Done));
}

#[tokio::test]
async fn what_the_citizen_did_with_a_step_long_ago_is_no_news_to_who_opens_the_case_first_now() {
    let town = Town::new().await;
    let (anna, omar) = (town.as_citizen(town.anna).await, town.as_employee(town.omar).await);
    let (old, whose) = (StepId::make(), Subject::Citizen(town.anna));
    anna.put(paths::step(Subject::Me, old), Known::New, &words::step("Skriver CV", Party::Citizen)).await;
    let new = async || -> Vec<StepId> {
        let file: CaseFile = omar.get(paths::file(whose)).await;
        let list: Caseload = omar.get(paths::CASELOAD).await;
        assert_eq!(usize::try_from(list.citizens[0].unopened), Ok(file.unopened.steps.len()));
        file.unopened.steps.into_iter().map(|step| step.id).collect()
    };
    town.set_clock("2026-05-15T08:00:00Z");
    assert_eq!(new().await, [old]);
    town.set_clock("2026-05-15T10:00:00Z");
    assert!(new().await.is_empty());
    anna.put(paths::step_state(Subject::Me, old), Known::Is(1), &words::state(StepState::Done)).await;
    assert_eq!(new().await, [old]);
}

#[tokio::test]
async fn what_earlier_meetings_left_is_carried_to_this_one() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let (last, other) = (MeetingId::make(), MeetingId::make());
    let arrange = async |id: MeetingId, day: &str, agenda| {
        let new = NewMeeting { agenda, ..made::a_meeting(day) };
        mette.put(paths::meeting(whose, id), Known::New, &new).await;
    };
    let id = town.meeting(town.anna, "2026-04-10T10:00:00").await;
    arrange(other, "2026-05-10T10:00:00", vec![]).await;
    arrange(last, "2026-03-17T10:00:00", vec![]).await;
    let [gone, asked, answered, put_off] = ["Min gæld", "Min bolig", "Min ryg", "Min hund"];
    let mut topics = Vec::new();
    for words in [gone, asked, answered, put_off] {
        topics.push(TopicId(made::send(&anna, DraftKind::Topic, Some(last), words).await));
    }
    let mut agenda: Vec<_> = topics[1..].iter().map(|topic| made::item_of(*topic)).collect();
    agenda.extend(["Praktik", "Transport", "Kaffe"].map(made::item));
    let items: Vec<_> = agenda.iter().map(|item| item.id).collect();
    mette
        .put(
            paths::meeting(whose, last),
            Known::Is(1),
            &NewMeeting { agenda, ..made::a_meeting("2026-03-17T10:00:00") },
        )
        .await;
    town.set_clock("2026-03-18T12:00:00Z");
    let later = |meeting| Outcome::Later { meeting, note: None };
    let outcomes = [
        later(Some(id)),
        Outcome::Answered { answer: words::prose("Ja") },
        later(Some(other)),
        later(Some(id)),
        later(Some(other)),
        Outcome::NotOurs { who: words::line("Biblioteket") },
    ];
    let outcomes =
        items.into_iter().zip(outcomes).map(|(item, outcome)| ItemOutcome { item, outcome: Some(outcome) }).collect();
    let written = NewMinutes { outcomes, ..minutes("Vi talte om det.", true) };
    mette.put(paths::minutes(whose, last), Known::New, &written).await;
    for topic in &topics {
        made::open(&mette, whose, OpenedKind::Topic, topic.0, 1).await;
    }

    let brief: Brief = mette.get(paths::brief(whose, id)).await;
    assert_eq!(brief.topics.iter().map(|topic| topic.text.as_str()).collect::<Vec<_>>(), [gone, asked]);
    assert!(brief.topics.iter().all(|topic| !topic.is_on_agenda), "the agenda they stood on is over");
    assert_eq!(brief.carried.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["Praktik"]);
    let after: Brief = mette.get(paths::brief(whose, other)).await;
    assert_eq!(after.topics.iter().map(|topic| topic.text.as_str()).collect::<Vec<_>>(), [gone, asked, put_off]);

    let here: Meeting = mette.get(paths::meeting(whose, id)).await;
    let agenda = vec![made::item("Praktik"), made::item_of(topics[0])];
    let new = NewMeeting { agenda, ..made::a_meeting("2026-04-10T10:00:00") };
    mette.put(paths::meeting(whose, id), Known::Is(here.summary.version.0), &new).await;
    let brief: Brief = mette.get(paths::brief(whose, id)).await;
    assert!(brief.carried.is_empty() && brief.topics[0].is_on_agenda);
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
    assert_eq!((read.len(), read[0].chain, read[0].actor_id), (1, town.anna.0, town.mette.0));
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
    assert_eq!(file.citizen.name, "Anna Testsen");
    assert_eq!(file.people.len(), 2);
}
