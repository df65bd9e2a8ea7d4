use contract::{
    AgendaItemId, Author, DraftText, EventKind, History, Home, ItemOutcome, Meeting, MeetingId, NewMinutes, Outcome,
    ProblemCode, Version, paths, paths::Subject,
};

use crate::{
    made::{a_meeting, item, minutes},
    town::{Known, Town, Visitor},
    words::{line, prose},
};

/// Anna's meeting of an hour ago, with two items.
struct Held {
    whose: Subject,
    id: MeetingId,
    items: [AgendaItemId; 2],
    /// Where its minutes are.
    path: String,
}

async fn held(town: &Town, mette: &Visitor) -> Held {
    let (whose, id) = (Subject::Citizen(town.anna), MeetingId::make());
    let mut new = a_meeting("2026-03-17T10:00:00");
    new.agenda = vec![item("Praktik"), item("Økonomi")];
    mette.put(paths::meeting(whose, id), Known::New, &new).await;
    town.set_clock("2026-03-17T10:00:00Z");
    Held { whose, id, items: [new.agenda[0].id, new.agenda[1].id], path: paths::minutes(whose, id) }
}

async fn anna_mette_omar(town: &Town) -> [Visitor; 3] {
    [town.as_citizen(town.anna).await, town.as_employee(town.mette).await, town.as_employee(town.omar).await]
}

fn answered(item: AgendaItemId, answer: &str) -> ItemOutcome {
    ItemOutcome { item, outcome: Some(Outcome::Answered { answer: prose(answer) }) }
}

#[tokio::test]
async fn minutes_are_a_draft_until_they_are_shared() {
    let town = Town::new().await;
    let [anna, mette, omar] = anna_mette_omar(&town).await;
    let Held { whose, id, items, path } = held(&town, &mette).await;
    let mut new = NewMinutes { outcomes: vec![answered(items[0], "Ja, fra mandag")], ..minutes("", false) };
    mette.put(&path, Known::New, &new).await;
    let seen: Meeting = omar.get(paths::meeting(whose, id)).await;
    assert!(seen.minutes.is_some_and(|minutes| minutes.shared_at.is_none()) && seen.agenda[0].outcome.is_some());
    let seen: Meeting = anna.get(paths::meeting(Subject::Me, id)).await;
    assert!(seen.minutes.is_none() && seen.agenda[0].outcome.is_none());
    let history: History = anna.get(paths::history(Subject::Me)).await;
    assert!(history.events.iter().all(|event| event.kind != EventKind::MinutesShared));

    new.share = true;
    let answer = mette.try_put(&path, Known::Is(1), &new).await;
    assert_eq!(answer.is_refused(422, ProblemCode::TextEmpty).as_deref(), Some("summary"));
    new.summary = DraftText::parse("Vi aftalte praktik.").unwrap();
    let answer = mette.try_put(&path, Known::Is(1), &new).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("outcomes"), "the second item has none");
    new.outcomes.push(answered(items[1], "Vi ringer til banken"));
    assert_eq!(mette.put(&path, Known::Is(1), &new).await.version, Version(2));
    let seen: Meeting = anna.get(paths::meeting(Subject::Me, id)).await;
    assert_eq!(seen.minutes.map(|minutes| minutes.summary).as_deref(), Some("Vi aftalte praktik."));
    assert_eq!(seen.agenda[0].outcome, new.outcomes[0].outcome);
    let history: History = anna.get(paths::history(Subject::Me)).await;
    assert_eq!(history.events[0].kind, EventKind::MinutesShared);
}

#[tokio::test]
async fn shared_minutes_can_be_corrected_but_not_taken_back() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let Held { items, path, .. } = held(&town, &mette).await;
    let both = vec![answered(items[0], "Ja"), answered(items[1], "Ja")];
    let first = NewMinutes { outcomes: both, ..minutes("Vi mødtes.", true) };
    mette.put(&path, Known::New, &first).await;
    let answer = mette.try_put(&path, Known::Is(1), &minutes("Vi mødtes.", false)).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("share"));

    let second = NewMinutes { outcomes: vec![answered(items[0], "Nej")], ..minutes("Vi mødtes i går.", true) };
    mette.put(&path, Known::Is(1), &second).await;
    mette.try_put(&path, Known::Is(1), &minutes("Andet", true)).await.is_refused(412, ProblemCode::VersionConflict);
    let history: History = anna.get(paths::history(Subject::Me)).await;
    let event = &history.events[0];
    assert_eq!(event.kind, EventKind::MinutesCorrected);
    let old: Vec<_> = event.changes.iter().filter_map(|change| change.old.as_deref()).collect();
    assert_eq!(old, ["Vi mødtes.", "Ja"], "the old words are kept");
    let fields = event.changes.iter().map(|change| (change.field.as_str(), change.new.as_deref().unwrap()));
    let expected = [("summary", "Vi mødtes i går."), ("item", "Praktik"), ("outcome_text", "Nej")];
    assert_eq!(fields.collect::<Vec<_>>(), expected, "what was answered stands before the answer");
}

