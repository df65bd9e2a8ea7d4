//! A citizen's page for an employee: who it is, what stands, what waits.

use axum::{Json, extract::State};
use contract::CaseFile;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    brief::said::Said,
    caseload::citizens,
    db::Tx,
    error::Result,
    glass, look_delay, meetings, plan,
    policy::CaseAccess,
    profile,
    request::{At, Whose},
    session::SignedIn,
    values::Role,
};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_file))
}

/// What is new from a citizen, their meetings, what they share about themself, and everybody in the plan; for employees.
/// Reading it marks nothing as opened: the page does that, for what it showed.
#[utoipa::path(get, path = "/api/citizens/{subject}/file", params(("subject" = String, Path, description = "A citizen's id")),
    responses((status = 200, body = CaseFile), (status = "default", body = contract::Problem)))]
async fn get_file(State(app): State<App>, who: SignedIn, At(whose): At<Whose>) -> Result<Json<CaseFile>> {
    let days = app.config.look_delay_days;
    let file = app.read_case(who, whose.0, "file", move |access, tx| Box::pin(read(access, tx, days))).await?;
    Ok(Json(file))
}

async fn read(access: &CaseAccess, tx: &Tx, delay_days: u16) -> Result<CaseFile> {
    access.must_be_employee()?;
    let list = meetings::store::list(access, tx).await?;
    let said = Said::read(access, tx).await?;
    Ok(CaseFile {
        today: access.today(),
        citizen: citizens::one(access, tx, &said.unopened).await?,
        profile: profile::store::read(access, tx).await?,
        unopened: said.unopened,
        disagreements: said.disagreements,
        meetings: list.coming.into_iter().chain(list.past).collect(),
        people: plan::store::members(access, tx).await?,
        closed: glass::store::closed(access, tx).await?,
        only_looks: access.role() == Role::TeamLead,
        look_delay: look_delay::store::current(access, tx).await?,
        longest_delay: look_delay::store::longest(access, delay_days),
    })
}
