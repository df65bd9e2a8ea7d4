use axum::http::Method;
use contract::{
    CONTRACT_HEADER, CommentId, DraftId, EffortId, EmployeeId, EventId, GlassId, GoalId, LookDelayId, MeetingId,
    OpeningId, RepresentationId, SendingId, StepId, TopicId,
    paths::{self, Subject},
};
use serde_json::Value;
use uuid::Uuid;

use crate::{described, town::Town};

/// Every address of the contract with its methods, ids filled in.
fn routes() -> Vec<(String, &'static [&'static str])> {
    let (me, id) = (Subject::Me, Uuid::nil());
    let meeting = MeetingId(id);
    vec![
        (paths::SESSION.to_owned(), &["get", "put", "delete"]),
        (paths::SUBJECT.to_owned(), &["put"]),
        (paths::SESSIONS.to_owned(), &["delete"]),
        (paths::DEMO_PEOPLE.to_owned(), &["get"]),
        (paths::DEMO_SESSION.to_owned(), &["put"]),
        (paths::DEMO_FAILURE.to_owned(), &["get", "put"]),
        (paths::CASELOAD.to_owned(), &["get"]),
        (paths::TEAM.to_owned(), &["get"]),
        (paths::ADMINISTRATION.to_owned(), &["get"]),
        (paths::REGISTER.to_owned(), &["put"]),
        (paths::standing(EmployeeId(id)), &["put"]),
        (paths::SEARCH.to_owned(), &["post"]),
        (paths::EMPLOYEES.to_owned(), &["get"]),
        (paths::home(me), &["get"]),
        (paths::visit(me), &["put"]),
        (paths::file(me), &["get"]),
        (paths::meetings(me), &["get"]),
        (paths::meeting(me, meeting), &["get", "put"]),
        (paths::calendar(me, meeting), &["get"]),
        (paths::cancellation(me, meeting), &["put"]),
        (paths::brief(me, meeting), &["get"]),
        (paths::minutes(me, meeting), &["put"]),
        (paths::preparation(me, meeting), &["get"]),
        (paths::own_preparation(me), &["get"]),
        (paths::draft(me, DraftId(id)), &["put", "delete"]),
        (paths::sending(me, SendingId(id)), &["get", "put"]),
        (paths::goal_taking_back(me, GoalId(id)), &["put"]),
        (paths::topic_taking_back(me, TopicId(id)), &["put"]),
        (paths::opening(me, OpeningId(id)), &["put"]),
        (paths::plan(me), &["get"]),
        (paths::effort(me, EffortId(id)), &["put"]),
        (paths::step(me, StepId(id)), &["put"]),
        (paths::step_state(me, StepId(id)), &["put"]),
        (paths::comment(me, CommentId(id)), &["put"]),
        (paths::assessment(me, CommentId(id)), &["put"]),
        (paths::profile(me), &["get", "put"]),
        (paths::representatives(me), &["get"]),
        (paths::representative(me, RepresentationId(id)), &["put"]),
        (paths::representative_taking_back(me, RepresentationId(id)), &["put"]),
        (paths::history(me), &["get"]),
        (paths::history_before(me, EventId(id)), &["get"]),
        (paths::choices(me), &["get", "put"]),
        (paths::glass(me, GlassId(id)), &["put"]),
        (paths::looks(me), &["get"]),
        (paths::look_delay(me, LookDelayId(id)), &["put", "delete"]),
        (paths::data(me), &["get"]),
        (paths::looks_before(me, "2026-03-16".parse().unwrap()), &["get"]),
    ]
}

