use super::table::Table;

/// That something was deleted, and nothing of what stood in it.
pub fn deletion() -> Table {
    Table::of_case("deletion", &["deletion_id"])
        .uuid("deletion_id")
        .instant("at")
        .word("kind", &["draft", "receipt"])
        .int("count")
        .word("reason", &["retention", "thrown_away"])
        .belongs_to_citizen()
}

/// From when to when looks in a case are not shown to the citizen.
pub fn look_delay() -> Table {
    Table::of_case("look_delay", &["delay_id"])
        .uuid("delay_id")
        .int("version")
        .word("ground", &["violence", "child_protection"])
        .text("reason")
        .instant("given_at")
        .instant("ends_at")
        .employee("given_by")
        .belongs_to_citizen()
        .case_index(&["ends_at"])
}
