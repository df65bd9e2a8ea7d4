//! What is asked with, right in form.

use super::*;

impl Place {
    /// A body that is right in form, about the case's own things.
    pub(super) fn body(&self, name: &str, things: &Things) -> Value {
        let id = |name: &str| things[name].parse::<Uuid>().unwrap();
        match name {
            "NewComment" => json!(words::comment(CommentedKind::Goal, id("goal"), CommentKind::Remark, "ord")),
            "NewAssessment" => json!({"comment_version": 1, "assessment": "no_complaint"}),
            "NewDraft" => json!(words::goal(None, "ord")),
            "NewEffort" => json!(new_effort(id("goal"), "ord")),
            "TakingBack" => json!(TakingBack {}),
            "NewMeeting" => json!(made::a_meeting("2026-04-10T10:00:00")),
            "Cancellation" => json!(Cancellation { reason: prose("ord") }),
            "NewMinutes" => json!(made::minutes("ord", false)),
            "NewLookDelay" => new_delay("ord"),
            "NewOpening" => json!(made::opened(OpenedKind::Goal, id("goal"), 1)),
            "NewChoices" => json!(NewChoices::default()),
            "NewGlass" => json!(NewGlass { reason: prose("ord") }),
            "Standing" => json!(Standing { kind: EmployeeKind::Caseworker, has_left: false }),
            "NewRepresentative" => json!(acting::new("9913010039")),
            "NewSubject" => json!(contract::NewSubject { citizen: self.town.anna }),
            "NewProfile" => json!(NewProfile::default()),
            "NewSending" => json!(words::sending(&[(DraftId(id("draft")), 1)])),
            "Register" => json!({"citizens": [{"external_id": "sag-9", "name": "Dorte Prøve"}]}),
            "Search" => json!({"letters": ANNAS_WORDS}),
            "NewStep" => json!(words::step("ord", Party::Citizen)),
            "NewStepState" => json!(words::state(StepState::Done)),
            "Visit" => json!(Visit { seen: None, looks: None }),
            "DemoFailureState" => json!(DemoFailureState { failure: DemoFailure::None }),
            "DemoSignIn" => json!(DemoSignIn { actor: Actor::Citizen(self.town.bo) }),
            other => panic!("{other} is not known here"),
        }
    }
}

pub(super) fn new_delay(word: &str) -> Value {
    json!({"ground": "child_protection", "reason": prose(word), "until": "2026-03-20"})
}

pub(super) fn new_effort(goal: Uuid, word: &str) -> NewEffort {
    let goal = GoalId(goal);
    let json = json!({"goal": goal, "title": line(word), "purpose": prose(word)});
    serde_json::from_value(json).unwrap()
}

pub(super) fn employee_row(m: Uuid, name: &str, id: EmployeeId) -> employee::ActiveModel {
    let row = employee::Model {
        municipality_id: m,
        employee_id: id.0,
        name: "Ansat Fjordby".into(),
        role: "rådgiver".into(),
        role_line: None,
        unit: if name == "lead elsewhere" { "Hjem og Hverdag" } else { "Job og Støtte" }.into(),
        area: Word(if name == "nurse" { Area::Health } else { Area::Employment }),
        phone: None,
        mail: None,
        role_kind: Word(match name {
            "lead" | "lead elsewhere" | "lead with reason" => EmployeeKind::TeamLead,
            "administrator" => EmployeeKind::Administrator,
            _ => EmployeeKind::Caseworker,
        }),
        external_id: None,
        has_left: false,
    };
    row.into_active_model()
}
