//! What goes by itself, and the note of it.

use contract::{DeletedKind, DeletionReason, DraftId, MyData, paths, paths::Subject};
use roed_traad::{
    app::App,
    config::{Config, Retention},
    deletion::{Deleted, delete_old},
};

use crate::{
    town::{Known, Town, Visitor},
    words::goal,
};

async fn write(visitor: &Visitor, times: usize) {
    for _ in 0..times {
        visitor.put(paths::draft(Subject::Me, DraftId::make()), Known::New, &goal(None, "GAMMELT")).await;
    }
}

async fn noted(visitor: &Visitor) -> Vec<(DeletedKind, u32, DeletionReason)> {
    let data: MyData = visitor.get(paths::data(Subject::Me)).await;
    data.deletions.iter().map(|note| (note.kind, note.count, note.reason)).collect()
}

fn with(town: &Town, retention: Retention) -> App {
    let config = Config { retention, ..town.app.config.clone() };
    App::new(config, town.app.clock.clone(), town.app.db.clone())
}

pub async fn what_is_old_goes_in_batches_and_the_citizen_is_told(town: Town) {
    let (anna, bo) = (town.as_citizen(town.anna).await, town.as_citizen(town.bo).await);
    write(&anna, 510).await;
    write(&bo, 2).await;
    town.set_clock("2026-06-14T08:00:00Z");
    assert_eq!(delete_old(&town.app).await.unwrap(), Deleted::default(), "ninety days are not over");
    town.set_clock("2026-06-14T09:00:01Z");
    write(&anna, 1).await;
    assert_eq!(delete_old(&town.app).await.unwrap(), Deleted { drafts: 512, receipts: 0 });
    assert_eq!(delete_old(&town.app).await.unwrap(), Deleted::default());
    let annas = noted(&anna).await;
    let old = |count| (DeletedKind::Draft, count, DeletionReason::Retention);
    assert_eq!(annas.iter().map(|note| note.1).sum::<u32>(), 510);
    assert!(annas.iter().all(|note| *note == old(note.1)));
    assert_eq!(noted(&bo).await, [old(2)]);
    let data: MyData = anna.get(paths::data(Subject::Me)).await;
    assert_eq!((data.citizen.drafts.len(), data.receipts.len()), (1, 1), "with its receipts");
}

pub async fn the_operator_says_how_long_things_are_kept(town: Town) {
    let anna = town.as_citizen(town.anna).await;
    crate::words::send(&anna, &goal(None, "Et mål")).await;
    write(&anna, 1).await;
    town.set_clock("2026-04-16T10:00:00Z");
    let app = with(&town, Retention { draft_days: 30, receipt_days: 31, audit_years: 5 });
    assert_eq!(delete_old(&app).await.unwrap(), Deleted { drafts: 1, receipts: 1 }, "the sending's");
    let kinds: Vec<_> = noted(&anna).await.into_iter().map(|note| note.0).collect();
    assert_eq!(kinds.len(), 2);
    let data: MyData = anna.get(paths::data(Subject::Me)).await;
    assert_eq!((data.citizen.goals.len(), data.receipts.len()), (1, 0), "what was sent stays");
}
