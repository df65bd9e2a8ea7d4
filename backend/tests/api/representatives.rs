use axum::http::{Method, StatusCode};
use contract::{
    Area, Author, CitizenId, CommentKind, CommentedKind, CprNumber, DraftId, Event, EventKind, GoalId, History, Home,
    LookedAt, Looks, NewProfile, NewRepresentative, NewSubject, Plan, Preparation, ProblemCode, Receipt,
    RepresentationId, Representatives, SendingId, Session, TakingBack, paths, paths::Subject,
};
use roed_traad::{
    audit::{served, verify},
    cpr::Cpr,
    entity::{audit, citizen, representation},
    values::{ActionKind, ActorKind, Role},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, sea_query::Expr};

use crate::{
    town::{Answer, Known, Town, Visitor},
    words::{self, comment, goal, line, send, topic},
};

const ANNAS: &str = "9913010001";
const BOS: &str = "9913010002";
const ME: Subject = Subject::Me;

/// The town, where Anna and Bo are known by their numbers.
async fn town() -> Town {
    let town = Town::new().await;
    for (citizen, number) in [(town.anna, ANNAS), (town.bo, BOS)] {
        let hash = town.app.config.login.cpr_key.as_ref().unwrap().hash(&Cpr::parse(number).unwrap());
        let update = citizen::Entity::update_many()
            .col_expr(citizen::Column::CprHash, Expr::value(hash))
            .filter(citizen::Column::CitizenId.eq(citizen.0));
        town.app.db.write(move |tx| Box::pin(async move { Ok(update.exec(tx).await?) })).await.unwrap();
    }
    town
}

fn bo_for(areas: &[Area], until: &str) -> NewRepresentative {
    NewRepresentative {
        name: line("Bo fra foreningen"),
        cpr: CprNumber::parse(BOS).unwrap(),
        areas: areas.to_vec(),
        until: until.parse().unwrap(),
    }
}

async fn give(giver: &Visitor, new: &NewRepresentative) -> RepresentationId {
    let id = RepresentationId::make();
    giver.put(paths::representative(ME, id), Known::New, new).await;
    id
}

async fn take_back(giver: &Visitor, id: RepresentationId) -> Receipt {
    giver.put(paths::representative_taking_back(ME, id), Known::Is(1), &TakingBack {}).await
}

async fn turn_to(visitor: &Visitor, citizen: CitizenId) -> Answer {
    visitor.try_put(paths::SUBJECT, Known::Nothing, &NewSubject { citizen }).await
}

/// Anna, and Bo who has turned to her case with these areas.
async fn anna_and_bo(town: &Town, areas: &[Area]) -> (Visitor, Visitor, RepresentationId) {
    let (anna, bo) = (town.as_citizen(town.anna).await, town.as_citizen(town.bo).await);
    let id = give(&anna, &bo_for(areas, "2026-06-01")).await;
    assert_eq!(turn_to(&bo, town.anna).await.status, StatusCode::NO_CONTENT);
    (anna, bo, id)
}

#[tokio::test]
async fn a_citizen_gives_for_some_areas_until_a_day_and_sees_it() {
    let town = town().await;
    let anna = town.as_citizen(town.anna).await;
    let id = give(&anna, &bo_for(&[Area::Housing, Area::Employment, Area::Housing], "2027-03-16")).await;
    let answer = anna.try_get(paths::representatives(ME)).await;
    assert!(!answer.text().contains("9913"), "no answer has a number");
    let all: Representatives = answer.json();
    let [one] = &all.representatives[..] else { panic!("one") };
    assert_eq!((one.id, one.name.as_str(), one.is_valid), (id, "Bo fra foreningen", true));
    assert_eq!(
        (&one.areas[..], one.until.to_string().as_str()),
        (&[Area::Employment, Area::Housing][..], "2027-03-16")
    );
}

