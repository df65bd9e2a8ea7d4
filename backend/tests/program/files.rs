use std::collections::BTreeSet;

use contract::CitizenId;
use jiff::{Timestamp, ToSpan as _};
use roed_traad::{
    clock::Clock,
    import::{self, File, ImportError},
};
use serde_json::{Value, json};

use crate::place::Place;

const GUIDE: &str = include_str!("../../../docs/import.md");
pub const ANNA: &str = "0195f0c0-0000-7000-8000-000000000002";

/// The example of the documentation.
pub fn example() -> Value {
    let json = GUIDE.split("```json").nth(1).unwrap().split("```").next().unwrap();
    serde_json::from_str(json).unwrap()
}

fn read(value: &Value) -> Result<File, ImportError> {
    import::read(value.to_string().as_bytes())
}

fn anna() -> CitizenId {
    ANNA.parse().unwrap()
}

#[tokio::test]
async fn the_example_in_the_documentation_loads() {
    let place = Place::demo().await;
    let loaded = place.load(read(&example()).unwrap()).await.unwrap();
    assert_eq!((loaded.employees, loaded.citizens, loaded.known), (1, 1, 0));
}

#[tokio::test]
async fn the_same_file_twice_brings_nothing_new() {
    let place = Place::demo().await;
    place.load(read(&example()).unwrap()).await.unwrap();
    let before = place.export(anna()).await;
    let again = place.load(read(&example()).unwrap()).await.unwrap();
    assert_eq!((again.employees, again.citizens, again.known), (0, 0, 2));
    assert_eq!(place.export(anna()).await, before);
}

#[tokio::test]
async fn what_was_exported_and_imported_is_exported_the_same() {
    let first = Place::demo().await;
    roed_traad::demo::load(&first.app).await.unwrap();
    let people: contract::DemoPeople = first.get(contract::paths::DEMO_PEOPLE, "").await.json();
    let mut citizens = 0;
    for person in people.people {
        let contract::Actor::Citizen(id) = person.actor else { continue };
        let exported = first.export(id).await.unwrap();
        let second = Place::demo().await;
        second.load(import::read(exported.as_bytes()).unwrap()).await.unwrap();
        assert_eq!(second.export(id).await.unwrap(), exported, "{}", person.name);
        citizens += 1;
    }
    assert!(citizens >= 12);
}

#[tokio::test]
async fn nobody_is_exported_when_there_is_nobody() {
    assert_eq!(Place::demo().await.export(anna()).await, None);
}

/// Loads a changed example, and gives what is said; whatever it is, nothing may have been written.
async fn refused(change: impl FnOnce(&mut Value)) -> String {
    let mut value = example();
    change(&mut value);
    let place = Place::demo().await;
    let said = match read(&value) {
        Err(error) => error.to_string(),
        Ok(file) => place.load(file).await.unwrap_err().to_string(),
    };
    assert_eq!(place.export(anna()).await, None, "{said}");
    place.load(read(&example()).unwrap()).await.unwrap();
    said
}

const ELSEWHERE: &str = "0195f0c0-0000-7000-8000-0000000000ff";

#[tokio::test]
async fn whatever_is_named_and_not_there_is_told_by_its_path() {
    for (path, pointer) in [
        ("citizens[0].contact_person", "/citizens/0/contact_person"),
        ("citizens[0].plan_members[0].employee", "/citizens/0/plan_members/0/employee"),
        ("citizens[0].meetings[0].organizer", "/citizens/0/meetings/0/organizer"),
        ("citizens[0].meetings[0].participants[0].employee", "/citizens/0/meetings/0/participants/0/employee"),
        (
            "citizens[0].meetings[0].agenda[0].proposed_by.employee",
            "/citizens/0/meetings/0/agenda/0/proposed_by/employee",
        ),
        ("citizens[0].efforts[0].goal", "/citizens/0/efforts/0/goal"),
        ("citizens[0].efforts[0].responsible", "/citizens/0/efforts/0/responsible"),
        ("citizens[0].steps[0].goal", "/citizens/0/steps/0/goal"),
    ] {
        let said = refused(|file| *file.pointer_mut(pointer).unwrap() = json!(ELSEWHERE)).await;
        assert!(said.starts_with(&format!("{path}: ")), "{said}");
        assert!(said.contains("correct the id"), "{said}");
    }
}

