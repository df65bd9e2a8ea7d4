//! Citizens in an employee's list.

use std::collections::HashMap;

use contract::{CaseCitizen, CitizenId, Unopened};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{store::Asker, unopened};
use crate::{
    alphabet,
    db::Tx,
    entity::{citizen, profile},
    error::{Error, Result},
    policy::CaseAccess,
    values::SealedText,
};

/// The citizen whose case is open.
///
/// # Errors
/// That the database does not answer.
pub async fn one(access: &CaseAccess, tx: &Tx, unopened: &Unopened) -> Result<CaseCitizen> {
    let (m, c) = access.key();
    let Some(row) = citizen::Entity::find_by_id((m, c)).one(tx).await? else {
        return Err(Error::Internal("a case has no citizen"));
    };
    Ok(CaseCitizen {
        id: CitizenId(c),
        name: access.citizen_name().to_owned(),
        registered_name: Some(row.name.0).filter(|name| name != access.citizen_name()),
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
pub(super) async fn many(tx: &Tx, asker: &Asker, own: &[Uuid]) -> Result<Vec<CaseCitizen>> {
    let m = asker.municipality.0;
    let unopened = unopened::count(tx, asker, own).await?;
    let rows: Vec<(Uuid, SealedText, bool)> = citizen::Entity::find()
        .select_only()
        .columns([citizen::Column::CitizenId, citizen::Column::Name, citizen::Column::IsProtected])
        .filter(citizen::Column::MunicipalityId.eq(m))
        .filter(citizen::Column::CitizenId.is_in(own.iter().copied()))
        .order_by_asc(citizen::Column::CitizenId)
        .into_tuple()
        .all(tx)
        .await?;
    let names: Vec<(Uuid, Option<SealedText>)> = profile::Entity::find()
        .select_only()
        .columns([profile::Column::CitizenId, profile::Column::PreferredName])
        .filter(profile::Column::MunicipalityId.eq(m))
        .filter(profile::Column::CitizenId.is_in(own.iter().copied()))
        .into_tuple()
        .all(tx)
        .await?;
    let mut names: HashMap<Uuid, SealedText> = names.into_iter().filter_map(|(id, name)| Some((id, name?))).collect();
    let mut citizens: Vec<CaseCitizen> = rows
        .into_iter()
        .map(|(id, registered, is_protected)| {
            let registered = registered.0;
            let preferred = names.remove(&id).map(|name| name.0).filter(|name| *name != registered);
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
