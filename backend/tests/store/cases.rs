use contract::{
    CommentId, CommentKind, CommentedKind, DraftId, EventId, History, Home, NewStep, Party, Plan, Preparation,
    ProblemCode, SendingId, StepId, StepState, Visit, paths, paths::Subject,
};

use crate::{
    town::{Known, Town},
    words::{comment, goal, line, prose, send, sending, state, step, topic},
};

pub async fn any_text_comes_back_as_it_was_written(town: Town) {
    let anna = town.as_citizen(town.anna).await;
    let long = "å😀".repeat(2000);
    let texts =
        ["Æ ø å", "<script>alert(1)</script>", "مرحبا بالعالم", "a\tb\r\nc", "'; DROP TABLE goal; --", "👩‍👩‍👧", &long];
    for text in texts {
        send(&anna, &goal(None, text)).await;
    }
    let plan: Plan = anna.get(paths::plan(Subject::Me)).await;
    assert_eq!(plan.goals.iter().map(|goal| goal.text.as_str()).collect::<Vec<_>>(), texts);
}

pub async fn sending_is_all_or_none(town: Town) {
    let anna = town.as_citizen(town.anna).await;
    let (good, empty) = (DraftId::make(), DraftId::make());
    anna.put(paths::draft(Subject::Me, good), Known::New, &goal(None, "Et job, jeg kan holde til")).await;
    anna.put(paths::draft(Subject::Me, empty), Known::New, &topic(None, "  ")).await;

    let both = sending(&[(good, 1), (empty, 1)]);
    let answer = anna.try_put(paths::sending(Subject::Me, SendingId::make()), Known::New, &both).await;
    assert_eq!(answer.is_refused(422, ProblemCode::TextEmpty).as_deref(), Some("drafts[1].text"));

    let preparation: Preparation = anna.get(paths::own_preparation(Subject::Me)).await;
    assert_eq!((preparation.drafts.len(), preparation.goals.len()), (2, 0));
}

pub async fn history_comes_in_pages_and_misses_nothing(town: Town) {
    let anna = town.as_citizen(town.anna).await;
    for n in 0..117 {
        let step = NewStep { title: line(&n.to_string()), ..step("x", Party::Citizen) };
        anna.put(paths::step(Subject::Me, StepId::make()), Known::New, &step).await;
    }
    let mut page: History = anna.get(paths::history(Subject::Me)).await;
    let mut titles = Vec::new();
    let mut pages = 1;
    loop {
        titles.extend(page.events.into_iter().filter_map(|event| event.title));
        let Some(before) = page.before else { break };
        page = anna.get(paths::history_before(Subject::Me, before)).await;
        pages += 1;
    }
    assert_eq!(pages, 3);
    assert_eq!(titles, (0..117).rev().map(|n| n.to_string()).collect::<Vec<_>>());
    let none: History = anna.get(paths::history_before(Subject::Me, EventId(uuid::Uuid::nil()))).await;
    assert!(none.events.is_empty());
}

pub async fn a_plan_is_made_by_both_sides(town: Town) {
    let anna = town.as_citizen(town.anna).await;
    let mette = town.as_employee(town.mette).await;
    let annas = Subject::Citizen(town.anna);
    let goal = send(&anna, &goal(None, "Jeg vil arbejde med dyr")).await;

    let promise = StepId::make();
    let new = NewStep {
        goal: Some(goal.into()),
        due: Some("2026-03-10".parse().unwrap()),
        ..step("Ringe til dyrehospitalet", Party::Employee { employee: town.mette })
    };
    mette.put(paths::step(annas, promise), Known::New, &new).await;
    let not_yet = StepState::CannotYet { reason: prose("De holder ferie") };
    mette.put(paths::step_state(annas, promise), Known::Is(1), &state(not_yet.clone())).await;
    let words = comment(CommentedKind::Step, promise.0, CommentKind::Disagreement, "Det var lovet til marts");
    anna.put(paths::comment(Subject::Me, CommentId::make()), Known::New, &words).await;

    let plan: Plan = anna.get(paths::plan(Subject::Me)).await;
    let [step] = &plan.steps[..] else { panic!("{:?}", plan.steps) };
    assert_eq!((step.goal, &step.state, step.is_late), (Some(goal.into()), &not_yet, true));
    assert!(!step.can_reword && !step.can_move);
    assert_eq!(plan.comments.len(), 1);
    assert_eq!(plan.people.iter().map(|member| member.is_contact_person).collect::<Vec<_>>(), [true, false]);
}

pub async fn a_visit_is_kept_on_the_server(town: Town) {
    let phone = town.as_citizen(town.anna).await;
    let first: Home = phone.get(paths::home(Subject::Me)).await;
    assert!(first.is_first_visit);
    let mark = Visit { seen: first.last_event, looks: first.last_look };
    assert!(phone.try_put(paths::visit(Subject::Me), Known::Nothing, &mark).await.status.is_success());

    town.set_clock("2026-03-17T09:00:00Z");
    let mette = town.as_employee(town.mette).await;
    let new = step("Sende brev", Party::Employee { employee: town.mette });
    mette.put(paths::step(Subject::Citizen(town.anna), StepId::make()), Known::New, &new).await;

    let library = town.as_citizen(town.anna).await;
    let home: Home = library.get(paths::home(Subject::Me)).await;
    assert_eq!((home.is_first_visit, home.news.len(), home.last_event), (false, 1, Some(home.news[0].id)));
    let mark = Visit { seen: home.last_event, looks: home.last_look };
    library.try_put(paths::visit(Subject::Me), Known::Nothing, &mark).await;

    // The same session still tells it; the next one does not.
    let again: Home = library.get(paths::home(Subject::Me)).await;
    assert_eq!(again.news.len(), 1);
    let next: Home = town.as_citizen(town.anna).await.get(paths::home(Subject::Me)).await;
    assert_eq!((next.is_first_visit, next.news.len()), (false, 0));

    // What was written between the reading and the mark is still new, and what does not fit is told of.
    for n in 0..21 {
        let new = step(&format!("Skridt {n}"), Party::Employee { employee: town.mette });
        mette.put(paths::step(Subject::Citizen(town.anna), StepId::make()), Known::New, &new).await;
    }
    town.as_citizen(town.anna).await.try_put(paths::visit(Subject::Me), Known::Nothing, &mark).await;
    let last: Home = town.as_citizen(town.anna).await.get(paths::home(Subject::Me)).await;
    assert_eq!((last.news.len(), last.has_more_news), (20, true));
}
