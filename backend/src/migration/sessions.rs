use super::table::Table;

pub fn session() -> Table {
    Table::of_municipality("session", &["token_hash"])
        .text("token_hash")
        .uuid("session_id")
        .word("actor_kind", &["citizen", "employee", "system"])
        .uuid("actor_id")
        .maybe_uuid("subject")
        .instant("made_at")
        .instant("seen_at")
        .int("idle_seconds")
        .instant("ends_at")
        .belongs_to_municipality()
        .index(&["actor_kind", "actor_id"])
        .index(&["ends_at"])
}
