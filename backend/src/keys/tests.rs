use sea_orm::ActiveValue::Set;

use super::*;
use crate::{
    entity::{citizen, goal},
    values::SealedText,
};

const TOWN: MunicipalityId = MunicipalityId(Uuid::from_u128(7));
const ANNA: Uuid = Uuid::from_u128(1);
const BO: Uuid = Uuid::from_u128(2);

fn master() -> Master {
    Master::parse(&Master::make().unwrap()).unwrap()
}

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    async fn open(&self, current: &Master, previous: Option<&Master>) -> Result<Keys, OpenError> {
        let url = format!("sqlite://{}?mode=rwc", self.folder.path().join("keys.sqlite").display());
        Keys::open(&url, Masters { current: current.clone(), previous: previous.cloned() }).await
    }

    /// Every byte that lies there.
    fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }
}

fn goal(of: Uuid, id: u128, text: &str) -> goal::Model {
    let at = jiff::Timestamp::UNIX_EPOCH.into();
    goal::Model {
        municipality_id: TOWN.0,
        citizen_id: of,
        goal_id: Uuid::from_u128(id),
        version: 1,
        meeting_id: None,
        area: crate::values::Word(contract::Area::Health),
        text: text.into(),
        why: Some("Fordi".into()),
        first_step: None,
        helped_by: None,
        made_at: at,
        sent_at: at,
        taken_back_at: None,
    }
}

#[tokio::test]
async fn what_is_sealed_opens_again_and_looks_different_every_time() {
    let place = Place::new();
    let keys = place.open(&master(), None).await.unwrap();
    let ring = keys.make_for(TOWN, &[ANNA]).await.unwrap();
    let rows = vec![
        goal(ANNA, 1, "Jeg vil sove").sealed(&ring).unwrap(),
        goal(ANNA, 1, "Jeg vil sove").sealed(&ring).unwrap(),
    ];
    assert!(rows.iter().all(|row| matches!(&row.text, SealedText::Sealed(text) if text.starts_with("v1."))));
    assert_ne!(rows[0].text, rows[1].text);
    let again = keys.of(TOWN, &[ANNA]).await.unwrap();
    let opened = rows.unsealed(&again).unwrap();
    assert_eq!((opened[0].text.as_str(), opened[0].why.as_ref().unwrap().as_str()), ("Jeg vil sove", "Fordi"));
}

#[tokio::test]
async fn a_text_opens_only_where_it_was_sealed() {
    let place = Place::new();
    let keys = place.open(&master(), None).await.unwrap();
    let ring = keys.make_for(TOWN, &[ANNA, BO]).await.unwrap();
    let sealed = goal(ANNA, 1, "Jeg vil sove").sealed(&ring).unwrap();
    let moved = |change: fn(&mut goal::Model)| {
        let mut row = sealed.clone();
        change(&mut row);
        Some(row).unsealed(&ring)
    };
    assert!(moved(|_| ()).is_ok());
    assert!(moved(|row| row.goal_id = Uuid::from_u128(2)).is_err(), "another row");
    assert!(moved(|row| row.citizen_id = BO).is_err(), "another citizen");
    assert!(moved(|row| row.municipality_id = Uuid::from_u128(8)).is_err(), "another municipality");
    assert!(moved(|row| row.first_step = row.why.clone()).is_err(), "another column");
    assert!(moved(|row| std::mem::swap(&mut row.text, row.why.as_mut().unwrap())).is_err(), "each other's column");
    assert!(moved(|row| row.text = SealedText::Sealed("v1.AAAA".into())).is_err(), "cut off");
    assert!(moved(|row| row.text = SealedText::Sealed("Jeg vil sove".into())).is_err(), "in the clear");
}

#[tokio::test]
async fn what_the_audit_is_hashed_with_stays_the_same_and_the_end_of_a_chain_is_never_an_earlier_one() {
    let (place, master) = (Place::new(), master());
    let keys = place.open(&master, None).await.unwrap();
    let mark = keys.chains().mark(b"ord");
    let end = |seq, hash: &str| ChainEnd { chain: ANNA, seq, hash: hash.to_owned() };
    assert_eq!(keys.chain_ends(TOWN, None).await.unwrap(), []);
    for (said, known) in [((3, "c"), (3, "c")), ((2, "b"), (3, "c")), ((3, "x"), (3, "c")), ((4, "d"), (4, "d"))] {
        keys.remember_ends(TOWN, vec![end(said.0, said.1)]).await.unwrap();
        assert_eq!(keys.chain_ends(TOWN, None).await.unwrap(), [end(known.0, known.1)]);
    }
    keys.close().await;
    let again = place.open(&master, None).await.unwrap();
    assert_eq!(again.chains().mark(b"ord"), mark);
    assert_ne!(Place::new().open(&master, None).await.unwrap().chains().mark(b"ord"), mark, "another's is another");
}

#[tokio::test]
async fn every_bit_counts() {
    let place = Place::new();
    let keys = place.open(&master(), None).await.unwrap();
    let key = keys.shared(TOWN, Purpose::Searches).await.unwrap();
    let sealed = key.seal("here", "ord").unwrap();
    assert_eq!(key.open("here", &sealed).unwrap(), "ord");
    for at in 3..sealed.len() {
        let mut bytes = sealed.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        assert!(key.open("here", &String::from_utf8(bytes).unwrap()).is_err(), "character {at}");
    }
}