#[tokio::test]
async fn what_a_colleague_wrote_in_a_draft_stands_in_the_history_of_employees() {
    let town = Town::new().await;
    let [anna, mette, omar] = anna_mette_omar(&town).await;
    let Held { whose, id, items, path } = held(&town, &mette).await;
    let draft = |summary: &str, answer: &str| NewMinutes {
        outcomes: items.iter().map(|item| answered(*item, answer)).collect(),
        ..minutes(summary, false)
    };
    let lost = async || {
        let history: History = mette.get(paths::history(whose)).await;
        let events = history.events.into_iter().filter(|event| event.kind == EventKind::MinutesDraftChanged);
        let old = |event: contract::Event| event.changes.into_iter().filter_map(|change| change.old).collect();
        events.map(old).collect::<Vec<Vec<String>>>()
    };
    mette.put(&path, Known::New, &draft("Mettes ord", "Ja")).await;
    mette.put(&path, Known::Is(1), &draft("Mettes bedre ord", "Ja")).await;
    omar.put(&path, Known::Is(2), &draft("Mettes bedre ord", "Ja")).await;
    assert!(lost().await.is_empty(), "nobody has changed another's words");
    omar.put(&path, Known::Is(3), &draft("Omars ord", "Nej")).await;
    omar.put(&path, Known::Is(4), &draft("Omars bedre ord", "Nej")).await;
    assert_eq!(lost().await, [["Mettes bedre ord", "Ja", "Ja"]]);
    mette.put(&path, Known::Is(5), &NewMinutes { share: true, ..draft("Vi mødtes.", "Nej") }).await;
    assert_eq!(lost().await[0], ["Omars bedre ord"]);

    let seen: Meeting = anna.get(paths::meeting(Subject::Me, id)).await;
    assert!(matches!(seen.minutes.unwrap().by, Author::Employee { name: Some(name), .. } if name == "Mette Holm"));
    let home: Home = anna.get(paths::home(Subject::Me)).await;
    let history: History = anna.get(paths::history(Subject::Me)).await;
    for events in [home.news, history.events] {
        let kinds: Vec<EventKind> = events.iter().map(|event| event.kind).collect();
        assert_eq!(kinds, [EventKind::MinutesShared, EventKind::MeetingArranged]);
    }
}

#[tokio::test]
async fn an_outcome_that_is_not_named_stays_as_it_is() {
    let town = Town::new().await;
    let (mette, omar) = (town.as_employee(town.mette).await, town.as_employee(town.omar).await);
    let Held { whose, id, items, path } = held(&town, &mette).await;
    let with = |outcomes| NewMinutes { outcomes, ..minutes("Vi mødtes.", false) };
    let texts = async || {
        let seen: Meeting = mette.get(paths::meeting(whose, id)).await;
        seen.agenda.into_iter().map(|item| item.outcome).collect::<Vec<_>>()
    };
    let (yes, no) = (answered(items[0], "Ja"), answered(items[1], "Nej"));
    mette.put(&path, Known::New, &with(vec![yes.clone()])).await;
    omar.put(&path, Known::Is(1), &with(vec![no.clone()])).await;
    assert_eq!(texts().await, [yes.outcome.clone(), no.outcome.clone()]);
    omar.put(&path, Known::Is(2), &with(vec![ItemOutcome { item: items[0], outcome: None }])).await;
    assert_eq!(texts().await, [None, no.outcome]);
    let answer = mette.try_put(&path, Known::Is(3), &NewMinutes { share: true, ..with(vec![]) }).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("outcomes"));
    mette.put(&path, Known::Is(3), &NewMinutes { share: true, ..with(vec![yes]) }).await;
}

