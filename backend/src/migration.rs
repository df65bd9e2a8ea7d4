//! The tables: one set for SQLite and PostgreSQL.

use sea_orm_migration::prelude::*;

mod audit;
mod choices;
mod data;
mod login;
mod meetings;
mod people;
mod plan;
mod rates;
mod records;
mod representation;
mod sessions;
mod table;
mod words;

/// Brings a database to the form that this program knows.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(First),
            Box::new(SessionsEnd),
            Box::new(WordsAreSealed),
            Box::new(AuditIsAChain),
            Box::new(LooksAreNews),
            Box::new(Choices),
            Box::new(Deletions),
            Box::new(LookDelays),
            Box::new(Rates),
            Box::new(Login),
            Box::new(Representation),
            Box::new(NumbersAreSealed),
            Box::new(ProtectedNamesAreTold),
        ]
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

/// People's words are sealed from here on. Nobody but the demo has any from before.
struct WordsAreSealed;

impl MigrationName for WordsAreSealed {
    fn name(&self) -> &'static str {
        "m0003_words_are_sealed"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for WordsAreSealed {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        must_be_empty(manager, "citizen", BEFORE_SEALING).await
    }
}

/// Refuses a database that an earlier program has filled; nobody but the demo has one.
async fn must_be_empty(manager: &SchemaManager<'_>, table: &'static str, why: &str) -> Result<(), DbErr> {
    let some = Query::select().column("municipality_id").from(table).limit(1).to_owned();
    match manager.get_connection().query_one(&some).await? {
        None => Ok(()),
        Some(_) => Err(DbErr::Custom(why.to_owned())),
    }
}

const BEFORE_SEALING: &str = "it is from before people's words were sealed: begin with a new one (the demo: `--fresh`)";

/// Whoever changes, deletes or moves a row of the audit is found out. The demo's rows from before are not kept.
struct AuditIsAChain;

impl MigrationName for AuditIsAChain {
    fn name(&self) -> &'static str {
        "m0004_audit_is_a_chain"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AuditIsAChain {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(sea_query::Table::drop().table("audit").to_owned()).await?;
        for table in [audit::audit(), audit::audit_head(), audit::audit_checkpoint(), audit::audit_seal()] {
            table.create(manager).await?;
        }
        audit::protect(manager).await
    }
}

/// Home tells of looks since the last visit.
struct LooksAreNews;

impl MigrationName for LooksAreNews {
    fn name(&self) -> &'static str {
        "m0005_looks_are_news"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for LooksAreNews {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["looks_from", "looks_until"] {
            let column = ColumnDef::new(column).integer().take();
            manager.alter_table(sea_query::Table::alter().table("visit").add_column(column).take()).await?;
        }
        Ok(())
    }
}

/// Citizens open areas of life to employees of others, and employees break the glass.
struct Choices;

impl MigrationName for Choices {
    fn name(&self) -> &'static str {
        "m0006_choices"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Choices {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        must_be_empty(manager, "citizen", BEFORE_CHOICES).await?;
        choices::choice().create(manager).await?;
        choices::glass().create(manager).await
    }
}

const BEFORE_CHOICES: &str = "it is from before areas could be closed: begin with a new one (the demo: `--fresh`)";

/// What is deleted is noted, so that the citizen knows of it.
struct Deletions;

impl MigrationName for Deletions {
    fn name(&self) -> &'static str {
        "m0008_deletion"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Deletions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        data::deletion().create(manager).await
    }
}

/// Looks may be shown to the citizen later than they were made.
struct LookDelays;

impl MigrationName for LookDelays {
    fn name(&self) -> &'static str {
        "m0009_look_delay"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for LookDelays {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        data::look_delay().create(manager).await
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

/// People sign in by a provider, are found by a hash of their CPR number, and may have left.
struct Login;

impl MigrationName for Login {
    fn name(&self) -> &'static str {
        "m0021_login"
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

/// Citizens let others act for them.
struct Representation;

impl MigrationName for Representation {
    fn name(&self) -> &'static str {
        "m0007_representation"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Representation {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        representation::change_others(manager).await?;
        representation::representation().create(manager).await
    }
}

/// A citizen's number is kept sealed beside its hash, and the audit's hashes take a key.
struct NumbersAreSealed;

impl MigrationName for NumbersAreSealed {
    fn name(&self) -> &'static str {
        "m0022_numbers_are_sealed"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for NumbersAreSealed {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        must_be_empty(manager, "audit", BEFORE_KEYED_HASHES).await?;
        let column = ColumnDef::new("cpr").text().take();
        manager.alter_table(sea_query::Table::alter().table("citizen").add_column(column).take()).await
    }
}

const BEFORE_KEYED_HASHES: &str =
    "it is from before the audit's hashes took a key: begin with a new one (the demo: `--fresh`)";

/// Who has a protected name is told once how it is kept.
struct ProtectedNamesAreTold;

impl MigrationName for ProtectedNamesAreTold {
    fn name(&self) -> &'static str {
        "m0023_protected_names_are_told"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ProtectedNamesAreTold {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new("is_told_of_protection").boolean().not_null().default(false).take();
        manager.alter_table(sea_query::Table::alter().table("identity").add_column(column).take()).await
    }
}
