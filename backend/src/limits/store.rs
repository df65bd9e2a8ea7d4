use std::{collections::HashMap, net::IpAddr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use contract::MunicipalityId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use sha2::{Digest, Sha256};

use super::Key;
use crate::{
    db::Tx,
    entity::{rate, rate_salt},
    error::{Error, Result},
    policy::actor_key,
};

const MINUTES_A_DAY: i64 = 24 * 60;

/// Well below what either database takes as values of one statement.
const ROWS: usize = 500;

/// Adds what one instance has counted in a window, and gives what all have.
pub(super) async fn add(tx: &Tx, m: MunicipalityId, minute: i64, new: Vec<(Key, u32)>) -> Result<Vec<(Key, u32)>> {
    let salt = salt(tx, m, minute / MINUTES_A_DAY).await?;
    let minute = number(minute)?;
    let mut keys: Vec<(String, Key, u32)> =
        new.into_iter().map(|(key, count)| (hash(&salt, key), key, count)).collect();
    // In one order, so that two instances never wait for each other.
    keys.sort_by(|one, other| one.0.cmp(&other.0));
    let mut sums = Vec::with_capacity(keys.len());
    for part in keys.chunks(ROWS) {
        let rows = part.iter().map(|(hash, _, count)| rate::ActiveModel {
            municipality_id: Set(m.0),
            minute: Set(minute),
            key_hash: Set(hash.clone()),
            requests: Set(i32::try_from(*count).unwrap_or(i32::MAX)),
        });
        let more =
            Expr::col((rate::Entity, rate::Column::Requests)).add(Expr::col(("excluded", rate::Column::Requests)));
        let together = OnConflict::columns([rate::Column::MunicipalityId, rate::Column::Minute, rate::Column::KeyHash])
            .value(rate::Column::Requests, more)
            .to_owned();
        rate::Entity::insert_many(rows).on_conflict(together).exec_without_returning(tx).await?;
        let found = rate::Entity::find()
            .filter(rate::Column::MunicipalityId.eq(m.0))
            .filter(rate::Column::Minute.eq(minute))
            .filter(rate::Column::KeyHash.is_in(part.iter().map(|(hash, ..)| hash)))
            .all(tx)
            .await?;
        let found: HashMap<String, i32> = found.into_iter().map(|row| (row.key_hash, row.requests)).collect();
        let sum = |(hash, key, _): &(String, Key, u32)| Some((*key, u32::try_from(*found.get(hash)?).unwrap_or(0)));
        sums.extend(part.iter().filter_map(sum));
    }
    rate::Entity::delete_many()
        .filter(rate::Column::MunicipalityId.eq(m.0))
        .filter(rate::Column::Minute.lt(minute))
        .exec(tx)
        .await?;
    Ok(sums)
}

/// The day's own, so that what is counted today says nothing about yesterday. The first who needs it makes it; earlier ones go.
async fn salt(tx: &Tx, m: MunicipalityId, day: i64) -> Result<String> {
    let day = number(day)?;
    let find = || rate_salt::Entity::find_by_id((m.0, day)).one(tx);
    if let Some(known) = find().await? {
        return Ok(known.salt);
    }
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|_| Error::Internal("no randomness"))?;
    let row =
        rate_salt::ActiveModel { municipality_id: Set(m.0), day: Set(day), salt: Set(URL_SAFE_NO_PAD.encode(random)) };
    let first = OnConflict::new().do_nothing().to_owned();
    rate_salt::Entity::insert(row).on_conflict(first).exec_without_returning(tx).await?;
    rate_salt::Entity::delete_many()
        .filter(rate_salt::Column::MunicipalityId.eq(m.0))
        .filter(rate_salt::Column::Day.lt(day))
        .exec(tx)
        .await?;
    find().await?.map(|row| row.salt).ok_or(Error::Internal("no salt"))
}

fn number(count: i64) -> Result<i32> {
    i32::try_from(count).map_err(|_| Error::Internal("the clock is far off"))
}

/// Neither who it was nor from where can be read back.
fn hash(salt: &str, key: Key) -> String {
    let mut hash = Sha256::new();
    hash.update(salt);
    match key {
        Key::Person(actor) => {
            let (kind, id) = actor_key(actor);
            hash.update(format!("person {kind:?} {id}"));
        }
        Key::Address(peer) => hash.update(words("address", peer.address())),
        Key::SignIn(peer) => hash.update(words("sign-in", peer.address())),
        Key::Integration(place) => hash.update(format!("integration {place}")),
    }
    URL_SAFE_NO_PAD.encode(&hash.finalize()[..16])
}

fn words(what: &str, address: IpAddr) -> String {
    format!("{what} {address}")
}
