use sea_orm_migration::prelude::*;

use super::{table::Table, words};

/// Who may act for a citizen: what was given, until when, and when it was taken back.
pub fn representation() -> Table {
    Table::of_case("representation", &["representation_id"])
        .uuid("representation_id")
        .text("cpr_hash")
        .text("name")
        .text("areas")
        .text("until")
        .instant("made_at")
        .maybe_instant("taken_back_at")
        .belongs_to_citizen()
        .index(&["cpr_hash"])
}

/// Where it stands who did something.
const ACTORS: [(&str, &str); 10] = [
    ("agenda_item", "proposed_by_kind"),
    ("audit", "actor_kind"),
    ("comment", "by_kind"),
    ("event", "actor_kind"),
    ("identity", "actor_kind"),
    ("login_attempt", "actor_kind"),
    ("opening", "actor_kind"),
    ("receipt", "actor_kind"),
    ("session", "actor_kind"),
    ("step", "written_by_kind"),
];

/// A representative may have done it; and drafts are theirs who write them.
pub async fn change_others(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, column) in ACTORS {
        words::allow(manager, table, column, &["representative"]).await?;
    }
    words::allow(manager, "event", "kind", &["representation_given", "representation_taken_back"]).await?;
    words::allow(manager, "event", "target", &["representation"]).await?;
    words::allow(manager, "receipt", "kind", &["representation"]).await?;
    let mut column = ColumnDef::new("written_by").uuid().take();
    manager.alter_table(sea_query::Table::alter().table("draft").add_column(&mut column).take()).await
}
