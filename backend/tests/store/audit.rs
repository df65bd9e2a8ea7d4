//! The audit: a chain that shows every change, on both databases.

use contract::{NewProfile, Plan, ProblemCode, paths, paths::Subject};
use futures_util::{FutureExt as _, future::join_all};
use jiff::ToSpan as _;
use roed_traad::{
    audit::{checkpoint, ends, expiry, search_place, served, verify},
    entity::audit,
    keys::Purpose,
    values::SealedText,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait as _, DbBackend, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use crate::town::{Known, Town};

async fn rows(town: &Town) -> Vec<audit::Model> {
    let anna = town.anna.0;
    let find = town.app.db.read(move |tx| {
        Box::pin(async move {
            let rows = audit::Entity::find().filter(audit::Column::Chain.eq(anna)).order_by_asc(audit::Column::Seq);
            Ok(rows.all(tx).await?)
        })
    });
    find.await.unwrap()
}

async fn report(town: &Town) -> verify::Report {
    ends::remember(&town.app.db).await.unwrap();
    verify::all(&town.app.db, town.app.config.municipality_id, Vec::new()).await.unwrap()
}

/// What somebody does who can do everything to the database.
async fn execute(town: &Town, sql: &str) -> Result<(), ()> {
    let statements: Vec<String> = sql.split(";;").map(str::to_owned).collect();
    let done = town.app.db.write(move |tx| {
        Box::pin(async move {
            for statement in statements {
                tx.execute_unprepared(&statement).await?;
            }
            Ok(())
        })
    });
    done.await.map_err(|_| ())
}

async fn without_guards(town: &Town) {
    let sql = match town.app.db.backend() {
        DbBackend::Postgres => {
            "ALTER TABLE audit DISABLE TRIGGER ALL;;ALTER TABLE audit_checkpoint DISABLE TRIGGER ALL;;\
             ALTER TABLE audit_head DISABLE TRIGGER ALL;;ALTER TABLE audit_seal DISABLE TRIGGER ALL"
        }
        _ => {
            "DROP TRIGGER audit_is_not_changed;;DROP TRIGGER audit_is_not_deleted;;\
             DROP TRIGGER audit_is_not_replaced;;DROP TRIGGER audit_checkpoint_is_not_replaced;;\
             DROP TRIGGER audit_head_is_not_deleted;;DROP TRIGGER audit_seal_is_not_deleted;;\
             DROP TRIGGER audit_checkpoint_is_not_changed;;DROP TRIGGER audit_checkpoint_is_not_deleted"
        }
    };
    execute(town, sql).await.unwrap();
}

async fn look(town: &Town, times: usize) {
    let mette = town.as_employee(town.mette).await;
    for _ in 0..times {
        let _: Plan = mette.get(paths::plan(Subject::Citizen(town.anna))).await;
    }
}

pub async fn rows_are_a_chain_also_when_many_look_at_once(town: Town) {
    let (mette, omar) = (town.as_employee(town.mette).await, town.as_employee(town.omar).await);
    let path = paths::plan(Subject::Citizen(town.anna));
    let looks = (0..24).map(|i| if i % 2 == 0 { mette.try_get(&path) } else { omar.try_get(&path) });
    let answers = join_all(looks).await;
    assert!(answers.iter().all(|answer| answer.status.is_success()), "nobody is told to come again");
    let rows = rows(&town).await;
    assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), (1..=24).collect::<Vec<_>>());
    assert!(rows.windows(2).all(|pair| pair[1].previous == pair[0].hash));
    assert!(rows.iter().any(|row| row.unit.as_deref() == Some("Hjem og Hverdag")), "with the unit of the day");
    let report = report(&town).await;
    assert_eq!((report.chains, report.rows, report.findings), (1, 24, vec![]));
}

