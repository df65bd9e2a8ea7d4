//! What the columns hold: a person's words through one type, words of ours checked by the database, and nothing else.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use utoipa::PartialSchema;

use crate::town::Town;

/// Text that is neither: ids and hashes, names of fields and operations, and what everybody may read of the municipality
/// and those who work there.
const PLAIN: [&str; 45] = [
    "audit.hash",
    "audit.operation",
    "audit.previous",
    "audit.unit",
    "audit_checkpoint.digest",
    "audit_checkpoint.previous",
    "audit_checkpoint.public_key",
    "audit_checkpoint.signature",
    "audit_head.hash",
    "audit_seal.expiry_signature",
    "audit_seal.hash",
    "citizen.cpr_hash",
    "citizen.external_id",
    "employee.external_id",
    "employee.mail",
    "employee.name",
    "employee.phone",
    "employee.role",
    "employee.role_line",
    "employee.unit",
    "event_change.field",
    "identity.issuer",
    "identity.subject",
    "login_attempt.back_to",
    "login_attempt.browser_hash",
    "login_attempt.nonce",
    "login_attempt.replaces",
    "login_attempt.state_hash",
    "login_attempt.verifier",
    "logout_token.token_hash",
    "meeting.external_id",
    "meeting.source",
    "municipality.name",
    "rate.key_hash",
    "rate_salt.salt",
    "receipt.body_hash",
    "receipt.number",
    "representation.areas",
    "representation.cpr_hash",
    "seaql_migrations.version",
    "session.id_token",
    "session.issuer",
    "session.login_subject",
    "session.sid",
    "session.token_hash",
];

/// `meeting.purpose` and its Rust type, for every column of every entity.
fn fields() -> BTreeMap<String, String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/entity");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let fields = files.flat_map(|file| {
        let table = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let lines =
            text.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.strip_suffix(',')?.split_once(": "));
        lines.map(|(name, kind)| (format!("{table}.{name}"), kind.to_owned())).collect::<Vec<_>>()
    });
    fields.collect()
}

/// Every column whose type is text, with the statement that made its table.
async fn text_columns() -> Vec<(String, String, String)> {
    let town = Town::new().await;
    let query = "SELECT m.name AS t, p.name AS c, m.sql AS s FROM sqlite_master m JOIN pragma_table_info(m.name) p \
                 WHERE m.type = 'table' AND LOWER(p.type) IN ('text', 'varchar')";
    let read = town.app.db.read(move |tx| {
        Box::pin(async move {
            let rows = tx.query_all_raw(Statement::from_string(DbBackend::Sqlite, query)).await?;
            let text = |row: &sea_orm::QueryResult, name| row.try_get::<String>("", name);
            rows.iter().map(|row| Ok((text(row, "t")?, text(row, "c")?, text(row, "s")?))).collect()
        })
    });
    read.await.unwrap()
}

#[tokio::test]
async fn every_text_is_sealed_or_checked_or_known_to_be_nobodys_words() {
    let fields = fields();
    let columns = text_columns().await;
    assert!(columns.len() > 70, "{}", columns.len());
    for (table, column, statement) in columns {
        let name = format!("{table}.{column}");
        let kind = fields.get(&name).map_or("", String::as_str);
        let kind = kind.strip_prefix("Option<").and_then(|kind| kind.strip_suffix('>')).unwrap_or(kind);
        match kind {
            "SealedText" | "WallTime" | "Day" => {}
            _ if kind.starts_with("Word<") => {
                let check = format!("\"{column}\" IN (");
                let (_, words) = statement.split_once(&check).unwrap_or_else(|| panic!("{name} has no CHECK"));
                let mut allowed: Vec<_> = words.split(')').next().unwrap().split(", ").map(unquoted).collect();
                let mut known = words_of(kind.trim_start_matches("Word<").trim_end_matches('>'));
                allowed.sort_unstable();
                known.sort_unstable();
                assert_eq!(allowed, known, "{name}");
            }
            _ => assert!(PLAIN.contains(&name.as_str()), "{name}: {kind:?}"),
        }
    }
}

fn unquoted(word: &str) -> String {
    word.trim().trim_matches('\'').to_owned()
}

/// The words of a type, as its schema has them.
fn words_of(name: &str) -> Vec<String> {
    use contract::{
        Area, Assessment, CommentKind, CommentedKind, ContactWay, DelayGround, DeletedKind, DeletionReason, DraftKind,
        EmployeeKind, EventKind, EventTarget, Language, MeetingForm, OpenedKind,
    };
    use roed_traad::values::{ActionKind, ActorKind, OutcomeKind, PartyKind, ResourceKind, Role, StateKind};
    macro_rules! among {
        ($($known:ident),* $(,)?) => {
            match name.trim_start_matches("contract::") {
                $(stringify!($known) => words::<$known>(),)*
                _ => panic!("add {name} to this list"),
            }
        };
    }
    among!(
        ActionKind,
        ActorKind,
        Area,
        Assessment,
        CommentKind,
        CommentedKind,
        ContactWay,
        DelayGround,
        DeletedKind,
        DeletionReason,
        DraftKind,
        EmployeeKind,
        EventKind,
        EventTarget,
        Language,
        MeetingForm,
        OpenedKind,
        OutcomeKind,
        PartyKind,
        ResourceKind,
        Role,
        StateKind,
    )
}

fn words<T: PartialSchema>() -> Vec<String> {
    let schema = serde_json::to_value(T::schema()).unwrap();
    schema["enum"].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}
