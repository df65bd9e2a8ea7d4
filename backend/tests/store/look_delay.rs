//! Looks that the citizen is told of later, on both databases.

use contract::{
    CaseFile, DelayGround, Event, History, Home, LookDelay, LookDelayId, Looks, MyData, NewLookDelay, ProblemCode,
    Visit, paths, paths::Subject,
};

use crate::{
    town::{Answer, Known, Town, Visitor},
    words::prose,
};

fn delay(until: &str) -> NewLookDelay {
    NewLookDelay { ground: DelayGround::Violence, reason: prose("Der er fare for vold"), until: until.parse().unwrap() }
}

async fn look(town: &Town, who: &Visitor) {
    assert!(who.try_get(paths::plan(Subject::Citizen(town.anna))).await.status.is_success());
}

/// All that a citizen could tell a delay by.
async fn seen(town: &Town) -> (Vec<String>, Option<u32>, Vec<Event>) {
    let anna = town.as_citizen(town.anna).await;
    let looks: Looks = anna.get(paths::looks(Subject::Me)).await;
    let home: Home = anna.get(paths::home(Subject::Me)).await;
    let data: MyData = anna.get(paths::data(Subject::Me)).await;
    assert_eq!(data.looks, looks.looks);
    let history: History = anna.get(paths::history(Subject::Me)).await;
    (looks.looks.iter().map(|look| look.last_at.to_string()).collect(), home.last_look, history.events)
}

/// Goes to the first screen and marks it as seen. Whether it told of new looks.
async fn visit(town: &Town) -> bool {
    let anna = town.as_citizen(town.anna).await;
    let home: Home = anna.get(paths::home(Subject::Me)).await;
    let mark = Visit { seen: home.last_event, looks: home.last_look };
    assert!(anna.try_put(paths::visit(Subject::Me), Known::Nothing, &mark).await.status.is_success());
    home.has_new_looks
}

async fn give(town: &Town, who: &Visitor, id: LookDelayId, known: Known, until: &str) -> Answer {
    who.try_put(paths::look_delay(Subject::Citizen(town.anna), id), known, &delay(until)).await
}

pub async fn delayed_looks_are_told_when_the_last_day_is_over(town: Town) {
    let (mette, omar) = (town.as_employee(town.mette).await, town.as_employee(town.omar).await);
    look(&town, &omar).await;
    visit(&town).await;
    let before = seen(&town).await;
    assert_eq!(before.0, ["2026-03-16T09:00:00Z"]);

    town.set_clock("2026-03-17T09:00:00.123456789Z");
    let id = LookDelayId::make();
    let given: LookDelay = give(&town, &mette, id, Known::New, "2026-03-20").await.json();
    assert_eq!((given.version.0, given.until.to_string().as_str()), (1, "2026-03-20"));
    assert!(give(&town, &mette, id, Known::New, "2026-03-20").await.status.is_success(), "a repeat is the same");
    for day in ["2026-03-17T10:00:00Z", "2026-03-20T22:59:59Z"] {
        town.set_clock(day);
        look(&town, &mette).await;
        look(&town, &omar).await;
        assert!(!visit(&town).await);
        assert_eq!(seen(&town).await, before, "{day}: nothing tells of it");
    }

    // Midnight in Fjordby.
    town.set_clock("2026-03-20T23:00:00Z");
    assert!(visit(&town).await, "now they are new");
    assert!(!visit(&town).await);
    let after = seen(&town).await;
    let days: Vec<&str> = after.0.iter().map(|at| &at[..16]).collect();
    assert_eq!(
        days,
        ["2026-03-20T22:59", "2026-03-20T22:59", "2026-03-17T10:00", "2026-03-17T10:00", "2026-03-16T09:00"]
    );
    assert!(after.1 > before.1);
    let anna = town.as_citizen(town.anna).await;
    let looks: Looks = anna.get(paths::looks(Subject::Me)).await;
    assert!(looks.looks.iter().all(|look| !look.has_changed), "to delay looks changes nothing in the case");
}

