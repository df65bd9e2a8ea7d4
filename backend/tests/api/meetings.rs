use contract::{Home, Meeting, MeetingId, MeetingList, MeetingSummary, ProblemCode, paths, paths::Subject};
use roed_traad::keys::Sealed as _;
use roed_traad::{
    entity::{agenda_item, meeting, minutes},
    values::{ActorKind, OutcomeKind, Word},
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use crate::town::Town;

const ME: Subject = Subject::Me;

async fn cancel(town: &Town, id: MeetingId) {
    let key = (town.app.config.municipality_id.0, town.anna.0, id.0);
    let ring = town.ring(town.anna).await;
    town.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let mut row: meeting::ActiveModel = meeting::Entity::find_by_id(key).one(tx).await?.unwrap().into();
                row.is_cancelled = Set(true);
                row.cancelled_reason = Set(Some("Mette er syg".into()));
                meeting::Entity::update(row.sealed(&ring)?).exec(tx).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
}

/// Minutes with one answered item.
async fn write_minutes(town: &Town, id: MeetingId, is_shared: bool) {
    let (m, c, mette, now) = (town.app.config.municipality_id.0, town.anna.0, town.mette.0, town.now());
    let ring = town.ring(town.anna).await;
    town.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let item = agenda_item::ActiveModel {
                    municipality_id: Set(m),
                    citizen_id: Set(c),
                    agenda_item_id: Set(Uuid::now_v7()),
                    meeting_id: Set(id.0),
                    position: Set(0),
                    text: Set("Praktik".into()),
                    proposed_by_kind: Set(Word(ActorKind::Employee)),
                    proposed_by: Set(Some(mette)),
                    topic_id: Set(None),
                    outcome_kind: Set(Some(Word(OutcomeKind::Answered))),
                    outcome_text: Set(Some("AFTALT".into())),
                    later_meeting: Set(None),
                };
                agenda_item::Entity::insert(item.sealed(&ring)?).exec_without_returning(tx).await?;
                let row = minutes::ActiveModel {
                    municipality_id: Set(m),
                    citizen_id: Set(c),
                    meeting_id: Set(id.0),
                    version: Set(1),
                    summary: Set("RESUME".into()),
                    area: Set(Word(contract::Area::Employment)),
                    author: Set(Some(mette)),
                    saved_at: Set(now.into()),
                    shared_at: Set(is_shared.then(|| now.into())),
                };
                minutes::Entity::insert(row.sealed(&ring)?).exec_without_returning(tx).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn meetings_are_coming_until_they_are_over_and_cancelled_ones_for_their_day() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let old = town.meeting(town.anna, "2026-01-05T09:00").await;
    let older = town.meeting(town.anna, "2025-12-05T09:00").await;
    let now = town.meeting(town.anna, "2026-03-16T09:30").await;
    let cancelled = town.meeting(town.anna, "2026-03-16T08:00").await;
    let next = town.meeting(town.anna, "2026-03-30T10:15").await;
    cancel(&town, cancelled).await;
    let list: MeetingList = anna.get(paths::meetings(ME)).await;
    assert_eq!(list.coming.iter().map(|meeting| meeting.id).collect::<Vec<_>>(), [cancelled, now, next]);
    assert_eq!(list.past.iter().map(|meeting| meeting.id).collect::<Vec<_>>(), [old, older]);
    let over = |meetings: &[MeetingSummary]| meetings.iter().map(|meeting| meeting.is_over).collect::<Vec<_>>();
    assert_eq!((over(&list.coming), over(&list.past)), (vec![true, false, false], vec![true, true]));
    let home: Home = anna.get(paths::home(ME)).await;
    assert_eq!(home.next_meeting.map(|meeting| (meeting.id, meeting.has_begun)), Some((now, true)));
    assert_eq!(
        home.participants
            .iter()
            .map(|guest| (guest.name.as_str(), guest.is_met_before, guest.is_in_plan))
            .collect::<Vec<_>>(),
        [("Mette Holm", true, true)]
    );

    town.set_clock("2026-03-16T23:00:00Z");
    let list: MeetingList = anna.get(paths::meetings(ME)).await;
    assert_eq!(list.today.to_string(), "2026-03-17", "the municipality's day, not the server's");
    assert_eq!(list.coming.iter().map(|meeting| meeting.id).collect::<Vec<_>>(), [next]);
}

#[tokio::test]
async fn a_cancelled_meeting_is_shown_at_home_only_when_there_is_no_other() {
    let town = Town::new().await;
    let anna = town.as_citizen(town.anna).await;
    let cancelled = town.meeting(town.anna, "2026-03-18T09:00").await;
    cancel(&town, cancelled).await;
    let home: Home = anna.get(paths::home(ME)).await;
    assert_eq!(home.next_meeting.map(|meeting| (meeting.id, meeting.is_cancelled)), Some((cancelled, true)));
    let other = town.meeting(town.anna, "2026-04-18T09:00").await;
    let home: Home = anna.get(paths::home(ME)).await;
    assert_eq!(home.next_meeting.map(|meeting| meeting.id), Some(other));
}

#[tokio::test]
async fn minutes_and_outcomes_are_told_when_they_are_shared() {
    let town = Town::new().await;
    let held = town.meeting(town.anna, "2026-03-02T09:00").await;
    let next = town.meeting(town.anna, "2026-03-30T09:00").await;
    let anna = town.as_citizen(town.anna).await;
    let mette = town.as_employee(town.mette).await;
    write_minutes(&town, held, false).await;

    let unshared = anna.try_get(paths::meeting(ME, held)).await;
    assert!(!unshared.text().contains("RESUME") && !unshared.text().contains("AFTALT"));
    let seen: Meeting = mette.get(paths::meeting(Subject::Citizen(town.anna), held)).await;
    assert!(seen.minutes.is_some_and(|minutes| minutes.shared_at.is_none()) && seen.agenda[0].outcome.is_some());

    let town = Town::new().await;
    let held_shared = town.meeting(town.anna, "2026-03-02T09:00").await;
    let next_after = town.meeting(town.anna, "2026-03-30T09:00").await;
    write_minutes(&town, held_shared, true).await;
    let anna = town.as_citizen(town.anna).await;
    let seen: Meeting = anna.get(paths::meeting(ME, held_shared)).await;
    assert_eq!(seen.minutes.map(|minutes| minutes.summary).as_deref(), Some("RESUME"));
    assert!(seen.agenda[0].outcome.is_some() && seen.summary.has_minutes && !seen.summary.is_minutes_opened);
    let after: Meeting = anna.get(paths::meeting(ME, next_after)).await;
    assert_eq!(after.last_time.map(|last| (last.meeting, last.summary)), Some((held_shared, "RESUME".to_owned())));
    assert_ne!(next, next_after);
}

#[tokio::test]
async fn a_meeting_of_somebody_else_is_not_found() {
    let town = Town::new().await;
    let bos = town.meeting(town.bo, "2026-03-30T10:15").await;
    let anna = town.as_citizen(town.anna).await;
    for path in
        [paths::meeting(ME, bos), paths::meeting(ME, MeetingId::make()), paths::meeting(Subject::Citizen(town.bo), bos)]
    {
        anna.try_get(path).await.is_refused(404, ProblemCode::NotFound);
    }
}

#[tokio::test]
async fn whoever_comes_to_a_meeting_sees_the_case() {
    let town = Town::new().await;
    let mette = town.as_employee(town.mette).await;
    let bos = Subject::Citizen(town.bo);
    mette.try_get(paths::plan(bos)).await.is_refused(404, ProblemCode::NotFound);
    town.meeting(town.bo, "2026-03-30T10:15").await;
    assert!(mette.try_get(paths::plan(bos)).await.status.is_success());
}