#[tokio::test]
async fn the_same_id_twice_is_told_by_the_path_of_the_second() {
    for list in ["employees", "citizens"] {
        let said = refused(|file| {
            let again = file[list][0].clone();
            file[list].as_array_mut().unwrap().push(again);
        })
        .await;
        assert!(said.starts_with(&format!("{list}[1].id: ")), "{said}");
    }
    let said = refused(|file| {
        let again = file["citizens"][0]["goals"][0].clone();
        file["citizens"][0]["goals"].as_array_mut().unwrap().push(again);
    })
    .await;
    assert!(said.starts_with("citizens[0].goals[1].id: "), "{said}");
}

#[tokio::test]
async fn wrong_types_unknown_fields_and_broken_rules_are_told_by_their_path() {
    for (pointer, value, path) in [
        ("/citizens/0/name", json!(7), "citizens[0].name"),
        ("/citizens/0/name", json!("  "), "citizens[0].name"),
        ("/citizens/0/name", json!("å".repeat(201)), "citizens[0].name"),
        ("/citizens/0/id", json!("4711"), "citizens[0].id"),
        ("/citizens/0/steps/0/due", json!("2026-02-30"), "citizens[0].steps[0].due"),
        ("/citizens/0/steps/0/state", json!({ "kind": "cannot_yet" }), "citizens[0].steps[0].state"),
        ("/citizens/0/meetings", json!({}), "citizens[0].meetings"),
        ("/citizens/0/goals/0/area", json!("work"), "citizens[0].goals[0].area"),
        ("/citizens/0/meetings/0/time/minutes", json!(4), "citizens[0].meetings[0].time.minutes"),
        ("/format", json!(2), "format"),
    ] {
        let said = refused(|file| *file.pointer_mut(pointer).unwrap() = value).await;
        assert!(said.starts_with(path), "{path}: {said}");
    }
    let said = refused(|file| file["citizens"][0]["meetings"][0]["purpos"] = json!("x")).await;
    assert!(said.starts_with("citizens[0].meetings[0]") && said.contains("purpos"), "{said}");
}

#[tokio::test]
async fn versions_below_the_first_are_told_by_their_path() {
    for (thing, field) in [
        ("meetings/0", "version"),
        ("meetings/0", "sequence"),
        ("goals/0", "version"),
        ("efforts/0", "version"),
        ("steps/0", "version"),
    ] {
        let said = refused(|file| file.pointer_mut(&format!("/citizens/0/{thing}")).unwrap()[field] = json!(-1)).await;
        let path = format!("citizens[0].{}.{field}: ", thing.replace("/0", "[0]"));
        assert!(said.starts_with(&path) && said.contains("counted from"), "{said}");
    }
    let said = refused(|file| file["citizens"][0]["goals"][0]["version"] = json!(0)).await;
    assert!(said.starts_with("citizens[0].goals[0].version: "), "{said}");
}

#[tokio::test]
async fn a_meeting_at_the_end_of_all_time_is_told_by_its_path() {
    for time in ["9999-12-31T23:59:00", "9999-01-01T10:00:00", "-009999-01-01T00:00:00", "0001-01-01T10:00:00"] {
        let said = refused(|file| file["citizens"][0]["meetings"][0]["time"]["local_start"] = json!(time)).await;
        assert!(said.starts_with("citizens[0].meetings[0].time.local_start: "), "{said}");
        let moved = json!({ "local_start": time, "minutes": 45 });
        let said = refused(|file| file["citizens"][0]["meetings"][0]["moved_from"] = moved).await;
        assert!(said.starts_with("citizens[0].meetings[0].moved_from.local_start: "), "{said}");
    }
}

