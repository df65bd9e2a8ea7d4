use contract::{
    AgendaItemId, Cancellation, DraftId, DraftKind, DraftText, EventKind, Goal, GoalId, History, Home, ItemOutcome,
    Meeting, MeetingId, NewDraft, NewMeeting, NewMinutes, Outcome, Plan, Preparation, ProblemCode, Receipt, SendingId,
    TakingBack, TopicId, Version, paths, paths::Subject,
};

use roed_traad::keys::Sealed as _;
use roed_traad::{
    entity::agenda_item,
    values::{ActorKind, Word},
};
use sea_orm::{ActiveValue::Set, EntityTrait as _};

use crate::{
    made::{a_meeting, item, item_of, minutes, send_as},
    town::{Known, Town, Visitor},
    words::{goal, prose, send, sending, topic},
};

const ME: Subject = Subject::Me;

#[tokio::test]
async fn a_draft_is_kept_and_only_the_citizen_sees_it() {
    let town = Town::new().await;
    let meeting = town.meeting(town.anna, "2026-03-30T10:15").await;
    let anna = town.as_citizen(town.anna).await;
    let id = DraftId::make();
    anna.put(paths::draft(ME, id), Known::New, &goal(Some(meeting), "HEMMELIGT")).await;
    let text = goal(Some(meeting), "HEMMELIGT og mere");
    anna.put(paths::draft(ME, id), Known::Is(1), &text).await;

    let seen: Preparation = anna.get(paths::preparation(ME, meeting)).await;
    assert_eq!((seen.drafts[0].version, &seen.drafts[0].content, seen.is_open), (Version(2), &text, true));
    let home: Home = anna.get(paths::home(ME)).await;
    assert_eq!(home.draft_count, 1);
    let later = town.meeting(town.anna, "2026-04-30T10:15").await;
    anna.put(paths::draft(ME, DraftId::make()), Known::New, &goal(None, "Et andet")).await;
    for (meeting, count) in [(meeting, 1), (later, 0)] {
        let seen: Meeting = anna.get(paths::meeting(ME, meeting)).await;
        assert_eq!(seen.draft_count, count);
    }

    let mette = town.as_employee(town.mette).await;
    let annas = Subject::Citizen(town.anna);
    mette.try_get(paths::preparation(annas, meeting)).await.is_refused(403, ProblemCode::NotAllowed);
    mette.try_put(paths::draft(annas, id), Known::Is(2), &text).await.is_refused(403, ProblemCode::NotAllowed);
    mette.try_get(paths::home(annas)).await.is_refused(403, ProblemCode::NotAllowed);
    for path in [
        paths::meetings(annas),
        paths::meeting(annas, meeting),
        paths::plan(annas),
        paths::history(annas),
        paths::profile(annas),
    ] {
        let answer = mette.try_get(&path).await;
        assert!(answer.status.is_success(), "{path}");
        assert!(!answer.text().contains("HEMMELIGT"), "{path}");
    }
    let seen: Meeting = mette.get(paths::meeting(annas, meeting)).await;
    assert_eq!(seen.draft_count, 0);
    let history: History = anna.get(paths::history(ME)).await;
    assert!(history.events.is_empty(), "drafts have no history");
}

