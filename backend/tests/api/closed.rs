//! What is closed to an employee is told by nothing else either: not by another case, not by what stood there before, not by
//! what came of it.

use contract::{
    AgendaItemId, Area, CommentKind, DraftKind, History, ItemOutcome, Meeting, MeetingId, NewDraft, NewMeeting,
    NewMinutes, OpenedKind, OpeningId, Outcome, Party, ProblemCode, StepId, TopicId, paths, paths::Subject,
};
use roed_traad::entity::plan_member;
use sea_orm::{ActiveValue::Set, EntityTrait as _};

use crate::{
    made,
    town::{Known, Town, Visitor},
    words::{self, line, prose},
};

/// A meeting about health in Anna's case, to which Omar comes, and not Mette.
async fn closed_meeting(town: &Town, omar: &Visitor) -> MeetingId {
    let (id, mut new) = (MeetingId::make(), made::a_meeting("2026-03-30T10:15:00"));
    (new.area, new.purpose) = (Area::Health, prose("Vi taler om smerter"));
    omar.put(paths::meeting(Subject::Citizen(town.anna), id), Known::New, &new).await;
    id
}

/// A meeting of Anna's and Omar's that has begun. Its first item is a topic about health, its second is open to everybody.
async fn held_about_pills(town: &Town) -> (MeetingId, [AgendaItemId; 2]) {
    let (anna, omar) = (town.as_citizen(town.anna).await, town.as_employee(town.omar).await);
    let annas = Subject::Citizen(town.anna);
    let (meeting, mut new) = (MeetingId::make(), made::a_meeting("2026-03-17T10:00:00"));
    omar.put(paths::meeting(annas, meeting), Known::New, &new).await;
    let topic = NewDraft { area: Area::Health, ..words::draft(DraftKind::Topic, Some(meeting), "Mine piller") };
    let topic = TopicId(words::send(&anna, &topic).await.0);
    new.agenda = vec![made::item_of(topic), made::item("Praktik")];
    omar.put(paths::meeting(annas, meeting), Known::Is(1), &new).await;
    town.set_clock("2026-03-17T10:00:00Z");
    (meeting, [new.agenda[0].id, new.agenda[1].id])
}

#[tokio::test]
async fn a_meeting_with_the_same_id_in_another_case_opens_nothing() {
    let town = Town::new().await;
    let (mette, omar) = (town.as_employee(town.mette).await, town.as_employee(town.omar).await);
    let (annas, bos) = (Subject::Citizen(town.anna), Subject::Citizen(town.bo));
    let (m, bo, member) = (town.app.config.municipality_id.0, town.bo.0, town.mette.0);
    let join = town.app.db.write(move |tx| {
        let row = plan_member::ActiveModel {
            municipality_id: Set(m),
            citizen_id: Set(bo),
            employee_id: Set(member),
            why: Set(None),
            area: Set(None),
        };
        Box::pin(async move { Ok(plan_member::Entity::insert(row).exec_without_returning(tx).await.map(drop)?) })
    });
    join.await.unwrap();
    let id = closed_meeting(&town, &omar).await;
    mette.try_get(paths::meeting(annas, id)).await.is_refused(404, ProblemCode::NotFound);
    mette.put(paths::meeting(bos, id), Known::New, &made::a_meeting("2026-03-30T10:15:00")).await;
    assert!(mette.try_get(paths::meeting(bos, id)).await.status.is_success());
    mette.try_get(paths::meeting(annas, id)).await.is_refused(404, ProblemCode::NotFound);
    for path in [paths::meetings(annas), paths::file(annas), paths::history(annas), paths::CASELOAD.to_owned()] {
        assert!(!mette.try_get(&path).await.text().contains("smerter"), "{path}");
    }
}

#[tokio::test]
async fn words_from_when_it_was_closed_stay_closed_when_it_is_marked_otherwise() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let annas = Subject::Citizen(town.anna);
    let sick = NewDraft { area: Area::Health, ..words::goal(None, "Få styr på min depression") };
    let goal = words::send(&anna, &sick).await;
    words::change(&anna, goal, words::goal(None, "Et job på 20 timer")).await;
    let step = StepId::make();
    let new = contract::NewStep { area: Area::Health, ..words::step("Ringe til psykiatrien", Party::Citizen) };
    anna.put(paths::step(Subject::Me, step), Known::New, &new).await;
    anna.put(paths::step(Subject::Me, step), Known::Is(1), &words::step("Ringe til jobcentret", Party::Citizen)).await;
    let told = mette.try_get(paths::history(annas)).await.text();
    assert!(told.contains("20 timer") && told.contains("jobcentret"), "{told}");
    assert!(!told.contains("depression") && !told.contains("psykiatrien") && !told.contains("health"), "{told}");
    let own = anna.try_get(paths::history(Subject::Me)).await.text();
    assert!(own.contains("depression") && own.contains("psykiatrien"), "to herself nothing is closed");
}