#[tokio::test]
async fn the_number_stands_nowhere_in_the_database() {
    let town = town().await;
    give(&town.as_citizen(town.anna).await, &bo_for(&[Area::Other], "2026-06-01")).await;
    let file = town.url.trim_start_matches("sqlite://").split('?').next().unwrap();
    let whole: Vec<u8> =
        [file.to_owned(), format!("{file}-wal")].iter().filter_map(|file| std::fs::read(file).ok()).flatten().collect();
    assert!(!whole.windows(10).any(|bytes| bytes == BOS.as_bytes()));
    assert!(!whole.windows(17).any(|bytes| bytes == b"Bo fra foreningen"), "nor the name in the clear");
}

#[tokio::test]
async fn the_answer_is_the_same_whether_they_are_known_here_or_not() {
    let town = town().await;
    let anna = town.as_citizen(town.anna).await;
    let ask = async |number: &str| {
        let new = NewRepresentative { cpr: CprNumber::parse(number).unwrap(), ..bo_for(&[Area::Other], "2026-06-01") };
        let answer = anna.try_put(paths::representative(ME, RepresentationId::make()), Known::New, &new).await;
        let mut names: Vec<_> = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
        names.sort();
        (answer.status, names, answer.json::<Receipt>().version)
    };
    assert_eq!(ask(BOS).await, ask("9913019999").await);
}

#[tokio::test]
async fn the_same_request_again_gives_once() {
    let town = town().await;
    let anna = town.as_citizen(town.anna).await;
    let (path, new) = (paths::representative(ME, RepresentationId::make()), bo_for(&[Area::Other], "2026-06-01"));
    let first = anna.put(&path, Known::New, &new).await;
    assert_eq!(anna.put(&path, Known::New, &new).await, first);
    let other = NewRepresentative { name: line("En anden"), ..new };
    anna.try_put(&path, Known::New, &other).await.is_refused(412, ProblemCode::VersionConflict);
    anna.try_put(&path, Known::Is(1), &other).await.is_refused(412, ProblemCode::VersionConflict);
    assert_eq!(anna.get::<Representatives>(paths::representatives(ME)).await.representatives.len(), 1);
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field() {
    let town = town().await;
    let anna = town.as_citizen(town.anna).await;
    let right = bo_for(&[Area::Other], "2026-06-01");
    let number = |number: &str| CprNumber::parse(number).unwrap();
    let wrong = [
        (NewRepresentative { cpr: number(ANNAS), ..right.clone() }, ProblemCode::Invalid, "cpr"),
        (NewRepresentative { areas: vec![], ..right.clone() }, ProblemCode::Invalid, "areas"),
        (bo_for(&[Area::Other], "2026-03-15"), ProblemCode::TimeInThePast, "until"),
        (bo_for(&[Area::Other], "2027-03-17"), ProblemCode::Invalid, "until"),
    ];
    for (new, code, field) in wrong {
        let answer = anna.try_put(paths::representative(ME, RepresentationId::make()), Known::New, &new).await;
        assert_eq!(answer.is_refused(422, code).as_deref(), Some(field));
    }
    let mut json = serde_json::to_value(&right).unwrap();
    for text in ["991301000", "hemmelig"] {
        json["cpr"] = text.into();
        let answer = anna.try_put(paths::representative(ME, RepresentationId::make()), Known::New, &json).await;
        assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("cpr"));
        assert!(!answer.text().contains(text), "{}", answer.text());
    }
    give(&anna, &right).await;
    let again = anna.try_put(paths::representative(ME, RepresentationId::make()), Known::New, &right).await;
    assert_eq!(again.is_refused(422, ProblemCode::Invalid).as_deref(), Some("cpr"), "they may act already");
    for n in 3..=6 {
        give(&anna, &NewRepresentative { cpr: number(&format!("991301000{n}")), ..right.clone() }).await;
    }
    let sixth = NewRepresentative { cpr: number("9913010007"), ..right };
    let answer = anna.try_put(paths::representative(ME, RepresentationId::make()), Known::New, &sixth).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("representatives"));
}