#[tokio::test]
async fn a_meeting_with_more_than_it_can_be_saved_with_is_told_by_its_path() {
    for (list, number) in [("participants", 4), ("agenda", 5)] {
        let said = refused(|file| {
            let one = file["citizens"][0]["meetings"][0][list][0].clone();
            let with_id = |n: usize| {
                let mut another = one.clone();
                another["id"] = json!(format!("0195f0c0-0000-7000-8000-00000000{number}{n:03}"));
                another
            };
            file["citizens"][0]["meetings"][0][list] = (0..51).map(with_id).collect();
        })
        .await;
        assert!(said.starts_with(&format!("citizens[0].meetings[0].{list}: ")), "{said}");
    }
}

#[tokio::test]
async fn one_id_is_one_kind_of_thing() {
    let at = "2026-03-03T10:00:00Z";
    let goal = example()["citizens"][0]["goals"][0]["id"].clone();
    let topic = json!({ "id": goal, "text": "Er der mad?", "sent_at": at });
    let said = refused(|file| file["citizens"][0]["topics"] = json!([topic])).await;
    assert!(said.starts_with("citizens[0].topics[0].id: "), "{said}");

    let draft = |kind: &str| json!({ "id": goal, "kind": kind, "text": "x", "made_at": at, "saved_at": at });
    let said = refused(|file| file["citizens"][0]["drafts"] = json!([draft("topic")])).await;
    assert!(said.starts_with("citizens[0].drafts[0].id: "), "{said}");

    let mut changed = example();
    changed["citizens"][0]["drafts"] = json!([draft("goal")]);
    Place::demo().await.load(read(&changed).unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_made_history_names_fields_as_the_program_does() {
    let mut file = example();
    file["citizens"][0]["meetings"][0]["cancelled_reason"] = json!("Mette er syg.");
    let place = Place::demo().await;
    place.load(read(&file).unwrap()).await.unwrap();
    let exported: Value = serde_json::from_str(&place.export(anna()).await.unwrap()).unwrap();
    let history = exported["citizens"][0]["history"].as_array().unwrap();
    let cancelled = history.iter().find(|event| event["kind"] == "meeting_cancelled").unwrap();
    assert_eq!(cancelled["changes"][0]["field"], "reason");
}

#[tokio::test]
async fn an_assessment_of_a_remark_is_told_by_its_path() {
    let comment = |kind: &str| {
        let mut file = example();
        let (goal, employee) = (file["citizens"][0]["goals"][0]["id"].clone(), file["employees"][0]["id"].clone());
        file["citizens"][0]["comments"] = json!([{
            "id": ELSEWHERE, "beside": "goal", "beside_id": goal, "kind": kind, "text": "Det er ikke det, jeg sagde.",
            "by": { "kind": "citizen" }, "at": "2026-03-02T18:20:00Z",
            "assessed": { "assessment": "complaint", "by": employee, "at": "2026-03-03T08:00:00Z" },
        }]);
        import::faults(&read(&file).unwrap(), &Clock::of_the_machine().unwrap())
    };
    assert_eq!(comment("disagreement"), []);
    let [fault] = &comment("remark")[..] else { panic!("one fault") };
    assert_eq!(fault.path, "citizens[0].comments[0].assessed");
}

#[tokio::test]
async fn history_that_cannot_be_ordered_or_stored_is_told_by_its_path() {
    let place = Place::demo().await;
    place.load(read(&example()).unwrap()).await.unwrap();
    let exported: Value = serde_json::from_str(&place.export(anna()).await.unwrap()).unwrap();
    for (field, value) in [("id", json!("6b8a0f0e-3b1c-4f6e-9d2a-0c1d2e3f4a5b")), ("title", json!("a\0b"))] {
        let mut file = exported.clone();
        file["citizens"][0]["history"][0][field] = value;
        let faults = Place::demo().await.load(read(&file).unwrap()).await.unwrap_err().to_string();
        assert!(faults.contains("citizens[0].history[0]"), "{faults}");
    }
}

#[tokio::test]
async fn times_that_do_not_exist_or_happen_twice_are_told() {
    let at = |time: &'static str| {
        move |file: &mut Value| file["citizens"][0]["meetings"][0]["time"]["local_start"] = json!(time)
    };
    let said = refused(at("2026-03-29T02:30:00")).await;
    assert!(
        said.starts_with("citizens[0].meetings[0].time.local_start: ") && said.contains("does not exist"),
        "{said}"
    );
    let said = refused(at("2026-10-25T02:30:00")).await;
    assert!(said.starts_with("citizens[0].meetings[0].time.fold: ") && said.contains("twice"), "{said}");

    let place = Place::demo().await;
    let mut file = example();
    at("2026-10-25T02:30:00")(&mut file);
    file["citizens"][0]["meetings"][0]["time"]["fold"] = json!("later");
    place.load(read(&file).unwrap()).await.unwrap();
    assert!(place.export(anna()).await.unwrap().contains("\"fold\": \"later\""));
}

#[tokio::test]
async fn somebody_with_other_content_is_never_overwritten() {
    let place = Place::demo().await;
    place.load(read(&example()).unwrap()).await.unwrap();
    let before = place.export(anna()).await;
    let mut other = example();
    other["citizens"][0]["goals"][0]["text"] = json!("Et andet mål");
    other["employees"][0]["name"] = json!("En Anden");
    let said = place.load(read(&other).unwrap()).await.unwrap_err().to_string();
    assert!(said.contains("employees[0].id: ") && said.contains("citizens[0].id: "), "{said}");
    assert_eq!(place.export(anna()).await, before);
}

#[tokio::test]
async fn an_external_id_belongs_to_one_person() {
    let place = Place::demo().await;
    place.load(read(&example()).unwrap()).await.unwrap();
    let mut other = example();
    other["citizens"][0]["id"] = json!(ELSEWHERE);
    let said = place.load(read(&other).unwrap()).await.unwrap_err().to_string();
    assert!(said.contains("citizens[0].external_id: ") && said.contains("citizens[0].cpr: "), "{said}");
}

#[tokio::test]
async fn a_meetings_id_in_another_system_belongs_to_one_meeting_of_the_citizen() {
    let mut file = example();
    let meetings = file["citizens"][0]["meetings"].as_array_mut().unwrap();
    (meetings[0]["source"], meetings[0]["external_id"]) = (json!("kalender"), json!("4711"));
    let mut again = meetings[0].clone();
    again["id"] = json!(ELSEWHERE);
    (again["participants"], again["agenda"]) = (json!([]), json!([]));
    meetings.push(again);
    let place = Place::demo().await;
    let said = place.load(read(&file).unwrap()).await.unwrap_err().to_string();
    assert!(said.starts_with("citizens[0].meetings[1].external_id: "), "{said}");
    file["citizens"][0]["meetings"][1]["source"] = json!(null);
    let said = place.load(read(&file).unwrap()).await.unwrap_err().to_string();
    assert!(said.starts_with("citizens[0].meetings[1].source: "), "{said}");
    file["citizens"][0]["meetings"][1]["source"] = json!("andet");
    place.load(read(&file).unwrap()).await.unwrap();
}

/// Every instant in a file, as a JSON pointer.
fn instants(value: &Value, at: &str) -> Vec<String> {
    let below = |name: &str, value: &Value| instants(value, &format!("{at}/{name}"));
    match value {
        Value::Array(items) => items.iter().enumerate().flat_map(|(i, item)| below(&i.to_string(), item)).collect(),
        Value::Object(fields) => fields.iter().flat_map(|(name, field)| below(name, field)).collect(),
        Value::String(text) if text.parse::<Timestamp>().is_ok() => vec![at.to_owned()],
        _ => Vec::new(),
    }
}

/// `/citizens/0/name` as `citizens[0].name`.
fn path(pointer: &str) -> String {
    let parts = pointer.split('/').skip(1).map(|part| match part.parse::<usize>() {
        Ok(place) => format!("[{place}]"),
        Err(_) => format!(".{part}"),
    });
    parts.collect::<String>().trim_start_matches('.').to_owned()
}

#[tokio::test]
async fn what_has_not_happened_yet_is_told_by_its_path() {
    let place = Place::demo().await;
    roed_traad::demo::load(&place.app).await.unwrap();
    let people: contract::DemoPeople = place.get(contract::paths::DEMO_PEOPLE, "").await.json();
    let citizens = people.people.iter().filter_map(|person| match person.actor {
        contract::Actor::Citizen(id) => Some(id),
        contract::Actor::Employee(_) => None,
    });
    let soon = place.app.clock.now() + 60.seconds();
    let id_at = |at: Timestamp| {
        let millis = u64::try_from(at.as_millisecond()).unwrap();
        uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid().to_string()
    };
    let mut told = BTreeSet::new();
    for citizen in citizens {
        let file: Value = serde_json::from_str(&place.export(citizen).await.unwrap()).unwrap();
        let ids = ["/citizens/0/history/0/id", "/citizens/0/visit/seen_from", "/citizens/0/visit/seen_until"];
        let ids = ids.iter().filter(|pointer| file.pointer(pointer).is_some()).map(|pointer| (*pointer).to_owned());
        for pointer in instants(&file, "").into_iter().chain(ids) {
            let field: String = pointer.chars().filter(|letter| !letter.is_ascii_digit()).collect();
            if !told.insert(field) {
                continue;
            }
            for (at, is_told) in [(soon, false), (soon + 1.second(), true)] {
                let mut file = file.clone();
                let is_id = pointer.ends_with("id") || pointer.contains("/visit/");
                *file.pointer_mut(&pointer).unwrap() = json!(if is_id { id_at(at) } else { at.to_string() });
                let faults = import::faults(&read(&file).unwrap(), &place.app.clock);
                let paths: Vec<&str> = faults.iter().map(|fault| fault.path.as_str()).collect();
                assert_eq!(paths, if is_told { vec![path(&pointer)] } else { Vec::new() });
            }
        }
    }
    assert!(told.len() > 20, "{told:#?}");
}

#[tokio::test]
async fn one_fault_at_the_end_leaves_nothing_of_the_beginning() {
    let place = Place::demo().await;
    place.load(read(&example()).unwrap()).await.unwrap();
    // A new citizen first, then the known one with another name: the first one must not stay.
    let mut file = example();
    let mut new = file["citizens"][0].clone();
    new["id"] = json!(ELSEWHERE);
    new["external_id"] = json!("sag-1");
    new["cpr"] = json!(null);
    file["citizens"][0]["name"] = json!("Et Andet Navn");
    file["citizens"].as_array_mut().unwrap().insert(0, new);
    let said = place.load(read(&file).unwrap()).await.unwrap_err().to_string();
    assert!(said.starts_with("citizens[1].id: "), "{said}");
    assert_eq!(place.export(ELSEWHERE.parse().unwrap()).await, None);
}

#[test]
fn what_is_no_such_file_is_refused() {
    let whole = example().to_string();
    let cut = &whole[..whole.len() / 2];
    for (bytes, words) in [
        (cut.as_bytes().to_vec(), "EOF"),
        (Vec::new(), "EOF"),
        (vec![b' '; 10_000_000], "EOF"),
        (vec![0; 1000], "expected value"),
        (b"[]".to_vec(), "the file"),
        (b"<xml/>".to_vec(), "expected value"),
        (format!("{whole} {whole}").into_bytes(), "trailing"),
        (whole.encode_utf16().flat_map(u16::to_le_bytes).collect(), ""),
        (whole.replace("å", "\u{1}").into_bytes(), ""),
    ] {
        let said = import::read(&bytes).unwrap_err().to_string();
        assert!(said.contains(words), "{words}: {said}");
    }
    let latin: Vec<u8> = whole.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    assert!(matches!(import::read(&latin), Err(ImportError::Encoding(_))));
    assert!(import::read(format!("\u{feff}{whole}").as_bytes()).is_ok(), "a mark before UTF-8 is no fault");
}

#[test]
fn twenty_faults_are_told_and_the_rest_counted() {
    let mut file = example();
    let step = file["citizens"][0]["steps"][0].clone();
    let many = (0..30).map(|i| {
        let mut step = step.clone();
        step["id"] = json!(format!("0195f0c0-0000-7000-8000-0000000001{i:02}"));
        step["goal"] = json!(ELSEWHERE);
        step
    });
    file["citizens"][0]["steps"] = many.collect();
    let faults = import::faults(&read(&file).unwrap(), &Clock::of_the_machine().unwrap());
    let said = ImportError::Faults(faults).to_string();
    assert_eq!(said.lines().count(), 21);
    assert!(said.ends_with("… and 10 more"), "{said}");
}
