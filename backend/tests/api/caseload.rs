use contract::{
    Cancellation, Caseload, CommentKind, Directory, DraftKind, MeetingId, NewMeeting, NewProfile, OpenedKind,
    ProblemCode, paths, paths::Subject,
};
use roed_traad::entity::audit;
use sea_orm::EntityTrait;

use crate::{
    made::{self, a_meeting, guest, minutes},
    town::{Known, Town},
    words::{line, prose},
};

#[tokio::test]
async fn a_caseload_has_coming_and_waiting_meetings() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let later = town.meeting(town.anna, "2026-03-20T10:00:00").await;
    let today = town.meeting(town.anna, "2026-03-16T09:30:00").await;
    let over = town.meeting(town.bo, "2026-03-16T08:00:00").await;
    let old = town.meeting(town.anna, "2026-02-02T10:00:00").await;
    let told = town.meeting(town.anna, "2026-03-02T10:00:00").await;
    let draft = town.meeting(town.anna, "2026-03-03T10:00:00").await;
    let whose = Subject::Citizen(town.anna);
    mette.put(paths::minutes(whose, told), Known::New, &minutes("Vi mødtes.", true)).await;
    mette.put(paths::minutes(whose, draft), Known::New, &minutes("Vi mødtes.", false)).await;

    let list: Caseload = mette.get(paths::CASELOAD).await;
    assert_eq!(list.today.to_string(), "2026-03-16");
    let ids = |meetings: &[contract::CaseMeeting]| meetings.iter().map(|it| it.id).collect::<Vec<_>>();
    assert_eq!(ids(&list.coming), [today, later]);
    assert_eq!(ids(&list.waiting), [over, draft, old]);
    assert_eq!(list.waiting.iter().map(|it| it.has_minutes_draft).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(list.waiting[0].citizen.id, town.bo);
    assert!(!list.coming[0].is_moved);
}

#[tokio::test]
async fn a_caseload_has_a_week_of_meetings_and_counts_the_rest() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let mut meetings = Vec::new();
    for day in ["2026-03-16T23:00:00", "2026-03-23T23:30:00", "2026-03-24T00:00:00", "2026-07-01T10:00:00"] {
        meetings.push(town.meeting(town.anna, day).await);
    }
    let ids = |list: &Caseload| list.coming.iter().map(|it| it.id).collect::<Vec<_>>();
    let near: Caseload = mette.get(paths::CASELOAD).await;
    assert_eq!((ids(&near), near.later), (meetings[..2].to_vec(), 2));
    let all: Caseload = mette.get(format!("{}?all=true", paths::CASELOAD)).await;
    assert_eq!((ids(&all), all.later), (meetings, 0));
    let found: Caseload = mette.search("anna").await.json();
    assert_eq!((found.citizens.len(), found.coming.len(), found.later), (1, 0, 0), "a search is for citizens");
    mette.try_get(format!("{}?all=perhaps", paths::CASELOAD)).await.is_refused(400, ProblemCode::Malformed);
}

#[tokio::test]
async fn a_caseload_has_ones_own_citizens_and_meetings_only() {
    let town = Town::new().await;
    let (mette, omar, karin) =
        (town.as_employee(town.mette).await, town.as_employee(town.omar).await, town.as_employee(town.karin).await);
    let names = |list: &Caseload| list.citizens.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    town.meeting(town.anna, "2026-03-20T10:00:00").await;
    let of_bo = MeetingId::make();
    let list: Caseload = karin.get(paths::CASELOAD).await;
    assert!(list.citizens.is_empty() && list.coming.is_empty());
    let list: Caseload = omar.get(paths::CASELOAD).await;
    assert_eq!((names(&list), list.coming.len()), (vec!["Anna Testsen".to_owned()], 0), "not at that meeting");

    town.meeting(town.bo, "2026-03-10T10:00:00").await;
    let mut new = a_meeting("2026-03-20T10:00:00");
    new.participants = vec![guest(town.karin)];
    mette.put(paths::meeting(Subject::Citizen(town.bo), of_bo), Known::New, &new).await;
    let list: Caseload = karin.get(paths::CASELOAD).await;
    assert_eq!((names(&list), list.coming[0].id), (vec!["Bo Prøve".to_owned()], of_bo));
    let list: Caseload = mette.get(paths::CASELOAD).await;
    assert_eq!(list.coming.len(), 2, "the one who arranged it sees it too");
    let told = |list: &Caseload| list.coming.iter().map(|it| (it.is_moved, it.is_cancelled)).collect::<Vec<_>>();
    let whose = Subject::Citizen(town.bo);
    new.local_start = "2026-03-21T10:00:00".parse().unwrap();
    mette.put(paths::meeting(whose, of_bo), Known::Is(1), &new).await;
    assert_eq!(told(&mette.get(paths::CASELOAD).await), [(false, false), (true, false)]);
    mette.put(paths::cancellation(whose, of_bo), Known::Is(2), &Cancellation { reason: prose("Jeg er syg") }).await;
    assert_eq!(told(&mette.get(paths::CASELOAD).await), [(false, false), (true, true)]);
    town.as_citizen(town.anna).await.try_get(paths::CASELOAD).await.is_refused(403, ProblemCode::NotAllowed);
}

