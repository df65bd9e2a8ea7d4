use axum::http::Method;
use contract::{Administered, Administration, EmployeeId, EmployeeKind, ProblemCode, Standing, paths};
use roed_traad::{
    audit::{self, Chain},
    entity::employee,
    values::{ActionKind, Word},
};
use sea_orm::{ActiveValue::Set, EntityTrait as _};

use crate::town::{Known, Town, Visitor};

/// Karin looks after employees and settings from here on.
async fn administrator(town: &Town) -> Visitor {
    let key = (town.app.config.municipality_id.0, town.karin.0);
    let write = town.app.db.write(move |tx| {
        Box::pin(async move {
            let mut row: employee::ActiveModel = employee::Entity::find_by_id(key).one(tx).await?.unwrap().into();
            row.role_kind = Set(Word(EmployeeKind::Administrator));
            Ok(employee::Entity::update(row).exec(tx).await.map(drop)?)
        })
    });
    write.await.unwrap();
    town.as_employee(town.karin).await
}

async fn stand(who: &Visitor, employee: EmployeeId, standing: Standing) -> crate::town::Answer {
    who.try_put(paths::standing(employee), Known::Nothing, &standing).await
}

#[tokio::test]
async fn an_administrator_sees_employees_and_settings_and_no_case() {
    let town = Town::new().await;
    town.as_employee(town.mette).await.try_get(paths::ADMINISTRATION).await.is_refused(403, ProblemCode::NotAllowed);
    town.as_citizen(town.anna).await.try_get(paths::ADMINISTRATION).await.is_refused(403, ProblemCode::NotAllowed);
    let karin = administrator(&town).await;
    let seen: Administration = karin.get(paths::ADMINISTRATION).await;
    assert_eq!(seen.employees.len(), 3);
    assert_eq!(seen.settings.glass_minutes, town.app.config.sharing.glass_minutes);
    let list: contract::Caseload = karin.get(paths::CASELOAD).await;
    assert!(list.citizens.is_empty());
    let annas = paths::Subject::Citizen(town.anna);
    karin.try_get(paths::plan(annas)).await.is_refused(404, ProblemCode::NotFound);
}

#[tokio::test]
async fn a_role_holds_from_the_next_request_on_and_it_is_written_down_who_gave_it() {
    let town = Town::new().await;
    let (karin, mette) = (administrator(&town).await, town.as_employee(town.mette).await);
    mette.try_get(paths::TEAM).await.is_refused(403, ProblemCode::NotAllowed);
    let lead = Standing { kind: EmployeeKind::TeamLead, has_left: false };
    let answer = stand(&karin, town.mette, lead).await;
    assert_eq!(answer.json::<Administered>().standing, lead);
    assert!(mette.try_get(paths::TEAM).await.status.is_success(), "in a session that is open");
    let gone = Standing { kind: EmployeeKind::Caseworker, has_left: true };
    assert!(stand(&karin, town.mette, gone).await.status.is_success());
    mette.try_get(paths::CASELOAD).await.is_refused(401, ProblemCode::SignedOut);
    let back = Standing { kind: EmployeeKind::Caseworker, has_left: false };
    assert!(stand(&karin, town.mette, back).await.status.is_success());
    mette.try_get(paths::CASELOAD).await.is_refused(401, ProblemCode::SignedOut);

    let m = town.app.config.municipality_id;
    let (chain, now) = (Chain { municipality: m.0, id: town.karin.0 }, town.now());
    let keys = town.app.db.keys().clone();
    let rows = town.app.db.write(move |tx| Box::pin(async move { audit::read::chain(tx, &keys, chain, now).await }));
    let rows = rows.await.unwrap();
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row.operation == "administration.standing" && row.action == ActionKind::Write));
    let words = rows[0].words.as_deref().unwrap();
    assert!(words.contains("TeamLead") && words.contains(&town.mette.to_string()), "{words}");
}

#[tokio::test]
async fn nobody_takes_the_keys_out_of_their_own_hand() {
    let town = Town::new().await;
    let karin = administrator(&town).await;
    let standing = Standing { kind: EmployeeKind::Caseworker, has_left: false };
    stand(&karin, town.karin, standing).await.is_refused(403, ProblemCode::NotAllowed);
    let nobody = EmployeeId(uuid::Uuid::now_v7());
    stand(&karin, nobody, standing).await.is_refused(404, ProblemCode::NotFound);
    let answer = karin.ask(Method::PUT, paths::standing(town.mette).as_str(), &[], b"{}".to_vec()).await;
    answer.is_refused(400, ProblemCode::Malformed);
}
