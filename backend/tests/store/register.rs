use axum::http::Method;
use contract::{
    CitizenId, EmployeeId, EmployeeKind, LookedAt, Looks, ProblemCode, Session, Via, paths, paths::Subject,
};
use roed_traad::{
    config::{Integration, RegisterKind},
    cpr::Cpr,
    entity::{audit, citizen, employee},
    keys::Sealed as _,
    register::Registered,
    values::{ActionKind, Role, Word},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _, sea_query::Expr,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::town::{Answer, Known, Town, Visitor};

const CITIZENS: &str = "en-lang-noegle-til-borgere";
const BOTH: &str = "en-lang-noegle-til-begge";

fn with_systems(town: Town) -> Town {
    town.with(|config| {
        let integration = |name: &str, key: &str, may: &[RegisterKind]| Integration {
            name: name.to_owned(),
            key_sha256: format!("{:X}", Sha256::digest(key)),
            may: may.to_vec(),
        };
        config.integrations = vec![
            integration("Fagsystem", CITIZENS, &[RegisterKind::Citizens]),
            integration("Fagsystem", BOTH, &[RegisterKind::Citizens, RegisterKind::Employees]),
        ];
    })
}

async fn put(who: &Visitor, register: &Value) -> Answer {
    who.try_put(paths::REGISTER, Known::Nothing, register).await
}

#[track_caller]
fn came(answer: &Answer, made: u32, changed: u32, same: u32) {
    assert!(answer.status.is_success(), "{}", answer.text());
    assert_eq!(answer.json::<Registered>(), Registered { made, changed, same, forgotten: 0 });
}

fn mona() -> Value {
    json!({"external_id": "mona@fjordby.example", "name": "Mona Lind", "role": "rådgiver", "unit": "Job og Støtte", "area": "employment"})
}

fn dorte(contact: Option<&str>) -> Value {
    json!({"external_id": "sag-9", "name": "Dorte Prøve", "contact_person": contact, "cpr": "9913010099"})
}

async fn stored(town: &Town, external: &'static str) -> citizen::Model {
    let find = town.app.db.read(move |tx| {
        Box::pin(async move {
            Ok(citizen::Entity::find().filter(citizen::Column::ExternalId.eq(external)).one(tx).await?.unwrap())
        })
    });
    find.await.unwrap()
}

async fn rows(town: &Town) -> Vec<audit::Model> {
    let find = town.app.db.read(move |tx| {
        Box::pin(async move {
            let rows = audit::Entity::find().filter(audit::Column::Role.eq(Word(Role::Integration)));
            Ok(rows.order_by_asc(audit::Column::Seq).all(tx).await?)
        })
    });
    find.await.unwrap()
}

pub async fn only_a_key_that_is_set_comes_in_and_only_for_what_it_is_for(town: Town) {
    let town = with_systems(town);
    let register = json!({"employees": [mona()]});
    for who in [
        town.stranger(),
        town.as_employee(town.mette).await,
        town.stranger().with_key("en-anden-noegle"),
        town.stranger().with_key(""),
        town.stranger().with_key(&format!("{:x}", Sha256::digest(BOTH))),
    ] {
        put(&who, &register).await.is_refused(401, ProblemCode::SignedOut);
        put(&who, &json!("nothing")).await.is_refused(401, ProblemCode::SignedOut);
    }
    let citizens = town.stranger().with_key(CITIZENS);
    put(&citizens, &register).await.is_refused(403, ProblemCode::NotAllowed);
    came(&put(&citizens, &json!({"citizens": [dorte(None)]})).await, 1, 0, 0);
    let both = json!({"employees": [mona()], "citizens": [{"external_id": "sag-10", "name": "Ea Prøve"}]});
    put(&citizens, &both).await.is_refused(403, ProblemCode::NotAllowed);
    came(&put(&town.stranger().with_key(BOTH), &both).await, 2, 0, 0);
    for path in [paths::CASELOAD.to_owned(), paths::plan(Subject::Citizen(town.anna)), paths::EMPLOYEES.to_owned()] {
        citizens.try_get(path).await.is_refused(401, ProblemCode::SignedOut);
    }
    let session: Session = citizens.get(paths::SESSION).await;
    assert!(session.signed_in.is_none());
}

pub async fn the_same_again_changes_nothing_and_a_new_contact_person_is_in_at_once(town: Town) {
    let town = with_systems(town);
    let system = town.stranger().with_key(BOTH);
    let register = json!({"employees": [mona()], "citizens": [dorte(Some("mona@fjordby.example"))]});
    came(&put(&system, &register).await, 2, 0, 0);
    came(&put(&system, &register).await, 0, 0, 2);
    assert_eq!(rows(&town).await.len(), 2);
    let mona = stored(&town, "sag-9").await.contact_person.unwrap();
    let id = CitizenId(stored(&town, "sag-9").await.citizen_id);
    let employee = town.as_employee(EmployeeId(mona)).await;
    let _: contract::Plan = employee.get(paths::plan(Subject::Citizen(id))).await;
    came(&put(&system, &json!({"citizens": [dorte(None)]})).await, 0, 1, 0);
    employee.try_get(paths::plan(Subject::Citizen(id))).await.is_refused(404, ProblemCode::NotFound);
    let left = json!({"employees": [{"external_id": "mona@fjordby.example", "name": "Mona Lind", "role": "rådgiver", "unit": "Job og Støtte", "area": "employment", "has_left": true}]});
    came(&put(&system, &left).await, 0, 1, 0);
    employee.try_get(paths::CASELOAD).await.is_refused(401, ProblemCode::SignedOut);
}

pub async fn the_citizen_sees_that_another_system_wrote_and_the_audit_says_which(town: Town) {
    let town = with_systems(town);
    let system = town.stranger().with_key(CITIZENS);
    came(&put(&system, &json!({"citizens": [dorte(None)]})).await, 1, 0, 0);
    let row = stored(&town, "sag-9").await;
    let dortes = town.as_citizen(CitizenId(row.citizen_id)).await;
    let looks: Looks = dortes.get(paths::looks(Subject::Me)).await;
    let [look] = &looks.looks[..] else { panic!("{looks:?}") };
    assert_eq!((&look.at[..], look.has_changed), (&[LookedAt::Register][..], false));
    assert_eq!(look.via, Some(Via::System { name: "Fagsystem".to_owned() }));
    let rows = rows(&town).await;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].chain, rows[0].is_case, rows[0].action.0), (row.citizen_id, true, ActionKind::Write));
    assert_eq!(rows[0].unit.as_deref(), Some("Fagsystem"));
}