#[tokio::test]
async fn what_is_sent_stands_in_the_plan_at_once_and_keeps_its_id() {
    let town = Town::new().await;
    let meeting = town.meeting(town.anna, "2026-03-30T10:15").await;
    let anna = town.as_citizen(town.anna).await;
    let id = DraftId::make();
    let words = NewDraft {
        why: DraftText::parse("Det giver ro").unwrap(),
        helped_by: Some(DraftText::parse("min søster").unwrap()),
        ..goal(Some(meeting), "Et job med dyr")
    };
    anna.put(paths::draft(ME, id), Known::New, &words).await;
    let path = paths::sending(ME, SendingId::make());
    let receipt = anna.put(&path, Known::New, &sending(&[(id, 1)])).await;
    assert_eq!(anna.put(&path, Known::New, &sending(&[(id, 1)])).await, receipt, "a repeat is the same sending");

    let plan: Plan = anna.get(paths::plan(ME)).await;
    let [Goal { id: goal, text, why, helped_by, version, .. }] = &plan.goals[..] else { panic!("{:?}", plan.goals) };
    assert_eq!((*goal, text.as_str(), *version), (GoalId::from(id), "Et job med dyr", Version::FIRST));
    assert_eq!((why.as_deref(), helped_by.as_deref()), (Some("Det giver ro"), Some("min søster")));

    let mette = town.as_employee(town.mette).await;
    let seen: Meeting = mette.get(paths::meeting(Subject::Citizen(town.anna), meeting)).await;
    assert_eq!((seen.goals.len(), seen.summary.sent_count), (1, 1));
    let after: Preparation = anna.get(paths::preparation(ME, meeting)).await;
    assert_eq!((after.drafts.len(), after.goals.len()), (0, 1));
}

#[tokio::test]
async fn what_was_sent_can_be_changed_and_taken_back_until_the_meeting() {
    let town = Town::new().await;
    let meeting = town.meeting(town.anna, "2026-03-30T10:15").await;
    let anna = town.as_citizen(town.anna).await;
    let id = send(&anna, &goal(Some(meeting), "Et job")).await;

    let changing = |version, text| NewDraft { changes: Some(Version(version)), ..goal(Some(meeting), text) };
    anna.put(paths::draft(ME, id), Known::New, &changing(1, "Et godt job")).await;
    let open: Preparation = anna.get(paths::preparation(ME, meeting)).await;
    assert_eq!(open.drafts[0].content.changes, Some(Version::FIRST));
    anna.put(paths::sending(ME, SendingId::make()), Known::New, &sending(&[(id, 1)])).await;
    let history: History = anna.get(paths::history(ME)).await;
    let change = &history.events[0];
    assert_eq!((change.kind, change.target_version), (EventKind::GoalChanged, Version(2)));
    assert_eq!(change.changes[0].old.as_deref(), Some("Et job"));

    let path = paths::goal_taking_back(ME, id.into());
    anna.try_put(&path, Known::Is(1), &TakingBack {}).await.is_refused(412, ProblemCode::VersionConflict);
    anna.put(&path, Known::Is(2), &TakingBack {}).await;
    let plan: Plan = anna.get(paths::plan(ME)).await;
    assert!(plan.goals.is_empty());
    let mette = town.as_employee(town.mette).await;
    for path in [paths::history(Subject::Citizen(town.anna)), paths::meeting(Subject::Citizen(town.anna), meeting)] {
        assert!(!mette.try_get(&path).await.text().contains("job"), "{path}");
    }

    // Sending it again is sending it.
    anna.put(paths::draft(ME, id), Known::New, &changing(3, "Alligevel")).await;
    anna.put(paths::sending(ME, SendingId::make()), Known::New, &sending(&[(id, 1)])).await;
    let plan: Plan = anna.get(paths::plan(ME)).await;
    assert_eq!((plan.goals[0].version, plan.goals[0].text.as_str()), (Version(4), "Alligevel"));
}

