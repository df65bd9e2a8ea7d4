//! The tables: one set for SQLite and PostgreSQL.

use sea_orm_migration::prelude::*;

mod meetings;
mod people;
mod plan;
mod rates;
mod records;
mod sessions;
mod table;

/// Brings a database to the form that this program knows.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(First), Box::new(SessionsEnd), Box::new(Rates)]
    }
}

struct First;

impl MigrationName for First {
    fn name(&self) -> &'static str {
        "m0001_first"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for First {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // In the order of their foreign keys.
        let tables = [
            people::municipality(),
            people::employee(),
            people::citizen(),
            people::profile(),
            people::plan_member(),
            meetings::meeting(),
            meetings::participant(),
            plan::goal(),
            plan::topic(),
            meetings::agenda_item(),
            meetings::minutes(),
            plan::draft(),
            plan::effort(),
            plan::step(),
            plan::comment(),
            records::opening(),
            records::visit(),
            records::event(),
            records::event_change(),
            records::receipt(),
            records::audit(),
            records::session(),
        ];
        for table in tables {
            table.create(manager).await?;
        }
        Ok(())
    }
}

/// Sessions end by themselves. Whoever was signed in before signs in again.
struct SessionsEnd;

impl MigrationName for SessionsEnd {
    fn name(&self) -> &'static str {
        "m0002_sessions_end"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SessionsEnd {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(sea_query::Table::drop().table("session").to_owned()).await?;
        sessions::session().create(manager).await
    }
}

/// What everybody asks is counted, whatever instance answers.
struct Rates;

impl MigrationName for Rates {
    fn name(&self) -> &'static str {
        "m0020_rate"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Rates {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rates::rate().create(manager).await?;
        rates::rate_salt().create(manager).await
    }
}
