use sea_orm_migration::prelude::*;

use super::table::Table;

pub fn attempt() -> Table {
    Table::of_municipality("login_attempt", &["state_hash"])
        .text("state_hash")
        .text("browser_hash")
        .word("actor_kind", &["citizen", "employee", "system"])
        .text("nonce")
        .text("verifier")
        .maybe_text("back_to")
        .flag("is_shared")
        .flag("is_fresh")
        .maybe_text("replaces")
        .instant("ends_at")
        .belongs_to_municipality()
        .index(&["ends_at"])
}

pub fn identity() -> Table {
    Table::of_municipality("identity", &["issuer", "subject"])
        .text("issuer")
        .text("subject")
        .word("actor_kind", &["citizen", "employee", "system"])
        .uuid("actor_id")
        .instant("made_at")
        .belongs_to_municipality()
        .index(&["actor_kind", "actor_id"])
}

pub fn logout_token() -> Table {
    Table::of_municipality("logout_token", &["token_hash"])
        .text("token_hash")
        .instant("ends_at")
        .belongs_to_municipality()
        .index(&["ends_at"])
}

/// One column at a time: SQLite adds no more in one statement.
pub async fn change_others(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        ("citizen", ColumnDef::new("cpr_hash").text().take()),
        ("employee", ColumnDef::new("has_left").boolean().not_null().default(false).take()),
        ("session", ColumnDef::new("issuer").text().take()),
        ("session", ColumnDef::new("login_subject").text().take()),
        ("session", ColumnDef::new("sid").text().take()),
        ("session", ColumnDef::new("id_token").text().take()),
        ("session", ColumnDef::new("logged_in_at").big_integer().take()),
    ];
    for (table, mut column) in columns {
        manager.alter_table(sea_query::Table::alter().table(table).add_column(&mut column).take()).await?;
    }
    for (table, columns, is_unique) in [
        ("citizen", &["municipality_id", "cpr_hash"][..], true),
        ("session", &["municipality_id", "issuer", "login_subject"], false),
        ("session", &["municipality_id", "issuer", "sid"], false),
    ] {
        let mut index = Index::create();
        index.name(format!("{table}_by_{}", columns[1..].join("_"))).table(table);
        for column in columns {
            index.col(*column);
        }
        if is_unique {
            index.unique();
        }
        manager.create_index(index).await?;
    }
    Ok(())
}
