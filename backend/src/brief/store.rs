use contract::{Brief, Party};
use uuid::Uuid;

use super::{carried::Carried, said::Said};
use crate::{caseload::citizens, db::Tx, error::Result, glass, look_delay, meetings, policy::CaseAccess, profile};

pub(super) async fn read(access: &CaseAccess, tx: &Tx, meeting: Uuid) -> Result<Brief> {
    access.must_be_employee()?;
    let row = meetings::store::row(access, tx, meeting).await?;
    let carried = Carried::read(access, tx, &row).await?;
    let meeting = meetings::whole::read(access, tx, row).await?;
    let said = Said::read(access, tx).await?;
    let mut topics = said.topics;
    topics.retain(|topic| carried.has(topic));
    let (citizen_steps, promises) = said.steps.into_iter().partition(|step| step.owner == Party::Citizen);
    Ok(Brief {
        has_look_delay: look_delay::store::current(access, tx).await?.is_some(),
        closed: glass::store::closed(access, tx).await?,
        citizen: citizens::one(access, tx, &said.unopened).await?,
        profile: profile::store::read(access, tx).await?,
        last_time: meeting.last_time.clone(),
        meeting,
        unopened: said.unopened,
        topics,
        carried: carried.items(access, tx).await?,
        disagreements: said.disagreements,
        promises,
        citizen_steps,
        goals: said.goals,
        efforts: said.efforts,
    })
}