#[tokio::test]
async fn a_representative_sees_the_case_and_their_session_says_so() {
    let town = town().await;
    let (_, bo, _) = anna_and_bo(&town, &Area::ALL).await;
    let session: Session = bo.get(paths::SESSION).await;
    let person = session.signed_in.unwrap();
    assert_eq!((person.name.as_str(), person.subject), ("Bo Prøve", Some(town.anna)));
    let [case] = &person.cases[..] else { panic!("one case") };
    assert_eq!((case.citizen, case.name.as_str(), &case.areas[..]), (town.anna, "Anna Testsen", &Area::ALL[..]));
    let home: Home = bo.get(paths::home(ME)).await;
    assert_eq!(home.name, "Anna Testsen");
    assert!(home.news.is_empty() && home.last_event.is_none(), "when she was here last is nobody else's business");
    assert_eq!(turn_to(&bo, town.bo).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bo.get::<Home>(paths::home(ME)).await.name, "Bo Prøve");
}

#[tokio::test]
async fn taking_back_works_at_the_next_request_of_an_open_session() {
    let town = town().await;
    let (anna, bo, id) = anna_and_bo(&town, &Area::ALL).await;
    bo.get::<Plan>(paths::plan(ME)).await;
    let first = take_back(&anna, id).await;
    bo.try_get(paths::plan(ME)).await.is_refused(403, ProblemCode::RepresentationEnded);
    bo.try_get(paths::plan(Subject::Citizen(town.anna))).await.is_refused(404, ProblemCode::NotFound);
    let draft = paths::draft(ME, DraftId::make());
    bo.try_put(&draft, Known::New, &goal(None, "Et mål")).await.is_refused(403, ProblemCode::RepresentationEnded);
    turn_to(&bo, town.anna).await.is_refused(404, ProblemCode::NotFound);
    assert!(bo.get::<Session>(paths::SESSION).await.signed_in.unwrap().cases.is_empty());
    assert_eq!(turn_to(&bo, town.bo).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bo.get::<Home>(paths::home(ME)).await.name, "Bo Prøve");
    let again: Receipt = anna.put(paths::representative_taking_back(ME, id), Known::Is(1), &TakingBack {}).await;
    assert_eq!(again, first, "twice is once");
    let all: Representatives = anna.get(paths::representatives(ME)).await;
    assert!(!all.representatives[0].is_valid && all.representatives[0].taken_back_at.is_some());
}

#[tokio::test]
async fn the_last_day_is_the_last_day() {
    let town = town().await;
    let (anna, bo, _) = anna_and_bo(&town, &Area::ALL).await;
    town.set_clock("2026-06-01T21:59:00Z");
    bo.get::<Plan>(paths::plan(ME)).await;
    town.set_clock("2026-06-01T22:01:00Z");
    bo.try_get(paths::plan(ME)).await.is_refused(403, ProblemCode::RepresentationEnded);
    let all: Representatives = anna.get(paths::representatives(ME)).await;
    assert!(!all.representatives[0].is_valid && all.representatives[0].taken_back_at.is_none());
}

#[tokio::test]
async fn nobody_else_gets_in() {
    let town = town().await;
    let (anna, bo) = (town.as_citizen(town.anna).await, town.as_citizen(town.bo).await);
    let other =
        NewRepresentative { cpr: CprNumber::parse("9913019999").unwrap(), ..bo_for(&[Area::Other], "2026-06-01") };
    let id = give(&anna, &other).await;
    turn_to(&bo, town.anna).await.is_refused(404, ProblemCode::NotFound);
    bo.try_get(paths::plan(Subject::Citizen(town.anna))).await.is_refused(404, ProblemCode::NotFound);
    let path = paths::representative_taking_back(ME, id);
    bo.try_put(&path, Known::Is(1), &TakingBack {}).await.is_refused(404, ProblemCode::NotFound);
    let mette = town.as_employee(town.mette).await;
    turn_to(&mette, town.anna).await.is_refused(403, ProblemCode::NotAllowed);
    let annas = Subject::Citizen(town.anna);
    mette.try_get(paths::representatives(annas)).await.is_refused(403, ProblemCode::NotAllowed);
    let give = paths::representative(annas, RepresentationId::make());
    mette.try_put(&give, Known::New, &other).await.is_refused(403, ProblemCode::NotAllowed);
}

