use serde::{Deserialize, Serialize};

use crate::{Employee, EmployeeKind, LegalGround};

/// Employees and settings, for administrators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Administration {
    /// Everybody who works or has worked here, by name.
    pub employees: Vec<Administered>,
    /// What is set, by those who run the program.
    pub settings: Settings,
}

/// An employee, as an administrator sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Administered {
    /// Who.
    pub employee: Employee,
    /// What they may, and whether they have left.
    pub standing: Standing,
}

/// What an employee may, and whether they have left. It holds from their next request on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Standing {
    /// What they may.
    pub kind: EmployeeKind,
    /// Whether they have left, and can no longer sign in.
    pub has_left: bool,
}

/// What is set; it is changed in the program's own settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Settings {
    /// Whether citizens see the names of employees in openings and history.
    pub shows_employee_names: bool,
    /// Minutes without a request after which a citizen's session ends.
    pub citizen_idle_minutes: u32,
    /// The same on a shared computer.
    pub shared_idle_minutes: u32,
    /// The same for an employee.
    pub employee_idle_minutes: u32,
    /// Years that it is kept who has looked.
    pub audit_years: u16,
    /// Minutes that what is opened with a reason stays open.
    pub glass_minutes: u32,
    /// Who sees what is marked social or health without a choice of the citizen's.
    pub grounds: Vec<LegalGround>,
}
