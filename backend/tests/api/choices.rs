use contract::{
    Area, CaseFile, Choices, CommentKind, DraftKind, EventKind, GlassId, History, Looks, MeetingId, NewChoices,
    NewDraft, NewGlass, NewStep, OpenedKind, OpeningId, Party, Plan, ProblemCode, StepId, Version, paths,
    paths::Subject,
};
use roed_traad::config::{Config, Ground};
use uuid::Uuid;

use crate::{
    made,
    town::{Known, Town, Visitor},
    words::{self, prose},
};

const CHOICES: &str = "/api/citizens/me/choices";

fn open_health() -> NewChoices {
    NewChoices { health: true, social: false }
}

/// A goal of Anna's that is marked health, with words beside it and a step for it.
async fn sick(anna: &Visitor) -> (Uuid, StepId) {
    let goal = NewDraft { area: Area::Health, ..words::draft(DraftKind::Goal, None, "Sove igennem") };
    let goal = words::send(anna, &goal).await.0;
    made::comment(anna, Subject::Me, goal, CommentKind::Remark, "Medicinen virker ikke").await;
    let step = StepId::make();
    let new = NewStep { area: Area::Health, ..words::step("Gå til lægen", Party::Citizen) };
    anna.put(paths::step(Subject::Me, step), Known::New, &new).await;
    (goal, step)
}

async fn plan(who: &Visitor, whose: Subject) -> (usize, usize, usize) {
    let plan: Plan = who.get(paths::plan(whose)).await;
    (plan.goals.len(), plan.comments.len(), plan.steps.len())
}

#[tokio::test]
async fn health_is_closed_until_the_citizen_opens_it_and_closed_again_at_once() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let annas = Subject::Citizen(town.anna);
    sick(&anna).await;
    assert_eq!(plan(&anna, Subject::Me).await, (1, 1, 1), "to herself nothing is closed");
    assert_eq!(plan(&mette, annas).await, (0, 0, 0));
    let file: CaseFile = mette.get(paths::file(annas)).await;
    assert_eq!(file.closed.areas, [Area::Social, Area::Health]);
    assert_eq!((file.unopened.count(), file.citizen.unopened), (0, 0));
    let list: contract::Caseload = mette.get(paths::CASELOAD).await;
    assert!(list.citizens.iter().all(|citizen| citizen.unopened == 0), "nor does a number tell of it");

    let before: Choices = anna.get(CHOICES).await;
    assert_eq!((before.version, before.content), (Version(0), NewChoices::default()));
    anna.put(CHOICES, Known::New, &open_health()).await;
    assert_eq!(plan(&mette, annas).await, (1, 1, 1), "in a session that is open");
    let file: CaseFile = mette.get(paths::file(annas)).await;
    assert_eq!((file.closed.areas, file.unopened.goals.len()), (vec![Area::Social], 1));
    let list: contract::Caseload = mette.get(paths::CASELOAD).await;
    assert_eq!(list.citizens.iter().map(|citizen| citizen.unopened).sum::<u32>(), 3);

    anna.put(CHOICES, Known::Is(1), &NewChoices::default()).await;
    assert_eq!(plan(&mette, annas).await, (0, 0, 0));
    let after: Choices = anna.get(CHOICES).await;
    assert_eq!((after.version, after.content), (Version(2), NewChoices::default()));
}

#[tokio::test]
async fn history_tells_who_chose_and_nothing_of_what_is_closed() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    sick(&anna).await;
    anna.put(CHOICES, Known::New, &NewChoices { social: true, health: false }).await;
    let kinds = async |who: &Visitor, whose| {
        let history: History = who.get(paths::history(whose)).await;
        history.events.iter().map(|event| event.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&mette, Subject::Citizen(town.anna)).await, [EventKind::ChoicesChanged]);
    assert_eq!(kinds(&anna, Subject::Me).await.len(), 4);
    let answer = mette.try_get(paths::history(Subject::Citizen(town.anna))).await;
    for word in ["Sove", "Medicinen", "lægen"] {
        assert!(!answer.text().contains(word), "{word}");
    }
}