#[tokio::test]
async fn what_is_the_citizens_own_is_closed_to_who_acts_for_them() {
    let town = town().await;
    let (anna, bo, id) = anna_and_bo(&town, &Area::ALL).await;
    let profile = NewProfile { situation: Some(words::prose("Kun mit")), ..NewProfile::default() };
    anna.put(paths::profile(ME), Known::New, &profile).await;
    assert!(!bo.try_get(paths::history(ME)).await.text().contains("Kun mit"));
    for path in [paths::profile(ME), paths::looks(ME), paths::representatives(ME)] {
        bo.try_get(path).await.is_refused(403, ProblemCode::NotAllowed);
    }
    let give = bo_for(&[Area::Other], "2026-06-01");
    let writes: [(String, Known, serde_json::Value); 4] = [
        (paths::profile(ME), Known::Is(1), serde_json::to_value(NewProfile::default()).unwrap()),
        (paths::visit(ME), Known::Nothing, serde_json::json!({"seen": null})),
        (paths::representative(ME, RepresentationId::make()), Known::New, serde_json::to_value(give).unwrap()),
        (paths::representative_taking_back(ME, id), Known::Is(1), serde_json::json!({})),
    ];
    for (path, known, body) in writes {
        bo.try_put(&path, known, &body).await.is_refused(403, ProblemCode::NotAllowed);
    }
}

#[tokio::test]
async fn drafts_are_theirs_who_write_them() {
    let town = town().await;
    let (anna, bo, _) = anna_and_bo(&town, &Area::ALL).await;
    let (annas, bos) = (DraftId::make(), DraftId::make());
    anna.put(paths::draft(ME, annas), Known::New, &goal(None, "Annas kladde")).await;
    bo.put(paths::draft(ME, bos), Known::New, &goal(None, "Bos kladde")).await;
    let drafts = async |who: &Visitor| {
        let preparation: Preparation = who.get(paths::own_preparation(ME)).await;
        preparation.drafts.into_iter().map(|draft| draft.id).collect::<Vec<_>>()
    };
    assert_eq!((drafts(&anna).await, drafts(&bo).await), (vec![annas], vec![bos]));
    let sending = words::sending(&[(annas, 1)]);
    let answer = bo.try_put(paths::sending(ME, SendingId::make()), Known::New, &sending).await;
    answer.is_refused(409, ProblemCode::UnknownReference);
    assert!(bo.delete(paths::draft(ME, annas), Known::Is(1)).await.status.is_success());
    assert_eq!(drafts(&anna).await, [annas], "it is still there");
}

#[tokio::test]
async fn two_do_not_change_the_same_goal_at_once_and_what_is_over_is_in_nobodys_way() {
    let town = town().await;
    let (anna, bo, id) = anna_and_bo(&town, &Area::ALL).await;
    let sent = send(&anna, &goal(None, "Et mål")).await;
    let changed = |text: &str| contract::NewDraft { changes: Some(contract::Version::FIRST), ..goal(None, text) };
    bo.put(paths::draft(ME, sent), Known::New, &changed("Bos ord")).await;
    for text in ["Annas ord", "Bos ord"] {
        let answer = anna.try_put(paths::draft(ME, sent), Known::New, &changed(text)).await;
        answer.is_refused(409, ProblemCode::BeingChanged);
    }
    let update = representation::Entity::update_many()
        .col_expr(representation::Column::Until, Expr::value("2026-03-15"))
        .filter(representation::Column::RepresentationId.eq(id.0));
    town.app.db.write(move |tx| Box::pin(async move { Ok(update.exec(tx).await?) })).await.unwrap();
    anna.put(paths::draft(ME, sent), Known::New, &changed("Annas ord")).await;
    let preparation: Preparation = anna.get(paths::own_preparation(ME)).await;
    assert_eq!(preparation.drafts.iter().map(|draft| draft.content.text.as_str()).collect::<Vec<_>>(), ["Annas ord"]);
}