pub async fn a_delay_is_prolonged_and_ended(town: Town) {
    let (mette, omar) = (town.as_employee(town.mette).await, town.as_employee(town.omar).await);
    let before = seen(&town).await;
    let id = LookDelayId::make();
    assert!(give(&town, &mette, id, Known::New, "2026-03-18").await.status.is_success());
    give(&town, &omar, LookDelayId::make(), Known::New, "2026-03-19")
        .await
        .is_refused(412, ProblemCode::VersionConflict);
    give(&town, &omar, id, Known::Is(2), "2026-03-30").await.is_refused(412, ProblemCode::VersionConflict);
    let longer: LookDelay = give(&town, &omar, id, Known::Is(1), "2026-03-30").await.json();
    assert_eq!((longer.version.0, longer.from), (2, town.now()));
    assert!(give(&town, &omar, id, Known::Is(1), "2026-03-30").await.status.is_success(), "a repeat is the same");
    town.set_clock("2026-03-25T09:00:00Z");
    look(&town, &omar).await;
    assert_eq!(seen(&town).await, before, "also what was made before it was prolonged");

    let path = paths::look_delay(Subject::Citizen(town.anna), id);
    omar.delete(&path, Known::Is(1)).await.is_refused(412, ProblemCode::VersionConflict);
    assert_eq!(omar.delete(&path, Known::Is(2)).await.status.as_u16(), 204);
    assert_eq!(omar.delete(&path, Known::Is(2)).await.status.as_u16(), 204, "it is over already");
    assert!(seen(&town).await.0.len() > before.0.len());
    give(&town, &omar, id, Known::Is(3), "2026-03-30").await.is_refused(412, ProblemCode::VersionConflict);
    assert!(give(&town, &omar, LookDelayId::make(), Known::New, "2026-03-30").await.status.is_success());
}

pub async fn who_is_in_the_plan_may_delay_looks_with_a_reason_and_an_end(town: Town) {
    let (anna, mette, karin) =
        (town.as_citizen(town.anna).await, town.as_employee(town.mette).await, town.as_employee(town.karin).await);
    let (new, id) = (Known::New, LookDelayId::make());
    give(&town, &anna, id, new, "2026-03-20").await.is_refused(403, ProblemCode::NotAllowed);
    give(&town, &karin, id, new, "2026-03-20").await.is_refused(404, ProblemCode::NotFound);
    let field = |answer: Answer, code| answer.is_refused(422, code);
    let past = field(give(&town, &mette, id, new, "2026-03-15").await, ProblemCode::TimeInThePast);
    let long = field(give(&town, &mette, id, new, "2026-06-15").await, ProblemCode::Invalid);
    assert_eq!([past.as_deref(), long.as_deref()], [Some("until"); 2]);
    let empty = serde_json::json!({"ground": "violence", "reason": " ", "until": "2026-03-20"});
    let path = paths::look_delay(Subject::Citizen(town.anna), id);
    mette.try_put(&path, new, &empty).await.is_refused(422, ProblemCode::TextEmpty);

    let file: CaseFile = mette.get(paths::file(Subject::Citizen(town.anna))).await;
    assert_eq!((file.look_delay, file.longest_delay.map(|day| day.to_string()).as_deref()), (None, Some("2026-06-14")));
    assert!(give(&town, &mette, id, new, "2026-06-14").await.status.is_success(), "ninety days are allowed");
    let file: CaseFile = mette.get(paths::file(Subject::Citizen(town.anna))).await;
    assert_eq!(file.look_delay.and_then(|delay| delay.reason).as_deref(), Some("Der er fare for vold"));

    // Who only comes to a meeting sees that it is on, and neither gives one nor reads why.
    let arranged = crate::made::a_meeting("2026-03-21T10:15:00");
    let arranged = contract::NewMeeting { participants: vec![crate::made::guest(town.karin)], ..arranged };
    mette.put(paths::meeting(Subject::Citizen(town.anna), contract::MeetingId::make()), new, &arranged).await;
    let file: CaseFile = karin.get(paths::file(Subject::Citizen(town.anna))).await;
    assert!(file.longest_delay.is_none() && file.look_delay.is_some_and(|delay| delay.reason.is_none()));
    give(&town, &karin, id, Known::Is(1), "2026-03-20").await.is_refused(403, ProblemCode::NotAllowed);
    karin.delete(&path, Known::Is(1)).await.is_refused(403, ProblemCode::NotAllowed);
}
