use contract::{Caseload, ProblemCode, paths, paths::Subject};

use roed_traad::{db::Database, entity::profile, keys::Unseal as _, values::SealedText};
use sea_orm::EntityTrait as _;

use crate::town::{Known, Town};

#[tokio::test]
async fn whose_key_is_deleted_is_gone_for_everybody() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let profile = contract::NewProfile { preferred_name: Some(crate::words::line("Anni")), ..Default::default() };
    anna.put(paths::profile(Subject::Me), Known::New, &profile).await;
    let before: Caseload = mette.get(paths::CASELOAD).await;
    assert_eq!(before.citizens.len(), 1);

    assert!(town.app.db.keys().forget(town.app.config.municipality_id, town.anna.0).await.unwrap());
    let annas = Subject::Citizen(town.anna);
    for path in [paths::plan(annas), paths::file(annas), paths::profile(annas)] {
        mette.try_get(path).await.is_refused(404, ProblemCode::NotFound);
    }
    anna.try_get(paths::plan(Subject::Me)).await.is_refused(404, ProblemCode::NotFound);
    anna.try_put(paths::profile(Subject::Me), Known::Is(1), &profile).await.is_refused(404, ProblemCode::NotFound);
    let session: contract::Session = anna.get(paths::SESSION).await;
    assert!(session.signed_in.is_none());
    let after: Caseload = mette.get(paths::CASELOAD).await;
    assert!(after.citizens.is_empty(), "and the others' lists work");
}

#[tokio::test]
async fn an_older_copy_of_the_data_tells_nothing_either() {
    let town = Town::new().await;
    let m = town.app.config.municipality_id;
    let anna = town.as_citizen(town.anna).await;
    let profile = contract::NewProfile { situation: Some(crate::words::prose("Kun mit")), ..Default::default() };
    anna.put(paths::profile(Subject::Me), Known::New, &profile).await;
    // As a backup is made: the data alone, for the keys lie in a store of their own.
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.sqlite");
    let into = format!("VACUUM INTO '{}'", copy.display());
    let data = sea_orm::Database::connect(&town.url).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&data, &into).await.unwrap();
    data.close().await.unwrap();

    let read = async || {
        let url = format!("sqlite://{}?mode=rwc", copy.display());
        let db = Database::open(&url, town.app.db.keys().clone()).await.unwrap();
        let ring = db.keys().of(m, &[town.anna.0]).await.unwrap();
        let key = (m.0, town.anna.0);
        let row = db.read(move |tx| Box::pin(async move { Ok(profile::Entity::find_by_id(key).one(tx).await?) }));
        let row = row.await.unwrap();
        assert!(row.is_some(), "the row is in the copy");
        row.unsealed(&ring).map(|row| row.and_then(|row| row.situation).map(SealedText::into_text))
    };
    assert_eq!(read().await.unwrap().as_deref(), Some("Kun mit"));
    assert!(town.app.db.keys().forget(m, town.anna.0).await.unwrap());
    assert!(read().await.is_err(), "there is no key to it any more");
    let bytes = std::fs::read(&copy).unwrap();
    assert!(!bytes.windows(7).any(|bytes| bytes == b"Kun mit"));
}