#[tokio::test]
async fn what_is_sent_again_as_it_was_makes_no_version_and_no_history() {
    let town = Town::new().await;
    let [meeting, next] =
        [town.meeting(town.anna, "2026-03-30T10:15").await, town.meeting(town.anna, "2026-04-30T10:15").await];
    let anna = town.as_citizen(town.anna).await;
    let send_again = async |id: DraftId, draft: NewDraft, known: i32| {
        anna.put(paths::draft(ME, id), Known::New, &NewDraft { changes: Some(Version(known)), ..draft }).await;
        anna.put(paths::sending(ME, SendingId::make()), Known::New, &sending(&[(id, 1)])).await
    };
    for new in [goal, topic] {
        let id = send(&anna, &new(Some(meeting), "Et job")).await;
        let before: History = anna.get(paths::history(ME)).await;
        assert_eq!(send_again(id, new(Some(meeting), "Et job"), 1).await.number.len(), 9, "there is a receipt");
        let after: History = anna.get(paths::history(ME)).await;
        assert_eq!(after.events, before.events);
        let seen: Preparation = anna.get(paths::preparation(ME, meeting)).await;
        let versions = seen.goals.iter().map(|it| it.version).chain(seen.topics.iter().map(|it| it.version));
        assert!(versions.into_iter().all(|version| version == Version::FIRST) && seen.drafts.is_empty());

        // Another meeting is a change, and so is sending what was taken back.
        send_again(id, new(Some(next), "Et job"), 1).await;
        let history: History = anna.get(paths::history(ME)).await;
        let [change] = &history.events[0].changes[..] else { panic!("{:?}", history.events[0]) };
        assert_eq!((change.field.as_str(), change.new.as_deref()), ("meeting", Some("2026-04-30T10:15:00")));
        let back = match history.events[0].kind {
            EventKind::GoalChanged => paths::goal_taking_back(ME, id.into()),
            _ => paths::topic_taking_back(ME, id.into()),
        };
        anna.put(back, Known::Is(2), &TakingBack {}).await;
        send_again(id, new(Some(next), "Et job"), 3).await;
        let history: History = anna.get(paths::history(ME)).await;
        assert!(matches!(history.events[0].kind, EventKind::GoalSent | EventKind::TopicSent));
    }
}

#[tokio::test]
async fn a_first_save_that_comes_again_after_the_sending_makes_no_draft() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let id = DraftId::make();
    let first = goal(None, "Et job");
    anna.put(paths::draft(ME, id), Known::New, &first).await;
    anna.put(paths::sending(ME, SendingId::make()), Known::New, &sending(&[(id, 1)])).await;
    for late in [first.clone(), NewDraft { changes: Some(Version(2)), ..first }] {
        let answer = anna.try_put(paths::draft(ME, id), Known::New, &late).await;
        assert_eq!(answer.is_refused(412, ProblemCode::VersionConflict).as_deref(), Some("changes"));
    }
    let seen: Preparation = anna.get(paths::own_preparation(ME)).await;
    assert_eq!((seen.drafts.len(), seen.goals.len()), (0, 1));
}

#[tokio::test]
async fn the_receipt_for_what_was_sent_can_be_read_again_by_who_sent_it() {
    let town = Town::new().await;
    let (anna, bo) = (town.as_citizen(town.anna).await, town.as_citizen(town.bo).await);
    let mette = town.as_employee(town.mette).await;
    let (id, sent) = (DraftId::make(), SendingId::make());
    anna.put(paths::draft(ME, id), Known::New, &goal(None, "Et job")).await;
    let receipt = anna.put(paths::sending(ME, sent), Known::New, &sending(&[(id, 1)])).await;
    assert_eq!(anna.get::<Receipt>(paths::sending(ME, sent)).await, receipt);
    for (who, whose, id) in [(&anna, ME, SendingId::make()), (&anna, ME, SendingId(id.0)), (&bo, ME, sent)] {
        who.try_get(paths::sending(whose, id)).await.is_refused(404, ProblemCode::NotFound);
    }
    let annas = Subject::Citizen(town.anna);
    mette.try_get(paths::sending(annas, sent)).await.is_refused(403, ProblemCode::NotAllowed);
}

#[tokio::test]
async fn a_goal_is_open_until_its_meeting_begins() {
    let town = Town::new().await;
    let meeting = town.meeting(town.anna, "2026-03-16T11:00").await;
    let anna = town.as_citizen(town.anna).await;
    send(&anna, &goal(Some(meeting), "Et job")).await;
    send(&anna, &goal(None, "En bolig")).await;
    let open = async || {
        let plan: Plan = anna.get(paths::plan(ME)).await;
        plan.goals.into_iter().map(|goal| (goal.text, goal.is_open)).collect::<Vec<_>>()
    };
    assert!(open().await.iter().all(|(_, is_open)| *is_open));
    town.set_clock("2026-03-16T10:00:00Z");
    assert_eq!(open().await, [("Et job".to_owned(), false), ("En bolig".to_owned(), true)]);
}