#[tokio::test]
async fn what_is_closed_can_be_neither_changed_answered_nor_marked() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let annas = Subject::Citizen(town.anna);
    let (goal, step) = sick(&anna).await;
    let comment = words::comment(contract::CommentedKind::Goal, goal, CommentKind::Remark, "ord");
    let answer = mette.try_put(paths::comment(annas, contract::CommentId::make()), Known::New, &comment).await;
    answer.is_refused(409, ProblemCode::UnknownReference);
    let mark = made::opened(OpenedKind::Goal, goal, 1);
    let answer = mette.try_put(paths::opening(annas, OpeningId::make()), Known::New, &mark).await;
    answer.is_refused(409, ProblemCode::UnknownReference);
    let new = words::step("Andre ord", Party::Citizen);
    mette.try_put(paths::step(annas, step), Known::Is(1), &new).await.is_refused(412, ProblemCode::VersionConflict);
    mette.try_put(paths::step(annas, step), Known::New, &new).await.is_refused(412, ProblemCode::VersionConflict);
    let unknown = NewStep { goal: Some(contract::GoalId(goal)), ..words::step("Andre ord", Party::Citizen) };
    let answer = mette.try_put(paths::step(annas, StepId::make()), Known::New, &unknown).await;
    answer.is_refused(409, ProblemCode::UnknownReference);
}

#[tokio::test]
async fn a_step_keeps_the_goal_that_its_writer_cannot_see() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let annas = Subject::Citizen(town.anna);
    let (goal, _) = sick(&anna).await;
    anna.put(CHOICES, Known::New, &open_health()).await;
    let step = StepId::make();
    let owner = Party::Employee { employee: town.mette };
    let new = NewStep { goal: Some(contract::GoalId(goal)), ..words::step("Ringe til lægen", owner) };
    mette.put(paths::step(annas, step), Known::New, &new).await;
    anna.put(CHOICES, Known::Is(1), &NewChoices::default()).await;
    let seen: Plan = mette.get(paths::plan(annas)).await;
    assert_eq!(seen.steps.iter().map(|step| step.goal).collect::<Vec<_>>(), [None], "her own step, without the goal");
    let again = words::step("Ringe til lægen i dag", owner);
    mette.put(paths::step(annas, step), Known::Is(1), &again).await;
    let own: Plan = anna.get(paths::plan(Subject::Me)).await;
    let kept = own.steps.iter().find(|it| it.id == step).unwrap();
    assert_eq!((kept.title.as_str(), kept.goal.map(|id| id.0)), ("Ringe til lægen i dag", Some(goal)));
}

#[tokio::test]
async fn whoever_takes_part_in_a_thing_sees_it_whatever_is_chosen() {
    let town = Town::new().await;
    let (anna, mette, omar) =
        (town.as_citizen(town.anna).await, town.as_employee(town.mette).await, town.as_employee(town.omar).await);
    let annas = Subject::Citizen(town.anna);
    let meeting = MeetingId::make();
    let mut new = made::a_meeting("2026-03-30T10:15:00");
    (new.area, new.purpose) = (Area::Health, prose("Vi taler om smerter"));
    mette.put(paths::meeting(annas, meeting), Known::New, &new).await;
    let topic = NewDraft { area: Area::Health, ..words::draft(DraftKind::Topic, Some(meeting), "Mine piller") };
    words::send(&anna, &topic).await;
    assert!(mette.try_get(paths::brief(annas, meeting)).await.text().contains("Mine piller"));
    omar.try_get(paths::meeting(annas, meeting)).await.is_refused(404, ProblemCode::NotFound);
    assert!(!omar.try_get(paths::file(annas)).await.text().contains("smerter"));
}

#[tokio::test]
async fn a_ground_in_law_opens_to_those_it_names_and_the_citizen_reads_it() {
    let ground = Ground { of: Area::Health, to: Area::Employment, text: "Efter loven".to_owned() };
    let town = Town::new().await.with(|config: &mut Config| config.sharing.grounds = vec![ground]);
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    sick(&anna).await;
    assert_eq!(plan(&mette, Subject::Citizen(town.anna)).await, (1, 1, 1));
    let choices: Choices = anna.get(CHOICES).await;
    assert_eq!((choices.grounds[0].to, choices.grounds[0].text.as_str()), (Area::Employment, "Efter loven"));
}

