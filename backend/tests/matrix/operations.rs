use std::fmt;

use axum::http::Method;
use serde_json::Value;

/// Who may do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// Also who has not signed in.
    Anybody,
    /// Whoever has signed in.
    SignedIn,
    /// Any employee, about their own.
    Employee,
    /// The citizen, and who acts for them.
    Citizen,
    /// The citizen, and nobody for them.
    CitizenAlone,
    /// Turning to Anna's case.
    Turn,
    /// The citizen, and the employees of the case.
    Case,
    /// The citizen and the employees of the case, and nobody who acts for the citizen.
    CaseInPerson,
    /// The citizen and the employees of the case, each side what is its own: the thing itself decides.
    CaseOwnSide,
    /// The employees of the case.
    CaseEmployee,
    /// The same, and who leads the unit of the citizen's contact person: that is how they come in.
    CaseEmployeeOrLead,
    /// The contact person, and those in the plan.
    CasePlan,
    /// Whoever leads a unit, about that.
    Lead,
    /// Administrators.
    Administrator,
    /// Another system, by its key.
    Integration,
}

/// Every operation, and who may do it: the table in `docs/ARCHITECTURE.md`, for the machine.
const ROWS: [(&str, &str, May); 54] = [
    ("GET", "/api/administration", May::Administrator),
    ("PUT", "/api/administration/employees/{employee}", May::Administrator),
    ("GET", "/api/caseload", May::Employee),
    ("POST", "/api/caseload/search", May::Employee),
    ("GET", "/api/caseload/team", May::Lead),
    ("GET", "/api/employees", May::Employee),
    ("GET", "/api/citizens/{subject}/choices", May::CitizenAlone),
    ("PUT", "/api/citizens/{subject}/choices", May::CitizenAlone),
    ("GET", "/api/citizens/{subject}/representatives", May::CitizenAlone),
    ("PUT", "/api/citizens/{subject}/representatives/{representation}", May::CitizenAlone),
    ("PUT", "/api/citizens/{subject}/representatives/{representation}/taking-back", May::CitizenAlone),
    ("PUT", "/api/session/subject", May::Turn),
    ("PUT", "/api/citizens/{subject}/comments/{comment}", May::CaseOwnSide),
    ("PUT", "/api/citizens/{subject}/comments/{comment}/assessment", May::CaseEmployee),
    ("GET", "/api/citizens/{subject}/data.json", May::CitizenAlone),
    ("PUT", "/api/citizens/{subject}/drafts/{draft}", May::Citizen),
    ("DELETE", "/api/citizens/{subject}/drafts/{draft}", May::Citizen),
    ("PUT", "/api/citizens/{subject}/efforts/{effort}", May::CaseEmployee),
    ("GET", "/api/citizens/{subject}/file", May::CaseEmployee),
    ("PUT", "/api/citizens/{subject}/glass/{glass}", May::CaseEmployeeOrLead),
    ("PUT", "/api/citizens/{subject}/goals/{goal}/taking-back", May::Citizen),
    ("GET", "/api/citizens/{subject}/history", May::Case),
    ("GET", "/api/citizens/{subject}/home", May::Citizen),
    ("PUT", "/api/citizens/{subject}/look-delays/{delay}", May::CasePlan),
    ("DELETE", "/api/citizens/{subject}/look-delays/{delay}", May::CasePlan),
    ("GET", "/api/citizens/{subject}/looks", May::CitizenAlone),
    ("GET", "/api/citizens/{subject}/meetings", May::Case),
    ("GET", "/api/citizens/{subject}/meetings/{meeting}", May::Case),
    ("PUT", "/api/citizens/{subject}/meetings/{meeting}", May::CaseEmployee),
    ("GET", "/api/citizens/{subject}/meetings/{meeting}/brief", May::CaseEmployee),
    ("GET", "/api/citizens/{subject}/meetings/{meeting}/calendar.ics", May::Case),
    ("PUT", "/api/citizens/{subject}/meetings/{meeting}/cancellation", May::CaseEmployee),
    ("PUT", "/api/citizens/{subject}/meetings/{meeting}/minutes", May::CaseEmployee),
    ("GET", "/api/citizens/{subject}/meetings/{meeting}/preparation", May::Citizen),
    ("PUT", "/api/citizens/{subject}/openings/{opening}", May::CaseOwnSide),
    ("GET", "/api/citizens/{subject}/plan", May::Case),
    ("GET", "/api/citizens/{subject}/preparation", May::Citizen),
    ("GET", "/api/citizens/{subject}/profile", May::CaseInPerson),
    ("PUT", "/api/citizens/{subject}/profile", May::CitizenAlone),
    ("GET", "/api/citizens/{subject}/sendings/{sending}", May::Citizen),
    ("PUT", "/api/citizens/{subject}/sendings/{sending}", May::Citizen),
    ("PUT", "/api/citizens/{subject}/steps/{step}", May::CaseOwnSide),
    ("PUT", "/api/citizens/{subject}/steps/{step}/state", May::CaseOwnSide),
    ("PUT", "/api/citizens/{subject}/topics/{topic}/taking-back", May::Citizen),
    ("PUT", "/api/citizens/{subject}/visit", May::CitizenAlone),
    ("GET", "/api/demo/failure", May::Anybody),
    ("PUT", "/api/demo/failure", May::Anybody),
    ("GET", "/api/demo/people", May::Anybody),
    ("PUT", "/api/demo/session", May::Anybody),
    ("PUT", "/api/register", May::Integration),
    ("GET", "/api/session", May::Anybody),
    ("PUT", "/api/session", May::SignedIn),
    ("DELETE", "/api/session", May::Anybody),
    ("DELETE", "/api/sessions", May::SignedIn),
];

/// An operation of the API.
pub struct Operation {
    pub method: Method,
    pub path: String,
    pub may: May,
    /// The name of what its body is, if it has one.
    pub body: Option<String>,
}

impl Operation {
    pub fn has_subject(&self) -> bool {
        self.path.contains("{subject}")
    }

    /// Whether it is about one thing in the case.
    pub fn has_item(&self) -> bool {
        self.path.matches('{').count() > 1
    }

    /// A change is asked for as new and as known.
    pub fn conditions(&self) -> Vec<Option<(&'static str, &'static str)>> {
        let (new, known) = (Some(("if-none-match", "*")), Some(("if-match", "\"1\"")));
        match self.method {
            Method::GET => vec![None],
            Method::DELETE => vec![known],
            _ => vec![known, new],
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// Every operation that the description of the API has; each must have its row, and each row its operation.
pub fn all() -> Vec<Operation> {
    let description = serde_json::to_value(roed_traad::app::openapi()).unwrap();
    let mut all = Vec::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            if ![Method::GET, Method::PUT, Method::POST, Method::DELETE, Method::PATCH].contains(&method) {
                continue;
            }
            let row = ROWS.iter().find(|row| row.0 == method.as_str() && row.1 == path);
            let may = row.unwrap_or_else(|| panic!("{method} {path} has no row: who may?")).2;
            all.push(Operation { method, path: path.clone(), may, body: body(operation) });
        }
    }
    for (method, path, _) in ROWS {
        let is_there = all.iter().any(|operation| operation.method.as_str() == method && operation.path == path);
        assert!(is_there, "{method} {path} is no operation any more");
    }
    all
}

fn body(operation: &Value) -> Option<String> {
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    Some(schema.as_str()?.rsplit('/').next()?.to_owned())
}