#[tokio::test]
async fn a_row_without_its_citizens_key_can_be_neither_written_nor_read() {
    let place = Place::new();
    let keys = place.open(&master(), None).await.unwrap();
    let (annas, bos) = (keys.make_for(TOWN, &[ANNA]).await.unwrap(), keys.make_for(TOWN, &[BO]).await.unwrap());
    assert!(goal(ANNA, 1, "ord").sealed(&bos).is_err());
    let sealed = goal(ANNA, 1, "ord").sealed(&annas).unwrap();
    assert!(Some(sealed).unsealed(&bos).is_err());
    let unkeyed = citizen::ActiveModel { name: Set("Anna".into()), ..Default::default() };
    assert!(unkeyed.sealed(&annas).is_err(), "a row that does not say whose it is");
}

#[tokio::test]
#[should_panic(expected = "in the clear")]
async fn what_was_not_sealed_never_reaches_a_statement() {
    let _ = sea_orm::Value::from(SealedText::from("ord"));
}

#[test]
#[should_panic(expected = "without its key")]
fn what_was_not_opened_is_not_read() {
    let _ = SealedText::Sealed("v1.AAAA".into()).as_str();
}

#[tokio::test]
async fn keys_are_made_once_also_by_two_at_once() {
    let place = Place::new();
    let master = master();
    let (one, other) = (place.open(&master, None).await.unwrap(), place.open(&master, None).await.unwrap());
    let everybody: Vec<Uuid> = (1..=1200).map(Uuid::from_u128).collect();
    let (ones, others) = tokio::join!(one.make_for(TOWN, &everybody), other.make_for(TOWN, &everybody));
    let (ones, others) = (ones.unwrap(), others.unwrap());
    assert_eq!(ones.keys.len(), everybody.len());
    for id in &everybody {
        assert_eq!(ones.keys[id].bytes(), others.keys[id].bytes());
    }
}

#[tokio::test]
async fn a_deleted_key_is_gone_for_ever() {
    let (place, master) = (Place::new(), master());
    let keys = place.open(&master, None).await.unwrap();
    let ring = keys.make_for(TOWN, &[ANNA, BO]).await.unwrap();
    let wrapped = master.wrap(TOWN.0, ANNA, ring.keys[&ANNA].bytes()).unwrap();
    let stored = keys.0.store.read(TOWN.0, &[ANNA]).await.unwrap().remove(0).wrapped;
    assert_ne!(stored, wrapped.wrapped, "wrapped anew, it looks different");
    let holds = |text: &str| place.bytes().windows(text.len()).any(|bytes| bytes == text.as_bytes());
    assert!(holds(&stored));
    assert!(keys.forget(TOWN, ANNA).await.unwrap() && !keys.forget(TOWN, ANNA).await.unwrap());
    assert!(!holds(&stored), "not in the file and not in its log");
    let left = keys.of(TOWN, &[ANNA, BO]).await.unwrap();
    assert!(!left.has(ANNA) && left.has(BO));
    let sealed = goal(ANNA, 1, "ord").sealed(&ring).unwrap();
    let new = keys.make_for(TOWN, &[ANNA]).await.unwrap();
    assert!(Some(sealed).unsealed(&new).is_err(), "a new key opens nothing of the old one's");
}

#[tokio::test]
async fn a_master_key_is_changed_without_losing_a_word() {
    let (place, old, new) = (Place::new(), master(), master());
    let keys = place.open(&old, None).await.unwrap();
    let sealed = goal(ANNA, 1, "ord").sealed(keys.make_for(TOWN, &[ANNA, BO]).await.unwrap()).unwrap();
    keys.close().await;
    assert!(matches!(place.open(&new, None).await, Err(OpenError::OtherMaster)), "not without the one before");

    let keys = place.open(&new, Some(&old)).await.unwrap();
    let opens = async |keys: &Keys| {
        let ring = keys.of(TOWN, &[ANNA]).await.unwrap();
        Some(sealed.clone()).unsealed(&ring).unwrap().unwrap().text.into_text()
    };
    assert_eq!(opens(&keys).await, "ord", "while it is being changed");
    assert_eq!(keys.rewrap().await.unwrap(), 3, "with what the audit is hashed with");
    assert_eq!(keys.rewrap().await.unwrap(), 0, "once is enough");
    keys.close().await;

    let keys = place.open(&new, None).await.unwrap();
    assert_eq!(opens(&keys).await, "ord", "without the old one");
    assert!(matches!(place.open(&old, None).await, Err(OpenError::OtherMaster)), "the old one opens nothing");
}

#[test]
fn a_master_key_is_32_bytes() {
    for text in ["", "abc", "AAAA", "not base64!", &"A".repeat(60)] {
        assert!(Master::parse(text).is_err(), "{text}");
    }
    assert!(Master::parse(&format!(" {}\n", Master::make().unwrap())).is_ok());
}
