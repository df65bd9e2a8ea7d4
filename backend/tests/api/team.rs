use contract::{EmployeeKind, GlassId, Looks, NewGlass, ProblemCode, Team, paths, paths::Subject};
use roed_traad::{
    entity::{citizen, employee},
    values::Word,
};
use sea_orm::{ActiveValue::Set, EntityTrait as _};

use crate::{
    made,
    town::{Known, Town},
    words::{self, prose},
};

/// Karin leads Mette's unit from here on.
async fn promote(town: &Town) {
    let key = (town.app.config.municipality_id.0, town.karin.0);
    let write = town.app.db.write(move |tx| {
        Box::pin(async move {
            let mut row: employee::ActiveModel = employee::Entity::find_by_id(key).one(tx).await?.unwrap().into();
            row.role_kind = Set(Word(EmployeeKind::TeamLead));
            Ok(employee::Entity::update(row).exec(tx).await.map(drop)?)
        })
    });
    write.await.unwrap();
}

#[tokio::test]
async fn who_leads_a_unit_sees_names_and_numbers_and_no_content() {
    let town = Town::new().await;
    let (anna, karin) = (town.as_citizen(town.anna).await, town.as_employee(town.karin).await);
    town.meeting(town.anna, "2026-03-18T10:15").await;
    words::send(&anna, &words::goal(None, "Et hemmeligt mål")).await;
    karin.try_get(paths::TEAM).await.is_refused(403, ProblemCode::NotAllowed);
    promote(&town).await;
    let team: Team = karin.get(paths::TEAM).await;
    assert_eq!(team.unit, "Job og Støtte");
    let load: Vec<_> = team
        .members
        .iter()
        .map(|member| (member.employee.name.as_str(), member.citizens.len(), member.coming, member.waiting))
        .collect();
    assert_eq!(load, [("Karin Dahl", 0, 0, 0), ("Mette Holm", 1, 1, 0)], "Omar works in another unit");
    assert_eq!(team.members[1].citizens[0].unopened, 1);
    let text = karin.try_get(paths::TEAM).await.text();
    assert!(!text.contains("hemmeligt") && !text.contains("næste skridt"));
}

#[tokio::test]
async fn who_leads_a_unit_reads_a_case_only_with_a_reason_and_changes_nothing() {
    let town = Town::new().await;
    promote(&town).await;
    let (anna, karin) = (town.as_citizen(town.anna).await, town.as_employee(town.karin).await);
    let annas = Subject::Citizen(town.anna);
    karin.try_get(paths::plan(annas)).await.is_refused(404, ProblemCode::NotFound);
    let reason = NewGlass { reason: prose("Mette er syg, og Anna har ringet") };
    karin.put(paths::glass(annas, GlassId::make()), Known::New, &reason).await;
    assert!(karin.try_get(paths::plan(annas)).await.status.is_success());
    let file: contract::CaseFile = karin.get(paths::file(annas)).await;
    assert!(file.only_looks);
    let (path, new) = (paths::meeting(annas, contract::MeetingId::make()), made::a_meeting("2026-03-30T10:15:00"));
    karin.try_put(path, Known::New, &new).await.is_refused(403, ProblemCode::NotAllowed);
    let looks: Looks = anna.get(paths::looks(Subject::Me)).await;
    assert_eq!(looks.looks[0].reasons, ["Mette er syg, og Anna har ringet"]);
    let later = town.now() + jiff::SignedDuration::from_mins(61);
    town.app.clock.set(later);
    karin.try_get(paths::plan(annas)).await.is_refused(404, ProblemCode::NotFound);
}

#[tokio::test]
async fn who_leads_another_unit_gets_nowhere() {
    let town = Town::new().await;
    promote(&town).await;
    let karin = town.as_employee(town.karin).await;
    // Omar works in another unit, and is Bo's contact person.
    let key = (town.app.config.municipality_id.0, town.bo.0);
    let omar = town.omar.0;
    let write = town.app.db.write(move |tx| {
        Box::pin(async move {
            let mut row: citizen::ActiveModel = citizen::Entity::find_by_id(key).one(tx).await?.unwrap().into();
            row.contact_person = Set(Some(omar));
            Ok(citizen::Entity::update(row).exec(tx).await.map(drop)?)
        })
    });
    write.await.unwrap();
    let reason = NewGlass { reason: prose("Jeg vil bare se") };
    let answer = karin.try_put(paths::glass(Subject::Citizen(town.bo), GlassId::make()), Known::New, &reason).await;
    answer.is_refused(404, ProblemCode::NotFound);
}