/// `/api/citizens/me/steps/0000…` as `/api/citizens/{}/steps/{}`.
fn template(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let parts = path.split('/').map(|part| {
        let is_parameter = part == "me" || part == Uuid::nil().to_string() || part.starts_with('{');
        if is_parameter { "{}" } else { part }
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_route_of_the_contract_is_described_and_no_other() {
    let town = Town::new().await;
    let document: Value = town.stranger().get("/api/openapi.json").await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let described: Vec<(String, String)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().keys().map(|method| (template(path), method.clone())))
        .collect();
    let mut wanted: Vec<(String, String)> = routes()
        .into_iter()
        .flat_map(|(path, methods)| methods.iter().map(move |method| (template(&path), (*method).to_owned())))
        .collect();
    wanted.sort();
    wanted.dedup();
    let missing: Vec<_> = wanted.iter().filter(|route| !described.contains(route)).collect();
    let surplus: Vec<_> = described.iter().filter(|route| !wanted.contains(route)).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing {missing:?}, surplus {surplus:?}");
}

#[tokio::test]
async fn every_refusal_is_described_as_a_problem() {
    let town = Town::new().await;
    let document: Value = town.stranger().get("/api/openapi.json").await;
    let items = document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap());
    for (_, operation) in items {
        let content = operation["responses"]["default"]["content"].as_object().unwrap();
        assert_eq!(content.keys().collect::<Vec<_>>(), ["application/problem+json"], "{operation}");
    }
}

fn asks_for(operation: &Value, header: &str) -> bool {
    let parameters = operation["parameters"].as_array();
    parameters.is_some_and(|all| all.iter().any(|one| one["in"] == "header" && one["name"] == header))
}

#[tokio::test]
async fn a_header_is_described_where_a_request_without_it_is_refused() {
    let town = Town::new().await;
    for (path, methods) in routes() {
        for method in methods {
            let method: Method = method.to_uppercase().parse().unwrap();
            let operation = described::operation(&method, &path).unwrap();
            // One who signs in anew, because one of the addresses signs out.
            let anna = town.as_citizen(town.anna).await;
            let foreign = anna.ask(method.clone(), &path, &[(CONTRACT_HEADER, "")], Vec::new()).await;
            assert_eq!(asks_for(operation, CONTRACT_HEADER), foreign.status.as_u16() == 403, "{method} {path}");
            let unconditional = anna.ask(method.clone(), &path, &[], b"{}".to_vec()).await;
            assert_eq!(asks_for(operation, "If-Match"), unconditional.status.as_u16() == 428, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn what_gives_a_receipt_asks_for_a_precondition_and_gives_a_version() {
    let mut count = 0;
    for (path, methods) in routes().iter().filter(|(_, methods)| methods.contains(&"put")) {
        let operation = described::operation(&Method::PUT, path).unwrap();
        let answers = operation["responses"].as_object().unwrap().iter().filter(|(status, _)| status.starts_with('2'));
        for (status, answer) in answers {
            let schema = answer["content"]["application/json"]["schema"]["$ref"].as_str().unwrap_or_default();
            // A delay is no part of the case: its answer is itself.
            let is_receipt = schema.ends_with("/Receipt") || schema.ends_with("/LookDelay");
            assert_eq!(is_receipt, asks_for(operation, "If-Match") && asks_for(operation, "If-None-Match"), "{path}");
            assert_eq!(is_receipt, answer["headers"].get("ETag").is_some(), "{path} {status} {methods:?}");
            count += usize::from(is_receipt);
        }
    }
    assert!(count > 20, "{count}");
}

#[tokio::test]
async fn every_address_of_the_contract_is_served() {
    let town = Town::new().await;
    for (path, methods) in routes() {
        for method in methods {
            let method = method.to_uppercase().parse().unwrap();
            let answer = town.stranger().ask(method, &path, &[], Vec::new()).await;
            let is_public = path == paths::SESSION || path.starts_with("/api/demo");
            assert!(is_public || answer.status.as_u16() == 401, "{path}: {} {}", answer.status, answer.text());
        }
    }
}

#[tokio::test]
async fn every_reference_in_the_description_leads_somewhere() {
    let town = Town::new().await;
    let document: Value = town.stranger().get("/api/openapi.json").await;
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document.pointer(reference).is_some(), "{reference}");
    }
}
