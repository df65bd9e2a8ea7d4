//! What a file says of those who sign in: CPR numbers, which stay sealed, and who has left.

use roed_traad::{
    config::Config,
    entity, import,
    keys::Unseal as _,
    values::{SealedText, unseal},
};
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};

use crate::{files::example, place::Place};

const CPR: &str = "9913010001";

fn with(citizen: &[(&str, Value)]) -> Value {
    let mut file = example();
    for (name, value) in citizen {
        file["citizens"][0][*name] = value.clone();
    }
    file
}

async fn load(place: &Place, file: &Value) -> Result<import::Loaded, String> {
    let file = import::read(file.to_string().as_bytes()).map_err(|error| error.to_string())?;
    place.load(file).await.map_err(|error| error.to_string())
}

async fn hashes(place: &Place) -> Vec<Option<String>> {
    let rows = place.app.db.read(|tx| Box::pin(async move { Ok(entity::citizen::Entity::find().all(tx).await?) }));
    rows.await.unwrap().into_iter().map(|row| row.cpr_hash).collect()
}

/// The numbers, opened; in the rows they are sealed.
async fn numbers(place: &Place) -> Vec<Option<String>> {
    let rows = place.app.db.read(|tx| Box::pin(async move { Ok(entity::citizen::Entity::find().all(tx).await?) }));
    let rows = rows.await.unwrap();
    assert!(rows.iter().all(|row| !matches!(row.cpr, Some(SealedText::Open(_)))));
    let ids: Vec<_> = rows.iter().map(|row| row.citizen_id).collect();
    let ring = place.app.db.keys().of(place.app.config.municipality_id, &ids).await.unwrap();
    rows.unsealed(&ring).unwrap().into_iter().map(|row| unseal(row.cpr)).collect()
}

async fn has_left(place: &Place) -> bool {
    let rows = place.app.db.read(|tx| Box::pin(async move { Ok(entity::employee::Entity::find().all(tx).await?) }));
    rows.await.unwrap()[0].has_left
}

#[tokio::test]
async fn a_cpr_number_is_found_by_its_hash_kept_sealed_and_in_no_export() {
    let place = Place::demo().await;
    load(&place, &with(&[("cpr", json!("991301-0001"))])).await.unwrap();
    let hash = hashes(&place).await[0].clone().unwrap();
    assert!(hash.len() == 64 && !hash.contains(CPR));
    let exported = place.export("0195f0c0-0000-7000-8000-000000000002".parse().unwrap()).await.unwrap();
    assert!(!exported.contains("cpr") && !exported.contains(CPR) && !exported.contains(&hash));
    // The same with and without a hyphen, and a file that says nothing of it.
    for cpr in [json!(CPR), json!("991301-0001"), json!(null)] {
        assert_eq!(load(&place, &with(&[("cpr", cpr)])).await.unwrap().known, 2);
    }
    assert_eq!(hashes(&place).await, [Some(hash)]);
    assert_eq!(numbers(&place).await, [Some(CPR.to_owned())]);
}

#[tokio::test]
async fn a_cpr_number_can_be_added_later_but_not_changed_or_shared() {
    let place = Place::demo().await;
    load(&place, &with(&[("cpr", json!(null))])).await.unwrap();
    assert_eq!(hashes(&place).await, [None]);
    load(&place, &with(&[("cpr", json!(CPR))])).await.unwrap();
    assert_eq!(numbers(&place).await, [Some(CPR.to_owned())]);
    assert!(hashes(&place).await[0].is_some());
    let other = load(&place, &with(&[("cpr", json!("9913010002"))])).await.unwrap_err();
    assert!(other.starts_with("citizens[0].cpr: ") && !other.contains("99130"), "{other}");
    let id = json!("0195f0c0-0000-7000-8000-0000000000ff");
    let taken = load(&place, &with(&[("id", id), ("external_id", json!("sag-2"))])).await.unwrap_err();
    assert!(taken.contains("citizens[0].cpr: another citizen has this CPR number"), "{taken}");
}

#[tokio::test]
async fn what_is_no_cpr_number_is_refused_without_being_repeated() {
    let place = Place::demo().await;
    for cpr in [json!("991301000"), json!("99130100011"), json!(9_913_010_001_i64), json!("991301 0001")] {
        let said = load(&place, &with(&[("cpr", cpr.clone())])).await.unwrap_err();
        assert!(said.contains("citizens[0].cpr") && said.contains("ten digits"), "{cpr}: {said}");
        assert!(!said.contains("9913"), "{said}");
    }
    assert!(hashes(&place).await.is_empty());
}

#[tokio::test]
async fn without_a_key_no_cpr_number_is_taken() {
    let mut config = Config::demo().unwrap();
    config.login.cpr_key = None;
    let place = Place::with(config).await;
    let said = load(&place, &with(&[("cpr", json!(CPR))])).await.unwrap_err();
    assert!(said.starts_with("citizens[0].cpr: ") && said.contains("login.cpr_key"), "{said}");
    load(&place, &with(&[("cpr", json!(null))])).await.unwrap();
}

#[tokio::test]
async fn an_employee_leaves_and_comes_back_by_a_file_that_says_so_and_by_no_other() {
    let place = Place::demo().await;
    let said = |has_left: Value| {
        let mut file = example();
        file["employees"][0]["has_left"] = has_left;
        file
    };
    load(&place, &example()).await.unwrap();
    assert!(!has_left(&place).await);
    for (says, is) in [(json!(true), true), (json!(null), true), (json!(false), false), (json!(null), false)] {
        assert_eq!(load(&place, &said(says.clone())).await.unwrap().known, 2);
        assert_eq!(has_left(&place).await, is, "{says}");
    }
    // An export of somebody who works here says nothing of it.
    let anna = "0195f0c0-0000-7000-8000-000000000002".parse().unwrap();
    let exported = place.export(anna).await.unwrap();
    assert!(!exported.contains("has_left"));
    load(&place, &said(json!(true))).await.unwrap();
    place.load(import::read(exported.as_bytes()).unwrap()).await.unwrap();
    assert!(has_left(&place).await);
    assert!(place.export(anna).await.unwrap().contains("\"has_left\": true"));
}