#[tokio::test]
async fn when_the_meeting_has_begun_what_was_sent_stays() {
    let town = Town::new().await;
    let meeting = town.meeting(town.anna, "2026-03-16T11:00").await;
    let anna = town.as_citizen(town.anna).await;
    let sent = send(&anna, &topic(Some(meeting), "Mine penge")).await;
    town.set_clock("2026-03-16T10:00:00Z");

    let late = DraftId::make();
    anna.put(paths::draft(ME, late), Known::New, &topic(Some(meeting), "For sent")).await;
    let answer = anna.try_put(paths::sending(ME, SendingId::make()), Known::New, &sending(&[(late, 1)])).await;
    answer.is_refused(409, ProblemCode::MeetingBegun);
    let back = anna.try_put(paths::topic_taking_back(ME, sent.into()), Known::Is(1), &TakingBack {}).await;
    back.is_refused(409, ProblemCode::MeetingBegun);
    // Nor by way of a draft without the meeting.
    let elsewhere = NewDraft { changes: Some(Version::FIRST), ..topic(None, "Andet") };
    anna.put(paths::draft(ME, sent), Known::New, &elsewhere).await;
    let answer = anna.try_put(paths::sending(ME, SendingId::make()), Known::New, &sending(&[(sent, 1)])).await;
    answer.is_refused(409, ProblemCode::MeetingBegun);

    let seen: Preparation = anna.get(paths::preparation(ME, meeting)).await;
    assert_eq!((seen.is_open, seen.drafts.len(), seen.topics.len()), (false, 1, 1), "nothing typed is lost");
}

#[tokio::test]
async fn a_draft_that_was_changed_meanwhile_is_not_sent_unseen() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let id = DraftId::make();
    anna.put(paths::draft(ME, id), Known::New, &goal(None, "a")).await;
    anna.put(paths::draft(ME, id), Known::Is(1), &goal(None, "b")).await;
    let path = paths::sending(ME, SendingId::make());
    let answer = anna.try_put(&path, Known::New, &sending(&[(id, 1)])).await;
    assert_eq!(answer.is_refused(412, ProblemCode::VersionConflict).as_deref(), Some("drafts[0].version"));
    let gone = sending(&[(DraftId::make(), 1)]);
    anna.try_put(&path, Known::New, &gone).await.is_refused(409, ProblemCode::UnknownReference);
    anna.try_put(&path, Known::New, &sending(&[])).await.is_refused(422, ProblemCode::Invalid);
    anna.try_put(&path, Known::New, &sending(&[(id, 2), (id, 2)])).await.is_refused(422, ProblemCode::Invalid);
    anna.put(&path, Known::New, &sending(&[(id, 2)])).await;
}

#[tokio::test]
async fn every_text_is_checked_when_it_is_sent_and_kept_as_a_draft() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let long = DraftText::parse(&"a".repeat(4001)).unwrap();
    let cases = [
        (NewDraft { text: long.clone(), ..goal(None, "x") }, ProblemCode::TextTooLong, "drafts[0].text"),
        (NewDraft { why: long.clone(), ..goal(None, "x") }, ProblemCode::TextTooLong, "drafts[0].why"),
        (NewDraft { first_step: long.clone(), ..goal(None, "x") }, ProblemCode::TextTooLong, "drafts[0].first_step"),
        (NewDraft { helped_by: Some(long), ..goal(None, "x") }, ProblemCode::TextTooLong, "drafts[0].helped_by"),
        (goal(None, ""), ProblemCode::TextEmpty, "drafts[0].text"),
    ];
    for (draft, code, field) in cases {
        let id = DraftId::make();
        anna.put(paths::draft(ME, id), Known::New, &draft).await;
        let answer = anna.try_put(paths::sending(ME, SendingId::make()), Known::New, &sending(&[(id, 1)])).await;
        assert_eq!(answer.is_refused(422, code).as_deref(), Some(field));
    }
    let kept: Preparation = anna.get(paths::own_preparation(ME)).await;
    assert_eq!(kept.drafts.len(), 5);
}

