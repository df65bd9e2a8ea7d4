use super::table::Table;

pub fn opening() -> Table {
    Table::of_case("opening", &["actor_kind", "actor_id", "kind", "item_id", "version"])
        .word("actor_kind", &["citizen", "employee", "system"])
        .uuid("actor_id")
        .word("kind", &["goal", "topic", "step", "comment", "minutes"])
        .uuid("item_id")
        .int("version")
        .uuid("opening_id")
        .instant("at")
        .belongs_to_citizen()
        .case_index(&["kind", "item_id"])
}

pub fn visit() -> Table {
    Table::of_case("visit", &[]).uuid("session_id").maybe_uuid("seen_from").uuid("seen_until").belongs_to_citizen()
}

pub fn event() -> Table {
    Table::of_case("event", &["event_id"])
        .uuid("event_id")
        .instant("at")
        .word("actor_kind", &["citizen", "employee", "system"])
        .maybe_uuid("actor_id")
        .word(
            "kind",
            &[
                "goal_sent",
                "goal_changed",
                "goal_taken_back",
                "topic_sent",
                "topic_changed",
                "topic_taken_back",
                "meeting_arranged",
                "meeting_moved",
                "meeting_changed",
                "agenda_changed",
                "meeting_cancelled",
                "minutes_draft_changed",
                "minutes_shared",
                "minutes_corrected",
                "step_added",
                "step_reworded",
                "step_moved",
                "effort_started",
                "effort_changed",
                "effort_ended",
                "remark_written",
                "remark_changed",
                "disagreement_written",
                "disagreement_changed",
                "disagreement_assessed",
                "profile_changed",
                "choices_changed",
                "member_added",
            ],
        )
        .word(
            "target",
            &["goal", "topic", "meeting", "minutes", "step", "effort", "comment", "profile", "choices", "member"],
        )
        .uuid("target_id")
        .int("target_version")
        .word("area", &["employment", "social", "health", "housing", "economy", "other"])
        .maybe_text("title")
        .maybe_uuid("meeting_id")
        .belongs_to_citizen()
        .case_index(&["target", "actor_kind", "at"])
        .case_index(&["meeting_id"])
}

pub fn event_change() -> Table {
    Table::of_case("event_change", &["event_id", "position"])
        .uuid("event_id")
        .int("position")
        .text("field")
        .maybe_text("old")
        .maybe_text("new")
        .belongs_to("event", "event_id")
}

pub fn receipt() -> Table {
    Table::of_case("receipt", &["kind", "item_id", "version"])
        .word(
            "kind",
            &[
                "profile",
                "draft",
                "sending",
                "goal",
                "topic",
                "step",
                "comment",
                "assessment",
                "meeting",
                "minutes",
                "effort",
                "opening",
                "choices",
                "glass",
            ],
        )
        .uuid("item_id")
        .int("version")
        .text("body_hash")
        .text("number")
        .instant("at")
        .word("actor_kind", &["citizen", "employee", "system"])
        .uuid("actor_id")
        .belongs_to_citizen()
        .unique(&["number"])
}

pub fn audit() -> Table {
    Table::of_municipality("audit", &["audit_id"])
        .uuid("audit_id")
        .maybe_uuid("citizen_id")
        .instant("at")
        .word("actor_kind", &["citizen", "employee", "system"])
        .uuid("actor_id")
        .word("role", &["citizen", "employee"])
        .word("action", &["read", "write"])
        .text("operation")
        .belongs_to_municipality()
        .index(&["citizen_id", "at"])
        .index(&["at"])
}

pub fn session() -> Table {
    Table::of_municipality("session", &["token_hash"])
        .text("token_hash")
        .uuid("session_id")
        .word("actor_kind", &["citizen", "employee", "system"])
        .uuid("actor_id")
        .maybe_uuid("subject")
        .instant("made_at")
        .belongs_to_municipality()
}