#[tokio::test]
async fn minutes_are_shared_only_when_the_meeting_has_begun() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let (whose, id) = (Subject::Citizen(town.anna), MeetingId::make());
    mette.put(paths::meeting(whose, id), Known::New, &a_meeting("2026-03-30T10:00:00")).await;
    let answer = mette.try_put(paths::minutes(whose, id), Known::New, &minutes("Vi mødtes.", true)).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("share"));
    mette.put(paths::minutes(whose, id), Known::New, &minutes("Det vil jeg sige", false)).await;
    let unknown = paths::minutes(whose, MeetingId::make());
    mette.try_put(unknown, Known::New, &minutes("a", false)).await.is_refused(404, ProblemCode::NotFound);
}

#[tokio::test]
async fn an_outcome_is_of_an_item_on_the_agenda_and_points_at_a_meeting_that_is_there() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let Held { whose, id, items, path } = held(&town, &mette).await;
    let with = |outcomes| NewMinutes { outcomes, ..minutes("Vi mødtes.", false) };
    let later = |meeting| ItemOutcome { item: items[1], outcome: Some(Outcome::Later { meeting, note: None }) };

    let answer = mette.try_put(&path, Known::New, &with(vec![answered(AgendaItemId::make(), "Ja")])).await;
    assert_eq!(answer.is_refused(409, ProblemCode::UnknownReference).as_deref(), Some("outcomes[0].item"));
    let twice = vec![answered(items[0], "Ja"), answered(items[0], "Nej")];
    let answer = mette.try_put(&path, Known::New, &with(twice)).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("outcomes[1].item"));
    for meeting in [MeetingId::make(), id] {
        let answer = mette.try_put(&path, Known::New, &with(vec![later(Some(meeting))])).await;
        let field = answer.is_refused(409, ProblemCode::UnknownReference);
        assert_eq!(field.as_deref(), Some("outcomes[0].outcome.meeting"));
    }

    let next = town.meeting(town.anna, "2026-04-20T10:00:00").await;
    let elsewhere = Outcome::NotOurs { who: line("Din læge") };
    let both = vec![later(Some(next)), ItemOutcome { item: items[0], outcome: Some(elsewhere.clone()) }];
    mette.put(&path, Known::New, &with(both)).await;
    let seen: Meeting = mette.get(paths::meeting(whose, id)).await;
    assert_eq!(seen.agenda[0].outcome, Some(elsewhere));
    assert_eq!(seen.agenda[1].outcome, Some(Outcome::Later { meeting: Some(next), note: None }));

    // An item with an outcome stays on the agenda, with the words that it is the outcome of.
    let kept = |id, text| contract::NewAgendaItem { id, text: prose(text), topic: None };
    let mut new = a_meeting("2026-03-17T10:00:00");
    new.agenda = vec![kept(items[1], "Økonomi")];
    let answer = mette.try_put(paths::meeting(whose, id), Known::Is(1), &new).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("agenda"));
    new.agenda.push(kept(items[0], "Praktik i maj"));
    let answer = mette.try_put(paths::meeting(whose, id), Known::Is(1), &new).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("agenda[1].text"));
    new.agenda[1] = kept(items[0], "Praktik");
    mette.put(paths::meeting(whose, id), Known::Is(1), &new).await;
    let again: Meeting = mette.get(paths::meeting(whose, id)).await;
    assert_eq!((again.agenda[1].text.as_str(), &again.agenda[1].outcome), ("Praktik", &seen.agenda[0].outcome));
}

#[tokio::test]
async fn when_minutes_are_shared_the_agenda_gets_no_new_item() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let Held { whose, id, items, path } = held(&town, &mette).await;
    let mut new = a_meeting("2026-03-17T10:00:00");
    new.agenda = vec![("Praktik", items[0]), ("Økonomi", items[1])]
        .into_iter()
        .map(|(text, id)| contract::NewAgendaItem { id, ..item(text) })
        .collect();
    new.agenda.push(item("Kaffe"));
    mette.put(paths::meeting(whose, id), Known::Is(1), &new).await;
    let outcomes = new.agenda.iter().map(|item| answered(item.id, "Ja")).collect();
    let shared = NewMinutes { outcomes, ..minutes("Vi mødtes.", true) };
    mette.put(path, Known::New, &shared).await;

    new.agenda.push(item("Det glemte vi"));
    let answer = mette.try_put(paths::meeting(whose, id), Known::Is(2), &new).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("agenda[3].text"));
    new.agenda.pop();
    mette.put(paths::meeting(whose, id), Known::Is(2), &new).await;
}

#[tokio::test]
async fn a_citizen_cannot_write_minutes() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let Held { id, .. } = held(&town, &mette).await;
    let answer = anna.try_put(paths::minutes(Subject::Me, id), Known::New, &minutes("Mine ord", true)).await;
    answer.is_refused(403, ProblemCode::NotAllowed);
}