pub async fn what_does_not_hang_together_is_refused_at_its_place_and_nothing_is_written(town: Town) {
    let town = with_systems(town);
    let system = town.stranger().with_key(BOTH);
    came(&put(&system, &json!({"citizens": [dorte(None)]})).await, 1, 0, 0);
    let good = json!({"external_id": "sag-1", "name": "Ane Prøve", "cpr": "9913010097"});
    let refused = [
        (json!({"external_id": "sag-2", "name": "Ib", "contact_person": "nobody"}), 409, "citizens[1].contact_person"),
        (json!({"external_id": "sag-2", "name": "Ib", "cpr": "9913010099"}), 422, "citizens[1].cpr"),
        (json!({"external_id": "sag-9", "name": "Dorte", "cpr": "9913010098"}), 422, "citizens[1].cpr"),
        (json!({"external_id": "sag-2", "name": "Ib", "cpr": "123"}), 422, "citizens[1].cpr"),
        (json!({"external_id": "sag-3", "name": "Ib", "cpr": "9913010097"}), 422, "citizens[1].cpr"),
        (json!({"external_id": "sag-1", "name": "Ib"}), 422, "citizens[1].external_id"),
        (json!({"external_id": "sag-2", "name": " "}), 422, "citizens[1].name"),
    ];
    for (bad, status, field) in refused {
        let answer = put(&system, &json!({"citizens": [good, bad]})).await;
        assert_eq!(answer.status.as_u16(), status, "{field}: {}", answer.text());
        assert_eq!(answer.value()["field"], field, "{}", answer.text());
        assert!(!answer.text().contains("99130"), "a number is told");
    }
    let meetings = json!({"citizens": [{"external_id": "sag-2", "name": "Ib", "meetings": []}]});
    assert!(put(&system, &meetings).await.status.is_client_error(), "no other kind of data");
    let many: Vec<_> = (0..201).map(|n| json!({"external_id": format!("sag-{n}"), "name": "Ib"})).collect();
    assert_eq!(
        put(&system, &json!({"citizens": many})).await.is_refused(422, ProblemCode::Invalid).unwrap(),
        "citizens"
    );
    came(&put(&system, &json!({"citizens": [good]})).await, 1, 0, 0);
}

