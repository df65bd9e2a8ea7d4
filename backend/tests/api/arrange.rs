use contract::{
    Author, Cancellation, DraftId, DraftKind, EmployeeId, EventKind, Fold, History, Invited, Meeting, MeetingId,
    MeetingList, NewParticipant, ParticipantId, Preparation, ProblemCode, TakingBack, TopicId, Version, paths,
    paths::Subject,
};

use crate::{
    made::{self, a_meeting, guest, item, item_of},
    town::{Known, Town, Visitor},
    words::{line, prose},
};

async fn whole(visitor: &Visitor, whose: Subject, id: MeetingId) -> Meeting {
    visitor.get(paths::meeting(whose, id)).await
}

fn texts(meeting: &Meeting) -> Vec<&str> {
    meeting.agenda.iter().map(|item| item.text.as_str()).collect()
}

#[tokio::test]
async fn a_meeting_that_is_arranged_stands_on_the_citizens_page() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let id = MeetingId::make();
    let mut new = a_meeting("2026-03-30T10:15:00");
    let friend = Invited::Other { name: line("Ida Friis"), role: Some(line("jobkonsulent")) };
    let friend = NewParticipant { id: ParticipantId::make(), who: friend, why: line("Kender en butik") };
    new.participants = vec![guest(town.omar), friend];
    new.agenda = vec![item("Praktik"), item("Økonomi")];
    let receipt = mette.put(paths::meeting(Subject::Citizen(town.anna), id), Known::New, &new).await;
    assert_eq!(receipt.version, Version::FIRST);

    let seen = whole(&anna, Subject::Me, id).await;
    assert_eq!(seen.summary.time.starts_at.to_string(), "2026-03-30T08:15:00Z");
    assert_eq!(seen.summary.time.local_end.to_string(), "2026-03-30T11:15:00");
    let names: Vec<&str> = seen.participants.iter().map(|guest| guest.name.as_str()).collect();
    assert_eq!(names, ["Omar Lund", "Ida Friis"]);
    assert_eq!(seen.participants[0].role.as_deref(), Some("bostøtte"));
    assert_eq!(texts(&seen), ["Praktik", "Økonomi"]);
    assert!(matches!(&seen.agenda[0].proposed_by, Author::Employee { name: Some(name), .. } if name == "Mette Holm"));
    assert_eq!(seen.organizer.map(|who| who.id), Some(town.mette));
    let history: History = anna.get(paths::history(Subject::Me)).await;
    assert_eq!(history.events[0].kind, EventKind::MeetingArranged);
}

#[tokio::test]
async fn an_employee_who_is_invited_can_see_the_case() {
    let town = Town::new().await;
    let (mette, karin) = (town.as_employee(town.mette).await, town.as_employee(town.karin).await);
    let profile = paths::profile(Subject::Citizen(town.anna));
    karin.try_get(&profile).await.is_refused(404, ProblemCode::NotFound);
    let mut new = a_meeting("2026-03-30T10:15:00");
    new.participants = vec![guest(town.karin)];
    mette.put(paths::meeting(Subject::Citizen(town.anna), MeetingId::make()), Known::New, &new).await;
    assert!(karin.try_get(&profile).await.status.is_success());
}

#[tokio::test]
async fn a_citizen_cannot_arrange_a_meeting() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let new = a_meeting("2026-03-30T10:15:00");
    let answer = anna.try_put(paths::meeting(Subject::Me, MeetingId::make()), Known::New, &new).await;
    answer.is_refused(403, ProblemCode::NotAllowed);
}

#[tokio::test]
async fn a_time_that_the_clock_skips_or_repeats_or_that_is_past_is_refused() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let whose = Subject::Citizen(town.anna);
    for (local, code) in [
        ("2026-03-29T02:30:00", ProblemCode::TimeDoesNotExist),
        ("2026-10-25T02:30:00", ProblemCode::TimeHappensTwice),
        ("2026-03-16T09:59:00", ProblemCode::TimeInThePast),
    ] {
        let answer = mette.try_put(paths::meeting(whose, MeetingId::make()), Known::New, &a_meeting(local)).await;
        assert_eq!(answer.is_refused(422, code).as_deref(), Some("local_start"), "{local}");
    }
    for (fold, starts_at) in [(Fold::Earlier, "2026-10-25T00:30:00Z"), (Fold::Later, "2026-10-25T01:30:00Z")] {
        let id = MeetingId::make();
        let mut new = a_meeting("2026-10-25T02:30:00");
        new.fold = Some(fold);
        mette.put(paths::meeting(whose, id), Known::New, &new).await;
        assert_eq!(whole(&mette, whose, id).await.summary.time.starts_at.to_string(), starts_at);
        // Another field is changed without saying again which of the two times it is.
        let again = a_meeting("2026-10-25T02:30:00");
        mette.put(paths::meeting(whose, id), Known::Is(1), &again).await;
        assert_eq!(whole(&mette, whose, id).await.summary.time.starts_at.to_string(), starts_at);
    }
}

