//! More words for a column that the database checks.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

/// Lets a column hold these words too. No row has to be looked at: what was right stays right.
pub async fn allow(manager: &SchemaManager<'_>, table: &str, column: &str, words: &[&str]) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let statements = match connection.get_database_backend() {
        DbBackend::Postgres => postgres(table, column, words),
        _ => sqlite(table, column, words),
    };
    connection.execute_unprepared(&statements).await.map(drop)
}

/// SQLite has no statement that changes a check; its manual says to change the table's own statement instead, where
/// nothing of what is stored becomes wrong by it.
fn sqlite(table: &str, column: &str, words: &[&str]) -> String {
    let begin = format!("\"{column}\" IN (");
    let more: String = words.iter().map(|word| format!("''{word}'', ")).collect();
    format!(
        "PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = REPLACE(sql, '{begin}', '{begin}{more}') WHERE type = 'table' AND name = '{table}';
        PRAGMA writable_schema = RESET;"
    )
}

/// The check is made anew from what it is.
fn postgres(table: &str, column: &str, words: &[&str]) -> String {
    let more: String = words.iter().map(|word| format!("''{word}''::text, ")).collect();
    format!(
        "DO $$ DECLARE rule record; BEGIN
        FOR rule IN SELECT conname, pg_get_constraintdef(c.oid) AS text FROM pg_constraint c
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum]
            WHERE c.contype = 'c' AND c.conrelid = '{table}'::regclass AND a.attname = '{column}' LOOP
          EXECUTE format('ALTER TABLE {table} DROP CONSTRAINT %I', rule.conname);
          EXECUTE format('ALTER TABLE {table} ADD CONSTRAINT %I %s', rule.conname,
            replace(rule.text, 'ARRAY[', 'ARRAY[{more}'));
        END LOOP; END $$;"
    )
}