#[tokio::test]
async fn what_came_of_a_closed_topic_is_told_by_no_correction() {
    let town = Town::new().await;
    let annas = Subject::Citizen(town.anna);
    let (meeting, agenda) = held_about_pills(&town).await;
    let omar = town.as_employee(town.omar).await;
    let write = async |known, pills: &str, practice: &str| {
        let came = |item: AgendaItemId, answer: &str| ItemOutcome {
            item,
            outcome: Some(Outcome::Answered { answer: prose(answer) }),
        };
        let outcomes = vec![came(agenda[0], pills), came(agenda[1], practice)];
        let minutes = NewMinutes { outcomes, ..made::minutes("Vi talte.", true) };
        omar.put(paths::minutes(annas, meeting), known, &minutes).await;
    };
    write(Known::New, "Lægen sætter medicinen op", "Ja, i maj").await;
    write(Known::Is(1), "Lægen sætter medicinen ned", "Ja, i juni").await;
    let mette = town.as_employee(town.mette).await;
    let told = mette.try_get(paths::history(annas)).await.text();
    assert!(told.contains("Ja, i juni"), "{told}");
    assert!(!told.contains("medicinen") && !told.contains("piller"), "{told}");
    let anna = town.as_citizen(town.anna).await;
    assert!(anna.try_get(paths::history(Subject::Me)).await.text().contains("medicinen ned"));
}

#[tokio::test]
async fn a_closed_meeting_is_named_nowhere() {
    let town = Town::new().await;
    let omar = town.as_employee(town.omar).await;
    let annas = Subject::Citizen(town.anna);
    let closed = closed_meeting(&town, &omar).await;
    let step = contract::NewStep { meeting: Some(closed), ..words::step("Købe en kalender", Party::Citizen) };
    omar.put(paths::step(annas, StepId::make()), Known::New, &step).await;
    let (held, mut new) = (MeetingId::make(), made::a_meeting("2026-03-17T10:00:00"));
    new.agenda = vec![made::item("Praktik")];
    omar.put(paths::meeting(annas, held), Known::New, &new).await;
    town.set_clock("2026-03-17T10:00:00Z");
    let later = |meeting| NewMinutes {
        outcomes: vec![ItemOutcome { item: new.agenda[0].id, outcome: Some(Outcome::Later { meeting, note: None }) }],
        ..made::minutes("Vi talte.", true)
    };
    let (omar, mette) = (town.as_employee(town.omar).await, town.as_employee(town.mette).await);
    omar.put(paths::minutes(annas, held), Known::New, &later(Some(closed))).await;
    for path in [paths::history(annas), paths::meeting(annas, held), paths::plan(annas), paths::file(annas)] {
        let told = mette.try_get(&path).await;
        assert!(told.status.is_success() && !told.text().contains(&closed.to_string()), "{path}: {}", told.text());
    }
    // To name it is to be told that it is not there; to say what one was shown keeps it.
    let answer = mette.try_put(paths::minutes(annas, held), Known::Is(1), &later(Some(closed))).await;
    answer.is_refused(409, ProblemCode::UnknownReference);
    mette.put(paths::minutes(annas, held), Known::Is(1), &later(None)).await;
    let seen: Meeting = omar.get(paths::meeting(annas, held)).await;
    assert_eq!(seen.agenda[0].outcome, Some(Outcome::Later { meeting: Some(closed), note: None }));
    let all: History = omar.get(paths::history(annas)).await;
    assert!(all.events.iter().any(|event| event.meeting == Some(closed)), "whoever comes to it sees it");
}

