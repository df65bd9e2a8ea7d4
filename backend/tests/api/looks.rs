use contract::{Author, LookedAt, Looks, ProblemCode, paths, paths::Subject};

use crate::town::{Known, Town, Visitor};

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
