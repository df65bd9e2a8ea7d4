//! Whatever is sent to whatever address, the answer is one that the description promises: never a fault of ours.

use axum::http::Method;
use contract::{CONTRACT_HEADER, Problem, ProblemCode};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::town::{Answer, Town, Visitor};

/// One method at one address of the description.
struct Operation {
    method: Method,
    path: String,
    /// The schema of the body, if it takes one.
    body: Option<Value>,
}

impl Operation {
    fn is_change(&self) -> bool {
        self.method != Method::GET
    }

    /// Those that only ever move forward, or concern no case, need no precondition.
    fn needs_precondition(&self) -> bool {
        self.is_change() && self.path.starts_with("/api/citizens/") && !self.path.ends_with("/visit")
    }

    /// The address with this case and new ids.
    fn at(&self, subject: &str) -> String {
        let path = self.path.replace("{subject}", subject);
        let parts = path.split('/').map(|part| match part.strip_prefix('{') {
            Some(_) => Uuid::now_v7().to_string(),
            None => part.to_owned(),
        });
        parts.collect::<Vec<_>>().join("/")
    }
}

fn operations(document: &Value) -> Vec<Operation> {
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(|(method, operation)| Operation {
            method: method.to_uppercase().parse().unwrap(),
            path: path.clone(),
            body: operation.pointer("/requestBody/content/application~1json/schema").cloned(),
        })
    });
    operations.collect()
}

#[track_caller]
fn is_an_answer(answer: &Answer, what: &str) {
    let status = answer.status.as_u16();
    assert!(status < 500, "{what}: {status} {}", answer.text());
    if status >= 400 {
        assert_eq!(answer.headers["content-type"], "application/problem+json", "{what}");
        let problem: Problem = answer.json();
        assert_eq!(problem.status, status, "{what}");
    }
}

/// Somebody new for each address, because one of them signs out.
async fn visitors(town: &Town) -> [(Visitor, String); 2] {
    let anna = town.anna.to_string();
    [(town.as_citizen(town.anna).await, "me".to_owned()), (town.as_employee(town.mette).await, anna)]
}

async fn described(town: &Town) -> (Value, Vec<Operation>) {
    let document: Value = town.stranger().get("/api/openapi.json").await;
    let operations = operations(&document);
    assert!(operations.len() > 30);
    (document, operations)
}

#[tokio::test]
async fn no_body_and_no_precondition_break_anything() {
    let town = Town::new().await;
    let (document, operations) = described(&town).await;
    let mut taken = std::collections::BTreeSet::new();
    for operation in &operations {
        for (visitor, subject) in visitors(&town).await {
            let bodies = bodies(&document, operation.body.as_ref());
            for condition in [("if-none-match", "*"), ("if-match", "\"1\""), ("if-match", "\"2147483647\"")] {
                for body in &bodies {
                    let what = format!("{} {} {condition:?} {:.300}", operation.method, operation.path, body);
                    let path = operation.at(&subject);
                    let body = body.clone().into_bytes();
                    let answer = visitor.ask(operation.method.clone(), &path, &[condition], body).await;
                    is_an_answer(&answer, &what);
                    if operation.is_change() && answer.status.is_success() {
                        taken.insert(&operation.path);
                    }
                    town.app.db.set_away(false);
                }
            }
        }
    }
    // Some of the bodies are right, so it is not only the reading of them that is tried.
    assert!(taken.len() > 5, "{taken:?}");
}

#[tokio::test]
async fn what_every_request_needs_is_asked_for_at_every_address() {
    let town = Town::new().await;
    let (_, operations) = described(&town).await;
    for operation in &operations {
        for (visitor, subject) in visitors(&town).await {
            let ask = async |headers: &[(&str, &str)]| {
                visitor.ask(operation.method.clone(), &operation.at(&subject), headers, b"{}".to_vec()).await
            };
            ask(&[(CONTRACT_HEADER, "0")]).await.is_refused(409, ProblemCode::OldPage);
            if operation.is_change()
                || !["/calendar.ics", "/data.json"].iter().any(|file| operation.path.ends_with(file))
            {
                ask(&[(CONTRACT_HEADER, "")]).await.is_refused(403, ProblemCode::ForeignRequest);
            }
            if operation.needs_precondition() {
                ask(&[]).await.is_refused(428, ProblemCode::PreconditionMissing);
                for wrong in ["*", "7", "\"x\"", "W/\"1\"", "\"99999999999\""] {
                    ask(&[("if-match", wrong)]).await.is_refused(400, ProblemCode::Malformed);
                }
            }
        }
    }
}

#[tokio::test]
async fn ids_and_questions_that_mean_nothing_are_refused() {
    let town = Town::new().await;
    let (_, operations) = described(&town).await;
    let stranger = Uuid::now_v7().to_string();
    for operation in &operations {
        for (visitor, subject) in visitors(&town).await {
            for wrong in ["x", "%00", "%FF", "00000000-0000-0000-0000-000000000000", &stranger, &"9".repeat(5000)] {
                let mut paths = vec![format!("{}?before={wrong}&search={wrong}&limit={wrong}", operation.at(&subject))];
                paths.push(operation.at(wrong));
                if let Some((before, _)) = operation.path.rsplit_once('{') {
                    paths.push(format!("{}{wrong}", before.replace("{subject}", &subject)));
                }
                for path in paths {
                    let answer = visitor.ask(operation.method.clone(), &path, &[("if-none-match", "*")], Vec::new());
                    is_an_answer(&answer.await, &format!("{} {path:.200}", operation.method));
                }
            }
        }
    }
}