pub async fn of_somebody_whose_key_is_deleted_nothing_is_written(town: Town) {
    let town = with_systems(town);
    let system = town.stranger().with_key(BOTH);
    came(&put(&system, &json!({"citizens": [dorte(None)]})).await, 1, 0, 0);
    let id = stored(&town, "sag-9").await.citizen_id;
    assert!(town.app.db.keys().forget(town.app.config.municipality_id, id).await.unwrap());
    let answer = put(&system, &json!({"citizens": [dorte(None)]})).await;
    assert_eq!(answer.json::<Registered>(), Registered { forgotten: 1, ..Registered::default() });
}

pub async fn a_system_that_asks_too_often_is_told_when_to_come_back(town: Town) {
    let town = with_systems(town).with(|config| config.limits.requests_per_minute_person = 2);
    let system = town.stranger().with_key(CITIZENS);
    for _ in 0..2 {
        came(&put(&system, &json!({})).await, 0, 0, 0);
    }
    let answer = system.ask(Method::PUT, paths::REGISTER, &[], b"{}".to_vec()).await;
    answer.is_refused(429, ProblemCode::TooMany);
    assert!(answer.headers.contains_key("retry-after"));
    came(&put(&town.stranger().with_key(BOTH), &json!({})).await, 0, 0, 0);
}

/// Somebody with this number, as an import or a login may have left them.
async fn somebody(town: &Town, number: &str, contact: Option<EmployeeId>) -> CitizenId {
    let (m, id) = (town.app.config.municipality_id, CitizenId::make());
    let ring = town.app.db.keys().make_for(m, &[id.0]).await.unwrap();
    let row = citizen::Model {
        municipality_id: m.0,
        citizen_id: id.0,
        name: "Freja Fremmed".into(),
        is_protected: true,
        contact_person: contact.map(|id| id.0),
        external_id: None,
        cpr_hash: Some(town.app.config.login.cpr_key.as_ref().unwrap().hash(&Cpr::parse(number).unwrap())),
        cpr: None,
    };
    let row = row.sealed(&ring).unwrap().into_active_model();
    let write = town.app.db.write(move |tx| {
        Box::pin(async move { Ok(citizen::Entity::insert(row).exec_without_returning(tx).await.map(drop)?) })
    });
    write.await.unwrap();
    id
}