#[tokio::test]
async fn minutes_that_a_colleague_has_not_shared_wait_with_the_contact_person_too() {
    let town = Town::new().await;
    let (mette, omar) = (town.as_employee(town.mette).await, town.as_employee(town.omar).await);
    let id = MeetingId::make();
    let mut new = a_meeting("2026-03-17T10:00:00");
    new.participants = vec![guest(town.omar)];
    omar.put(paths::meeting(Subject::Citizen(town.anna), id), Known::New, &new).await;
    let list: Caseload = mette.get(paths::CASELOAD).await;
    assert!(list.coming.is_empty(), "it is not hers");
    town.set_clock("2026-03-18T08:00:00Z");
    for visitor in [&mette, &omar] {
        let list: Caseload = visitor.get(paths::CASELOAD).await;
        assert_eq!(list.waiting.iter().map(|it| it.id).collect::<Vec<_>>(), [id]);
    }
}

#[tokio::test]
async fn a_caseload_counts_what_each_citizen_has_sent() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let id = town.meeting(town.anna, "2026-03-20T10:00:00").await;
    town.meeting(town.bo, "2026-03-20T12:00:00").await;
    let whose = Subject::Citizen(town.anna);
    let goal = made::send(&anna, DraftKind::Goal, Some(id), "Jeg vil arbejde").await;
    made::send(&anna, DraftKind::Topic, Some(id), "Min gæld").await;
    made::comment(&anna, Subject::Me, goal, CommentKind::Remark, "Helst om foråret").await;
    made::comment(&mette, whose, goal, CommentKind::Remark, "Godt at vide").await;
    let counts = async || -> Vec<u32> {
        let list: Caseload = mette.get(paths::CASELOAD).await;
        list.coming.iter().map(|it| it.citizen.unopened).collect()
    };
    assert_eq!(counts().await, [3, 0]);
    made::open(&mette, whose, OpenedKind::Goal, goal, 1).await;
    assert_eq!(counts().await, [2, 0]);
    // With the goal goes what was said beside it.
    anna.put(paths::goal_taking_back(Subject::Me, contract::GoalId(goal)), Known::Is(1), &contract::TakingBack {})
        .await;
    assert_eq!(counts().await, [1, 0]);
}

#[tokio::test]
async fn a_search_finds_ones_own_citizens_by_either_name() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    town.meeting(town.bo, "2026-03-20T10:00:00").await;
    let profile = NewProfile { preferred_name: Some(line("Åse")), ..NewProfile::default() };
    anna.put(paths::profile(Subject::Me), Known::New, &profile).await;
    for (search, count) in [("", 2), (" ", 2), ("åSE", 1), ("testsen", 1), ("PRØV", 1), ("karin", 0)] {
        let list: Caseload = mette.search(search).await.json();
        assert_eq!(list.citizens.len(), count, "{search}");
    }
    let list: Caseload = mette.get(paths::CASELOAD).await;
    let names: Vec<_> = list.citizens.iter().map(|it| (it.name.as_str(), it.registered_name.as_deref())).collect();
    assert_eq!(names, [("Bo Prøve", None), ("Åse", Some("Anna Testsen"))]);
    let rows = town.app.db.read(|tx| Box::pin(async move { Ok(audit::Entity::find().all(tx).await?) })).await.unwrap();
    let lists: Vec<&str> = rows.iter().filter(|row| !row.is_case).map(|row| row.operation.as_str()).collect();
    assert_eq!(lists.iter().filter(|operation| **operation == "caseload.search").count(), 6, "{lists:?}");
}