pub async fn the_database_itself_refuses_to_change_a_row(town: Town) {
    look(&town, 3).await;
    let m = town.app.config.municipality_id;
    checkpoint::make(&town.app.db, m, town.now()).await.unwrap().unwrap();
    for sql in [
        "UPDATE audit SET operation = 'nothing'",
        "UPDATE audit SET hash = hash WHERE seq = 1",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE seq = 3",
        "UPDATE audit_checkpoint SET digest = ''",
        "DELETE FROM audit_checkpoint",
        "DELETE FROM audit_head",
        "DELETE FROM audit_seal",
    ] {
        assert!(execute(&town, sql).await.is_err(), "{sql}");
    }
    if town.app.db.backend() == DbBackend::Postgres {
        assert!(execute(&town, "TRUNCATE audit").await.is_err());
    } else {
        // SQLite's way to write over a row, which deletes none.
        for sql in [
            "INSERT OR REPLACE INTO audit SELECT * FROM audit",
            "REPLACE INTO audit_checkpoint SELECT * FROM audit_checkpoint",
        ] {
            assert!(execute(&town, sql).await.is_err(), "{sql}");
        }
    }
    assert_eq!(report(&town).await.findings, []);
}

/// What is done to Anna's five rows, of which the first three are sealed; and what is found.
const TAMPERED: [(&str, &str); 31] = [
    ("UPDATE audit SET operation = 'history' WHERE seq = 2", "row 2: changed"),
    ("UPDATE audit SET at = at + 1 WHERE seq = 3", "row 3: changed"),
    ("UPDATE audit SET actor_id = chain WHERE seq = 4", "row 4: changed"),
    ("UPDATE audit SET actor_kind = 'citizen' WHERE seq = 1", "row 1: changed"),
    ("UPDATE audit SET role = 'participant' WHERE seq = 5", "row 5: changed"),
    ("UPDATE audit SET unit = 'Borgerservice' WHERE seq = 4", "row 4: changed"),
    ("UPDATE audit SET unit = NULL WHERE seq = 4", "row 4: changed"),
    ("UPDATE audit SET action = 'write' WHERE seq = 4", "row 4: changed"),
    ("UPDATE audit SET is_case = NOT is_case WHERE seq = 4", "row 4: changed"),
    ("UPDATE audit SET words = 'v1.AAAA' WHERE seq = 4", "row 4: changed"),
    ("UPDATE audit SET instance = chain WHERE seq = 4", "row 4: changed"),
    ("UPDATE audit SET previous = hash WHERE seq = 4", "row 4: changed"),
    ("UPDATE audit SET hash = previous WHERE seq = 5", "row 5: changed"),
    ("DELETE FROM audit WHERE seq = 1", "row 1: missing"),
    ("DELETE FROM audit WHERE seq IN (2, 3)", "rows 2 to 3: missing"),
    ("DELETE FROM audit WHERE seq = 5", "row 5: missing"),
    ("DELETE FROM audit", "rows 1 to 5: missing"),
    ("UPDATE audit SET seq = 6 WHERE seq = 5", "row 6: moved here from 5"),
    (
        "UPDATE audit SET seq = 9 WHERE seq = 2;;UPDATE audit SET seq = 2 WHERE seq = 4;;UPDATE audit SET seq = 4 WHERE seq = 9",
        "row 2: moved here from 4",
    ),
    ("DELETE FROM audit;;DELETE FROM audit_head", "rows 1 to 3: missing"),
    ("DELETE FROM audit_head", "behind the end of the chain"),
    ("UPDATE audit_seal SET expired_at = 1;;DELETE FROM audit WHERE seq < 4", "rows 1 to 3: missing"),
    (
        "UPDATE audit_seal SET expired_at = 1, expiry_signature = hash;;DELETE FROM audit WHERE seq < 4",
        "rows 1 to 3: missing",
    ),
    ("UPDATE audit_seal SET hash = 'x'", "checkpoint 1: not as it was signed"),
    ("UPDATE audit_checkpoint SET at = at + 1", "checkpoint 1: not as it was signed"),
    ("UPDATE audit_checkpoint SET signature = public_key", "checkpoint 1: not as it was signed"),
    // What only the store of keys can tell: the last rows, with an end of the chain that fits, and the checkpoint with them.
    (NOTHING, "rows 1 to 5: missing at the end"),
    (
        "DELETE FROM audit WHERE seq > 3;;UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit WHERE seq = 3)",
        "rows 4 to 5: missing at the end",
    ),
    (
        "INSERT INTO audit_seal SELECT municipality_id, chain, seq, hash, 0, NULL, NULL FROM audit WHERE seq = 5",
        "row 5: a seal that nobody has signed",
    ),
    ("UPDATE audit_seal SET expired_at = 1, expiry_signature = hash", "row 3: a seal that nobody has signed"),
    ("UPDATE audit_head SET seq = 2147483000", "rows 6 to 2147483000: missing"),
];

