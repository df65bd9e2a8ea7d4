//! Files in and out, on both databases.

use contract::{CitizenId, MunicipalityId};
use roed_traad::{
    app::App,
    config::Config,
    demo,
    entity::{audit, citizen},
    export, import,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use crate::town::Town;

/// A municipality of its own in the same database.
fn another(town: &Town) -> App {
    let config = Config { municipality_id: MunicipalityId::make(), ..Config::demo().unwrap() };
    App::new(config, town.app.clock.clone(), town.app.db.clone())
}

async fn citizens(app: &App) -> Vec<CitizenId> {
    let m = app.config.municipality_id.0;
    let find = app.db.read(move |tx| {
        Box::pin(
            async move { Ok(citizen::Entity::find().filter(citizen::Column::MunicipalityId.eq(m)).all(tx).await?) },
        )
    });
    find.await.unwrap().into_iter().map(|row| CitizenId(row.citizen_id)).collect()
}

async fn exported(app: &App, id: CitizenId) -> Option<String> {
    let (m, zone) = (app.config.municipality_id, app.clock.zone().clone());
    let ring = app.db.keys().of(m, &[id.0]).await.unwrap();
    let file = app.db.read(move |tx| Box::pin(async move { export::file(tx, &ring, m, id, &zone).await }));
    let file = file.await.unwrap();
    file.map(|file| serde_json::to_string(&file).unwrap())
}

async fn load(app: &App, text: &str) -> Result<import::Loaded, import::ImportError> {
    let municipality =
        import::Municipality { name: "Anderledes Kommune".to_owned(), ..import::Municipality::of(&app.config) };
    import::load(&app.db, municipality, &app.clock, import::read(text.as_bytes())?, |_| ()).await
}

/// What the citizen's log says was done.
async fn told(app: &App, id: CitizenId) -> Vec<String> {
    let m = app.config.municipality_id.0;
    let rows = audit::Entity::find().filter(audit::Column::MunicipalityId.eq(m)).filter(audit::Column::Chain.eq(id.0));
    let rows = app.db.read(move |tx| Box::pin(async move { Ok(rows.all(tx).await?) })).await.unwrap();
    rows.into_iter().map(|row| row.operation).collect()
}

pub async fn what_a_file_says_of_an_employee_is_written_down(town: Town) {
    let (first, second) = (another(&town), another(&town));
    demo::load(&first).await.unwrap();
    let whole = exported(&first, citizens(&first).await[0]).await.unwrap();
    let mut file: serde_json::Value = serde_json::from_str(&whole).unwrap();
    let id: CitizenId = serde_json::from_value(file["employees"][0]["id"].clone()).unwrap();
    for (has_left, rows) in [(false, 1), (false, 1), (true, 2)] {
        file["employees"][0]["has_left"] = has_left.into();
        load(&second, &file.to_string()).await.unwrap();
        assert_eq!(told(&second, id).await, vec!["import"; rows], "in the chain of the employee");
    }
}

pub async fn an_import_of_an_export_is_the_same(town: Town) {
    let (first, second) = (another(&town), another(&town));
    demo::load(&first).await.unwrap();
    let municipality = (first.config.municipality_id, "Fjordby Kommune".to_owned());
    demo::invent(&first.db, municipality, &first.clock, 5, 1, |_| ()).await.unwrap();
    let all = citizens(&first).await;
    assert!(all.len() > 15);
    for id in all {
        let before = exported(&first, id).await.unwrap();
        load(&second, &before).await.unwrap();
        assert_eq!(exported(&second, id).await.unwrap(), before);
        let again = load(&second, &before).await.unwrap();
        assert_eq!((again.employees, again.citizens), (0, 0));
        assert_eq!(told(&second, id).await, ["import"], "once, though it was read again");
        assert!(!told(&first, id).await.contains(&"import".to_owned()), "invented people are just there");
    }
}

pub async fn a_file_with_a_fault_leaves_nothing(town: Town) {
    let (first, second) = (another(&town), another(&town));
    demo::load(&first).await.unwrap();
    for id in citizens(&first).await {
        let whole = exported(&first, id).await.unwrap();
        let mut file: serde_json::Value = serde_json::from_str(&whole).unwrap();
        // The same citizen once more under another id, with an event's id that stands there twice.
        let mut other = file["citizens"][0].clone();
        other["id"] = serde_json::json!(uuid::Uuid::now_v7());
        other["history"] = serde_json::json!([other["history"][0], other["history"][0]]);
        file["citizens"].as_array_mut().unwrap().push(other);
        let said = load(&second, &file.to_string()).await.unwrap_err().to_string();
        assert!(
            said.starts_with("citizens[1].history[1].id: ") || said.starts_with("citizens[1].history[0]"),
            "{said}"
        );
        assert!(exported(&second, id).await.is_none() && told(&second, id).await.is_empty());
    }
    assert!(citizens(&second).await.is_empty());
}
