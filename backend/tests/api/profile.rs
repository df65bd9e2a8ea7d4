use contract::{ContactWay, Line, NewProfile, ProblemCode, Profile, Prose, Version, paths, paths::Subject};

use crate::town::{Known, Town};

fn words() -> NewProfile {
    NewProfile {
        preferred_name: Some(Line::parse("Annie").unwrap()),
        contact_way: ContactWay::TextMessage,
        situation: Some(Prose::parse("Jeg sover dårligt").unwrap()),
        strengths: Some(Prose::parse("Jeg er god til at bage").unwrap()),
        is_strengths_shared: true,
        ..NewProfile::default()
    }
}

#[tokio::test]
async fn a_citizen_saves_and_reads_their_own_words() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let before: Profile = anna.get(paths::profile(Subject::Me)).await;
    assert_eq!((before.version, before.registered_name.as_str()), (Version(0), "Anna Testsen"));

    let receipt = anna.put(paths::profile(Subject::Me), Known::New, &words()).await;
    assert_eq!(receipt.version, Version::FIRST);

    let after: Profile = anna.get(paths::profile(Subject::Me)).await;
    assert_eq!((after.version, after.content), (Version::FIRST, words()));
}

#[tokio::test]
async fn an_employee_sees_only_what_is_shared() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    anna.put(paths::profile(Subject::Me), Known::New, &words()).await;

    let mette = town.as_employee(town.mette).await;
    let seen: Profile = mette.get(paths::profile(Subject::Citizen(town.anna))).await;
    assert_eq!((seen.content.situation, seen.content.strengths), (None, words().strengths));
}

#[tokio::test]
async fn an_employee_cannot_write_a_citizens_words() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let answer = mette.try_put(paths::profile(Subject::Citizen(town.anna)), Known::New, &words()).await;
    answer.is_refused(403, ProblemCode::NotAllowed);
}

#[tokio::test]
async fn a_repeat_gets_the_same_receipt_and_another_body_is_refused() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let path = paths::profile(Subject::Me);
    let first = anna.put(&path, Known::New, &words()).await;
    town.set_clock("2026-03-16T10:00:00Z");
    assert_eq!(anna.put(&path, Known::New, &words()).await, first);

    let other = NewProfile::default();
    anna.try_put(&path, Known::New, &other).await.is_refused(412, ProblemCode::VersionConflict);
    anna.try_put(&path, Known::Is(7), &other).await.is_refused(412, ProblemCode::VersionConflict);
    anna.try_put(&path, Known::Nothing, &other).await.is_refused(428, ProblemCode::PreconditionMissing);

    assert_eq!(anna.put(&path, Known::Is(1), &other).await.version, Version(2));
    assert_eq!(anna.put(&path, Known::New, &words()).await, first, "an old repeat still gets its own receipt");
}
