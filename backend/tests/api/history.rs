use contract::{
    CommentId, CommentKind, CommentedKind, DraftKind, EffortId, EventKind, GoalId, History, Home, MeetingId, NewEffort,
    NewMeeting, NewProfile, NewStep, Party, StepId, TakingBack, TopicId, Version, paths, paths::Subject,
};

use crate::{
    made,
    town::{Known, Town, Visitor},
    words,
};

async fn history(reader: &Visitor, whose: Subject) -> History {
    reader.get(paths::history(whose)).await
}

/// All the words of a history.
fn told(history: &History) -> String {
    let words = |event: &contract::Event| {
        let fields = event.changes.iter().flat_map(|change| [change.old.clone(), change.new.clone()]);
        fields.chain([event.title.clone()]).flatten().collect::<Vec<_>>().join(" ")
    };
    history.events.iter().map(words).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn words_that_were_taken_back_stand_in_no_event_an_employee_reads() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let (whose, id) = (Subject::Citizen(town.anna), MeetingId::make());
    let path = paths::meeting(whose, id);
    let arrange = |agenda| NewMeeting { agenda, ..made::a_meeting("2026-03-30T10:00:00") };
    mette.put(&path, Known::New, &arrange(vec![made::item("Velkommen")])).await;
    let goal = made::send(&anna, DraftKind::Goal, Some(id), "Hemmeligt mål").await;
    made::comment(&anna, Subject::Me, goal, CommentKind::Disagreement, "Hemmelig uenighed").await;
    made::comment(&mette, whose, goal, CommentKind::Remark, "Hemmeligt svar").await;
    let topic = TopicId(made::send(&anna, DraftKind::Topic, Some(id), "Hemmeligt emne").await);
    mette.put(&path, Known::Is(1), &arrange(vec![made::item("Velkommen"), made::item_of(topic)])).await;
    let seen = history(&mette, whose).await;
    assert_eq!(seen.events[0].changes[0].new.as_deref(), Some("Velkommen\nHemmeligt emne"));

    anna.put(paths::topic_taking_back(Subject::Me, topic), Known::Is(1), &TakingBack {}).await;
    anna.put(paths::goal_taking_back(Subject::Me, GoalId(goal)), Known::Is(1), &TakingBack {}).await;
    let seen = history(&mette, whose).await;
    assert!(!told(&seen).contains("emmelig"), "{}", told(&seen));
    let own = history(&anna, Subject::Me).await;
    let left = own.events.iter().find(|event| event.kind == EventKind::AgendaChanged).unwrap();
    assert_eq!(left.title.as_deref(), Some("Vi finder næste skridt"));
    let change = &left.changes[0];
    assert_eq!((change.old.as_deref(), change.new.as_deref()), (Some("Velkommen\nHemmeligt emne"), Some("Velkommen")));
    assert!(told(&own).contains("Hemmelig uenighed"));
}

#[tokio::test]
async fn words_beside_minutes_are_the_citizens_when_the_minutes_are() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let id = town.meeting(town.anna, "2026-03-10T10:00:00").await;
    mette.put(paths::minutes(whose, id), Known::New, &made::minutes("En kladde", false)).await;
    let remark = words::comment(CommentedKind::Minutes, id.0, CommentKind::Remark, "Skal vi skrive det?");
    mette.put(paths::comment(whose, CommentId::make()), Known::New, &remark).await;
    assert!(history(&anna, Subject::Me).await.events.is_empty());
    let home: Home = anna.get(paths::home(Subject::Me)).await;
    assert!(home.news.is_empty());
    assert_eq!(history(&mette, whose).await.events.len(), 1);

    mette.put(paths::minutes(whose, id), Known::Is(1), &made::minutes("Et referat", true)).await;
    assert_eq!(history(&anna, Subject::Me).await.events.len(), 2);
}

#[tokio::test]
async fn what_is_named_by_an_id_is_told_by_its_name() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let id = town.meeting(town.anna, "2026-03-30T10:00:00").await;
    let goal = GoalId(made::send(&anna, DraftKind::Goal, None, "Jeg vil arbejde").await);
    let other = GoalId(made::send(&anna, DraftKind::Goal, None, "Jeg vil sove").await);
    let new = NewEffort {
        goal,
        area: contract::Area::Employment,
        title: words::line("Praktik"),
        purpose: words::prose("Du prøver dig frem"),
        obligation: None,
        responsible: Some(town.omar),
        starts_on: None,
        ends_on: None,
        is_ended: false,
    };
    let effort = EffortId::make();
    mette.put(paths::effort(whose, effort), Known::New, &new).await;
    let new = NewEffort { goal: other, responsible: Some(town.mette), ..new };
    mette.put(paths::effort(whose, effort), Known::Is(1), &new).await;
    let changes = history(&anna, Subject::Me).await.events[0].changes.clone();
    let fields: Vec<_> =
        changes.iter().map(|it| (it.field.as_str(), it.old.as_deref().unwrap(), it.new.as_deref().unwrap())).collect();
    assert_eq!(fields, [("goal", "Jeg vil arbejde", "Jeg vil sove"), ("responsible", "Omar Lund", "Mette Holm")]);

    let step = StepId::make();
    mette.put(paths::step(whose, step), Known::New, &words::step("Finder dit CV", Party::Citizen)).await;
    let agreed = NewStep { meeting: Some(id), effort: Some(effort), ..words::step("Finder dit CV", Party::Citizen) };
    mette.put(paths::step(whose, step), Known::Is(1), &agreed).await;
    let changes = history(&mette, whose).await.events[0].changes.clone();
    let fields: Vec<_> = changes.iter().map(|it| (it.field.as_str(), it.new.as_deref().unwrap())).collect();
    assert_eq!(fields, [("effort", "Praktik"), ("meeting", "2026-03-30T10:00:00")]);

    anna.put(paths::goal_taking_back(Subject::Me, goal), Known::Is(1), &TakingBack {}).await;
    assert!(!told(&history(&mette, whose).await).contains("Jeg vil arbejde"));
}

#[tokio::test]
async fn a_profile_that_is_saved_is_told_of_where_there_is_something_to_see() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let own = NewProfile { situation: Some(words::prose("Jeg sover dårligt")), ..NewProfile::default() };
    let path = paths::profile(Subject::Me);
    anna.put(&path, Known::New, &own).await;
    assert_eq!(anna.put(&path, Known::Is(1), &own).await.version, Version(2));
    assert_eq!(history(&anna, Subject::Me).await.events.len(), 1, "the second save changed nothing");
    assert!(history(&mette, whose).await.events.is_empty(), "what the citizen keeps has no trace");

    let named = NewProfile { preferred_name: Some(words::line("Annie")), ..own };
    anna.put(&path, Known::Is(2), &named).await;
    let seen = history(&mette, whose).await;
    assert_eq!(seen.events.len(), 1);
    assert_eq!(seen.events[0].changes[0].field, "preferred_name");
}
