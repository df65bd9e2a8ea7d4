use contract::{
    Author, CommentId, CommentKind, CommentedKind, EmployeeId, GoalId, History, Home, MeetingId, NewStep, Party, Plan,
    ProblemCode, StepId, StepState, Version, paths, paths::Subject,
};

use crate::{
    town::{Known, Town},
    words::{comment, goal, line, prose, send, state, step},
};

const ME: Subject = Subject::Me;

#[tokio::test]
async fn a_citizen_adds_rewords_and_marks_a_step() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let id = StepId::make();
    anna.put(paths::step(ME, id), Known::New, &step("Skrive CV", Party::Citizen)).await;
    let better = NewStep { due: Some("2026-04-01".parse().unwrap()), ..step("Skrive et kort CV", Party::Citizen) };
    anna.put(paths::step(ME, id), Known::Is(1), &better).await;
    let home: Home = anna.get(paths::home(ME)).await;
    assert_eq!((home.my_steps[0].title.as_str(), home.my_steps[0].can_move), ("Skrive et kort CV", true));
    anna.put(paths::step_state(ME, id), Known::Is(2), &state(StepState::Done)).await;

    let plan: Plan = anna.get(paths::plan(ME)).await;
    assert_eq!((plan.steps[0].version, &plan.steps[0].state), (Version(3), &StepState::Done));
    let home: Home = anna.get(paths::home(ME)).await;
    assert!(home.my_steps.is_empty() && home.has_plan);
    let history: History = anna.get(paths::history(ME)).await;
    assert_eq!(history.events[0].changes[0].new.as_deref(), Some("done"));
}

#[tokio::test]
async fn a_step_that_is_saved_as_it_was_makes_no_history() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let id = StepId::make();
    let new = step("Ringe til praktikstedet", Party::Citizen);
    anna.put(paths::step(ME, id), Known::New, &new).await;
    let done = state(StepState::Done);
    anna.put(paths::step_state(ME, id), Known::Is(1), &done).await;
    let before: History = anna.get(paths::history(ME)).await;
    assert_eq!(anna.put(paths::step(ME, id), Known::Is(2), &new).await.version, Version(3));
    assert_eq!(anna.put(paths::step_state(ME, id), Known::Is(3), &done).await.version, Version(4));
    let after: History = anna.get(paths::history(ME)).await;
    assert_eq!(after.events, before.events);
}

#[tokio::test]
async fn a_step_that_cannot_be_done_yet_says_why() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let id = StepId::make();
    anna.put(paths::step(ME, id), Known::New, &step("Skrive CV", Party::Citizen)).await;
    let path = paths::step_state(ME, id);
    let why = serde_json::to_string(&state(StepState::NotNeeded { reason: prose("derfor") })).unwrap();
    let json = |text: String| serde_json::from_str::<serde_json::Value>(&text).unwrap();
    let empty = json(why.replace("derfor", " "));
    anna.try_put(&path, Known::Is(1), &empty).await.is_refused(422, ProblemCode::TextEmpty);
    let none = json(why.replace("reason", "grund"));
    anna.try_put(&path, Known::Is(1), &none).await.is_refused(400, ProblemCode::Malformed);
    anna.put(&path, Known::Is(1), &state(StepState::CannotYet { reason: prose("Min computer er i stykker") })).await;
}

#[tokio::test]
async fn each_side_keeps_its_own_words_and_its_own_promises() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let mette = town.as_employee(town.mette).await;
    let omar = town.as_employee(town.omar).await;
    let annas = Subject::Citizen(town.anna);
    let promise_of = Party::Employee { employee: town.mette };
    let refused = |answer: crate::town::Answer| answer.is_refused(403, ProblemCode::NotAllowed);

    refused(anna.try_put(paths::step(ME, StepId::make()), Known::New, &step("Ringe", promise_of)).await);
    let own = StepId::make();
    anna.put(paths::step(ME, own), Known::New, &step("Gå tur", Party::Citizen)).await;
    refused(mette.try_put(paths::step(annas, own), Known::Is(1), &step("Løbe", Party::Citizen)).await);
    refused(mette.try_put(paths::step_state(annas, own), Known::Is(1), &state(StepState::Done)).await);

    let promise = StepId::make();
    mette.put(paths::step(annas, promise), Known::New, &step("Ringe", promise_of)).await;
    refused(anna.try_put(paths::step(ME, promise), Known::Is(1), &step("Ringe nu", Party::Citizen)).await);
    refused(anna.try_put(paths::step_state(ME, promise), Known::Is(1), &state(StepState::Done)).await);
    omar.put(paths::step_state(annas, promise), Known::Is(1), &state(StepState::UnderWay)).await;

    let agreed = StepId::make();
    mette.put(paths::step(annas, agreed), Known::New, &step("Møde op", Party::Citizen)).await;
    anna.put(paths::step_state(ME, agreed), Known::Is(1), &state(StepState::Done)).await;
    refused(anna.try_put(paths::step(ME, agreed), Known::Is(2), &step("Blive hjemme", Party::Citizen)).await);
}