#[tokio::test]
async fn words_beside_something_closed_cannot_be_marked_as_opened() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let annas = Subject::Citizen(town.anna);
    let sick = NewDraft { area: Area::Health, ..words::draft(DraftKind::Goal, None, "Sove igennem") };
    let goal = words::send(&anna, &sick).await.0;
    let comment = made::comment(&anna, Subject::Me, goal, CommentKind::Remark, "Medicinen virker ikke").await;
    let mark = made::opened(OpenedKind::Comment, comment.0, 1);
    let answer = mette.try_put(paths::opening(annas, OpeningId::make()), Known::New, &mark).await;
    answer.is_refused(409, ProblemCode::UnknownReference);
}

#[tokio::test]
async fn nothing_of_a_meeting_from_when_it_was_closed_is_told_when_it_is_about_something_else() {
    let town = Town::new().await;
    let (omar, mette) = (town.as_employee(town.omar).await, town.as_employee(town.mette).await);
    let annas = Subject::Citizen(town.anna);
    let (id, mut new) = (MeetingId::make(), made::a_meeting("2026-03-30T10:15:00"));
    (new.area, new.purpose) = (Area::Health, prose("Vi taler om smerter"));
    new.agenda = vec![made::item("Gennemgang af medicin")];
    new.place = Some(line("Distriktspsykiatrien"));
    omar.put(paths::meeting(annas, id), Known::New, &new).await;
    new.place = Some(line("Smerteklinikken"));
    omar.put(paths::meeting(annas, id), Known::Is(1), &new).await;
    let now = NewMeeting { agenda: vec![made::item("Praktik")], ..made::a_meeting("2026-03-31T09:00:00") };
    omar.put(paths::meeting(annas, id), Known::Is(2), &now).await;
    let later = NewMeeting { place: Some(line("Biblioteket")), ..made::a_meeting("2026-03-31T09:00:00") };
    omar.put(paths::meeting(annas, id), Known::Is(3), &later).await;
    for path in [paths::history(annas), paths::meeting(annas, id), paths::brief(annas, id), paths::file(annas)] {
        let told = mette.try_get(&path).await;
        assert!(told.status.is_success() && told.text().contains(&id.to_string()), "{path}: {}", told.text());
        for word in ["medicin", "psykiatrien", "Smerteklinikken", "smerter", "2026-03-30"] {
            assert!(!told.text().contains(word), "{word} in {path}: {}", told.text());
        }
    }
    let told = mette.try_get(paths::meeting(annas, id)).await.text();
    assert!(told.contains("Torvet 1") && told.contains("Biblioteket"), "what changed since is told: {told}");
    let own = town.as_citizen(town.anna).await.try_get(paths::history(Subject::Me)).await.text();
    assert!(own.contains("medicin") && own.contains("Smerteklinikken"), "to herself nothing is closed");
}

#[tokio::test]
async fn what_came_of_a_closed_topic_is_kept_by_who_corrects_the_rest() {
    let town = Town::new().await;
    let annas = Subject::Citizen(town.anna);
    let (meeting, agenda) = held_about_pills(&town).await;
    let (omar, mette) = (town.as_employee(town.omar).await, town.as_employee(town.mette).await);
    let came = |item: usize, answer: &str| ItemOutcome {
        item: agenda[item],
        outcome: Some(Outcome::Answered { answer: prose(answer) }),
    };
    let write = |outcomes| NewMinutes { outcomes, ..made::minutes("Vi talte.", true) };
    let seen: Meeting = mette.get(paths::meeting(annas, meeting)).await;
    assert_eq!(seen.agenda.iter().map(|item| item.is_closed).collect::<Vec<_>>(), [true, false]);
    // What is closed to her keeps her from sharing nothing, and is not hers to fill in.
    let hers = write(vec![came(0, "Nej"), came(1, "Ja, i maj")]);
    let refused = mette.try_put(paths::minutes(annas, meeting), Known::New, &hers).await;
    refused.is_refused(409, ProblemCode::UnknownReference);
    mette.put(paths::minutes(annas, meeting), Known::New, &write(vec![came(1, "Ja, i maj")])).await;
    omar.put(paths::minutes(annas, meeting), Known::Is(1), &write(vec![came(0, "Lægen hæver dosis")])).await;
    mette.put(paths::minutes(annas, meeting), Known::Is(2), &write(vec![came(1, "Ja, i juni")])).await;
    let told: Meeting = town.as_citizen(town.anna).await.get(paths::meeting(Subject::Me, meeting)).await;
    let outcomes: Vec<_> = told.agenda.into_iter().map(|item| item.outcome).collect();
    assert_eq!(outcomes, [came(0, "Lægen hæver dosis").outcome, came(1, "Ja, i juni").outcome]);
}
