use axum::http::Method;
use contract::{
    CONTRACT_HEADER, CommentId, CommentKind, CommentedKind, DraftId, DraftKind, EffortId, GlassId, GoalId, Home,
    ItemOutcome, LookDelayId, Looks, MeetingId, MyData, NewChoices, NewEffort, NewGlass, NewMeeting, NewMinutes,
    NewProfile, OpenedKind, Outcome, Party, ProblemCode, RepresentationId, StepId, Visit, paths, paths::Subject,
};
use roed_traad::{
    entity::identity,
    values::{ActorKind, Word},
};
use sea_orm::{ConnectionTrait as _, DbBackend, EntityTrait as _, IntoActiveModel as _, Statement};
use serde_json::Value;

use crate::{
    made::{self, comment, minutes, send},
    town::{Known, Town, Visitor},
    words::{self, line, prose, step},
};

/// Where each table that knows of a citizen stands in their data.
const SHOWN: [(&str, &str); 25] = [
    ("citizen", "/citizen/name"),
    ("profile", "/citizen/profile"),
    ("choice", "/citizen/choices"),
    ("representation", "/representatives/0"),
    ("glass", "/looks/0/reasons/0"),
    ("plan_member", "/citizen/plan_members/0"),
    ("meeting", "/citizen/meetings/0"),
    ("participant", "/citizen/meetings/0/participants/0"),
    ("agenda_item", "/citizen/meetings/0/agenda/0"),
    ("minutes", "/citizen/meetings/0/minutes"),
    ("goal", "/citizen/goals/0"),
    ("topic", "/citizen/topics/0"),
    ("draft", "/citizen/drafts/0"),
    ("effort", "/citizen/efforts/0"),
    ("step", "/citizen/steps/0"),
    ("comment", "/citizen/comments/0"),
    ("visit", "/citizen/visit"),
    ("opening", "/openings/0"),
    ("event", "/history/0"),
    ("event_change", "/history/0/changes/0"),
    ("receipt", "/receipts/0"),
    ("deletion", "/deletions/0"),
    ("session", "/sessions/0"),
    ("identity", "/logins/0"),
    ("audit", "/looks/0"),
];

/// Those that do not, and why.
const LEFT_OUT: [(&str, &str); 3] = [
    (
        "look_delay",
        "it protects somebody, and would do harm if the citizen, or who reads over their shoulder, knew of it",
    ),
    ("audit_head", "hashes of what is shown as looks"),
    ("audit_seal", "hashes of what is shown as looks"),
];

/// Tables with a column that says whose a row is.
async fn tables(town: &Town) -> Vec<String> {
    let query = "SELECT DISTINCT m.name AS t FROM sqlite_master m JOIN pragma_table_info(m.name) p \
                 WHERE m.type = 'table' AND p.name IN ('citizen_id', 'actor_id', 'chain') ORDER BY m.name";
    let read = town.app.db.read(move |tx| {
        Box::pin(async move {
            let rows = tx.query_all_raw(Statement::from_string(DbBackend::Sqlite, query)).await?;
            rows.iter().map(|row| Ok(row.try_get::<String>("", "t")?)).collect()
        })
    });
    read.await.unwrap()
}