pub async fn whom_only_the_login_knows_gets_their_case_and_nobody_gets_anothers(town: Town) {
    let town = with_systems(town);
    let system = town.stranger().with_key(BOTH);
    let newcomer = somebody(&town, "9913010099", None).await;
    somebody(&town, "9913010098", Some(town.mette)).await;
    let taken = json!({"citizens": [{"external_id": "sag-8", "name": "En anden", "cpr": "9913010098"}]});
    let field = put(&system, &taken).await.is_refused(422, ProblemCode::Invalid);
    assert_eq!(field.as_deref(), Some("citizens[0].cpr"), "somebody with a case of their own");
    came(&put(&system, &json!({"citizens": [dorte(None)]})).await, 0, 1, 0);
    let row = stored(&town, "sag-9").await;
    assert_eq!((row.citizen_id, row.is_protected), (newcomer.0, true), "what is left out stays");

    came(&put(&system, &json!({"citizens": [{"external_id": "sag-7", "name": "Ib Prøve"}]})).await, 1, 0, 0);
    let number = json!({"citizens": [{"external_id": "sag-7", "name": "Ib Prøve", "cpr": "9913010096"}]});
    put(&system, &number).await.is_refused(422, ProblemCode::Invalid);
    assert_eq!(stored(&town, "sag-7").await.cpr_hash, None, "a number opens no case that is there");
}

pub async fn what_is_left_out_stays_and_what_is_nobody_goes(town: Town) {
    let town = with_systems(town);
    let system = town.stranger().with_key(BOTH);
    let whole = json!({"external_id": "sag-9", "name": "Dorte Prøve", "is_protected": true, "contact_person": "mona@fjordby.example"});
    came(&put(&system, &json!({"employees": [mona()], "citizens": [whole]})).await, 2, 0, 0);
    let part = json!({"external_id": "sag-9", "name": "Dorte Prøve"});
    came(&put(&system, &json!({"citizens": [part]})).await, 0, 0, 1);
    let row = stored(&town, "sag-9").await;
    assert!(row.is_protected && row.contact_person.is_some());
    let other = json!({"external_id": "sag-9", "name": "Dorte Prøve", "is_protected": false, "contact_person": null});
    came(&put(&system, &json!({"citizens": [other]})).await, 0, 1, 0);
    let row = stored(&town, "sag-9").await;
    assert!(!row.is_protected && row.contact_person.is_none());
    let looks: Looks = town.as_citizen(CitizenId(row.citizen_id)).await.get(paths::looks(Subject::Me)).await;
    assert_eq!(looks.looks[0].at, [LookedAt::ContactPerson]);
}

pub async fn a_system_gives_nobody_a_role_and_brings_nobody_back(town: Town) {
    let town = with_systems(town);
    let system = town.stranger().with_key(BOTH);
    came(&put(&system, &json!({"employees": [mona()]})).await, 1, 0, 0);
    let stand = async |kind, has_left| {
        let update = employee::Entity::update_many()
            .col_expr(employee::Column::RoleKind, Expr::value(Word(kind)))
            .col_expr(employee::Column::HasLeft, Expr::value(has_left))
            .filter(employee::Column::ExternalId.eq("mona@fjordby.example"));
        town.app.db.write(move |tx| Box::pin(async move { Ok(update.exec(tx).await?) })).await.unwrap();
    };
    let named = |name: &str| json!({"employees": [{"external_id": "mona@fjordby.example", "name": name, "role": "leder", "unit": "Job og Støtte", "area": "employment"}]});
    let find = async || {
        let find = employee::Entity::find().filter(employee::Column::ExternalId.eq("mona@fjordby.example"));
        let row = town.app.db.read(move |tx| Box::pin(async move { Ok(find.one(tx).await?.unwrap()) })).await.unwrap();
        (row.name, row.role_kind.0, row.has_left)
    };
    stand(EmployeeKind::TeamLead, false).await;
    came(&put(&system, &named("Mona Ny")).await, 0, 1, 0);
    assert_eq!(find().await, ("Mona Ny".to_owned(), EmployeeKind::TeamLead, false));
    stand(EmployeeKind::Caseworker, true).await;
    came(&put(&system, &named("Mona Igen")).await, 0, 1, 0);
    assert_eq!(find().await, ("Mona Igen".to_owned(), EmployeeKind::Caseworker, true));
    let citizen = json!({"citizens": [dorte(Some("mona@fjordby.example"))]});
    put(&system, &citizen).await.is_refused(409, ProblemCode::UnknownReference);
}