#[tokio::test]
async fn a_draft_is_deleted_in_the_version_one_saw() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let path = paths::draft(ME, DraftId::make());
    anna.put(&path, Known::New, &goal(None, "a")).await;
    anna.put(&path, Known::Is(1), &goal(None, "b")).await;
    anna.delete(&path, Known::Is(1)).await.is_refused(412, ProblemCode::VersionConflict);
    assert_eq!(anna.delete(&path, Known::Is(2)).await.status.as_u16(), 204);
    assert_eq!(anna.delete(&path, Known::Is(2)).await.status.as_u16(), 204, "gone already is fine");
}

#[tokio::test]
async fn a_draft_for_a_meeting_that_is_not_mine_is_refused() {
    let town = Town::new().await;
    let bos = town.meeting(town.bo, "2026-03-30T10:15").await;
    let anna = town.as_citizen(town.anna).await;
    for meeting in [bos, MeetingId::make()] {
        let answer = anna.try_put(paths::draft(ME, DraftId::make()), Known::New, &goal(Some(meeting), "x")).await;
        assert_eq!(answer.is_refused(409, ProblemCode::UnknownReference).as_deref(), Some("meeting"));
        anna.try_get(paths::preparation(ME, meeting)).await.is_refused(404, ProblemCode::NotFound);
    }
    let path = paths::topic_taking_back(ME, TopicId::make());
    anna.try_put(path, Known::Is(1), &TakingBack {}).await.is_refused(404, ProblemCode::NotFound);
}

#[tokio::test]
async fn a_goal_that_was_sent_cannot_become_a_topic() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let id = send(&anna, &goal(None, "Et job")).await;
    let answer =
        anna.try_put(paths::draft(ME, id), Known::New, &crate::words::draft(DraftKind::Topic, None, "x")).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("kind"));
}

#[tokio::test]
async fn a_topic_that_is_taken_back_leaves_the_agenda() {
    let town = Town::new().await;
    let meeting = town.meeting(town.anna, "2026-03-30T10:15").await;
    let anna = town.as_citizen(town.anna).await;
    let id = send(&anna, &topic(Some(meeting), "Mine penge")).await;
    let item = agenda_item::ActiveModel {
        municipality_id: Set(town.app.config.municipality_id.0),
        citizen_id: Set(town.anna.0),
        agenda_item_id: Set(uuid::Uuid::now_v7()),
        meeting_id: Set(meeting.0),
        position: Set(0),
        text: Set("Mine penge".into()),
        proposed_by_kind: Set(Word(ActorKind::Citizen)),
        topic_id: Set(Some(id.0)),
        ..Default::default()
    };
    let item = item.sealed(town.ring(town.anna).await).unwrap();
    let write = town.app.db.write(move |tx| {
        Box::pin(async move { Ok(agenda_item::Entity::insert(item).exec_without_returning(tx).await.map(drop)?) })
    });
    write.await.unwrap();
    let before: Meeting = anna.get(paths::meeting(ME, meeting)).await;
    assert!(before.agenda.len() == 1 && before.topics[0].is_on_agenda);

    anna.put(paths::topic_taking_back(ME, id.into()), Known::Is(1), &TakingBack {}).await;
    let after: Meeting = anna.get(paths::meeting(ME, meeting)).await;
    assert_eq!((after.agenda.len(), after.summary.version), (0, Version(2)), "whoever changes it now is told");
}

/// A meeting of Anna's with this topic on the agenda.
async fn about(town: &Town, mette: &Visitor, topic: DraftId, day: &str) -> (MeetingId, AgendaItemId) {
    let id = MeetingId::make();
    let new = NewMeeting { agenda: vec![item_of(TopicId(topic.0))], ..a_meeting(day) };
    mette.put(paths::meeting(Subject::Citizen(town.anna), id), Known::New, &new).await;
    (id, new.agenda[0].id)
}

