use contract::{
    CommentKind, DraftId, DraftKind, Meeting, MeetingId, NewOpening, OpenedKind, OpeningId, Preparation, ProblemCode,
    Version, paths, paths::Subject,
};
use uuid::Uuid;

use crate::{
    made::{self, a_meeting, minutes, opened},
    town::{Known, Town},
};

#[tokio::test]
async fn what_an_employee_opened_is_shown_to_the_citizen_until_it_changes() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let id = town.meeting(town.anna, "2026-03-30T10:00:00").await;
    let goal = made::send(&anna, DraftKind::Goal, Some(id), "Jeg vil arbejde").await;
    let openings = async || -> contract::Openings {
        let seen: Preparation = anna.get(paths::preparation(Subject::Me, id)).await;
        seen.goals[0].openings.clone()
    };
    assert!(openings().await.opened.is_empty());

    made::open(&mette, whose, OpenedKind::Goal, goal, 1).await;
    let first = openings().await;
    assert_eq!((first.opened.len(), first.is_changed_since), (1, false));
    town.set_clock("2026-03-17T10:00:00Z");
    made::open(&mette, whose, OpenedKind::Goal, goal, 1).await;
    assert_eq!(openings().await, first, "the first time counts");

    made::send_as(&anna, DraftId(goal), DraftKind::Goal, Some(id), "Jeg vil arbejde i en skole").await;
    assert!(openings().await.is_changed_since);
    made::open(&mette, whose, OpenedKind::Goal, goal, 2).await;
    let now = openings().await;
    assert_eq!((now.opened[0].version, now.is_changed_since), (Version(2), false));
}

#[tokio::test]
async fn a_mark_is_repeated_with_the_same_receipt_and_refused_with_another_body() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let goal = made::send(&anna, DraftKind::Goal, None, "Jeg vil arbejde").await;
    let topic = made::send(&anna, DraftKind::Topic, None, "Min gæld").await;
    let path = paths::opening(whose, OpeningId::make());
    let mut new = opened(OpenedKind::Goal, goal, 1);
    new.items.push(new.items[0]);
    let first = mette.put(&path, Known::New, &new).await;
    assert_eq!(mette.put(&path, Known::New, &new).await, first);
    let other = opened(OpenedKind::Topic, topic, 1);
    mette.try_put(&path, Known::New, &other).await.is_refused(412, ProblemCode::VersionConflict);
    mette.try_put(&path, Known::Nothing, &other).await.is_refused(428, ProblemCode::PreconditionMissing);
}

#[tokio::test]
async fn only_what_is_there_can_be_opened() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let goal = made::send(&anna, DraftKind::Goal, None, "Jeg vil arbejde").await;
    let path = || paths::opening(whose, OpeningId::make());
    for (id, version, field) in [(Uuid::now_v7(), 1, "id"), (goal, 2, "version"), (goal, 0, "version")] {
        let answer = mette.try_put(path(), Known::New, &opened(OpenedKind::Goal, id, version)).await;
        let at = answer.is_refused(409, ProblemCode::UnknownReference);
        assert_eq!(at, Some(format!("items[0].{field}")));
    }
    let answer = mette.try_put(path(), Known::New, &NewOpening { items: Vec::new() }).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("items"));
    let many = NewOpening { items: vec![opened(OpenedKind::Goal, Uuid::nil(), 1).items[0]; NewOpening::MOST + 1] };
    let answer = mette.try_put(path(), Known::New, &many).await;
    assert_eq!(answer.is_refused(422, ProblemCode::Invalid).as_deref(), Some("items"));
}

#[tokio::test]
async fn each_side_opens_what_the_other_wrote() {
    let town = Town::new().await;
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let whose = Subject::Citizen(town.anna);
    let id = MeetingId::make();
    mette.put(paths::meeting(whose, id), Known::New, &a_meeting("2026-03-17T10:00:00")).await;
    let goal = made::send(&anna, DraftKind::Goal, None, "Jeg vil arbejde").await;
    let hers = made::comment(&anna, Subject::Me, goal, CommentKind::Remark, "Helst om foråret").await;
    let answer = made::comment(&mette, whose, goal, CommentKind::Remark, "Det kan vi godt").await;
    town.set_clock("2026-03-17T12:00:00Z");
    mette.put(paths::minutes(whose, id), Known::New, &minutes("Vi mødtes.", false)).await;

    let try_open = async |visitor: &crate::town::Visitor, whose, kind, id| {
        visitor.try_put(paths::opening(whose, OpeningId::make()), Known::New, &opened(kind, id, 1)).await
    };
    try_open(&anna, Subject::Me, OpenedKind::Goal, goal).await.is_refused(403, ProblemCode::NotAllowed);
    try_open(&mette, whose, OpenedKind::Minutes, id.0).await.is_refused(403, ProblemCode::NotAllowed);
    try_open(&anna, Subject::Me, OpenedKind::Comment, hers.0).await.is_refused(409, ProblemCode::UnknownReference);
    try_open(&anna, Subject::Me, OpenedKind::Minutes, id.0).await.is_refused(409, ProblemCode::UnknownReference);

    mette.put(paths::minutes(whose, id), Known::Is(1), &minutes("Vi mødtes.", true)).await;
    made::open(&anna, Subject::Me, OpenedKind::Minutes, id.0, 2).await;
    made::open(&anna, Subject::Me, OpenedKind::Comment, answer.0, 1).await;
    made::open(&mette, whose, OpenedKind::Comment, hers.0, 1).await;
    let seen: Meeting = mette.get(paths::meeting(whose, id)).await;
    assert!(seen.summary.is_minutes_opened);
}
