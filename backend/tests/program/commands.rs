//! What an operator does on the command line, each command as a process of its own.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Output},
};

use sea_orm::ConnectionTrait as _;

use crate::files::{ANNA, example};

/// A folder with a database, and what is set.
struct Desk {
    folder: tempfile::TempDir,
    settings: BTreeMap<&'static str, String>,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Self { folder, settings: BTreeMap::new() };
        desk.set("ROED_TRAAD_DATABASE", &format!("sqlite://{}?mode=rwc", desk.file("town.sqlite")));
        desk.set("ROED_TRAAD_MUNICIPALITY_ID", "0195f0c0-0000-7000-8000-000000000000");
        desk.set("ROED_TRAAD_MUNICIPALITY__NAME", "Fjordby Kommune");
        desk.set("ROED_TRAAD_MUNICIPALITY__PHONE", "00 10 20 30");
        desk.set("ROED_TRAAD_MUNICIPALITY__MAIL", "jobogstoette@fjordby.example");
        desk
    }

    fn set(&mut self, name: &'static str, value: &str) {
        self.settings.insert(name, value.to_owned());
    }

    /// The case of the documentation, with this CPR number.
    fn write(&self, name: &str, cpr: serde_json::Value) {
        let mut file = example();
        file["citizens"][0]["cpr"] = cpr;
        fs::write(self.file(name), file.to_string()).unwrap();
    }

    fn file(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn try_to(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_roed-traad")).args(words).envs(&self.settings).output().unwrap()
    }

    /// What it prints when it goes well.
    fn does(&self, words: &[&str]) -> String {
        let done = self.try_to(words);
        assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    }

    /// What it says and prints when it does not.
    fn refuses(&self, words: &[&str]) -> String {
        let done = self.try_to(words);
        assert!(!done.status.success(), "{words:?}");
        String::from_utf8_lossy(&done.stderr).into_owned() + &String::from_utf8_lossy(&done.stdout)
    }
}

/// A municipality of its own, with the case of the documentation in it.
fn with_anna() -> Desk {
    let mut desk = Desk::new();
    desk.set("ROED_TRAAD_KEYS__MASTER", &desk.does(&["keys", "make"]));
    desk.write("anna.json", serde_json::Value::Null);
    assert!(desk.does(&["import", &desk.file("anna.json")]).contains("1 employees and 1 citizens"));
    desk
}

#[test]
fn what_an_operator_does_with_a_case_stands_in_its_audit_and_an_export_is_for_its_reader_alone() {
    let mut desk = with_anna();
    desk.set("ROED_TRAAD_LOGIN__CPR_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    desk.write("again.json", "9913010001".into());
    desk.does(&["import", &desk.file("again.json")]);
    let file = desk.file("export.json");
    desk.does(&["export", ANNA, "--output", &file]);
    let mode = fs::metadata(Path::new(&file)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let exported: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(exported["citizens"][0]["id"], ANNA);
    let told = desk.does(&["audit", "read", ANNA]);
    let operations: Vec<String> = told
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["operation"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(operations, ["import", "import.cpr", "export"]);
}

#[tokio::test]
async fn the_audit_is_signed_and_verified_and_a_row_that_is_gone_is_named() {
    let desk = with_anna();
    let checkpoints = desk.file("checkpoints.json");
    desk.does(&["audit", "checkpoint", "--output", &checkpoints]);
    let verify = ["audit", "verify", "--checkpoint", &checkpoints];
    assert!(desk.does(&verify).ends_with("checkpoints 1 findings 0"), "{}", desk.does(&verify));
    let url = format!("sqlite://{}", desk.file("town.sqlite"));
    let db = sea_orm::Database::connect(url).await.unwrap();
    db.execute_unprepared("DROP TRIGGER audit_is_not_deleted").await.unwrap();
    db.execute_unprepared("DELETE FROM audit WHERE operation = 'import' AND is_case").await.unwrap();
    db.close().await.unwrap();
    let said = desk.refuses(&verify);
    assert!(said.contains(ANNA) && said.contains("the audit is not as it was written"), "{said}");
}

#[tokio::test]
async fn an_older_copy_that_is_put_back_is_noticed_until_somebody_says_so() {
    let desk = with_anna();
    desk.does(&["audit", "checkpoint", "--output", &desk.file("first.json")]);
    // A copy of the data alone, as a backup is.
    let town = desk.file("town.sqlite");
    let db = sea_orm::Database::connect(format!("sqlite://{town}")).await.unwrap();
    db.execute_unprepared(&format!("VACUUM INTO '{}'", desk.file("older.sqlite"))).await.unwrap();
    db.close().await.unwrap();
    desk.does(&["export", ANNA]);
    desk.does(&["audit", "checkpoint", "--output", &desk.file("second.json")]);
    fs::rename(desk.file("older.sqlite"), &town).unwrap();
    for rest in ["-wal", "-shm"] {
        let _ = fs::remove_file(format!("{town}{rest}"));
    }
    let said = desk.refuses(&["audit", "verify"]);
    assert!(said.contains("missing at the end") && said.contains(ANNA), "{said}");
    let said = desk.does(&["audit", "restored"]);
    assert!(said.contains(ANNA) && said.contains("chains that end earlier now: 1"), "{said}");
    assert!(desk.does(&["audit", "verify"]).ends_with("checkpoints 1 findings 0"));
}

#[test]
fn an_operator_signs_out_somebody_or_everybody_but_not_by_mistake() {
    let desk = with_anna();
    assert_eq!(desk.does(&["sign-out", ANNA]), "nobody was signed in");
    assert_eq!(desk.does(&["sign-out", "--all"]), "nobody was signed in");
    let said = desk.refuses(&["sign-out", "0195f0c0-0000-7000-8000-0000000000ff"]);
    assert!(said.contains("no citizen and no employee"), "{said}");
    for words in [&["sign-out"][..], &["sign-out", "--all", ANNA]] {
        desk.refuses(words);
    }
}

#[test]
fn the_master_key_is_changed_and_a_key_that_is_forgotten_opens_nothing() {
    let mut desk = with_anna();
    let (old, new) = (desk.settings["ROED_TRAAD_KEYS__MASTER"].clone(), desk.does(&["keys", "make"]));
    assert_ne!(old, new);
    desk.set("ROED_TRAAD_KEYS__MASTER", &new);
    desk.set("ROED_TRAAD_KEYS__PREVIOUS", &old);
    assert!(desk.does(&["keys", "rotate"]).contains("keys were wrapped anew"));
    desk.settings.remove("ROED_TRAAD_KEYS__PREVIOUS");
    desk.set("ROED_TRAAD_KEYS__MASTER", &old);
    desk.refuses(&["export", ANNA]);
    desk.set("ROED_TRAAD_KEYS__MASTER", &new);
    assert!(desk.does(&["export", ANNA]).contains(ANNA));
    assert!(desk.does(&["keys", "forget", ANNA]).contains("cannot be read any more"));
    desk.refuses(&["export", ANNA]);
    assert!(desk.refuses(&["keys", "forget", ANNA]).contains("deleted already"));
}