#[tokio::test]
async fn who_is_forgotten_acts_for_nobody() {
    let town = town().await;
    let (_, bo, _) = anna_and_bo(&town, &Area::ALL).await;
    assert!(bo.try_get(paths::plan(ME)).await.status.is_success());
    town.app.db.keys().forget(town.app.config.municipality_id, town.bo.0).await.unwrap();
    bo.try_get(paths::plan(ME)).await.is_refused(404, ProblemCode::NotFound);
}

#[tokio::test]
async fn what_a_representative_writes_says_who_did_it() {
    let town = town().await;
    let (anna, bo, id) = anna_and_bo(&town, &Area::ALL).await;
    let meeting = town.meeting(town.anna, "2026-03-20T10:00:00").await;
    send(&bo, &topic(Some(meeting), "Kan jeg få en praktik?")).await;
    let goal_id = send(&anna, &goal(None, "Jeg vil gerne arbejde")).await;
    let said = comment(CommentedKind::Goal, goal_id.0, CommentKind::Remark, "Det støtter jeg");
    let comment_id = contract::CommentId::make();
    bo.put(paths::comment(ME, comment_id), Known::New, &said).await;
    let author = Author::Representative { name: "Bo fra foreningen".into(), citizen: "Anna Testsen".into() };
    let by = |events: &[Event], kind| events.iter().find(|event| event.kind == kind).unwrap().by.clone();
    let mette = town.as_employee(town.mette).await;
    let annas = Subject::Citizen(town.anna);
    for history in [anna.get::<History>(paths::history(ME)).await, mette.get(paths::history(annas)).await] {
        assert_eq!(by(&history.events, EventKind::TopicSent), author);
        assert_eq!(by(&history.events, EventKind::RemarkWritten), author);
        assert!(matches!(by(&history.events, EventKind::RepresentationGiven), Author::Citizen { .. }));
    }
    let plan: Plan = anna.get(paths::plan(ME)).await;
    assert_eq!((&plan.comments[0].by, plan.comments[0].is_mine), (&author, false));
    let home: Home = anna.get(paths::home(ME)).await;
    assert_eq!(by(&home.news, EventKind::TopicSent), author, "it is news to the citizen");
    let changed = comment(CommentedKind::Goal, goal_id.0, CommentKind::Remark, "Andre ord");
    let answer = anna.try_put(paths::comment(ME, comment_id), Known::Is(1), &changed).await;
    answer.is_refused(403, ProblemCode::NotAllowed);
    assert!(mette.try_get(paths::brief(annas, meeting)).await.text().contains("Kan jeg få en praktik?"));
    let rows = town.app.db.read(move |tx| {
        Box::pin(async move {
            let rows = audit::Entity::find().filter(audit::Column::ActorId.eq(id.0));
            Ok(rows.order_by_asc(audit::Column::Seq).all(tx).await?)
        })
    });
    let rows = rows.await.unwrap();
    assert!(rows.iter().any(|row| row.action.0 == ActionKind::Write && row.operation == "sending"));
    assert!(rows.iter().all(|row| row.actor_kind.0 == ActorKind::Representative
        && row.role.0 == Role::Representative
        && row.unit.is_none()));
}

#[tokio::test]
async fn a_representatives_looks_are_written_down_and_told_by_name() {
    let town = town().await.without_names();
    let (anna, bo, _) = anna_and_bo(&town, &Area::ALL).await;
    bo.get::<Plan>(paths::plan(ME)).await;
    bo.get::<Plan>(paths::plan(Subject::Citizen(town.anna))).await;
    bo.get::<Plan>(paths::plan(Subject::Citizen(town.bo))).await;
    let looks: Looks = anna.get(paths::looks(ME)).await;
    let [look] = &looks.looks[..] else { panic!("one day, one person") };
    assert_eq!(look.by, Author::Representative { name: "Bo fra foreningen".into(), citizen: "Anna Testsen".into() });
    assert_eq!((&look.at[..], look.has_changed), (&[LookedAt::Plan][..], false));
    assert_eq!(served::compare(&town.app).await.unwrap(), None, "every look that was answered has its row");
    let report = verify::all(&town.app.db, town.app.config.municipality_id, vec![]).await.unwrap();
    assert_eq!(report.findings, []);
}