#[tokio::test]
async fn a_meeting_ends_on_the_wall_clock_when_the_clocks_go_forward() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let (whose, id) = (Subject::Citizen(town.anna), MeetingId::make());
    mette.put(paths::meeting(whose, id), Known::New, &a_meeting("2026-03-29T01:30:00")).await;
    assert_eq!(whole(&mette, whose, id).await.summary.time.local_end.to_string(), "2026-03-29T03:30:00");
}

#[tokio::test]
async fn a_meeting_lasts_from_five_minutes_to_eight_hours() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let whose = Subject::Citizen(town.anna);
    for minutes in [0, 4, 481, u16::MAX] {
        let mut new = a_meeting("2026-03-30T10:15:00");
        new.minutes = minutes;
        let answer = mette.try_put(paths::meeting(whose, MeetingId::make()), Known::New, &new).await;
        assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("minutes"));
    }
}

#[tokio::test]
async fn what_is_unknown_or_stands_there_twice_is_refused() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let whose = Subject::Citizen(town.anna);
    let path = || paths::meeting(whose, MeetingId::make());
    let mut new = a_meeting("2026-03-30T10:15:00");
    new.participants = vec![guest(town.omar), guest(EmployeeId::make())];
    let answer = mette.try_put(path(), Known::New, &new).await;
    assert_eq!(answer.is_refused(409, ProblemCode::UnknownReference).as_deref(), Some("participants[1].employee"));
    new.participants = vec![guest(town.omar), guest(town.omar)];
    let answer = mette.try_put(path(), Known::New, &new).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("participants[1].employee"));
    let one = guest(town.omar);
    new.participants = vec![one.clone(), NewParticipant { id: one.id, ..guest(town.mette) }];
    let answer = mette.try_put(path(), Known::New, &new).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("participants[1].id"));

    new.participants = vec![one.clone()];
    new.agenda = vec![item_of(TopicId::make())];
    let answer = mette.try_put(path(), Known::New, &new).await;
    assert_eq!(answer.is_refused(409, ProblemCode::UnknownReference).as_deref(), Some("agenda[0].topic"));
    let work = item("Arbejde");
    new.agenda = vec![work.clone(), work.clone()];
    let answer = mette.try_put(path(), Known::New, &new).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("agenda[1].id"));

    new.agenda = vec![work];
    mette.put(path(), Known::New, &new).await;
    let answer = mette.try_put(path(), Known::New, &new).await;
    assert_eq!(
        answer.is_refused(422, ProblemCode::Invalid).as_deref(),
        Some("participants[0].id"),
        "at another meeting"
    );
    new.participants.clear();
    let answer = mette.try_put(path(), Known::New, &new).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("agenda[0].id"), "at another meeting");
}

#[tokio::test]
async fn a_meeting_that_is_moved_shows_old_and_new() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let (whose, id) = (Subject::Citizen(town.anna), MeetingId::make());
    let mut new = a_meeting("2026-03-30T10:15:00");
    mette.put(paths::meeting(whose, id), Known::New, &new).await;
    new.local_start = "2026-03-31T12:00:00".parse().unwrap();
    new.place = Some(line("Havnen 2"));
    new.participants = vec![guest(town.omar)];
    new.agenda = vec![item("Bolig")];
    mette.put(paths::meeting(whose, id), Known::Is(1), &new).await;

    let seen = whole(&anna, Subject::Me, id).await;
    assert_eq!(
        seen.summary.moved_from.map(|time| time.local_start.to_string()).as_deref(),
        Some("2026-03-30T10:15:00")
    );
    let place = seen.changes.iter().find(|change| change.field == "place").unwrap();
    assert_eq!((place.old.as_deref(), place.new.as_deref()), (Some("Torvet 1"), Some("Havnen 2")));
    let history: History = anna.get(paths::history(Subject::Me)).await;
    let kinds: Vec<EventKind> = history.events.iter().map(|event| event.kind).collect();
    assert_eq!(
        kinds,
        [EventKind::AgendaChanged, EventKind::MeetingChanged, EventKind::MeetingMoved, EventKind::MeetingArranged]
    );
    let moved = &history.events[2].changes[0];
    assert_eq!(
        (moved.field.as_str(), moved.old.as_deref(), moved.new.as_deref()),
        ("local_start", Some("2026-03-30T10:15:00"), Some("2026-03-31T12:00:00"))
    );
    let guests = history.events[1].changes.iter().find(|change| change.field == "participants").unwrap();
    assert_eq!(guests.new.as_deref(), Some("Omar Lund (Hjælper med planen)"));
}

