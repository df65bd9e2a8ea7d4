use contract::{Caseload, ProblemCode, paths, paths::Subject};

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