/// One of everything, each with words of its own.
async fn fill(town: &Town, anna: &Visitor, mette: &Visitor) -> MeetingId {
    let (me, annas) = (Subject::Me, Subject::Citizen(town.anna));
    let meeting = MeetingId::make();
    let item = made::item("ord på dagsordenen");
    let outcome = ItemOutcome { item: item.id, outcome: Some(Outcome::Answered { answer: prose("ord som svar") }) };
    let new = NewMeeting {
        purpose: prose("ord om formål"),
        participants: vec![made::guest(town.mette)],
        agenda: vec![item],
        ..made::a_meeting("2026-03-30T10:15:00")
    };
    mette.put(paths::meeting(annas, meeting), Known::New, &new).await;
    let goal = send(anna, DraftKind::Goal, None, "ord om et mål").await;
    send(anna, DraftKind::Topic, None, "ord om et emne").await;
    let (kept, thrown) = (DraftId::make(), DraftId::make());
    for (id, text) in [(kept, "ord i en kladde"), (thrown, "ord der smides væk")] {
        anna.put(paths::draft(me, id), Known::New, &words::goal(None, text)).await;
    }
    assert!(anna.delete(paths::draft(me, thrown), Known::Is(1)).await.status.is_success());
    let effort = NewEffort {
        goal: GoalId(goal),
        area: contract::Area::Health,
        title: line("ord om en indsats"),
        purpose: prose("ord om hvorfor"),
        obligation: None,
        responsible: Some(town.omar),
        starts_on: None,
        ends_on: None,
        is_ended: false,
    };
    mette.put(paths::effort(annas, EffortId::make()), Known::New, &effort).await;
    let promise = step("ord om et skridt", Party::Employee { employee: town.omar });
    mette.put(paths::step(annas, StepId::make()), Known::New, &promise).await;
    comment(mette, annas, goal, CommentKind::Remark, "ord ved siden af").await;
    made::open(mette, annas, OpenedKind::Goal, goal, 1).await;
    let home: Home = anna.get(paths::home(me)).await;
    let mark = Visit { seen: home.last_event, looks: home.last_look };
    anna.try_put(paths::visit(me), Known::Nothing, &mark).await;
    town.set_clock("2026-03-30T12:00:00Z");
    let written = NewMinutes { outcomes: vec![outcome], ..minutes("ord i et referat", true) };
    mette.put(paths::minutes(annas, meeting), Known::New, &written).await;
    let profile = NewProfile { situation: Some(prose("ord om situationen")), ..NewProfile::default() };
    anna.put(paths::profile(me), Known::New, &profile).await;
    anna.put(paths::choices(me), Known::New, &NewChoices::default()).await;
    let given =
        serde_json::json!({"name": "ord om en ven", "cpr": "9913019998", "areas": ["housing"], "until": "2026-06-01"});
    anna.put(paths::representative(me, RepresentationId::make()), Known::New, &given).await;
    let reason = NewGlass { reason: prose("ord om hvorfor") };
    mette.put(paths::glass(annas, GlassId::make()), Known::New, &reason).await;
    known_at_a_provider(town).await;
    meeting
}

async fn known_at_a_provider(town: &Town) {
    let row = identity::Model {
        municipality_id: town.app.config.municipality_id.0,
        issuer: "https://login.fjordby.example".into(),
        subject: "ukendt-tal".into(),
        actor_kind: Word(ActorKind::Citizen),
        actor_id: town.anna.0,
        made_at: town.now().into(),
        is_told_of_protection: false,
    };
    let insert = town.app.db.write(move |tx| {
        Box::pin(async move {
            Ok(identity::Entity::insert(row.into_active_model()).exec_without_returning(tx).await.map(drop)?)
        })
    });
    insert.await.unwrap();
}

#[tokio::test]
async fn whatever_table_knows_of_a_citizen_is_in_their_data() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    fill(&town, &anna, &mette).await;
    let data: Value = anna.get(paths::data(Subject::Me)).await;
    let tables = tables(&town).await;
    for table in &tables {
        let place = SHOWN.iter().find(|(name, _)| name == table).map(|(_, place)| *place);
        let reason = LEFT_OUT.iter().find(|(name, _)| name == table).map(|(_, reason)| *reason);
        assert!(place.is_some() != reason.is_some(), "{table}: show it in the citizen's data, or say why not");
        assert!(place.is_none_or(|place| data.pointer(place).is_some()), "{table} is not at {place:?}: {data:#}");
    }
    assert_eq!(tables.len(), SHOWN.len() + LEFT_OUT.len(), "{tables:?}");
    let text = data.to_string();
    for words in [
        "formål",
        "på dagsordenen",
        "om et mål",
        "om et emne",
        "i en kladde",
        "om en indsats",
        "om hvorfor",
        "om et skridt",
        "ved siden af",
        "som svar",
        "i et referat",
        "om situationen",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(!text.contains("smides væk") && !text.contains("Bo Prøve"), "what was thrown away, and whose it is not");

    let read: MyData = anna.get(paths::data(Subject::Me)).await;
    assert_eq!((read.citizen.goals.len(), read.citizen.drafts.len(), read.copies.len()), (1, 1, 2));
    assert_eq!((read.deletions[0].count, read.sessions.len(), read.kept.draft_days), (1, 1, 90));
    assert!(read.employees.iter().any(|employee| employee.name.as_str() == "Omar Lund"));
    assert_eq!(read.cpr.as_deref(), Some("991301-0091"));
    let bos: MyData = town.as_citizen(town.bo).await.get(paths::data(Subject::Me)).await;
    assert_eq!((bos.cpr.as_deref(), bos.cases.len()), (Some("991301-0092"), 0));
}