#[tokio::test]
async fn a_case_of_somebody_else_is_at_every_address_the_same_as_none() {
    let town = Town::new().await;
    let (document, operations) = described(&town).await;
    let (foreign, nobody) = (town.anna.to_string(), Uuid::now_v7().to_string());
    for operation in operations.iter().filter(|operation| operation.path.contains("{subject}")) {
        let body = operation.body.as_ref().map_or(Value::Null, |schema| made(&document, schema, &EDGES[0])).to_string();
        for visitor in [town.as_citizen(town.bo).await, town.as_employee(town.karin).await] {
            let ask = async |subject: &str| {
                let path = operation.at(subject);
                visitor.ask(operation.method.clone(), &path, &[("if-match", "\"1\"")], body.clone().into_bytes()).await
            };
            let (theirs, none) = (ask(&foreign).await, ask(&nobody).await);
            let what = format!("{} {}: {} {}", operation.method, operation.path, theirs.text(), none.text());
            assert_eq!((theirs.status, &theirs.body), (none.status, &none.body), "{what}");
            let is_closed = theirs.status.is_client_error() && !matches!(theirs.status.as_u16(), 403 | 412);
            assert!(is_closed, "{what}");
        }
    }
}

/// Bodies that are no JSON, of another form, and of the right form at its limits.
fn bodies(document: &Value, schema: Option<&Value>) -> Vec<String> {
    let mut bodies = ["", "{", "null", "[]", "{}", "7", "\"x\"", "{\"text\":\"\\ud800\"}"].map(str::to_owned).to_vec();
    bodies.push("[".repeat(50_000));
    let Some(schema) = schema else { return bodies };
    for edge in EDGES {
        bodies.push(made(document, schema, &edge).to_string());
    }
    let names = keys(document, schema);
    for wrong in [json!(null), json!({ "x": [1] }), json!(-1), json!(1e300), json!("\u{0}"), json!([[]])] {
        let object: Map<String, Value> = names.iter().map(|name| (name.clone(), wrong.clone())).collect();
        bodies.push(Value::Object(object).to_string());
    }
    bodies
}

/// How a value of the right form is made; without items, what may be left out is.
struct Edge {
    text: &'static str,
    number: i64,
    at: &'static str,
    items: usize,
    choice: usize,
}

const EDGES: [Edge; 6] = [
    Edge { text: "Ord", number: 60, at: "2026-04-01T10:00:00", items: 1, choice: 0 },
    Edge { text: "Ord", number: 60, at: "2026-04-01T10:00:00", items: 0, choice: 0 },
    Edge { text: "", number: 0, at: "0001-01-01T00:00:00", items: 0, choice: 1 },
    Edge { text: "\u{0}\u{202e}", number: -1, at: "9999-12-31T23:59:59", items: 2, choice: 2 },
    Edge { text: "👩‍👩‍👧", number: i32::MAX as i64, at: "2026-10-25T02:30:00", items: 60, choice: 0 },
    Edge { text: "a\n", number: i64::MAX, at: "-009999-01-01T00:00:00", items: 1, choice: 1 },
];

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => resolved(document, document.pointer(&reference[1..]).unwrap()),
        None => schema,
    }
}

fn keys(document: &Value, schema: &Value) -> Vec<String> {
    let properties = resolved(document, schema)["properties"].as_object();
    properties.into_iter().flat_map(|properties| properties.keys().cloned()).collect()
}

fn made(document: &Value, schema: &Value, edge: &Edge) -> Value {
    let schema = resolved(document, schema);
    for choices in ["oneOf", "anyOf"] {
        if let Some(among) = schema[choices].as_array() {
            if edge.items == 0 && among.iter().any(|schema| schema["type"] == "null") {
                return Value::Null;
            }
            return made(document, &among[edge.choice % among.len()], edge);
        }
    }
    if let Some(all) = schema["allOf"].as_array() {
        let parts = all.iter().map(|part| made(document, part, edge));
        let fields = parts.filter_map(|part| part.as_object().cloned()).flatten();
        return Value::Object(fields.collect());
    }
    if let Some(words) = schema["enum"].as_array() {
        return words[edge.choice % words.len()].clone();
    }
    if !schema["const"].is_null() {
        return schema["const"].clone();
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect(),
    };
    let kind = kinds.get(edge.choice % kinds.len().max(1)).copied().unwrap_or("null");
    match kind {
        "object" => {
            let properties = schema["properties"].as_object().into_iter().flatten();
            let field = |(name, schema): (&String, &Value)| {
                let value = if name.starts_with("local_") { json!(edge.at) } else { made(document, schema, edge) };
                (name.clone(), value)
            };
            Value::Object(properties.map(field).collect())
        }
        "array" => (0..edge.items).map(|_| made(document, &schema["items"], edge)).collect(),
        "integer" | "number" => json!(edge.number),
        "boolean" => json!(edge.choice == 0),
        "string" => match schema["format"].as_str() {
            Some("uuid") => json!(Uuid::now_v7()),
            Some("date") => json!(edge.at.split('T').next()),
            Some("date-time") if edge.choice == 0 => json!(format!("{}Z", edge.at)),
            Some(_) => json!(edge.at),
            None => json!(edge.text),
        },
        _ => Value::Null,
    }
}
