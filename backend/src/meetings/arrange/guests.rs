//! Who comes to a meeting.

use std::collections::HashMap;

use contract::{Invited, NewParticipant, ProblemCode};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{employee, participant},
    error::{Error, Result},
    keys::{Unseal as _, sealed_rows},
    policy::CaseAccess,
};

/// Those who are to come, in order: each once, and employees as the directory has them.
pub(super) async fn check(
    access: &CaseAccess,
    tx: &Tx,
    meeting: Uuid,
    new: Vec<NewParticipant>,
) -> Result<Vec<participant::Model>> {
    must_be_free(access, tx, meeting, &new).await?;
    let names = names(access, tx, &new).await?;
    let (municipality_id, citizen_id) = access.key();
    let mut guests: Vec<participant::Model> = Vec::with_capacity(new.len());
    for (guest, position) in new.into_iter().zip(0..) {
        if guests.iter().any(|other| other.participant_id == guest.id.0) {
            return Err(Error::at(ProblemCode::Invalid, format!("participants[{position}].id")));
        }
        let at_employee = |code| Error::at(code, format!("participants[{position}].employee"));
        let (employee_id, name, role) = match guest.who {
            Invited::Employee { employee } => {
                if guests.iter().any(|other| other.employee_id == Some(employee.0)) {
                    return Err(at_employee(ProblemCode::Invalid));
                }
                let name = names.get(&employee.0).ok_or_else(|| at_employee(ProblemCode::UnknownReference))?;
                (Some(employee.0), name.clone(), None)
            }
            Invited::Other { name, role } => (None, name.into(), role.map(Into::into)),
        };
        guests.push(participant::Model {
            municipality_id,
            citizen_id,
            participant_id: guest.id.0,
            meeting_id: meeting,
            position,
            employee_id,
            name: name.into(),
            role,
            why: guest.why.into(),
        });
    }
    Ok(guests)
}

/// An id that stands at another meeting is another participant.
async fn must_be_free(access: &CaseAccess, tx: &Tx, meeting: Uuid, new: &[NewParticipant]) -> Result<()> {
    let (m, c) = access.key();
    let taken = participant::Entity::find()
        .filter(participant::Column::MunicipalityId.eq(m))
        .filter(participant::Column::CitizenId.eq(c))
        .filter(participant::Column::MeetingId.ne(meeting))
        .filter(participant::Column::ParticipantId.is_in(new.iter().map(|guest| guest.id.0)))
        .one(tx)
        .await?
        .unsealed(access)?;
    match taken.and_then(|taken| new.iter().position(|guest| guest.id.0 == taken.participant_id)) {
        Some(position) => Err(Error::at(ProblemCode::Invalid, format!("participants[{position}].id"))),
        None => Ok(()),
    }
}

async fn names(access: &CaseAccess, tx: &Tx, new: &[NewParticipant]) -> Result<HashMap<Uuid, String>> {
    let ids = new.iter().filter_map(|guest| match guest.who {
        Invited::Employee { employee } => Some(employee.0),
        Invited::Other { .. } => None,
    });
    let rows = employee::Entity::find()
        .filter(employee::Column::MunicipalityId.eq(access.key().0))
        .filter(employee::Column::EmployeeId.is_in(ids))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| (row.employee_id, row.name)).collect())
}

/// Puts these in the place of those who were there.
pub(super) async fn replace(
    access: &CaseAccess,
    tx: &Tx,
    meeting: Uuid,
    guests: Vec<participant::Model>,
) -> Result<()> {
    let (m, c) = access.key();
    participant::Entity::delete_many()
        .filter(participant::Column::MunicipalityId.eq(m))
        .filter(participant::Column::CitizenId.eq(c))
        .filter(participant::Column::MeetingId.eq(meeting))
        .exec(tx)
        .await?;
    if !guests.is_empty() {
        let rows = guests.into_iter().map(|guest| guest.into_active_model().reset_all());
        participant::Entity::insert_many(sealed_rows(rows, access)?).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Who comes and why, in one text: what history tells, and all that a change takes away.
pub(super) fn told(guests: &[participant::Model]) -> Option<String> {
    let line = |guest: &participant::Model| match &guest.role {
        Some(role) => format!("{}, {} ({})", guest.name.as_str(), role.as_str(), guest.why.as_str()),
        None => format!("{} ({})", guest.name.as_str(), guest.why.as_str()),
    };
    let lines: Vec<String> = guests.iter().map(line).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
