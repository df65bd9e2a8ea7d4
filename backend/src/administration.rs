//! Employees and settings, for administrators: they see no case.

use axum::{Json, extract::State};
use contract::{Actor, Administered, Administration, EmployeeId, LegalGround, Settings, Standing};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::App,
    audit::List,
    config::{Config, Ground},
    error::Result,
    keys::Purpose,
    policy,
    request::{At, Body},
    session::SignedIn,
    values::ActionKind,
};

mod store;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_administration)).routes(routes!(put_standing))
}

/// Everybody who works or has worked here, and what is set.
#[utoipa::path(get, path = "/api/administration",
    responses((status = 200, body = Administration), (status = "default", body = contract::Problem)))]
async fn get_administration(State(app): State<App>, who: SignedIn) -> Result<Json<Administration>> {
    let m = app.config.municipality_id;
    let employees = app.db.read(move |tx| {
        Box::pin(async move {
            policy::must_be_administrator(tx, m, who.actor).await?;
            store::read(tx, m).await
        })
    });
    Ok(Json(Administration { employees: employees.await?, settings: settings(&app.config) }))
}

/// Says what an employee may, and whether they have left. It is written down who said so.
#[utoipa::path(put, path = "/api/administration/employees/{employee}",
    params(("employee" = Uuid, Path, description = "An employee's id")), request_body = Standing,
    responses((status = 200, body = Administered), (status = "default", body = contract::Problem)))]
async fn put_standing(
    State(app): State<App>,
    who: SignedIn,
    At(employee): At<Uuid>,
    Body(standing): Body<Standing>,
) -> Result<Json<Administered>> {
    let (m, at) = (app.config.municipality_id, app.clock.now());
    // Nobody takes the keys out of their own hand: there may be no other.
    policy::allowed(who.actor != Actor::Employee(EmployeeId(employee)))?;
    let keys = app.db.keys().clone();
    let key = keys.shared(m, Purpose::Searches).await?;
    let work = app.db.write(move |tx| {
        Box::pin(async move {
            let administrator = policy::must_be_administrator(tx, m, who.actor).await?;
            let words = format!("{employee} {standing:?}");
            let operation = "administration.standing";
            let (search, action) = (Some((words.as_str(), &key)), ActionKind::Write);
            let list = List { municipality: m, employee: administrator, at, operation, search, action };
            list.record(&keys, tx).await?;
            store::save(tx, m, employee, standing).await
        })
    });
    Ok(Json(work.await?))
}

fn settings(config: &Config) -> Settings {
    let ground = |Ground { of, to, text }: &Ground| LegalGround { of: *of, to: *to, text: text.clone() };
    Settings {
        shows_employee_names: config.show_employee_names,
        citizen_idle_minutes: config.sessions.citizen.idle_minutes,
        shared_idle_minutes: config.sessions.shared_idle_minutes,
        employee_idle_minutes: config.sessions.employee.idle_minutes,
        audit_years: config.retention.audit_years,
        glass_minutes: config.sharing.glass_minutes,
        grounds: config.sharing.grounds.iter().map(ground).collect(),
    }
}