#[tokio::test]
async fn a_step_that_was_moved_stays_with_its_side_and_in_the_words_the_citizen_answered() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let annas = Subject::Citizen(town.anna);
    let [ours, of_omar] = [town.mette, town.omar].map(|employee| Party::Employee { employee });
    let id = StepId::make();
    let path = paths::step(annas, id);
    mette.put(&path, Known::New, &step("Møde op", ours)).await;
    mette.put(&path, Known::Is(1), &step("Møde op kl. 8", Party::Citizen)).await;
    let reason = StepState::CannotYet { reason: prose("Jeg er syg") };
    anna.put(paths::step_state(ME, id), Known::Is(2), &state(reason.clone())).await;

    let answer = mette.try_put(&path, Known::Is(3), &step("Møde op kl. 8", ours)).await;
    assert_eq!(answer.is_refused(403, ProblemCode::NotAllowed).as_deref(), Some("owner"));
    let answer = mette.try_put(&path, Known::Is(3), &step("Møde op kl. 7", Party::Citizen)).await;
    assert_eq!(answer.is_refused(403, ProblemCode::NotAllowed).as_deref(), Some("title"));
    let due = NewStep { due: Some("2026-04-01".parse().unwrap()), ..step("Møde op kl. 8", Party::Citizen) };
    mette.put(&path, Known::Is(3), &due).await;
    let plan: Plan = anna.get(paths::plan(ME)).await;
    assert_eq!((plan.steps[0].title.as_str(), &plan.steps[0].state), ("Møde op kl. 8", &reason));

    // A promise can go to a colleague, in better words, but not to the citizen.
    let promise = StepId::make();
    let path = paths::step(annas, promise);
    mette.put(&path, Known::New, &step("Ringe", ours)).await;
    mette.put(paths::step_state(annas, promise), Known::Is(1), &state(StepState::UnderWay)).await;
    mette.put(&path, Known::Is(2), &step("Ringe til lægen", of_omar)).await;
    let answer = mette.try_put(&path, Known::Is(3), &step("Ringe til lægen", Party::Citizen)).await;
    assert_eq!(answer.is_refused(403, ProblemCode::NotAllowed).as_deref(), Some("owner"));

    // The citizen's own words stay the citizen's to change.
    let own = StepId::make();
    anna.put(paths::step(ME, own), Known::New, &step("Gå tur", Party::Citizen)).await;
    anna.put(paths::step_state(ME, own), Known::Is(1), &state(StepState::UnderWay)).await;
    anna.put(paths::step(ME, own), Known::Is(2), &step("Gå tur hver dag", Party::Citizen)).await;
}

#[tokio::test]
async fn what_a_step_names_must_be_in_the_case() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let mette = town.as_employee(town.mette).await;
    let annas = Subject::Citizen(town.anna);
    let base = || step("x", Party::Citizen);
    let cases = [
        (NewStep { goal: Some(GoalId::make()), ..base() }, "goal"),
        (NewStep { effort: Some(contract::EffortId::make()), ..base() }, "effort"),
        (NewStep { meeting: Some(MeetingId::make()), ..base() }, "meeting"),
        (step("x", Party::Employee { employee: EmployeeId::make() }), "owner"),
    ];
    for (step, field) in cases {
        let answer = mette.try_put(paths::step(annas, StepId::make()), Known::New, &step).await;
        assert_eq!(answer.is_refused(409, ProblemCode::UnknownReference).as_deref(), Some(field));
    }
    let meeting = town.meeting(town.anna, "2026-03-02T10:00").await;
    let agreed = NewStep { meeting: Some(meeting), ..base() };
    let answer = anna.try_put(paths::step(ME, StepId::make()), Known::New, &agreed).await;
    answer.is_refused(403, ProblemCode::NotAllowed);
    mette.put(paths::step(annas, StepId::make()), Known::New, &agreed).await;
    let plan: Plan = anna.get(paths::plan(ME)).await;
    assert_eq!(plan.steps[0].agreed_on.map(|day| day.to_string()).as_deref(), Some("2026-03-02"));
}

