//! The program as a process: what it logs, and how it ends.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        mpsc::{Receiver, channel},
    },
    thread,
    time::Duration,
};

use contract::{
    CitizenId, CommentId, DraftId, GlassId, LookDelayId, MeetingId, RepresentationId, TopicId, paths, paths::Subject,
};
use jiff::{ToSpan as _, tz::TimeZone};
use roed_traad::clock::Clock;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A server of its own, with the demo municipality.
struct Server {
    child: Child,
    log: Receiver<String>,
    seen: Vec<String>,
    address: String,
    metrics: String,
    folder: Arc<TempDir>,
}

impl Server {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}?mode=rwc", folder.path().join("town.sqlite").display());
        let mut child = Command::new(env!("CARGO_BIN_EXE_roed-traad"))
            .args(["--demo", "--database", &database, "serve", "--port", "0", "--dist"])
            .arg(folder.path().join("dist"))
            .env("RUST_LOG", "debug")
            .env("ROED_TRAAD_METRICS__ADDRESS", "127.0.0.2:0")
            .env("ROED_TRAAD_INTEGRATIONS", format!("[{{name=\"A\",key_sha256=\"{KEY_HASH}\",may=[\"citizens\"]}}]"))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (say, log) = channel();
        let errors = BufReader::new(child.stderr.take().unwrap());
        thread::spawn(move || errors.lines().map_while(Result::ok).try_for_each(|line| say.send(line)));
        let mut server = Self {
            child,
            log,
            seen: Vec::new(),
            address: String::new(),
            metrics: String::new(),
            folder: Arc::new(folder),
        };
        let address = |line: Value| line["address"].as_str().unwrap().to_owned();
        server.address = address(server.hear("listening"));
        server.metrics = address(server.hear("metrics"));
        server
    }

    /// Waits for a line of the log.
    fn hear(&mut self, message: &str) -> Value {
        loop {
            let line = self.log.recv_timeout(Duration::from_secs(60)).unwrap();
            self.seen.push(line.clone());
            let line: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
            if line["message"] == message {
                return line;
            }
        }
    }

    fn tell_to_end(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
    }

    /// All that was logged, when it has ended by itself.
    fn ended(mut self) -> Vec<String> {
        self.hear("ended");
        assert!(self.child.wait().unwrap().success());
        self.seen.extend(self.log.iter());
        std::mem::take(&mut self.seen)
    }
}

