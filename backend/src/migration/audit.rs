use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

use super::table::Table;

/// In what role somebody may see a case, now or one day.
const ROLES: [&str; 10] = [
    "citizen",
    "employee",
    "representative",
    "contact_person",
    "plan_member",
    "participant",
    "team_lead",
    "administrator",
    "integration",
    "operator",
];

/// Each citizen's rows are a chain, and so are the lists that each employee has seen.
pub fn audit() -> Table {
    Table::of_municipality("audit", &["chain", "seq"])
        .uuid("chain")
        .int("seq")
        .flag("is_case")
        .instant("at")
        .word("actor_kind", &["citizen", "employee", "system"])
        .uuid("actor_id")
        .word("role", &ROLES)
        .maybe_text("unit")
        .word("action", &["read", "write"])
        .text("operation")
        .maybe_text("words")
        .uuid("instance")
        .text("previous")
        .text("hash")
        .belongs_to_municipality()
        .index(&["chain", "at"])
        .index(&["instance"])
}

/// Where each chain ends.
pub fn audit_head() -> Table {
    Table::of_municipality("audit_head", &["chain"]).uuid("chain").int("seq").text("hash").belongs_to_municipality()
}

/// What was signed, and when.
pub fn audit_checkpoint() -> Table {
    Table::of_municipality("audit_checkpoint", &["number"])
        .int("number")
        .instant("at")
        .maybe_text("previous")
        .text("digest")
        .text("public_key")
        .text("signature")
        .belongs_to_municipality()
}

/// Where each chain that had grown ended at a checkpoint. Behind one that has expired there are no rows any more.
pub fn audit_seal() -> Table {
    Table::of_municipality("audit_seal", &["chain", "seq"])
        .uuid("chain")
        .int("seq")
        .text("hash")
        .int("checkpoint")
        .maybe_instant("expired_at")
        .maybe_text("expiry_signature")
        .belongs_to_municipality()
        .index(&["checkpoint"])
}

const SQLITE: &str = "
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'a row of the audit is never changed'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.municipality_id = OLD.municipality_id
  AND s.chain = OLD.chain AND s.seq >= OLD.seq AND s.expired_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a row of the audit goes only behind a checkpoint'); END;
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit a WHERE a.municipality_id = NEW.municipality_id AND a.chain = NEW.chain AND a.seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'a row of the audit is never changed'); END;
CREATE TRIGGER audit_head_is_not_deleted BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'the end of a chain is never deleted'); END;
CREATE TRIGGER audit_seal_is_not_deleted BEFORE DELETE ON audit_seal
BEGIN SELECT RAISE(ABORT, 'a seal is never deleted'); END;
CREATE TRIGGER audit_checkpoint_is_not_replaced BEFORE INSERT ON audit_checkpoint
WHEN EXISTS (SELECT 1 FROM audit_checkpoint c WHERE c.municipality_id = NEW.municipality_id AND c.number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;
CREATE TRIGGER audit_checkpoint_is_not_changed BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;
CREATE TRIGGER audit_checkpoint_is_not_deleted BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never deleted'); END;";

/// Also without the rights: whoever serves cannot change what is written, even by a mistake in a query.
const POSTGRES: &str = "
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a row of the audit is never changed'; END $$;
CREATE FUNCTION audit_refuse_early() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM audit_seal s WHERE s.municipality_id = OLD.municipality_id
    AND s.chain = OLD.chain AND s.seq >= OLD.seq AND s.expired_at IS NOT NULL) THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'a row of the audit goes only behind a checkpoint';
END $$;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse_early();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_is_not_deleted BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_seal_is_not_deleted BEFORE DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_checkpoint_is_not_changed BEFORE UPDATE OR DELETE ON audit_checkpoint
FOR EACH ROW EXECUTE FUNCTION audit_refuse();
REVOKE UPDATE, DELETE, TRUNCATE ON audit, audit_checkpoint FROM CURRENT_USER;
REVOKE DELETE, TRUNCATE ON audit_seal, audit_head FROM CURRENT_USER;";

pub async fn protect(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let rules = match connection.get_database_backend() {
        DbBackend::Postgres => POSTGRES,
        _ => SQLITE,
    };
    connection.execute_unprepared(rules).await.map(drop)
}