#[tokio::test]
async fn nobody_changes_anothers_words_and_only_citizens_disagree() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let mette = town.as_employee(town.mette).await;
    let annas = Subject::Citizen(town.anna);
    let goal = send(&anna, &goal(None, "Et job")).await;
    let say = |kind, text| comment(CommentedKind::Goal, goal.0, kind, text);

    let id = CommentId::make();
    mette.put(paths::comment(annas, id), Known::New, &say(CommentKind::Remark, "Godt mål")).await;
    let answer = anna.try_put(paths::comment(ME, id), Known::Is(1), &say(CommentKind::Remark, "Dårligt mål")).await;
    answer.is_refused(403, ProblemCode::NotAllowed);
    let answer = town.as_employee(town.omar).await;
    let answer = answer.try_put(paths::comment(annas, id), Known::Is(1), &say(CommentKind::Remark, "Nej")).await;
    answer.is_refused(403, ProblemCode::NotAllowed);
    let disagree = say(CommentKind::Disagreement, "Det er jeg ikke enig i");
    let answer = mette.try_put(paths::comment(annas, CommentId::make()), Known::New, &disagree).await;
    answer.is_refused(403, ProblemCode::NotAllowed);

    anna.put(paths::comment(ME, CommentId::make()), Known::New, &disagree).await;
    let plan: Plan = anna.get(paths::plan(ME)).await;
    assert_eq!(plan.comments.iter().map(|words| words.is_mine).collect::<Vec<_>>(), [false, true]);
    let nowhere = comment(CommentedKind::Minutes, goal.0, CommentKind::Remark, "x");
    let answer = anna.try_put(paths::comment(ME, CommentId::make()), Known::New, &nowhere).await;
    assert_eq!(answer.is_refused(409, ProblemCode::UnknownReference).as_deref(), Some("beside_id"));
    let moved = say(CommentKind::Disagreement, "x");
    let answer = mette.try_put(paths::comment(annas, id), Known::Is(1), &moved).await;
    answer.is_refused(403, ProblemCode::NotAllowed);
}

#[tokio::test]
async fn a_step_with_a_bad_text_or_date_names_the_field() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let cases = [
        ("title", serde_json::json!(""), 422, ProblemCode::TextEmpty),
        ("title", serde_json::json!("å".repeat(201)), 422, ProblemCode::TextTooLong),
        ("title", serde_json::json!("a\u{0}b"), 422, ProblemCode::TextControlCharacter),
        ("due", serde_json::json!("2026-02-30"), 422, ProblemCode::Invalid),
        ("title", serde_json::json!(7), 400, ProblemCode::Malformed),
    ];
    for (field, value, status, code) in cases {
        let mut body = serde_json::to_value(step("x", Party::Citizen)).unwrap();
        body[field] = value;
        let answer = anna.try_put(paths::step(ME, StepId::make()), Known::New, &body).await;
        assert_eq!(answer.is_refused(status, code).as_deref(), Some(field), "{body}");
    }
}

#[tokio::test]
async fn a_name_that_the_citizen_prefers_is_used_everywhere() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let profile = contract::NewProfile { preferred_name: Some(line("Annie")), ..Default::default() };
    anna.put(paths::profile(ME), Known::New, &profile).await;
    anna.put(paths::step(ME, StepId::make()), Known::New, &step("x", Party::Citizen)).await;
    let home: Home = anna.get(paths::home(ME)).await;
    let plan: Plan = anna.get(paths::plan(ME)).await;
    let history: History = anna.get(paths::history(ME)).await;
    let annie = Author::Citizen { name: "Annie".to_owned() };
    assert_eq!((home.name.as_str(), plan.citizen_name.as_str()), ("Annie", "Annie"));
    assert_eq!((&plan.steps[0].owner_shown, &history.events[0].by), (&annie, &annie));
}

#[tokio::test]
async fn history_names_employees_only_where_the_municipality_has_chosen_so() {
    let town = Town::new().await.without_names();
    let mette = town.as_employee(town.mette).await;
    let annas = Subject::Citizen(town.anna);
    let promise = step("Ringe", Party::Employee { employee: town.mette });
    mette.put(paths::step(annas, StepId::make()), Known::New, &promise).await;

    let history: History = town.as_citizen(town.anna).await.get(paths::history(ME)).await;
    let by = |name: Option<&str>| Author::Employee {
        name: name.map(str::to_owned),
        role: "rådgiver".to_owned(),
        unit: "Job og Støtte".to_owned(),
    };
    assert_eq!(history.events[0].by, by(None));
    let history: History = mette.get(paths::history(annas)).await;
    assert_eq!(history.events[0].by, by(Some("Mette Holm")), "employees know each other");
    // A promise has a named owner all the same.
    let plan: Plan = town.as_citizen(town.anna).await.get(paths::plan(ME)).await;
    assert_eq!(plan.steps[0].owner_shown, by(Some("Mette Holm")));
}