#[tokio::test]
async fn a_meeting_that_has_begun_can_be_changed_but_neither_moved_nor_cancelled() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let (whose, id) = (Subject::Citizen(town.anna), MeetingId::make());
    let mut new = a_meeting("2026-03-17T10:00:00");
    mette.put(paths::meeting(whose, id), Known::New, &new).await;
    town.set_clock("2026-03-20T09:00:00Z");
    new.agenda = vec![item("Det kom vi også ind på")];
    mette.put(paths::meeting(whose, id), Known::Is(1), &new).await;
    for other in ["2026-03-18T10:00:00", "2026-03-30T10:00:00"] {
        new.local_start = other.parse().unwrap();
        let answer = mette.try_put(paths::meeting(whose, id), Known::Is(2), &new).await;
        assert_eq!(answer.is_refused(409, ProblemCode::MeetingBegun).as_deref(), Some("local_start"));
    }
    let why = Cancellation { reason: prose("Omar er syg") };
    let answer = mette.try_put(paths::cancellation(whose, id), Known::Is(2), &why).await;
    answer.is_refused(409, ProblemCode::MeetingBegun);
}

#[tokio::test]
async fn a_meeting_is_not_arranged_in_the_past_or_moved_there() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let path = paths::meeting(Subject::Citizen(town.anna), MeetingId::make());
    let past = a_meeting("2026-03-10T10:00:00");
    let answer = mette.try_put(&path, Known::New, &past).await;
    assert_eq!(answer.is_refused(422, ProblemCode::TimeInThePast).as_deref(), Some("local_start"));
    mette.put(&path, Known::New, &a_meeting("2026-03-30T10:15:00")).await;
    let answer = mette.try_put(&path, Known::Is(1), &past).await;
    assert_eq!(answer.is_refused(422, ProblemCode::TimeInThePast).as_deref(), Some("local_start"));
}

#[tokio::test]
async fn a_meeting_has_at_most_fifty_participants_and_fifty_items() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let path = paths::meeting(Subject::Citizen(town.anna), MeetingId::make());
    let friend = |n| NewParticipant {
        id: ParticipantId::make(),
        who: Invited::Other { name: line(&format!("Ven {n}")), role: None },
        why: line("Kommer med"),
    };
    let full = contract::NewMeeting {
        participants: (0..50).map(friend).collect(),
        agenda: (0..50).map(|n| item(&format!("Punkt {n}"))).collect(),
        ..a_meeting("2026-03-30T10:15:00")
    };
    let mut more = full.clone();
    more.participants.push(friend(50));
    let answer = mette.try_put(&path, Known::New, &more).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("participants"));
    let mut more = full.clone();
    more.agenda.push(item("Et til"));
    let answer = mette.try_put(&path, Known::New, &more).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("agenda"));
    mette.put(&path, Known::New, &full).await;
}

#[tokio::test]
async fn whoever_leaves_a_meeting_gets_the_first_answer_when_they_ask_again() {
    let town = Town::new().await;
    let (mette, karin) = (town.as_employee(town.mette).await, town.as_employee(town.karin).await);
    let path = paths::meeting(Subject::Citizen(town.anna), MeetingId::make());
    let mut new = a_meeting("2026-03-30T10:15:00");
    new.participants = vec![guest(town.karin)];
    mette.put(&path, Known::New, &new).await;
    new.participants.clear();
    let first = karin.put(&path, Known::Is(1), &new).await;
    assert_eq!(karin.put(&path, Known::Is(1), &new).await, first, "a repeat");
    new.purpose = prose("Noget andet");
    karin.try_put(&path, Known::Is(1), &new).await.is_refused(404, ProblemCode::NotFound);
    karin.try_put(&path, Known::Is(2), &new).await.is_refused(404, ProblemCode::NotFound);
    karin.try_get(&path).await.is_refused(404, ProblemCode::NotFound);
}

