//! Instances count together.

use std::net::IpAddr;

use contract::Actor;
use roed_traad::{
    app::App,
    entity::rate,
    limits::{self, Key},
};
use sea_orm::EntityTrait;

use crate::town::Town;

const MOST: u32 = 1_000_000;

fn instance(town: &Town) -> App {
    App::new(town.app.config.clone(), town.app.clock.clone(), town.app.db.clone())
}

/// More keys than go into one statement, from four instances at once, five times.
pub async fn what_several_instances_count_adds_up(town: Town) {
    let instances: Vec<App> = (0..4).map(|_| instance(&town)).collect();
    let addresses: Vec<Key> = (0..700_u32).map(|n| Key::Address(IpAddr::from((n + 1).to_be_bytes()).into())).collect();
    let keys =
        [addresses, vec![Key::Person(Actor::Citizen(town.anna)), Key::Person(Actor::Employee(town.mette))]].concat();
    for _ in 0..5 {
        for app in &instances {
            keys.iter().for_each(|key| app.limits.take(*key, MOST, town.now()).unwrap());
        }
        let shared = futures_util::future::join_all(instances.iter().map(limits::share)).await;
        assert!(shared.iter().all(Result::is_ok), "{shared:?}");
    }
    let rows = town.app.db.read(|tx| Box::pin(async move { Ok(rate::Entity::find().all(tx).await?) })).await.unwrap();
    assert_eq!(rows.len(), keys.len());
    assert!(rows.iter().all(|row| row.requests == 20), "{:?}", rows.iter().find(|row| row.requests != 20));
    let key = keys[0];
    instances[0].limits.take(key, MOST, town.now()).unwrap();
    limits::share(&instances[0]).await.unwrap();
    assert!(instances[0].limits.take(key, 21, town.now()).is_err());
    instances[0].limits.take(key, 22, town.now()).unwrap();
}
