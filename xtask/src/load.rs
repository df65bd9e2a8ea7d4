//! An open loop: requests leave when they are due, whether or not the earlier ones have been answered,
//! and the time is counted from when they were due. A slow answer thus cannot hide the wait of those behind it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use ureq::Agent;

const RATE: u32 = 200;
/// There are sixty citizens to an employee, who looks more often than they do: one request in so many.
const EMPLOYEES: usize = 20;
pub const SECONDS: u32 = 30;
const CLIENTS: usize = 32;
const PEOPLE: usize = 200;

/// A GET by a signed-in person.
#[derive(Clone)]
pub struct Request {
    url: String,
    cookie: String,
}

/// Requests of one kind.
pub struct Load {
    pub name: &'static str,
    /// How many a second.
    pub rate: u32,
    requests: Vec<Request>,
}

/// Lists and details, as citizens and as employees.
pub fn loads(server: &str) -> Result<Vec<Load>> {
    let agent = agent();
    let get = |request: &Request| -> Result<Value> {
        let mut answer = call(&agent, request)?;
        if !answer.status().is_success() {
            bail!("{} answered {}", request.url, answer.status());
        }
        Ok(answer.body_mut().read_json()?)
    };
    let people = get(&Request { url: format!("{server}/api/demo/people"), cookie: String::new() })?;
    let actors: Vec<Value> =
        people["people"].as_array().into_iter().flatten().map(|person| person["actor"].clone()).collect();
    let mut lists = Vec::new();
    let mut details = Vec::new();
    let mut caseloads = Vec::new();
    let mut citizens: Vec<Value> = actors.iter().filter(|actor| actor.get("citizen").is_some()).cloned().collect();
    for employee in actors.iter().filter(|actor| actor.get("employee").is_some()) {
        let cookie = sign_in(&agent, server, employee)?;
        let caseload = Request { url: format!("{server}/api/caseload"), cookie };
        let answer = get(&caseload)?;
        for citizen in citizens_in(&answer) {
            if citizens.len() < PEOPLE && !citizens.contains(&citizen) {
                citizens.push(citizen);
            }
        }
        caseloads.push(caseload);
    }
    for citizen in &citizens {
        let cookie = sign_in(&agent, server, citizen)?;
        let list = Request { url: format!("{server}/api/citizens/me/meetings"), cookie: cookie.clone() };
        for id in ids_of_meetings(&get(&list)?) {
            details.push(Request { url: format!("{}/{id}", list.url), cookie: cookie.clone() });
        }
        lists.push(list);
    }
    if details.is_empty() {
        bail!("nobody has a meeting to ask for");
    }
    let of_citizens = lists.iter().zip(details.iter().cycle()).flat_map(|(list, detail)| [list, detail]);
    let mixed = of_citizens.enumerate().map(|(number, request)| {
        if number % EMPLOYEES == 0 { &caseloads[number / EMPLOYEES % caseloads.len()] } else { request }
    });
    let mixed = mixed.cloned().collect();
    let load = |name, rate, requests| Load { name, rate, requests };
    Ok(vec![
        load("A citizen's meetings", RATE, lists),
        load("One meeting", RATE, details),
        load("All of it, one in twenty an employee's meetings and citizens", RATE, mixed),
        load("An employee's meetings and citizens", RATE / EMPLOYEES as u32, caseloads),
    ])
}

/// Asks at the rate, round and round, and says how long the answers took.
pub fn measure(load: &Load) -> Result<Value> {
    let Load { rate, requests, .. } = load;
    let agent = agent();
    let total = (rate * SECONDS) as usize;
    let next = AtomicUsize::new(0);
    let began = Instant::now() + Duration::from_millis(100);
    let all: Mutex<(Vec<Duration>, usize)> = Mutex::new((Vec::with_capacity(total), 0));
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| {
                let (mut times, mut failures) = (Vec::new(), 0);
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= total {
                        break;
                    }
                    let due = began + Duration::from_secs(1) * u32::try_from(number).unwrap_or(u32::MAX) / *rate;
                    std::thread::sleep(due.saturating_duration_since(Instant::now()));
                    let is_answered = call(&agent, &requests[number % requests.len()]).is_ok_and(|mut answer| {
                        answer.status().is_success() && answer.body_mut().read_to_vec().is_ok()
                    });
                    times.push(due.elapsed());
                    failures += usize::from(!is_answered);
                }
                if let Ok(mut all) = all.lock() {
                    all.0.extend(times);
                    all.1 += failures;
                }
            });
        }
    });
    let (mut times, failures) = all.into_inner().ok().context("a client broke")?;
    times.sort();
    let share = |part: f64| -> f64 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let place = (times.len() as f64 * part) as usize;
        times.get(place.min(times.len().saturating_sub(1))).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    Ok(json!({
        "requests": times.len(), "failures": failures,
        "p50_ms": share(0.5), "p95_ms": share(0.95), "p99_ms": share(0.99), "max_ms": share(1.0),
    }))
}

fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_idle_connections(CLIENTS)
        .max_idle_connections_per_host(CLIENTS)
        .build()
        .into()
}

fn call(agent: &Agent, request: &Request) -> Result<ureq::http::Response<ureq::Body>> {
    Ok(agent.get(&request.url).header("rt-contract", "1").header("cookie", &request.cookie).call()?)
}

fn sign_in(agent: &Agent, server: &str, actor: &Value) -> Result<String> {
    let answer = agent
        .put(format!("{server}/api/demo/session"))
        .header("rt-contract", "1")
        .send_json(json!({ "actor": actor }))?;
    let cookie = answer.headers().get("set-cookie").and_then(|value| value.to_str().ok());
    let cookie = cookie.and_then(|cookie| cookie.split(';').next()).context("signing in gave no cookie")?;
    Ok(cookie.to_owned())
}

// Wherever they stand in the answer, so that its shape can change.
fn citizens_in(answer: &Value) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    each_object(answer, &mut |object| {
        let listed = object.get("citizens").and_then(Value::as_array).into_iter().flatten();
        for id in object.get("citizen").into_iter().chain(listed).filter_map(|citizen| citizen["id"].as_str()) {
            let actor = json!({ "citizen": id });
            if !found.contains(&actor) {
                found.push(actor);
            }
        }
    });
    found
}

fn ids_of_meetings(answer: &Value) -> Vec<String> {
    let mut found = Vec::new();
    each_object(answer, &mut |object| {
        if object.contains_key("purpose")
            && let Some(id) = object.get("id").and_then(Value::as_str)
        {
            found.push(id.to_owned());
        }
    });
    found
}

fn each_object(value: &Value, see: &mut impl FnMut(&serde_json::Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            see(object);
            object.values().for_each(|inner| each_object(inner, see));
        }
        Value::Array(items) => items.iter().for_each(|inner| each_object(inner, see)),
        _ => {}
    }
}
