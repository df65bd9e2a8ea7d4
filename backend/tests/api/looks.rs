use contract::{Author, Home, LookedAt, Looks, OpenedKind, ProblemCode, Via, Visit, paths, paths::Subject};
use roed_traad::{
    audit::{self, Chain},
    entity::employee,
    values::ActionKind,
};
use sea_orm::{ActiveValue::Set, EntityTrait as _};

use crate::{
    made,
    town::{Known, Town, Visitor},
    words,
};

async fn looks(anna: &Visitor) -> Vec<(String, String, Vec<LookedAt>)> {
    let looks: Looks = anna.get(paths::looks(Subject::Me)).await;
    let told = looks.looks.into_iter().map(|look| match look.by {
        Author::Employee { name, role, .. } => (look.day.to_string(), name.unwrap_or(role), look.at),
        _ => panic!("only employees are told of"),
    });
    told.collect()
}

#[tokio::test]
async fn a_citizen_sees_who_has_looked_by_day_and_what_at() {
    let town = Town::new().await;
    let (anna, mette, omar) =
        (town.as_citizen(town.anna).await, town.as_employee(town.mette).await, town.as_employee(town.omar).await);
    assert_eq!(looks(&anna).await, []);
    let annas = Subject::Citizen(town.anna);
    assert!(omar.try_get(paths::file(annas)).await.status.is_success());
    town.set_clock("2026-03-17T22:30:00Z");
    for path in [paths::plan(annas), paths::history(annas), paths::plan(annas)] {
        assert!(mette.try_get(path).await.status.is_success());
    }
    town.set_clock("2026-03-17T23:30:00Z");
    assert!(mette.try_get(paths::plan(annas)).await.status.is_success());
    let name = |name: &str| name.to_owned();
    assert_eq!(
        looks(&anna).await,
        [
            (name("2026-03-18"), name("Mette Holm"), vec![LookedAt::Plan]),
            (name("2026-03-17"), name("Mette Holm"), vec![LookedAt::Plan, LookedAt::History]),
            (name("2026-03-16"), name("Omar Lund"), vec![LookedAt::File]),
        ],
        "by the municipality's calendar, the latest day first"
    );
    let told: Looks = anna.get(paths::looks(Subject::Me)).await;
    assert_eq!(told.looks.iter().map(|look| look.is_contact_person).collect::<Vec<_>>(), [true, true, false]);
    assert!(told.looks.iter().all(|look| !look.has_changed) && told.before.is_none());
    let earlier: Looks = anna.get(paths::looks_before(Subject::Me, "2026-03-17".parse().unwrap())).await;
    assert_eq!(earlier.looks, told.looks[2..]);
}

#[tokio::test]
async fn what_who_runs_the_program_did_is_told() {
    let town = Town::new().await;
    let (app, c) = (&town.app, town.anna.0);
    let (chain, now) = (Chain { municipality: app.config.municipality_id.0, id: c }, app.clock.now());
    for (action, operation) in
        [(ActionKind::Write, "import"), (ActionKind::Write, "import.cpr"), (ActionKind::Read, "export")]
    {
        let keys = app.db.keys().clone();
        let row = app.db.write(move |tx| {
            Box::pin(async move { audit::record_operator((&keys, tx), (chain, true), action, operation, now).await })
        });
        row.await.unwrap();
    }
    let told: Looks = town.as_citizen(town.anna).await.get(paths::looks(Subject::Me)).await;
    let [look] = &told.looks[..] else { panic!("{told:?}") };
    assert_eq!((&look.via, look.has_changed), (&Some(Via::Operator), false), "nothing that the citizen would find");
    assert_eq!(look.at, [LookedAt::Copy, LookedAt::Loaded, LookedAt::Cpr]);
}

