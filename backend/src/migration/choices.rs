use super::table::Table;

pub fn choice() -> Table {
    Table::of_case("choice", &[]).int("version").flag("social").flag("health").instant("saved_at").belongs_to_citizen()
}

pub fn glass() -> Table {
    Table::of_case("glass", &["glass_id"])
        .uuid("glass_id")
        .employee("employee_id")
        .text("reason")
        .instant("at")
        .instant("ends_at")
        .belongs_to_citizen()
        .index(&["employee_id", "ends_at"])
}
