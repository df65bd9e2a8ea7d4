//! The tables: one set for SQLite and PostgreSQL.

use sea_orm_migration::prelude::*;

mod login;
mod meetings;
mod people;
mod plan;
mod records;
mod sessions;
mod table;

/// Brings a database to the form that this program knows.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(First), Box::new(SessionsEnd), Box::new(Login)]
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

/// People sign in by a provider, are found by a hash of their CPR number, and may have left.
struct Login;

impl MigrationName for Login {
    fn name(&self) -> &'static str {
        "m0010_login"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Login {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [login::attempt(), login::identity(), login::logout_token()] {
            table.create(manager).await?;
        }
        login::change_others(manager).await
    }
}
