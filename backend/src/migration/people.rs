use super::table::Table;

pub fn municipality() -> Table {
    Table::of_municipality("municipality", &[]).text("name")
}

pub fn employee() -> Table {
    Table::of_municipality("employee", &["employee_id"])
        .uuid("employee_id")
        .text("name")
        .text("role")
        .maybe_text("role_line")
        .text("unit")
        .word("area", &["employment", "social", "health", "housing", "economy", "other"])
        .maybe_text("phone")
        .maybe_text("mail")
        .word("role_kind", &["caseworker", "team_lead", "administrator"])
        .maybe_text("external_id")
        .belongs_to_municipality()
        .unique(&["external_id"])
}

pub fn citizen() -> Table {
    Table::of_municipality("citizen", &["citizen_id"])
        .uuid("citizen_id")
        .text("name")
        .flag("is_protected")
        .maybe_employee("contact_person")
        .maybe_text("external_id")
        .belongs_to_municipality()
        .unique(&["external_id"])
        .index(&["contact_person"])
}

pub fn profile() -> Table {
    Table::of_case("profile", &[])
        .int("version")
        .maybe_text("preferred_name")
        .word("contact_way", &["any", "phone", "text_message", "digital_post", "letter"])
        .maybe_text("contact_note")
        .word("language", &["da", "en"])
        .maybe_text("situation")
        .flag("is_situation_shared")
        .maybe_text("strengths")
        .flag("is_strengths_shared")
        .instant("saved_at")
        .belongs_to_citizen()
}

pub fn plan_member() -> Table {
    Table::of_case("plan_member", &["employee_id"])
        .employee("employee_id")
        .maybe_text("why")
        .maybe_word("area", &["employment", "social", "health", "housing", "economy", "other"])
        .belongs_to_citizen()
        .index(&["employee_id", "citizen_id"])
}
