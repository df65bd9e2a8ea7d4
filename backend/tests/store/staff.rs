use contract::{
    Assessment, Brief, Caseload, CommentKind, Directory, DraftKind, EffortId, GoalId, ItemOutcome, Meeting, MeetingId,
    NewAssessment, NewEffort, NewMinutes, NewProfile, OpenedKind, Outcome, Preparation, ProblemCode, TopicId, Version,
    paths, paths::Subject,
};
use futures_util::future::join_all;
use roed_traad::entity::employee;
use sea_orm::{ActiveValue::Set, EntityTrait as _, IntoActiveModel as _};

use crate::{
    made::{a_meeting, comment, guest, item, item_of, minutes, open, send},
    town::{Known, Town},
    words::{line, prose},
};

pub async fn a_meeting_goes_from_arranged_to_shared(town: Town) {
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let (whose, id) = (Subject::Citizen(town.anna), MeetingId::make());
    let path = paths::meeting(whose, id);
    let mut new = a_meeting("2026-03-17T10:00:00");
    new.participants = vec![guest(town.mette), guest(town.karin)];
    new.agenda = vec![item("Velkommen")];
    mette.put(&path, Known::New, &new).await;
    let topic = TopicId(send(&anna, DraftKind::Topic, Some(id), "Kan jeg få en mentor?").await);
    new.participants.reverse();
    new.agenda.insert(0, item_of(topic));
    new.local_start = "2026-03-18T10:00:00".parse().unwrap();
    mette.put(&path, Known::Is(1), &new).await;

    town.set_clock("2026-03-18T12:00:00Z");
    let outcome = Outcome::Answered { answer: prose("Ja, fra april") };
    let outcomes = [0, 1].map(|at| ItemOutcome { item: new.agenda[at].id, outcome: Some(outcome.clone()) }).to_vec();
    let written = NewMinutes { outcomes, ..minutes("Du får en mentor.", true) };
    mette.put(paths::minutes(whose, id), Known::New, &written).await;

    let seen: Meeting = anna.get(paths::meeting(Subject::Me, id)).await;
    assert_eq!(seen.summary.participant_names, ["Karin Dahl", "Mette Holm"]);
    assert_eq!(
        seen.summary.moved_from.map(|time| time.local_start.to_string()).as_deref(),
        Some("2026-03-17T10:00:00")
    );
    let agenda: Vec<_> = seen.agenda.iter().map(|item| (item.text.as_str(), item.outcome.as_ref())).collect();
    assert_eq!(agenda, [("Kan jeg få en mentor?", Some(&outcome)), ("Velkommen", Some(&outcome))]);
    assert!(seen.minutes.is_some_and(|minutes| minutes.shared_at.is_some()));
}

pub async fn of_many_who_change_a_meeting_at_once_one_does(town: Town) {
    let mette = town.as_employee(town.mette).await;
    let path = paths::meeting(Subject::Citizen(town.anna), MeetingId::make());
    mette.put(&path, Known::New, &a_meeting("2026-03-30T10:00:00")).await;
    let tries = (0..12).map(|n| {
        let (mette, path) = (mette.clone(), path.clone());
        let mut new = a_meeting("2026-03-30T10:00:00");
        new.purpose = prose(&format!("Formål {n}"));
        new.participants = vec![guest(town.omar)];
        async move { mette.try_put(&path, Known::Is(1), &new).await }
    });
    let answers = join_all(tries).await;
    let (taken, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status.is_success());
    assert_eq!(taken.len(), 1);
    for answer in refused {
        answer.is_refused(412, ProblemCode::VersionConflict);
    }
    let seen: Meeting = mette.get(&path).await;
    assert_eq!((seen.summary.version, seen.participants.len()), (Version(2), 1));
}

