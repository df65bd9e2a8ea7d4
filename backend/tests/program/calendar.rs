use contract::{Actor, CitizenId, MeetingId, paths};
use icalendar::{Calendar, Component as _, EventLike as _};
use roed_traad::import;
use serde_json::{Value, json};

use crate::place::{Answer, Place};

const ANNA: &str = "0195f0c0-0000-7000-8000-000000000002";
const MEETING: &str = "0195f0c0-0000-7000-8000-000000000003";

/// The calendar file of the documentation's meeting, changed.
async fn file(change: impl FnOnce(&mut Value)) -> Answer {
    let guide = include_str!("../../../docs/import.md");
    let json = guide.split("```json").nth(1).unwrap().split("```").next().unwrap();
    let mut value: Value = serde_json::from_str(json).unwrap();
    change(&mut value["citizens"][0]["meetings"][0]);
    let place = Place::demo().await;
    place.load(import::read(value.to_string().as_bytes()).unwrap()).await.unwrap();
    let id: CitizenId = ANNA.parse().unwrap();
    let cookie = place.be(Actor::Citizen(id)).await;
    let meeting: MeetingId = MEETING.parse().unwrap();
    place.get(&paths::calendar(paths::Subject::Me, meeting), &cookie).await
}

fn property(text: &str, name: &str) -> String {
    let calendar: Calendar = text.parse().unwrap();
    let event = calendar.components.iter().find_map(|it| it.as_event()).unwrap();
    event.property_value(name).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_calendar_file_tells_when_and_where_and_nothing_about_why() {
    let answer = file(|_| ()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-store");
    let text = &answer.text;
    for once in ["PRODID:", "VERSION:2.0", "METHOD:PUBLISH", "CALSCALE:GREGORIAN"] {
        assert_eq!(text.matches(once).count(), 1, "{once}: {text}");
    }
    assert_eq!(property(text, "SUMMARY"), "Møde med kommunen");
    assert_eq!(property(text, "UID"), format!("{MEETING}@roed-traad"));
    assert_eq!(property(text, "DTSTART"), "20260330T081500Z");
    assert_eq!(property(text, "DTEND"), "20260330T090000Z");
    assert_eq!(property(text, "DTSTAMP"), "20260302T080000Z");
    assert_eq!(property(text, "SEQUENCE"), "0");
    assert_eq!(property(text, "STATUS"), "CONFIRMED");
    for word in ["praktik", "Anna", "Mette", "DESCRIPTION"] {
        assert!(!text.contains(word), "{word}");
    }
    let calendar: Calendar = text.parse().unwrap();
    let event = calendar.components.iter().find_map(|it| it.as_event()).unwrap();
    assert_eq!(event.get_location(), Some("Torvegade 1, 9999 Fjordby, lokale 4"));
}

#[tokio::test]
async fn lines_end_with_crlf_and_are_folded_at_75_octets() {
    let answer = file(|meeting| meeting["place"] = json!("Ærøgade; bygning å, 3. sal, ".repeat(7).trim())).await;
    assert!(answer.text.ends_with("\r\n"));
    for line in answer.text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{} {line}", line.len());
    }
    let calendar: Calendar = answer.text.parse().unwrap();
    let event = calendar.components.iter().find_map(|it| it.as_event()).unwrap();
    assert_eq!(event.get_location(), Some("Ærøgade; bygning å, 3. sal, ".repeat(7).trim()));
}

#[tokio::test]
async fn a_cancelled_meeting_stays_in_the_calendar_as_cancelled() {
    let change = |meeting: &mut Value| {
        meeting["sequence"] = json!(3);
        meeting["changed_at"] = json!("2026-03-20T12:00:00.5Z");
        meeting["cancelled_reason"] = json!("Mette er syg.");
    };
    let text = file(change).await.text;
    assert_eq!(property(&text, "STATUS"), "CANCELLED");
    assert_eq!(property(&text, "SEQUENCE"), "3");
    assert_eq!(property(&text, "DTSTAMP"), "20260320T120000Z");
    assert!(!text.contains("syg"));
}

#[tokio::test]
async fn days_when_the_clocks_change_are_right() {
    for (local, fold, start, end) in [
        ("2026-03-29T01:45:00", Value::Null, "20260329T004500Z", "20260329T013000Z"),
        ("2026-03-29T03:00:00", Value::Null, "20260329T010000Z", "20260329T014500Z"),
        ("2026-10-25T02:30:00", json!("earlier"), "20261025T003000Z", "20261025T011500Z"),
        ("2026-10-25T02:30:00", json!("later"), "20261025T013000Z", "20261025T021500Z"),
    ] {
        let text =
            file(|meeting| meeting["time"] = json!({ "local_start": local, "fold": fold, "minutes": 45 })).await.text;
        assert_eq!((property(&text, "DTSTART").as_str(), property(&text, "DTEND").as_str()), (start, end), "{local}");
    }
}

#[tokio::test]
async fn somebody_elses_meeting_is_not_found() {
    let place = Place::demo().await;
    roed_traad::demo::load(&place.app).await.unwrap();
    let people: contract::DemoPeople = place.get(paths::DEMO_PEOPLE, "").await.json();
    let cookie = place.be(people.people[1].actor).await;
    let meeting: MeetingId = MEETING.parse().unwrap();
    assert_eq!(place.get(&paths::calendar(paths::Subject::Me, meeting), &cookie).await.status, 404);
    assert_eq!(place.get(&paths::calendar(paths::Subject::Me, meeting), "").await.status, 401);
}