#[tokio::test]
async fn a_citizens_data_is_a_file_of_their_own_without_a_name() {
    let town = Town::new().await;
    let (anna, path) = (town.as_citizen(town.anna).await, paths::data(Subject::Me));
    // A browser that stores a file sends no header of ours.
    let file = anna.ask(Method::GET, &path, &[(CONTRACT_HEADER, "")], Vec::new()).await;
    assert_eq!(file.status.as_u16(), 200);
    let header = |name: &str| file.headers[name].to_str().unwrap();
    assert_eq!(header("content-disposition"), "attachment; filename=\"roed-traad-mine-data.json\"");
    assert_eq!((header("content-type"), header("cache-control")), ("application/json", "no-store"));
    let annas = paths::data(Subject::Citizen(town.anna));
    town.as_employee(town.mette).await.try_get(&annas).await.is_refused(403, ProblemCode::NotAllowed);
    for visitor in [town.as_employee(town.karin).await, town.as_citizen(town.bo).await] {
        visitor.try_get(&annas).await.is_refused(404, ProblemCode::NotFound);
    }
    town.stranger().try_get(&path).await.is_refused(401, ProblemCode::SignedOut);
}

#[tokio::test]
async fn asking_for_ones_data_is_written_down_and_is_nobodys_look() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let data: MyData = anna.get(paths::data(Subject::Me)).await;
    assert_eq!(data.copies.iter().map(|copy| copy.at).collect::<Vec<_>>(), [town.now()]);
    let looks: Looks = anna.get(paths::looks(Subject::Me)).await;
    assert!(looks.looks.is_empty() && data.looks.is_empty());
}

#[tokio::test]
async fn what_is_not_shared_yet_is_not_in_it() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let annas = Subject::Citizen(town.anna);
    let meeting = town.meeting(town.anna, "2026-03-10T10:15").await;
    mette.put(paths::minutes(annas, meeting), Known::New, &minutes("HEMMELIGT", false)).await;
    let beside = words::comment(CommentedKind::Minutes, meeting.0, CommentKind::Remark, "HEMMELIGT OGSÅ");
    mette.put(paths::comment(annas, CommentId::make()), Known::New, &beside).await;
    let delay = contract::NewLookDelay {
        ground: contract::DelayGround::Violence,
        reason: prose("HEMMELIG GRUND"),
        until: "2026-04-01".parse().unwrap(),
    };
    assert!(mette.try_put(paths::look_delay(annas, LookDelayId::make()), Known::New, &delay).await.status.is_success());
    let text = anna.try_get(paths::data(Subject::Me)).await.text();
    assert!(!text.contains("HEMMELIG") && !text.contains("violence") && !text.contains("delay"), "{text}");
    let data: MyData = anna.get(paths::data(Subject::Me)).await;
    assert!(data.receipts.is_empty() && data.citizen.comments.is_empty() && data.citizen.meetings[0].minutes.is_none());
}

#[tokio::test]
async fn where_names_are_not_shown_they_are_not_in_it_for_who_only_looked() {
    let town = Town::new().await.without_names();
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let goal = send(&anna, DraftKind::Goal, None, "Et mål").await;
    made::open(&mette, Subject::Citizen(town.anna), OpenedKind::Goal, goal, 1).await;
    let data: Value = anna.get(paths::data(Subject::Me)).await;
    let by = |place: &str| data.pointer(place).unwrap().to_string();
    for place in ["/openings/0/by", "/looks/0/by"] {
        assert!(!by(place).contains("Mette") && by(place).contains("rådgiver"), "{}", by(place));
        assert!(!by(place).contains(&town.mette.to_string()));
    }
}
