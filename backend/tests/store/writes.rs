use contract::{Line, NewProfile, ProblemCode, Profile, Receipt, Version, paths, paths::Subject};
use futures_util::future::join_all;
use roed_traad::keys::Sealed as _;
use roed_traad::{
    db::Database,
    entity::{audit, meeting, municipality, participant, profile, receipt},
    error::Error,
};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel, PaginatorTrait};
use uuid::Uuid;

use crate::town::{Known, Town};

fn called(name: &str) -> NewProfile {
    NewProfile { preferred_name: Some(Line::parse(name).unwrap()), ..NewProfile::default() }
}

async fn count<E: EntityTrait>(town: &Town) -> u64
where
    E::Model: Sync + Send,
{
    town.app.db.read(|tx| Box::pin(async move { Ok(E::find().count(tx).await?) })).await.unwrap()
}

pub async fn one_bad_write_harms_no_other(town: Town) {
    let before = count::<municipality::Entity>(&town).await;
    let jobs = (0..60_u32).map(|n| {
        let db = town.app.db.clone();
        tokio::spawn(async move {
            db.write(move |tx| {
                Box::pin(async move {
                    let row = municipality::Model { municipality_id: Uuid::now_v7(), name: n.to_string() };
                    municipality::Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
                    match n % 6 {
                        0 => Err(Error::from(ProblemCode::Invalid)),
                        1 => panic!("a bug in one request"),
                        // The same key once more.
                        2 => Ok(municipality::Entity::insert(row.into_active_model())
                            .exec_without_returning(tx)
                            .await
                            .map(drop)?),
                        _ => Ok(()),
                    }
                })
            })
            .await
        })
    });
    let results = join_all(jobs).await;
    let good = results.iter().filter(|result| matches!(result, Ok(Ok(())))).count();
    assert_eq!(good, 30);
    assert_eq!(count::<municipality::Entity>(&town).await, before + 30);
}

pub async fn what_was_answered_is_there(town: Town) {
    let anna = town.as_citizen(town.anna).await;
    for n in 0..20 {
        let known = if n == 0 { Known::New } else { Known::Is(n) };
        anna.put(paths::profile(Subject::Me), known, &called(&n.to_string())).await;
        let seen: Profile = anna.get(paths::profile(Subject::Me)).await;
        assert_eq!((seen.version, seen.content), (Version(n + 1), called(&n.to_string())));
    }
}

pub async fn the_same_request_many_times_at_once_is_done_once(town: Town) {
    let anna = town.as_citizen(town.anna).await;
    let path = paths::profile(Subject::Me);
    let body = called("Annie");
    let receipts: Vec<Receipt> = join_all((0..12).map(|_| anna.put(&path, Known::New, &body))).await;
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]), "{receipts:?}");
    assert_eq!((count::<receipt::Entity>(&town).await, count::<profile::Entity>(&town).await), (1, 1));
}

pub async fn of_two_who_write_at_once_one_is_told(town: Town) {
    let anna = town.as_citizen(town.anna).await;
    let path = paths::profile(Subject::Me);
    anna.put(&path, Known::New, &called("0")).await;
    for round in 1..6 {
        let bodies: Vec<NewProfile> = (0..4).map(|n| called(&format!("{round}-{n}"))).collect();
        let answers = join_all(bodies.iter().map(|body| anna.try_put(&path, Known::Is(round), body))).await;
        let taken = answers.iter().filter(|answer| answer.status.is_success()).count();
        let told = answers.iter().filter(|answer| answer.status.as_u16() == 412).count();
        assert_eq!((taken, told), (1, 3));
    }
}

pub async fn an_audit_row_is_there_with_what_it_tells_of_or_not_at_all(town: Town) {
    let path = paths::profile(Subject::Citizen(town.anna));
    let anna = town.as_citizen(town.anna).await;
    let _: Profile = anna.get(&path).await;
    assert_eq!(count::<audit::Entity>(&town).await, 0, "a citizen's look at their own case is nobody's look");

    let mette = town.as_employee(town.mette).await;
    let _: Profile = mette.get(&path).await;
    assert_eq!(count::<audit::Entity>(&town).await, 1);

    mette.try_put(&path, Known::New, &called("x")).await.is_refused(403, ProblemCode::NotAllowed);
    anna.try_put(&path, Known::Is(3), &called("x")).await.is_refused(412, ProblemCode::VersionConflict);
    town.as_employee(town.karin).await.try_get(&path).await.is_refused(404, ProblemCode::NotFound);
    assert_eq!(count::<audit::Entity>(&town).await, 1, "what was refused was not done");

    anna.put(&path, Known::New, &called("x")).await;
    assert_eq!(count::<audit::Entity>(&town).await, 2);
}