pub async fn a_caseload_and_a_brief_show_what_waits(town: Town) {
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let past = town.meeting(town.anna, "2026-03-10T10:00:00").await;
    let id = town.meeting(town.anna, "2026-03-20T10:00:00").await;
    let goal = send(&anna, DraftKind::Goal, Some(id), "Jeg vil arbejde").await;
    send(&anna, DraftKind::Topic, Some(id), "Min gæld").await;
    let no = comment(&anna, Subject::Me, goal, CommentKind::Disagreement, "Det passer ikke").await;
    let effort = NewEffort {
        goal: GoalId(goal),
        area: contract::Area::Employment,
        title: line("Praktik"),
        purpose: prose("Du prøver dig frem"),
        obligation: None,
        responsible: Some(town.omar),
        starts_on: Some("2026-04-01".parse().unwrap()),
        ends_on: None,
        is_ended: false,
    };
    mette.put(paths::effort(whose, EffortId::make()), Known::New, &effort).await;

    let list: Caseload = mette.search("TEST").await.json();
    assert_eq!(list.citizens.len(), 1);
    let list: Caseload = mette.get(paths::CASELOAD).await;
    assert_eq!((list.coming[0].id, list.coming[0].citizen.unopened), (id, 3));
    assert_eq!(list.waiting[0].id, past);
    open(&mette, whose, OpenedKind::Goal, goal, 1).await;
    open(&mette, whose, OpenedKind::Comment, no.0, 1).await;
    let complaint = NewAssessment { comment_version: Version::FIRST, assessment: Assessment::Complaint };
    mette.put(paths::assessment(whose, no), Known::New, &complaint).await;
    let list: Caseload = mette.get(paths::CASELOAD).await;
    assert_eq!(list.coming[0].citizen.unopened, 1);
    let brief: Brief = mette.get(paths::brief(whose, id)).await;
    assert_eq!((brief.goals.len(), brief.unopened.topics.len(), brief.efforts.len()), (1, 1, 1));
    assert!(brief.unopened.comments.is_empty() && brief.disagreements[0].assessment.is_some());
}

pub async fn what_was_opened_keeps_its_first_time(town: Town) {
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let goal = send(&anna, DraftKind::Goal, None, "Jeg vil arbejde").await;
    open(&mette, whose, OpenedKind::Goal, goal, 1).await;
    let first: Preparation = anna.get(paths::own_preparation(Subject::Me)).await;
    town.set_clock("2026-03-17T10:00:00Z");
    open(&mette, whose, OpenedKind::Goal, goal, 1).await;
    let second: Preparation = anna.get(paths::own_preparation(Subject::Me)).await;
    assert_eq!(first.goals[0].openings, second.goals[0].openings);
    assert_eq!(first.goals[0].openings.opened.len(), 1);
}

pub async fn people_come_in_the_order_of_the_danish_alphabet(town: Town) {
    let (anna, bo, mette) =
        (town.as_citizen(town.anna).await, town.as_citizen(town.bo).await, town.as_employee(town.mette).await);
    let m = town.app.config.municipality_id.0;
    let names = [(town.mette, "Åse Holm"), (town.omar, "Øjvind Lund"), (town.karin, "Zita Dahl")];
    let rename = town.app.db.write(move |tx| {
        Box::pin(async move {
            for (id, name) in names {
                let mut row = employee::Entity::find_by_id((m, id.0)).one(tx).await?.unwrap().into_active_model();
                row.name = Set(name.to_owned());
                employee::Entity::update(row).exec(tx).await?;
            }
            Ok(())
        })
    });
    rename.await.unwrap();
    let directory: Directory = mette.get(paths::EMPLOYEES).await;
    let names: Vec<&str> = directory.employees.iter().map(|who| who.name.as_str()).collect();
    assert_eq!(names, ["Zita Dahl", "Øjvind Lund", "Åse Holm"]);

    town.meeting(town.bo, "2026-03-30T10:00:00").await;
    for (citizen, name) in [(&anna, "Aase"), (&bo, "Ørn")] {
        let profile = NewProfile { preferred_name: Some(line(name)), ..NewProfile::default() };
        citizen.put(paths::profile(Subject::Me), Known::New, &profile).await;
    }
    let list: Caseload = mette.get(paths::CASELOAD).await;
    assert_eq!(list.citizens.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Ørn", "Aase"]);
}
