//! Citizens in an employee's list.

use std::collections::HashMap;

use contract::{CaseCitizen, CitizenId, Unopened};
use sea_orm::{ColumnTrait, DerivePartialModel, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::unopened;
use crate::{
    alphabet,
    db::Tx,
    entity::{citizen, profile, sealed_row},
    error::{Error, Result},
    keys::Unseal as _,
    policy::CaseAccess,
    policy::ListAccess,
    values::SealedText,
};

/// What a list shows of a citizen.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "citizen::Entity")]
struct Registered {
    municipality_id: Uuid,
    citizen_id: Uuid,
    name: SealedText,
    is_protected: bool,
}

/// What a list shows of a profile.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "profile::Entity")]
struct Preferred {
    municipality_id: Uuid,
    citizen_id: Uuid,
    preferred_name: Option<SealedText>,
}

sealed_row!(Registered, citizen, [], { name }, {});
sealed_row!(Preferred, profile, [], {}, { preferred_name });

/// The citizen whose case is open.
///
/// # Errors
/// That the database does not answer.
pub async fn one(access: &CaseAccess, tx: &Tx, unopened: &Unopened) -> Result<CaseCitizen> {
    let (m, c) = access.key();
    let Some(row) = citizen::Entity::find_by_id((m, c)).one(tx).await?.unsealed(access)? else {
        return Err(Error::Internal("a case has no citizen"));
    };
    Ok(CaseCitizen {
        id: CitizenId(c),
        name: access.citizen_name().to_owned(),
        registered_name: Some(row.name.into_text()).filter(|name| name != access.citizen_name()),
        is_protected: row.is_protected,
        unopened: u32::try_from(unopened.count()).unwrap_or(u32::MAX),
    })
}

/// Whether the letters stand in one of the names, large or small.
pub(super) fn is_called(citizen: &CaseCitizen, letters: &str) -> bool {
    let letters = letters.trim().to_lowercase();
    let names = [Some(&citizen.name), citizen.registered_name.as_ref()];
    names.into_iter().flatten().any(|name| name.to_lowercase().contains(&letters))
}

/// All these citizens of an employee, by name, with as few queries however many they are.
pub(super) async fn many(tx: &Tx, access: &ListAccess) -> Result<Vec<CaseCitizen>> {
    let (m, own, ring) = (access.municipality(), access.own(), access.ring());
    let unopened = unopened::count(tx, access).await?;
    let rows = citizen::Entity::find()
        .filter(citizen::Column::MunicipalityId.eq(m))
        .filter(citizen::Column::CitizenId.is_in(own.iter().copied()))
        .order_by_asc(citizen::Column::CitizenId)
        .into_partial_model::<Registered>()
        .all(tx)
        .await?
        .unsealed(ring)?;
    let names = profile::Entity::find()
        .filter(profile::Column::MunicipalityId.eq(m))
        .filter(profile::Column::CitizenId.is_in(own.iter().copied()))
        .into_partial_model::<Preferred>()
        .all(tx)
        .await?
        .unsealed(ring)?;
    let mut names: HashMap<Uuid, SealedText> =
        names.into_iter().filter_map(|row| Some((row.citizen_id, row.preferred_name?))).collect();
    let mut citizens: Vec<CaseCitizen> = rows
        .into_iter()
        .map(|Registered { citizen_id: id, name, is_protected, .. }| {
            let registered = name.into_text();
            let preferred = names.remove(&id).map(|name| name.into_text()).filter(|name| *name != registered);
            let (name, registered_name) = match preferred {
                Some(name) => (name, Some(registered)),
                None => (registered, None),
            };
            CaseCitizen {
                id: CitizenId(id),
                name,
                registered_name,
                is_protected,
                unopened: unopened.get(&id).copied().unwrap_or_default(),
            }
        })
        .collect();
    alphabet::sort(&mut citizens, |citizen| &citizen.name)?;
    Ok(citizens)
}