pub async fn what_a_row_names_must_exist(town: Town) {
    let (m, c) = (town.app.config.municipality_id.0, town.anna.0);
    let guest = participant::ActiveModel {
        municipality_id: Set(m),
        citizen_id: Set(c),
        participant_id: Set(Uuid::now_v7()),
        meeting_id: Set(Uuid::now_v7()),
        position: Set(0),
        employee_id: Set(None),
        name: Set("Nogen".into()),
        role: Set(None),
        why: Set("Ukendt".into()),
    };
    let guest = guest.sealed(town.ring(town.anna).await).unwrap();
    let written = town
        .app
        .db
        .write(move |tx| {
            Box::pin(async move { Ok(participant::Entity::insert(guest).exec_without_returning(tx).await.map(drop)?) })
        })
        .await;
    assert_eq!(written.unwrap_err().code(), ProblemCode::UnknownReference);
}

pub async fn a_receipts_number_is_unique_in_the_municipality(town: Town) {
    let anna = town.as_citizen(town.anna).await;
    anna.put(paths::profile(Subject::Me), Known::New, &called("x")).await;
    let written = town
        .app
        .db
        .write(|tx| {
            Box::pin(async move {
                let mut row = receipt::Entity::find().one(tx).await?.unwrap();
                row.item_id = Uuid::now_v7();
                Ok(receipt::Entity::insert(row.into_active_model()).exec_without_returning(tx).await.map(drop)?)
            })
        })
        .await;
    assert!(written.is_err());
}

pub async fn a_meetings_id_elsewhere_is_unique_in_the_case(town: Town) {
    let mut written = Vec::new();
    for (citizen, day) in
        [(town.anna, "2026-03-30T10:00"), (town.bo, "2026-03-30T10:00"), (town.anna, "2026-03-31T10:00")]
    {
        let key = (town.app.config.municipality_id.0, citizen.0, town.meeting(citizen, day).await.0);
        let write = town.app.db.write(move |tx| {
            Box::pin(async move {
                let mut row = meeting::Entity::find_by_id(key).one(tx).await?.unwrap().into_active_model();
                row.source = Set(Some("kalender".to_owned()));
                row.external_id = Set(Some("4711".to_owned()));
                Ok(meeting::Entity::update(row).exec(tx).await.map(drop)?)
            })
        });
        written.push(write.await.is_ok());
    }
    assert_eq!(written, [true, true, false], "one meeting may be several citizens'");
}

pub async fn tables_that_are_there_are_left_alone(town: Town) {
    let anna = town.as_citizen(town.anna).await;
    anna.put(paths::profile(Subject::Me), Known::New, &called("x")).await;
    let again = Database::open(&town.url, town.app.db.keys().clone()).await.unwrap();
    let profiles = again.read(|tx| Box::pin(async move { Ok(profile::Entity::find().count(tx).await?) })).await;
    assert_eq!(profiles.unwrap(), 1);
}

pub async fn another_municipalitys_rows_are_other_rows(town: Town) {
    let (anna, here) = (town.anna, town.app.config.municipality_id.0);
    let visitor = town.as_citizen(anna).await;
    visitor.put(paths::profile(Subject::Me), Known::New, &called("Her")).await;
    let there = Uuid::now_v7();
    let ring = town.app.db.keys().make_for(contract::MunicipalityId(there), &[anna.0]).await.unwrap();
    town.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                use roed_traad::entity::citizen;
                let row = municipality::Model { municipality_id: there, name: "Andenby".into() };
                municipality::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
                let mut row = citizen::Entity::find_by_id((here, anna.0)).one(tx).await?.unwrap();
                row.municipality_id = there;
                row.contact_person = None;
                let row = row.into_active_model();
                citizen::Entity::insert(row).exec_without_returning(tx).await?;
                let mut row = profile::Entity::find_by_id((here, anna.0)).one(tx).await?.unwrap();
                row.municipality_id = there;
                row.preferred_name = Some("Der".into());
                Ok(profile::Entity::insert(row.into_active_model().sealed(&ring)?)
                    .exec_without_returning(tx)
                    .await
                    .map(drop)?)
            })
        })
        .await
        .unwrap();
    let seen: Profile = visitor.get(paths::profile(Subject::Me)).await;
    assert_eq!(seen.content, called("Her"));
}