async fn agenda(reader: &Visitor, meeting: MeetingId) -> Vec<String> {
    let seen: Meeting = reader.get(paths::meeting(ME, meeting)).await;
    seen.agenda.into_iter().map(|item| item.text).collect()
}

#[tokio::test]
async fn a_topic_that_is_changed_has_its_new_words_on_the_agendas_that_nobody_has_talked_through() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let annas = Subject::Citizen(town.anna);
    let id = send(&anna, &topic(None, "Mine penge")).await;
    let (held, on_held) = about(&town, &mette, id, "2026-03-16T11:00:00").await;
    let (answered, item_answered) = about(&town, &mette, id, "2026-03-29T10:00:00").await;
    let (coming, _) = about(&town, &mette, id, "2026-03-30T10:00:00").await;
    let outcome = ItemOutcome { item: item_answered, outcome: Some(Outcome::Answered { answer: prose("Ja") }) };
    let draft = NewMinutes { outcomes: vec![outcome], ..minutes("", false) };
    mette.put(paths::minutes(annas, answered), Known::New, &draft).await;
    town.set_clock("2026-03-16T11:30:00Z");

    send_as(&anna, id, DraftKind::Topic, None, "Min gæld").await;
    assert_eq!(agenda(&anna, coming).await, ["Min gæld"]);
    assert_eq!(agenda(&anna, held).await, ["Mine penge"]);
    assert_eq!(agenda(&anna, answered).await, ["Mine penge"]);

    // Nor when the employee saves what else came up.
    let kept = contract::NewAgendaItem { id: on_held, ..item_of(TopicId(id.0)) };
    let more = NewMeeting { agenda: vec![kept, item("Kaffe")], ..a_meeting("2026-03-16T11:00:00") };
    mette.put(paths::meeting(annas, held), Known::Is(1), &more).await;
    assert_eq!(agenda(&anna, held).await, ["Mine penge", "Kaffe"]);
}

#[tokio::test]
async fn a_topic_that_is_taken_back_stays_on_the_agenda_of_a_meeting_that_was_held() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let id = send(&anna, &topic(None, "Mine penge")).await;
    let (held, _) = about(&town, &mette, id, "2026-03-16T11:00:00").await;
    let (off, _) = about(&town, &mette, id, "2026-03-16T11:00:00").await;
    let (coming, _) = about(&town, &mette, id, "2026-03-30T10:00:00").await;
    let reason = Cancellation { reason: prose("Jeg er syg") };
    mette.put(paths::cancellation(Subject::Citizen(town.anna), off), Known::Is(1), &reason).await;
    town.set_clock("2026-03-16T11:30:00Z");

    anna.put(paths::topic_taking_back(ME, id.into()), Known::Is(1), &TakingBack {}).await;
    assert_eq!(agenda(&anna, held).await, ["Mine penge"]);
    assert!(agenda(&anna, off).await.is_empty() && agenda(&anna, coming).await.is_empty());
}

#[tokio::test]
async fn a_cancelled_meeting_holds_nothing_fast() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let meeting = town.meeting(town.anna, "2026-03-16T11:00").await;
    let sent = [send(&anna, &goal(Some(meeting), "Et job")).await, send(&anna, &topic(Some(meeting), "Penge")).await];
    let reason = Cancellation { reason: prose("Jeg er syg") };
    mette.put(paths::cancellation(Subject::Citizen(town.anna), meeting), Known::Is(1), &reason).await;
    town.set_clock("2026-03-16T11:30:00Z");

    let plan: Plan = anna.get(paths::plan(ME)).await;
    assert!(plan.goals[0].is_open);
    for (id, kind) in sent.into_iter().zip([DraftKind::Goal, DraftKind::Topic]) {
        send_as(&anna, id, kind, None, "Andre ord").await;
    }
    let own: Preparation = anna.get(paths::own_preparation(ME)).await;
    assert_eq!((own.goals[0].text.as_str(), own.topics[0].text.as_str()), ("Andre ord", "Andre ord"));
}
