//! Those whom Anna lets act for her, or did.

use contract::{
    Area, CitizenId, CprNumber, DraftKind, NewDraft, NewRepresentative, RepresentationId, TakingBack, paths,
    paths::Subject,
};
use roed_traad::{
    cpr::Cpr,
    entity::{citizen, representation, session},
    keys::Sealed as _,
    values::Day,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, sea_query::Expr};
use uuid::Uuid;

use crate::{
    town::{Known, Town, Visitor},
    users::User,
    words::{self, line},
};

/// Words in Anna's case about what those who act for her were not given.
pub const ANNAS_HOME: &str = "PEBERNØD";

/// Each with a number that cannot be.
const ALL: [(User, u128, &str); 3] = [
    (User::Representative, 31, "9913010031"),
    (User::FormerRepresentative, 32, "9913010032"),
    (User::LateRepresentative, 33, "9913010033"),
];

fn id_of(town: &Town, n: u128) -> CitizenId {
    CitizenId(Uuid::from_u128(town.anna.0.as_u128() + n))
}

pub fn new(number: &str) -> NewRepresentative {
    NewRepresentative {
        name: line("Hjælper"),
        cpr: CprNumber::parse(number).unwrap(),
        areas: vec![Area::Employment],
        until: "2026-12-01".parse().unwrap(),
    }
}

/// Gives to somebody who never comes; for what is asked about it.
pub async fn give(citizen: &Visitor, number: &str) -> RepresentationId {
    let id = RepresentationId::make();
    citizen.put(paths::representative(Subject::Me, id), Known::New, &new(number)).await;
    id
}

/// They are there, with cases of their own; one may act, one could until it was taken back, one until the day was over.
pub async fn settle(town: &Town) {
    let (m, anna) = (town.app.config.municipality_id, town.as_citizen(town.anna).await);
    for (user, n, number) in ALL {
        let id = id_of(town, n).0;
        let ring = town.app.db.keys().make_for(m, &[id]).await.unwrap();
        let row = citizen::Model {
            municipality_id: m.0,
            citizen_id: id,
            name: "Hjælper Prøve".into(),
            is_protected: false,
            contact_person: None,
            external_id: None,
            cpr_hash: Some(town.app.config.login.cpr_key.as_ref().unwrap().hash(&Cpr::parse(number).unwrap())),
            cpr: None,
        };
        let row = row.sealed(&ring).unwrap().into_active_model();
        let insert = citizen::Entity::insert(row);
        town.app
            .db
            .write(move |tx| Box::pin(async move { Ok(insert.exec_without_returning(tx).await?) }))
            .await
            .unwrap();
        let given = give(&anna, number).await;
        match user {
            User::FormerRepresentative => {
                let path = paths::representative_taking_back(Subject::Me, given);
                anna.put(path, Known::Is(1), &TakingBack {}).await;
            }
            User::LateRepresentative => {
                let until = representation::Entity::update_many()
                    .col_expr(representation::Column::Until, Expr::value(Day("2026-03-15".parse().unwrap())))
                    .filter(representation::Column::RepresentationId.eq(given.0));
                town.app.db.write(move |tx| Box::pin(async move { Ok(until.exec(tx).await?) })).await.unwrap();
            }
            _ => {}
        }
    }
    for kind in [DraftKind::Goal, DraftKind::Topic] {
        let draft = NewDraft { area: Area::Housing, ..words::draft(kind, None, ANNAS_HOME) };
        words::send(&anna, &draft).await;
    }
}

/// One of them, in a session that is about Anna's case.
pub async fn visitor(town: &Town, user: User) -> Visitor {
    let (_, n, _) = ALL.into_iter().find(|(known, ..)| *known == user).expect("they act for Anna, or did");
    let id = id_of(town, n);
    let visitor = town.as_citizen(id).await;
    let turn = session::Entity::update_many()
        .col_expr(session::Column::Subject, Expr::value(town.anna.0))
        .filter(session::Column::ActorId.eq(id.0));
    town.app.db.write(move |tx| Box::pin(async move { Ok(turn.exec(tx).await?) })).await.unwrap();
    visitor
}
