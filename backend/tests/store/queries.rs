//! What a page costs: every query by an index, and as many for much as for little.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use contract::{CommentKind, DraftKind, MeetingId, Party, StepId, paths, paths::Subject};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use crate::{
    made::{comment, minutes, send},
    town::{Known, Town, Visitor},
    words::{self, step},
};

type Heard = Arc<Mutex<Vec<Statement>>>;

async fn town() -> (Town, Heard) {
    let heard = Heard::default();
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("town.sqlite").display());
    let hears = heard.clone();
    let listener = Arc::new(move |statement: &Statement| hears.lock().unwrap().push(statement.clone()));
    (Town::heard(&url, folder, Some(listener)).await, heard)
}

/// Meetings before and after today, with what is sent for them, agreed there and said about it.
async fn fill(town: &Town, anna: &Visitor, mette: &Visitor, times: [&str; 2]) -> MeetingId {
    let annas = Subject::Citizen(town.anna);
    let past = town.meeting(town.anna, times[0]).await;
    let coming = town.meeting(town.anna, times[1]).await;
    mette.put(paths::minutes(annas, past), Known::New, &minutes("Vi talte om dyr", true)).await;
    for meeting in [Some(coming), None] {
        let goal = send(anna, DraftKind::Goal, meeting, "Jeg vil arbejde med dyr").await;
        send(anna, DraftKind::Topic, meeting, "Hvem ringer jeg til?").await;
        let draft = words::goal(meeting, "Noget mere");
        anna.put(paths::draft(Subject::Me, contract::DraftId::make()), Known::New, &draft).await;
        comment(anna, Subject::Me, goal, CommentKind::Remark, "Helst hunde").await;
        comment(mette, annas, goal, CommentKind::Remark, "Godt at vide").await;
        for owner in [Party::Citizen, Party::Employee { employee: town.omar }] {
            let new = contract::NewStep { goal: Some(contract::GoalId(goal)), meeting, ..step("Ringe", owner) };
            mette.put(paths::step(annas, StepId::make()), Known::New, &new).await;
        }
    }
    coming
}

/// What each page asks of the database, by name.
async fn pages(town: &Town, heard: &Heard, anna: &Visitor, mette: &Visitor, meeting: MeetingId) -> Pages {
    let (me, annas) = (Subject::Me, Subject::Citizen(town.anna));
    let mut pages = Pages::new();
    for (name, visitor, path) in [
        ("home", anna, paths::home(me)),
        ("meetings", anna, paths::meetings(me)),
        ("meeting", anna, paths::meeting(me, meeting)),
        ("preparation", anna, paths::preparation(me, meeting)),
        ("own preparation", anna, paths::own_preparation(me)),
        ("plan", anna, paths::plan(me)),
        ("history", anna, paths::history(me)),
        ("profile", anna, paths::profile(me)),
        ("looks", anna, paths::looks(me)),
        ("caseload", mette, paths::CASELOAD.to_owned()),
        ("employees", mette, paths::EMPLOYEES.to_owned()),
        ("file", mette, paths::file(annas)),
        ("brief", mette, paths::brief(annas, meeting)),
        ("meeting, by an employee", mette, paths::meeting(annas, meeting)),
        ("plan, by an employee", mette, paths::plan(annas)),
        ("history, by an employee", mette, paths::history(annas)),
    ] {
        heard.lock().unwrap().clear();
        let answer = visitor.try_get(&path).await;
        assert_eq!(answer.status.as_u16(), 200, "{name}: {}", answer.text());
        pages.insert(name, std::mem::take(&mut heard.lock().unwrap()));
    }
    assert_eq!(mette.search("anna").await.status.as_u16(), 200);
    pages.insert("search", std::mem::take(&mut heard.lock().unwrap()));
    pages
}

type Pages = BTreeMap<&'static str, Vec<Statement>>;

fn kinds(statements: &[Statement]) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for statement in statements {
        let sql = statement.sql.replace("?, ", "").replace("?,", "");
        *kinds.entry(sql).or_default() += 1;
    }
    kinds
}

#[tokio::test]
async fn a_page_with_much_on_it_asks_as_often_as_one_with_little() {
    let (town, heard) = town().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let meeting = fill(&town, &anna, &mette, ["2026-02-02T10:00:00", "2026-04-02T10:00:00"]).await;
    // The first look of all begins a chain in the audit.
    assert!(mette.try_get(paths::CASELOAD).await.status.is_success());
    let little = pages(&town, &heard, &anna, &mette, meeting).await;
    for times in [["2026-02-03T10:00:00", "2026-04-03T10:00:00"], ["2026-02-04T10:00:00", "2026-04-04T10:00:00"]] {
        fill(&town, &anna, &mette, times).await;
    }
    let much = pages(&town, &heard, &anna, &mette, meeting).await;
    for (name, statements) in &much {
        let before = &little[name];
        assert_eq!(statements.len(), before.len(), "{name}: {:#?} {:#?}", kinds(before), kinds(statements));
        assert!(statements.len() <= MOST, "{name}: {:#?}", kinds(statements));
    }
}

/// How many statements a page may take, the one that finds the session among them.
const MOST: usize = 70;

#[tokio::test]
async fn every_query_of_a_page_is_by_an_index() {
    let (town, heard) = town().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let meeting = fill(&town, &anna, &mette, ["2026-02-02T10:00:00", "2026-04-02T10:00:00"]).await;
    for (name, statements) in pages(&town, &heard, &anna, &mette, meeting).await {
        for statement in statements {
            let plan = explain(&town, &statement).await;
            let is_scan = |step: &&String| step.starts_with("SCAN ") && !step.contains("CONSTANT ROW");
            assert_eq!(plan.iter().find(is_scan), None, "{name}: {plan:#?} {}", statement.sql);
        }
    }
}

async fn explain(town: &Town, statement: &Statement) -> Vec<String> {
    let mut explained = statement.clone();
    explained.sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
    assert_eq!(explained.db_backend, DbBackend::Sqlite);
    let read = town.app.db.read(move |tx| {
        Box::pin(async move {
            let rows = tx.query_all_raw(explained).await?;
            rows.iter().map(|row| Ok(row.try_get::<String>("", "detail")?)).collect()
        })
    });
    read.await.unwrap()
}