#[tokio::test]
async fn breaking_the_glass_takes_a_reason_which_the_citizen_reads_and_ends_by_itself() {
    let town = Town::new().await;
    let (anna, mette, omar) =
        (town.as_citizen(town.anna).await, town.as_employee(town.mette).await, town.as_employee(town.omar).await);
    let annas = Subject::Citizen(town.anna);
    sick(&anna).await;
    let glass = GlassId::make();
    let empty = serde_json::json!({"reason": "  "});
    mette.try_put(paths::glass(annas, glass), Known::New, &empty).await.is_refused(422, ProblemCode::TextEmpty);
    let reason = NewGlass { reason: prose("Anna er faldet om, og jeg skal vide, hvad hun får") };
    let receipt = mette.put(paths::glass(annas, glass), Known::New, &reason).await;
    assert_eq!(mette.put(paths::glass(annas, glass), Known::New, &reason).await, receipt, "sent twice, written once");
    let other = NewGlass { reason: prose("En anden grund") };
    let answer = mette.try_put(paths::glass(annas, glass), Known::Is(1), &other).await;
    answer.is_refused(412, ProblemCode::VersionConflict);
    assert_eq!(plan(&mette, annas).await, (1, 1, 1));
    let file: CaseFile = mette.get(paths::file(annas)).await;
    assert!(file.closed.areas.is_empty() && file.closed.opened_until.is_some());
    assert_eq!(plan(&omar, annas).await, (0, 0, 0), "it is opened to nobody else");

    let looks: Looks = anna.get(paths::looks(Subject::Me)).await;
    let told: Vec<_> = looks.looks.iter().filter(|look| !look.reasons.is_empty()).collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].reasons, ["Anna er faldet om, og jeg skal vide, hvad hun får"]);
    assert!(told[0].is_contact_person && told[0].at.contains(&contract::LookedAt::Closed));

    let later = town.now() + jiff::SignedDuration::from_mins(61);
    town.app.clock.set(later);
    assert_eq!(plan(&mette, annas).await, (0, 0, 0));
}

#[tokio::test]
async fn only_the_citizen_chooses() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let path = paths::choices(Subject::Citizen(town.anna));
    mette.try_get(&path).await.is_refused(403, ProblemCode::NotAllowed);
    mette.try_put(&path, Known::New, &open_health()).await.is_refused(403, ProblemCode::NotAllowed);
    let anna = town.as_citizen(town.anna).await;
    anna.try_put(paths::glass(Subject::Me, GlassId::make()), Known::New, &NewGlass { reason: prose("ord") })
        .await
        .is_refused(403, ProblemCode::NotAllowed);
}

#[tokio::test]
async fn a_closed_topic_has_no_words_on_an_agenda_and_keeps_them() {
    let town = Town::new().await;
    let (anna, mette, omar) =
        (town.as_citizen(town.anna).await, town.as_employee(town.mette).await, town.as_employee(town.omar).await);
    let annas = Subject::Citizen(town.anna);
    let meeting = MeetingId::make();
    let mut new = made::a_meeting("2026-03-30T10:15:00");
    omar.put(paths::meeting(annas, meeting), Known::New, &new).await;
    let topic = NewDraft { area: Area::Health, ..words::draft(DraftKind::Topic, Some(meeting), "Mine piller") };
    let topic = contract::TopicId(words::send(&anna, &topic).await.0);
    new.agenda = vec![made::item_of(topic)];
    omar.put(paths::meeting(annas, meeting), Known::Is(1), &new).await;
    let seen: contract::Meeting = mette.get(paths::meeting(annas, meeting)).await;
    assert_eq!((seen.agenda[0].text.as_str(), seen.agenda[0].topic), ("…", None), "Omar comes to it, Mette does not");
    for path in [paths::meeting(annas, meeting), paths::brief(annas, meeting), paths::history(annas)] {
        assert!(!mette.try_get(&path).await.text().contains("piller"), "{path}");
    }
    // What she sends back is what she was shown.
    new.agenda[0].topic = None;
    new.agenda[0].text = prose("…");
    new.minutes = 30;
    mette.put(paths::meeting(annas, meeting), Known::Is(2), &new).await;
    let own: contract::Meeting = anna.get(paths::meeting(Subject::Me, meeting)).await;
    assert_eq!((own.agenda[0].text.as_str(), own.agenda[0].topic), ("Mine piller", Some(topic)));
}

#[tokio::test]
async fn what_was_said_beside_a_goal_is_closed_with_it_when_it_is_marked_health_later() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let annas = Subject::Citizen(town.anna);
    let goal = words::send(&anna, &words::goal(None, "Sove igennem")).await;
    made::comment(&anna, Subject::Me, goal.0, CommentKind::Disagreement, "Medicinen virker ikke").await;
    assert!(mette.try_get(paths::history(annas)).await.text().contains("Medicinen"));
    words::change(&anna, goal, NewDraft { area: Area::Health, ..words::goal(None, "Sove igennem") }).await;
    let text = mette.try_get(paths::history(annas)).await.text();
    assert!(!text.contains("Medicinen") && !text.contains("Sove"), "{text}");
}