#[tokio::test]
async fn a_citizens_topic_keeps_the_citizens_words_on_the_agenda() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let (whose, id) = (Subject::Citizen(town.anna), MeetingId::make());
    mette.put(paths::meeting(whose, id), Known::New, &a_meeting("2026-03-30T10:15:00")).await;
    let topic = TopicId(made::send(&anna, DraftKind::Topic, Some(id), "Kan jeg få en mentor?").await);

    let mut new = a_meeting("2026-03-30T10:15:00");
    new.agenda = vec![item("Velkommen"), item_of(topic)];
    mette.put(paths::meeting(whose, id), Known::Is(1), &new).await;
    let seen = whole(&mette, whose, id).await;
    assert_eq!(texts(&seen), ["Velkommen", "Kan jeg få en mentor?"]);
    assert!(matches!(seen.agenda[1].proposed_by, Author::Citizen { .. }));
    assert!(seen.topics[0].is_on_agenda);

    // In another order, and with the citizen's new words.
    made::send_as(&anna, DraftId(topic.0), DraftKind::Topic, Some(id), "Kan jeg få en mentor i april?").await;
    new.agenda.reverse();
    mette.put(paths::meeting(whose, id), Known::Is(2), &new).await;
    assert_eq!(texts(&whole(&mette, whose, id).await), ["Kan jeg få en mentor i april?", "Velkommen"]);

    let mut twice = new.clone();
    twice.agenda.push(item_of(topic));
    let answer = mette.try_put(paths::meeting(whose, id), Known::Is(3), &twice).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("agenda[2].topic"));

    // Off the agenda it is a topic still.
    new.agenda.remove(0);
    mette.put(paths::meeting(whose, id), Known::Is(3), &new).await;
    let seen: Preparation = anna.get(paths::preparation(Subject::Me, id)).await;
    assert_eq!((seen.topics.len(), seen.topics[0].is_on_agenda), (1, false));
}

#[tokio::test]
async fn a_topic_that_was_taken_back_cannot_be_put_on_the_agenda() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let (whose, id) = (Subject::Citizen(town.anna), MeetingId::make());
    mette.put(paths::meeting(whose, id), Known::New, &a_meeting("2026-03-30T10:15:00")).await;
    let topic = TopicId(made::send(&anna, DraftKind::Topic, Some(id), "Min gæld").await);
    anna.put(paths::topic_taking_back(Subject::Me, topic), Known::Is(1), &TakingBack {}).await;
    let mut new = a_meeting("2026-03-30T10:15:00");
    new.agenda = vec![item_of(topic)];
    let answer = mette.try_put(paths::meeting(whose, id), Known::Is(1), &new).await;
    assert_eq!(answer.is_refused(409, ProblemCode::UnknownReference).as_deref(), Some("agenda[0].topic"));
}

#[tokio::test]
async fn of_two_who_change_a_meeting_at_once_the_second_overwrites_nothing() {
    let town = Town::new().await;
    let (mette, omar) = (town.as_employee(town.mette).await, town.as_employee(town.omar).await);
    let (whose, id) = (Subject::Citizen(town.anna), MeetingId::make());
    let new = a_meeting("2026-03-30T10:15:00");
    let path = paths::meeting(whose, id);
    let first = mette.put(&path, Known::New, &new).await;
    assert_eq!(mette.put(&path, Known::New, &new).await, first, "a repeat");
    let (mut hers, mut his) = (new.clone(), new);
    hers.purpose = prose("Mettes ord");
    his.purpose = prose("Omars ord");
    mette.put(&path, Known::Is(1), &hers).await;
    omar.try_put(&path, Known::Is(1), &his).await.is_refused(412, ProblemCode::VersionConflict);
    omar.try_put(&path, Known::New, &his).await.is_refused(412, ProblemCode::VersionConflict);
    omar.try_put(&path, Known::Nothing, &his).await.is_refused(428, ProblemCode::PreconditionMissing);
    assert_eq!(whole(&mette, whose, id).await.summary.purpose, "Mettes ord");
}

#[tokio::test]
async fn a_meeting_that_is_cancelled_says_why_and_stays_so() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let (whose, id) = (Subject::Citizen(town.anna), MeetingId::make());
    let new = a_meeting("2026-03-30T10:15:00");
    mette.put(paths::meeting(whose, id), Known::New, &new).await;
    let path = paths::cancellation(whose, id);
    let why = Cancellation { reason: prose("Omar er syg") };
    anna.try_put(paths::cancellation(Subject::Me, id), Known::Is(1), &why)
        .await
        .is_refused(403, ProblemCode::NotAllowed);
    mette.try_put(&path, Known::Is(7), &why).await.is_refused(412, ProblemCode::VersionConflict);
    let first = mette.put(&path, Known::Is(1), &why).await;
    assert_eq!(first.version, Version(2));
    assert_eq!(mette.put(&path, Known::Is(1), &why).await, first, "a repeat");

    let seen = whole(&anna, Subject::Me, id).await;
    assert_eq!((seen.summary.is_cancelled, seen.cancelled_reason.as_deref()), (true, Some("Omar er syg")));
    mette.try_put(&path, Known::Is(2), &why).await.is_refused(409, ProblemCode::MeetingCancelled);
    mette.try_put(paths::meeting(whose, id), Known::Is(2), &new).await.is_refused(409, ProblemCode::MeetingCancelled);
    mette
        .try_put(paths::cancellation(whose, MeetingId::make()), Known::Is(1), &why)
        .await
        .is_refused(404, ProblemCode::NotFound);
    let list: MeetingList = anna.get(paths::meetings(Subject::Me)).await;
    assert!(list.coming[0].is_cancelled, "until its day is over");
}