#[tokio::test]
async fn other_areas_are_not_seen_and_not_written_about() {
    let town = town().await;
    let (anna, bo, _) = anna_and_bo(&town, &[Area::Housing]).await;
    let housing = contract::NewDraft { area: Area::Housing, ..goal(None, "En lejlighed") };
    let seen = send(&anna, &housing).await;
    let hidden = send(&anna, &goal(None, "Et job hos gartneren")).await;
    let plan: Plan = bo.get(paths::plan(ME)).await;
    assert_eq!(plan.goals.iter().map(|goal| goal.id).collect::<Vec<_>>(), [GoalId::from(seen)]);
    for path in [paths::plan(ME), paths::history(ME), paths::own_preparation(ME), paths::home(ME)] {
        assert!(!bo.try_get(&path).await.text().contains("gartneren"), "{path}");
    }
    let said = comment(CommentedKind::Goal, hidden.0, CommentKind::Remark, "Hej");
    let answer = bo.try_put(paths::comment(ME, contract::CommentId::make()), Known::New, &said).await;
    answer.is_refused(409, ProblemCode::UnknownReference);
    let answer = bo.try_put(paths::draft(ME, DraftId::make()), Known::New, &goal(None, "Et job")).await;
    assert_eq!(answer.is_refused(403, ProblemCode::NotAllowed).as_deref(), Some("area"));
    send(&bo, &contract::NewDraft { area: Area::Housing, ..goal(None, "En have") }).await;
    let meeting = town.meeting(town.anna, "2026-03-20T10:00:00").await;
    bo.try_get(paths::meeting(ME, meeting)).await.is_refused(404, ProblemCode::NotFound);
}

#[tokio::test]
async fn a_page_that_was_opened_in_another_case_writes_nothing() {
    let town = town().await;
    let (_, bo, _) = anna_and_bo(&town, &Area::ALL).await;
    let own = town.bo.to_string();
    let put = async |meant: &str| {
        let body = serde_json::to_vec(&goal(None, "Mit eget mål")).unwrap();
        let headers = [("if-none-match", "*"), (contract::SUBJECT_HEADER, meant)];
        bo.ask(Method::PUT, &paths::draft(ME, DraftId::make()), &headers, body).await
    };
    put(&own).await.is_refused(409, ProblemCode::OldPage);
    assert!(put(&town.anna.to_string()).await.status.is_success());
}

#[tokio::test]
async fn who_has_forgotten_the_key_has_given_nothing() {
    let town = town().await;
    let (_, bo, _) = anna_and_bo(&town, &Area::ALL).await;
    town.app.db.keys().forget(town.app.config.municipality_id, town.anna.0).await.unwrap();
    bo.try_get(paths::plan(ME)).await.is_refused(404, ProblemCode::NotFound);
    assert!(bo.get::<Session>(paths::SESSION).await.signed_in.unwrap().cases.is_empty());
    let rows = town.app.db.read(|tx| Box::pin(async move { Ok(representation::Entity::find().all(tx).await?) }));
    assert_eq!(rows.await.unwrap().len(), 1);
}

#[tokio::test]
async fn history_tells_a_representative_nothing_that_is_the_citizens_alone() {
    let town = town().await;
    let (anna, bo, _) = anna_and_bo(&town, &[Area::Other]).await;
    anna.put(paths::choices(ME), Known::New, &contract::NewChoices { social: true, health: false }).await;
    let profile = contract::NewProfile { contact_note: Some(line("Ring ikke om natten")), ..Default::default() };
    anna.put(paths::profile(ME), Known::New, &profile).await;
    let own: contract::History = anna.get(paths::history(ME)).await;
    assert!(own.events.len() >= 3);
    let seen: contract::History = bo.get(paths::history(ME)).await;
    assert_eq!(seen.events, []);
}