/// Nothing of it is left when a test fails.
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A whole answer, headers and all.
fn ask(address: &str, method: &str, path: &str, headers: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nrt-contract: 1\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn body(answer: &str) -> Value {
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[test]
fn a_request_under_way_is_answered_when_the_server_is_told_to_end() {
    let server = Server::start();
    let slow = json!({ "failure": "slow" }).to_string();
    assert!(ask(&server.address, "PUT", paths::DEMO_FAILURE, "", &slow).starts_with("HTTP/1.1 204"));
    let address = server.address.clone();
    let asking = thread::spawn(move || ask(&address, "GET", paths::SESSION, "", ""));
    thread::sleep(Duration::from_millis(500));
    server.tell_to_end();
    let answer = asking.join().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("municipality"), "{answer}");
    let address = server.address.clone();
    let log = server.ended();
    assert!(log.iter().any(|line| line.contains("\"ending\"")));
    assert!(TcpStream::connect(address).is_err());
}

/// What nobody else would write, and what could be a civil registration number, of a day that does not exist.
const WORD: &str = "zebrafinkesang-991301-0001";
/// The number of somebody who may act, as it is typed.
const CPR: &str = "9913010099";
/// Another system's key, and what the settings have of it.
const KEY: &str = "en-noegle-til-proever";
const KEY_HASH: &str = "1861e9cdb11b2bdee051c632a41391378dceb4981778d1b775bc2d27dec4bd13";

#[test]
fn nothing_that_people_wrote_stands_in_the_log_an_error_or_a_file() {
    let server = Server::start();
    let at = server.address.clone();
    let people = body(&ask(&at, "GET", paths::DEMO_PEOPLE, "", ""));
    let people = people["people"].as_array().unwrap();
    let citizen = people.iter().find(|it| it["actor"].get("citizen").is_some()).unwrap();
    let employee = people.iter().find(|it| it["actor"].get("employee").is_some()).unwrap();
    let sign_in = |person: &Value| {
        let answer = ask(&at, "PUT", paths::DEMO_SESSION, "", &json!({ "actor": person["actor"] }).to_string());
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        cookie.split(';').next().unwrap().to_owned()
    };
    let (citizens, employees) = (sign_in(citizen), sign_in(employee));
    let me = Subject::Me;
    let citizen_id: CitizenId = serde_json::from_value(citizen["actor"]["citizen"].clone()).unwrap();
    let them = Subject::Citizen(citizen_id);
    let until = Clock::of_the_machine().unwrap().now().to_zoned(TimeZone::UTC).date().saturating_add(30.days());
    let acting = json!({ "name": WORD, "cpr": CPR, "areas": ["health"], "until": until });
    let delay = json!({ "ground": "violence", "reason": WORD, "until": until });
    let register = json!({ "citizens": [{ "external_id": "a", "name": WORD, "cpr": "991301-0098" }] });
    let draft =
        json!({ "kind": "goal", "meeting": null, "area": "other", "text": WORD, "why": WORD, "first_step": WORD });
    let comment = json!({ "beside": "goal", "beside_id": DraftId::make(), "kind": "remark", "text": WORD });
    let broken = format!("{{\"text\": \"{WORD}");
    let wrong = json!({ WORD: WORD, "preferred_name": [WORD] }).to_string();
    let foreign = format!("/api/citizens/{}/plan", DraftId::make());
    let meeting = MeetingId::make();
    let arranged = json!({
        "purpose": WORD, "title": WORD, "received_by": WORD, "bring": WORD, "area": "health",
        "local_start": format!("{until}T10:15:00"), "minutes": 45, "participants": [],
        "agenda": [{ "id": TopicId::make(), "topic": null, "text": WORD }],
    });
    let statuses: Vec<String> = [
        ("PUT", paths::meeting(them, meeting), arranged.to_string(), "201"),
        ("PUT", paths::draft(me, DraftId::make()), draft.to_string(), "201"),
        ("PUT", paths::comment(me, CommentId::make()), comment.to_string(), "409"),
        ("PUT", paths::profile(me), json!({ "preferred_name": WORD, "situation": WORD }).to_string(), ""),
        ("PUT", paths::profile(me), broken, "400"),
        ("PUT", paths::profile(me), wrong, "400"),
        ("GET", format!("/api/citizens/{WORD}/plan"), String::new(), "404"),
        ("GET", foreign, String::new(), "404"),
        ("GET", format!("/api/{WORD}?{WORD}={WORD}"), String::new(), "404"),
        ("GET", format!("/{WORD}"), String::new(), ""),
        ("POST", paths::SEARCH.to_owned(), json!({ "letters": WORD }).to_string(), "200"),
        ("POST", paths::SEARCH.to_owned(), json!({ "letters": [WORD] }).to_string(), "400"),
        ("GET", format!("{}?before={WORD}", paths::history(me)), String::new(), "404"),
        ("GET", paths::meeting(me, MeetingId::make()), String::new(), "404"),
        ("PUT", paths::representative(me, RepresentationId::make()), acting.to_string(), "201"),
        (
            "PUT",
            paths::representative(me, RepresentationId::make()),
            json!({ "name": WORD, "cpr": WORD }).to_string(),
            "422",
        ),
        ("PUT", paths::glass(them, GlassId::make()), json!({ "reason": WORD }).to_string(), "201"),
        ("PUT", paths::look_delay(them, LookDelayId::make()), delay.to_string(), "200"),
        ("PUT", paths::REGISTER.to_owned(), register.to_string(), "200"),
        (
            "PUT",
            paths::REGISTER.to_owned(),
            json!({ "citizens": [{ "external_id": WORD, "cpr": WORD }] }).to_string(),
            "4",
        ),
    ]
    .iter()
    .map(|(method, path, body, status)| {
        let is_employees = path.starts_with(paths::CASELOAD) || path.contains(&them.to_string());
        let who = if is_employees { &employees } else { &citizens };
        let key = if path == paths::REGISTER { format!("authorization: Bearer {KEY}\r\n") } else { String::new() };
        let headers = format!("cookie: {who}; x={WORD}\r\nif-none-match: *\r\nx-request-id: {WORD}\r\n{key}");
        let answer = ask(&at, method, path, &headers, body);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{method} {path}: {answer}");
        assert!(answer.starts_with("HTTP/1.1 2") || !answer.contains(WORD), "{method} {path}: {answer}");
        answer.lines().next().unwrap_or_default().to_owned()
    })
    .collect();
    let calendar = ask(&at, "GET", &paths::calendar(me, meeting), &format!("cookie: {citizens}\r\n"), "");
    let figures = ask(&server.metrics, "GET", "/metrics", "", "");
    assert!(calendar.contains("BEGIN:VEVENT") && figures.contains("roed_traad_requests_total"), "{calendar}{figures}");
    for (told, what) in [(&calendar, "the calendar file"), (&figures, "the metrics")] {
        for secret in [WORD, "991301", citizen["name"].as_str().unwrap(), employee["name"].as_str().unwrap()] {
            assert!(!told.contains(secret), "{secret} in {what}: {told}");
        }
    }
    let cookie = |cookie: &str| cookie.split_once('=').unwrap().1.to_owned();
    let cookies = [cookie(&citizens), cookie(&employees)];
    let files = server.folder.clone();
    server.tell_to_end();
    let log = server.ended();
    for file in std::fs::read_dir(files.path()).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file())
    {
        let bytes = std::fs::read(&file).unwrap();
        for word in [WORD, CPR, "9913010098", "991301-0098", KEY, &cookies[0], &cookies[1]] {
            assert!(!bytes.windows(word.len()).any(|bytes| bytes == word.as_bytes()), "{word}: {}", file.display());
        }
    }
    assert!(log.iter().filter(|line| line.contains("\"answered\"")).count() > statuses.len());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let secrets = [
        WORD.to_owned(),
        CPR.to_owned(),
        "9913010098".to_owned(),
        "991301-0098".to_owned(),
        KEY.to_owned(),
        text(&citizen["name"]),
        text(&employee["name"]),
        text(&citizen["actor"]["citizen"]),
        cookies[0].clone(),
        cookies[1].clone(),
    ];
    for line in &log {
        serde_json::from_str::<Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        for secret in &secrets {
            assert!(!line.contains(secret.as_str()), "{secret} in {line}");
        }
    }
}