#[tokio::test]
async fn the_directory_is_for_employees_and_by_name() {
    let town = Town::new().await;
    let (anna, karin) = (town.as_citizen(town.anna).await, town.as_employee(town.karin).await);
    let directory: Directory = karin.get(paths::EMPLOYEES).await;
    let names: Vec<&str> = directory.employees.iter().map(|who| who.name.as_str()).collect();
    assert_eq!(names, ["Karin Dahl", "Mette Holm", "Omar Lund"]);
    anna.try_get(paths::EMPLOYEES).await.is_refused(403, ProblemCode::NotAllowed);
}

#[tokio::test]
async fn whoever_comes_to_a_meeting_is_in_the_case_until_two_weeks_after_it() {
    let town = Town::new().await;
    let (mette, karin) = (town.as_employee(town.mette).await, town.as_employee(town.karin).await);
    let (annas, bos) = (Subject::Citizen(town.anna), Subject::Citizen(town.bo));
    let (held, off) = (MeetingId::make(), MeetingId::make());
    // Who leads a meeting with Bo is in his case by that meeting only.
    town.meeting(town.bo, "2026-03-20T10:00:00").await;
    let with_karin = |day: &str| NewMeeting { participants: vec![guest(town.karin)], ..a_meeting(day) };
    mette.put(paths::meeting(annas, held), Known::New, &with_karin("2026-03-20T10:00:00")).await;
    mette.put(paths::meeting(bos, off), Known::New, &with_karin("2026-03-20T10:00:00")).await;
    let reason = Cancellation { reason: prose("Jeg er syg") };
    mette.put(paths::cancellation(bos, off), Known::Is(1), &reason).await;
    let sees = async |whose: Subject| {
        let list: Caseload = karin.get(paths::CASELOAD).await;
        let is_listed = list.citizens.iter().any(|citizen| Subject::Citizen(citizen.id) == whose);
        assert_eq!(karin.try_get(paths::file(whose)).await.status.is_success(), is_listed);
        is_listed
    };
    assert!(sees(annas).await && sees(bos).await, "that it is cancelled is told too");
    town.set_clock("2026-03-20T12:00:00Z");
    assert!(sees(annas).await && !sees(bos).await);
    mette.put(paths::minutes(annas, held), Known::New, &minutes("Vi mødtes.", true)).await;
    town.set_clock("2026-04-03T08:00:00Z");
    assert!(sees(annas).await);
    town.set_clock("2026-04-03T10:00:00Z");
    assert!(!sees(annas).await);
    karin.try_get(paths::plan(annas)).await.is_refused(404, ProblemCode::NotFound);

    // A contact person and a member of the plan stay.
    for employee in [town.mette, town.omar] {
        assert!(town.as_employee(employee).await.try_get(paths::file(annas)).await.status.is_success());
    }
}

#[tokio::test]
async fn whoever_came_to_a_meeting_stays_in_the_case_while_its_minutes_are_not_shared() {
    let town = Town::new().await;
    let (mette, karin) = (town.as_employee(town.mette).await, town.as_employee(town.karin).await);
    let (annas, held) = (Subject::Citizen(town.anna), MeetingId::make());
    let new = NewMeeting { participants: vec![guest(town.karin)], ..a_meeting("2026-03-20T10:00:00") };
    mette.put(paths::meeting(annas, held), Known::New, &new).await;
    let waits = async || {
        let list: Caseload = karin.get(paths::CASELOAD).await;
        list.waiting.iter().any(|waiting| waiting.id == held)
    };
    for (day, version) in [("2026-04-20T10:00:00Z", Known::New), ("2026-06-18T08:00:00Z", Known::Is(1))] {
        town.set_clock(day);
        assert!(waits().await, "{day}");
        karin.put(paths::minutes(annas, held), version, &minutes(day, false)).await;
    }
    town.set_clock("2026-06-18T10:00:00Z");
    assert!(!waits().await, "90 days are enough");
    town.set_clock("2026-06-18T08:00:00Z");
    karin.put(paths::minutes(annas, held), Known::Is(2), &minutes("Vi mødtes.", true)).await;
    karin.try_get(paths::file(annas)).await.is_refused(404, ProblemCode::NotFound);
}