pub async fn whatever_is_tampered_with_is_found(town: Town) {
    let m = town.app.config.municipality_id;
    look(&town, 3).await;
    let exported = checkpoint::make(&town.app.db, m, town.now()).await.unwrap().unwrap();
    assert_eq!(checkpoint::make(&town.app.db, m, town.now()).await.unwrap(), None, "nothing is new");
    look(&town, 2).await;
    assert_eq!(report(&town).await.findings, []);
    without_guards(&town).await;
    let tables = ["audit", "audit_head", "audit_seal", "audit_checkpoint"];
    for table in tables {
        execute(&town, &format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await.unwrap();
    }
    let restore =
        tables.map(|table| format!("DELETE FROM {table};;INSERT INTO {table} SELECT * FROM kept_{table}")).join(";;");
    for (sql, found) in TAMPERED {
        execute(&town, sql).await.unwrap();
        let findings: Vec<String> = report(&town).await.findings.iter().map(ToString::to_string).collect();
        assert!(findings.iter().any(|finding| finding.contains(found)), "{sql}: {findings:?}");
        execute(&town, &restore).await.unwrap();
        assert_eq!(report(&town).await.findings, [], "all is as it was");
    }
    assert_eq!(TAMPERED.len(), 31, "docs/measurements.md says so");

    // Somebody who changes all of it alike is found by what lies elsewhere, also when it has grown since.
    execute(&town, NOTHING).await.unwrap();
    town.set_clock("2026-03-16T10:00:00Z");
    let anew = async || {
        look(&town, 4).await;
        checkpoint::make(&town.app.db, m, town.now()).await.unwrap().unwrap()
    };
    anew().await;
    assert_eq!(report(&town).await.findings, [verify::Finding::Ended(town.anna.0, 5, 5)]);
    anew().await;
    let longer = [verify::Finding::Other(town.anna.0, 5)];
    assert_eq!(report(&town).await.findings, longer, "whole in itself, and another than was known");
    let against = verify::all(&town.app.db, m, vec![exported]).await.unwrap();
    assert_eq!(against.findings, [&longer[..], &[verify::Finding::Exported(1)]].concat());
    // What whoever runs the program says of an older copy that was put back.
    ends::begin_anew(&town.app.db, m).await.unwrap();
    assert_eq!(report(&town).await.findings, []);
}

/// All of it goes, and looks as if it had never been.
const NOTHING: &str = "DELETE FROM audit_checkpoint;;DELETE FROM audit_seal;;DELETE FROM audit;;DELETE FROM audit_head";

pub async fn old_rows_go_behind_a_checkpoint_and_the_chain_holds(town: Town) {
    let (m, db) = (town.app.config.municipality_id, &town.app.db);
    let begin = town.now();
    let expire = async |before| expiry::delete_before(db, m, before, town.now()).await.unwrap();
    look(&town, 3).await;
    assert_eq!(expire(begin.saturating_add(1.hour()).unwrap()).await, 0, "what is not sealed stays");
    checkpoint::make(db, m, town.now()).await.unwrap().unwrap();
    look(&town, 2).await;
    assert_eq!(expire(begin).await, 0, "what is young stays");
    let later = begin.saturating_add(1.hour()).unwrap();
    assert_eq!(expire(later).await, 3);
    assert_eq!(expire(later).await, 0);
    assert_eq!(rows(&town).await.iter().map(|row| row.seq).collect::<Vec<_>>(), [4, 5]);
    assert_eq!(report(&town).await.findings, []);
    assert!(execute(&town, "DELETE FROM audit WHERE seq = 4").await.is_err(), "the rest is kept as before");
    look(&town, 1).await;
    assert_eq!(report(&town).await.findings, []);
    without_guards(&town).await;
    execute(&town, "DELETE FROM audit WHERE seq = 4").await.unwrap();
    let findings = report(&town).await.findings;
    assert_eq!(findings, [verify::Finding::Missing(town.anna.0, 4, 4)]);
    execute(&town, "UPDATE audit SET seq = 2 WHERE seq = 5").await.unwrap();
    let findings: Vec<String> = report(&town).await.findings.iter().map(ToString::to_string).collect();
    assert!(findings.iter().any(|it| it.contains("row 2: written where all was let go")), "{findings:?}");
}

/// The end that is known moves only along rows that follow it, and is asked for again until the row is there.
pub async fn the_end_of_a_chain_is_moved_along_its_rows_only(town: Town) {
    let (m, db) = (town.app.config.municipality_id, &town.app.db);
    let known = async || {
        ends::remember(db).await.unwrap();
        db.keys().chain_ends(m, None).await.unwrap().first().map(|end| end.seq)
    };
    look(&town, 3).await;
    assert_eq!(known().await, Some(3));
    // The last look is taken out, and others follow, whose rows are as right as any.
    without_guards(&town).await;
    let cut =
        "DELETE FROM audit WHERE seq = 3;;UPDATE audit_head SET seq = 2, hash = (SELECT hash FROM audit WHERE seq = 2)";
    execute(&town, cut).await.unwrap();
    town.set_clock("2026-03-16T10:00:00Z");
    look(&town, 2).await;
    assert_eq!(known().await, Some(3), "what follows is no row of that chain");
    assert_eq!(report(&town).await.findings, [verify::Finding::Other(town.anna.0, 3)]);
    ends::begin_anew(db, m).await.unwrap();
    look(&town, 1).await;
    assert_eq!(known().await, Some(5));
    // A process that was ended at once said nothing: the next one looks at all.
    look(&town, 1).await;
    let another = roed_traad::db::Database::open(&town.url, town.reopened_keys().await).await.unwrap();
    ends::look_at_all(&another, m).await.unwrap();
    ends::remember(&another).await.unwrap();
    assert_eq!(db.keys().chain_ends(m, None).await.unwrap()[0].seq, 6);
}

/// Whoever only can write to the database lets no row go by making its checkpoint old, or by making one.
pub async fn rows_go_behind_a_genuine_checkpoint_only(town: Town) {
    let (m, db) = (town.app.config.municipality_id, &town.app.db);
    look(&town, 3).await;
    checkpoint::make(db, m, town.now()).await.unwrap().unwrap();
    look(&town, 2).await;
    without_guards(&town).await;
    let forged = "INSERT INTO audit_checkpoint SELECT municipality_id, 0, 1, NULL, digest, public_key, signature FROM audit_checkpoint;;\
                  INSERT INTO audit_seal SELECT municipality_id, chain, seq, hash, 0, NULL, NULL FROM audit WHERE seq = 5";
    for sql in ["UPDATE audit_checkpoint SET at = 1", forged] {
        execute(&town, sql).await.unwrap();
        assert_eq!(expiry::delete_before(db, m, town.now(), town.now()).await.unwrap(), 0, "{sql}");
        assert_eq!(rows(&town).await.len(), 5);
    }
}

pub async fn a_log_that_drops_its_rows_gives_no_answer(town: Town) {
    let mette = town.as_employee(town.mette).await;
    let drop = match town.app.db.backend() {
        DbBackend::Postgres => {
            "CREATE FUNCTION drop_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;;\
             CREATE TRIGGER drop_it BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION drop_it()"
        }
        _ => "CREATE TRIGGER drop_it BEFORE INSERT ON audit BEGIN SELECT RAISE(IGNORE); END",
    };
    execute(&town, drop).await.unwrap();
    let answer = mette.try_get(paths::plan(Subject::Citizen(town.anna))).await;
    answer.is_refused(500, ProblemCode::Internal);
    assert_eq!(served::compare(&town.app).await.unwrap(), None, "nothing was told");
}

pub async fn without_a_row_there_is_no_answer(town: Town) {
    let (anna, mette) = (town.as_citizen(town.anna).await, town.as_employee(town.mette).await);
    let fail = match town.app.db.backend() {
        DbBackend::Postgres => {
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full'; END $$;;\
             CREATE TRIGGER fail BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION fail()"
        }
        _ => "CREATE TRIGGER fail BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END",
    };
    execute(&town, fail).await.unwrap();
    let annas = Subject::Citizen(town.anna);
    for path in [paths::plan(annas), paths::file(annas), paths::CASELOAD.to_owned()] {
        let answer = mette.try_get(&path).await;
        answer.is_refused(500, ProblemCode::Internal);
        assert!(!answer.text().contains("Anna"));
    }
    let profile = NewProfile::default();
    anna.try_put(paths::profile(Subject::Me), Known::New, &profile).await.is_refused(500, ProblemCode::Internal);
    let _: Plan = anna.get(paths::plan(Subject::Me)).await;
    execute(&town, "DROP TRIGGER fail".to_owned().as_str()).await.ok();
    if town.app.db.backend() == DbBackend::Postgres {
        execute(&town, "DROP TRIGGER fail ON audit").await.unwrap();
    }
    anna.put(paths::profile(Subject::Me), Known::New, &profile).await;
    assert_eq!(rows(&town).await.len(), 1, "nothing was done without its row");
}

pub async fn answers_without_a_row_are_counted(town: Town) {
    look(&town, 3).await;
    let karin = town.as_employee(town.karin).await;
    assert!(!karin.try_get(paths::plan(Subject::Citizen(town.anna))).await.status.is_success());
    assert!(karin.try_get(paths::CASELOAD).await.status.is_success());
    assert_eq!(served::compare(&town.app).await.unwrap(), None);
    without_guards(&town).await;
    execute(&town, "DELETE FROM audit WHERE seq = 2").await.unwrap();
    let difference = served::compare(&town.app).await.unwrap().unwrap();
    assert_eq!((difference.served, difference.written), (4, 3));
}

pub async fn who_gave_up_waiting_hides_no_answer_without_a_row(town: Town) {
    let mette = town.as_employee(town.mette).await;
    let path = paths::plan(Subject::Citizen(town.anna));
    {
        // Asked, and gone before it was answered.
        let asking = mette.try_get(&path);
        tokio::pin!(asking);
        assert!(asking.as_mut().now_or_never().is_none());
    }
    let is_written = || async { !rows(&town).await.is_empty() };
    while !is_written().await {
        tokio::task::yield_now().await;
    }
    look(&town, 2).await;
    assert_eq!(served::compare(&town.app).await.unwrap(), None);
    without_guards(&town).await;
    execute(&town, "DELETE FROM audit WHERE seq = 2").await.unwrap();
    let difference = served::compare(&town.app).await.unwrap().unwrap();
    assert_eq!((difference.served, difference.written), (3, 2));
}

pub async fn of_instances_that_sign_at_once_one_signs(town: Town) {
    look(&town, 3).await;
    let (db, m, now) = (&town.app.db, town.app.config.municipality_id, town.now());
    let made = join_all((0..4).map(|_| checkpoint::make(db, m, now))).await;
    let made: Vec<_> = made.into_iter().map(Result::unwrap).collect();
    assert_eq!(made.iter().flatten().count(), 1, "{made:?}");
    let expired = join_all((0..4).map(|_| expiry::delete_before(db, m, now + 1.second(), now + 2.seconds()))).await;
    assert_eq!(expired.into_iter().map(Result::unwrap).sum::<u64>(), 3);
    assert_eq!(report(&town).await.findings, []);
}

pub async fn what_was_searched_for_is_written_and_sealed(town: Town) {
    let mette = town.as_employee(town.mette).await;
    assert!(mette.search("Anna T").await.status.is_success());
    let chain = roed_traad::audit::Chain { id: town.mette.0, ..town.chain(town.anna) };
    let find = town.app.db.read(|tx| Box::pin(async move { Ok(audit::Entity::find().all(tx).await?) }));
    let rows = find.await.unwrap();
    let [row] = &rows[..] else { panic!("{rows:?}") };
    let Some(SealedText::Sealed(sealed)) = &row.words else { panic!("no words") };
    let key = town.app.db.keys().shared(town.app.config.municipality_id, Purpose::Searches).await.unwrap();
    assert_eq!(key.open(&search_place(chain, row.seq), sealed).unwrap(), "Anna T");
    let _: contract::Looks = town.as_citizen(town.anna).await.get(paths::looks(Subject::Me)).await;
}