#[tokio::test]
async fn home_tells_of_looks_since_the_last_visit() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let look = async || assert!(mette.try_get(paths::plan(Subject::Citizen(town.anna))).await.status.is_success());
    let visit = async || {
        let anna = town.as_citizen(town.anna).await;
        let home: Home = anna.get(paths::home(Subject::Me)).await;
        let mark = Visit { seen: home.last_event, looks: home.last_look };
        assert!(anna.try_put(paths::visit(Subject::Me), Known::Nothing, &mark).await.status.is_success());
        let again: Home = anna.get(paths::home(Subject::Me)).await;
        assert_eq!(again.has_new_looks, home.has_new_looks, "all through one session the same");
        home.has_new_looks
    };
    look().await;
    assert!(!visit().await, "on the first visit nothing is new");
    assert!(!visit().await);
    look().await;
    assert!(visit().await);
    assert!(!visit().await, "once is enough");
}

#[tokio::test]
async fn the_unit_is_the_one_of_that_day() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    assert!(mette.try_get(paths::plan(Subject::Citizen(town.anna))).await.status.is_success());
    let mette = (town.app.config.municipality_id.0, town.mette.0);
    let moved = town.app.db.write(move |tx| {
        Box::pin(async move {
            let mut row: employee::ActiveModel = employee::Entity::find_by_id(mette).one(tx).await?.unwrap().into();
            row.unit = Set("Borgerservice".into());
            Ok(employee::Entity::update(row).exec(tx).await.map(drop)?)
        })
    });
    moved.await.unwrap();
    let told: Looks = anna.get(paths::looks(Subject::Me)).await;
    assert!(matches!(&told.looks[0].by, Author::Employee { unit, .. } if unit == "Job og Støtte"));
}

#[tokio::test]
async fn the_citizens_own_looks_and_changes_are_not_told() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    for path in [paths::plan(Subject::Me), paths::profile(Subject::Me)] {
        assert!(anna.try_get(path).await.status.is_success());
    }
    anna.put(paths::profile(Subject::Me), Known::New, &contract::NewProfile::default()).await;
    assert_eq!(looks(&anna).await, []);
}

#[tokio::test]
async fn where_the_municipality_has_chosen_so_only_role_and_unit_are_told() {
    let town = Town::new().await.without_names();
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    assert!(mette.try_get(paths::plan(Subject::Citizen(town.anna))).await.status.is_success());
    let told: Looks = anna.get(paths::looks(Subject::Me)).await;
    let [look] = &told.looks[..] else { panic!("one look") };
    assert_eq!(look.by, Author::Employee { name: None, role: "rådgiver".into(), unit: "Job og Støtte".into() });
}

#[tokio::test]
async fn employees_do_not_see_who_has_looked() {
    let town = Town::new().await;
    let path = paths::looks(Subject::Citizen(town.anna));
    town.as_employee(town.mette).await.try_get(&path).await.is_refused(403, ProblemCode::NotAllowed);
    for visitor in [town.as_employee(town.karin).await, town.as_citizen(town.bo).await] {
        visitor.try_get(&path).await.is_refused(404, ProblemCode::NotFound);
    }
}

#[tokio::test]
async fn many_looks_come_by_whole_days() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let path = paths::plan(Subject::Citizen(town.anna));
    for (day, times) in [(16, 3), (17, 600), (18, 500)] {
        town.set_clock(&format!("2026-03-{day}T10:00:00Z"));
        for _ in 0..times {
            assert!(mette.try_get(&path).await.status.is_success());
        }
    }
    let first: Looks = anna.get(paths::looks(Subject::Me)).await;
    assert_eq!(first.looks.iter().map(|look| look.day.day()).collect::<Vec<_>>(), [18]);
    let before = first.before.unwrap();
    let second: Looks = anna.get(paths::looks_before(Subject::Me, before)).await;
    assert_eq!(second.looks.iter().map(|look| look.day.day()).collect::<Vec<_>>(), [17, 16]);
    assert_eq!(second.before, None);
}

#[tokio::test]
async fn who_has_read_what_was_sent_has_prepared_no_meeting() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let goal = words::send(&anna, &words::goal(None, "Et job på 20 timer")).await;
    made::open(&mette, Subject::Citizen(town.anna), OpenedKind::Goal, goal.0, 1).await;
    let at: Vec<_> = looks(&anna).await.into_iter().map(|(.., at)| at).collect();
    assert_eq!(at, [[LookedAt::File]]);
}
