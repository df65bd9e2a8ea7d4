//! What an operator sets: defaults, then a TOML file, then the environment (`ROED_TRAAD_…`), then the command line.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use contract::{Municipality, MunicipalityId};
use figment::{
    Figment,
    providers::{Env, Format as _, Serialized, Toml},
    value::Dict,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::keys::{Master, Masters};

mod database;
mod fault;
pub mod login;
mod settings;

pub use fault::ConfigError;
pub use settings::*;

/// The invented municipality that `--demo` begins with.
const DEMO: &str = include_str!("../../demo/municipality.toml");

/// Everything that is set from outside. In the environment a table is two underscores:
/// `ROED_TRAAD_MUNICIPALITY__PHONE="00 10 20 30"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Config {
    /// The first part of every key in the database; never changed once there is data.
    pub municipality_id: MunicipalityId,
    /// Name, nouns and contact.
    pub municipality: Municipality,
    /// The three colours of the theme.
    pub colours: Colours,
    /// A picture (svg or png) for the header, if any.
    pub logo: Option<PathBuf>,
    /// Whether citizens see the names of employees in openings and history, or only role and unit.
    pub show_employee_names: bool,
    /// How long people stay signed in.
    pub sessions: Sessions,
    /// How long things are kept.
    pub retention: Retention,
    /// Who sees what is marked social or health.
    pub sharing: Sharing,
    /// For how many days from today looks may be hidden from the citizen, where the law allows it.
    pub look_delay_days: u16,
    /// How much one may ask for.
    pub limits: Limits,
    /// The addresses of our own proxies: what they say about where a request comes from is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Where people sign in.
    pub login: login::Login,
    /// Other systems of the municipality, and what each may say.
    pub integrations: Vec<Integration>,
    /// What a meeting is called in a calendar, which phones often show to others: it must tell nothing.
    pub calendar_title: String,
    /// `sqlite://FILE?mode=rwc` or `postgres://…`.
    pub database: String,
    /// The keys to what people write.
    pub keys: KeySettings,
    /// Where to listen.
    pub address: IpAddr,
    /// Where to listen.
    pub port: u16,
    /// Figures for who looks after the server.
    pub metrics: MetricsSettings,
    /// The folder with the built app; the caseworkers' part lies in `staff` below it.
    pub dist: PathBuf,
    /// Invented people, sign-in without login, and failures on demand: on this machine only.
    pub demo: bool,
    /// Whether the demo begins with its invented people, or with an empty database for a file to fill.
    pub demo_people: bool,
    /// How far the demo's clock is ahead, in hours: so that a meeting can be held today that is next week.
    pub demo_hours_ahead: u32,
}

/// The keys to what people write, and the key to those.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeySettings {
    /// The store of the wrapped keys, another database than the data's; without it, a file beside the data's.
    pub database: Option<String>,
    /// The master key, from `roed-traad keys make`. Kept where neither database is.
    pub master: Secret,
    /// The master key before, while keys are being wrapped anew.
    pub previous: Secret,
}

/// What no log and no message may show.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_empty() { "none" } else { "…" })
    }
}

/// The theme's colours, each as `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colours {
    /// Buttons and links.
    pub primary: String,
    /// The same, pressed or on light ground.
    pub primary_dark: String,
    /// The thread.
    pub accent: String,
}

/// What the command line says; what is absent is left to the file and the environment.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Overrides {
    /// Where to listen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// Where to listen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<IpAddr>,
    /// The database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// The folder with the built app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dist: Option<PathBuf>,
    /// The demo; what is not asked for here may be asked for elsewhere.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
}

impl Config {
    /// Reads everything that is set, and checks it.
    ///
    /// # Errors
    /// Any [`ConfigError`].
    pub fn read(file: Option<&Path>, overrides: &Overrides) -> Result<Self, ConfigError> {
        let set = |mut figment: Figment| {
            if let Some(file) = file {
                figment = figment.merge(Toml::file_exact(file));
            }
            figment.merge(Env::prefixed("ROED_TRAAD_").split("__")).merge(Serialized::defaults(overrides))
        };
        let defaults = Figment::from(Serialized::defaults(Self::default()));
        let demo = set(defaults.clone()).extract_inner::<bool>("demo").map_err(Box::new)?;
        let base = if demo { defaults.merge(Toml::string(DEMO)) } else { defaults };
        let config: Self = set(base).extract().map_err(Box::new)?;
        if let Some(file) = file {
            no_unknown(file)?;
        }
        config.check()?;
        Ok(config)
    }

    /// The demo municipality, for `--demo` and for tests. No file and no variable is read.
    ///
    /// # Errors
    /// [`ConfigError::Unreadable`] when the built-in file is broken.
    pub fn demo() -> Result<Self, ConfigError> {
        let defaults = Serialized::defaults(Self { demo: true, ..Self::default() });
        Ok(Figment::from(defaults).merge(Toml::string(DEMO)).extract().map_err(Box::new)?)
    }

    /// Where to listen.
    #[must_use]
    pub fn socket(&self) -> SocketAddr {
        SocketAddr::new(self.address, self.port)
    }

    /// Where the wrapped keys lie.
    ///
    /// # Errors
    /// [`ConfigError::KeysDatabase`].
    pub fn keys_database(&self) -> Result<String, ConfigError> {
        let beside = || {
            let (path, options) =
                self.database.strip_prefix("sqlite:")?.split_once('?').unwrap_or((&self.database, ""));
            let path = path.trim_start_matches("sqlite:");
            Some(format!("sqlite:{}-keys.sqlite?{options}", path.strip_suffix(".sqlite").unwrap_or(path)))
        };
        let set = self.keys.database.clone().filter(|url| *url != self.database).or_else(beside);
        set.ok_or(ConfigError::KeysDatabase)
    }

    /// The master keys that are set.
    ///
    /// # Errors
    /// [`ConfigError::Missing`] and [`ConfigError::Master`].
    pub fn masters(&self) -> Result<Masters, ConfigError> {
        let parse = |name, key: &Secret| Master::parse(&key.0).map_err(|error| ConfigError::Master(name, error));
        let previous = Some(&self.keys.previous).filter(|key| !key.0.is_empty());
        let previous = previous.map(|key| parse("previous", key)).transpose()?;
        let current = match (&self.keys.master, self.demo) {
            (Secret(empty), true) if empty.is_empty() => Master::of_the_demo(),
            (Secret(empty), false) if empty.is_empty() => {
                return Err(ConfigError::Missing("keys.master", "ROED_TRAAD_KEYS__MASTER"));
            }
            (key, _) => parse("master", key)?,
        };
        Ok(Masters { current, previous })
    }

    fn check(&self) -> Result<(), ConfigError> {
        if self.demo && !self.address.is_loopback() {
            return Err(ConfigError::DemoInTheOpen);
        }
        if self.metrics.address == Some(self.socket()) {
            return Err(ConfigError::MetricsInTheOpen);
        }
        if self.sessions.fresh_minutes < 6 && !self.demo {
            return Err(ConfigError::FreshMinutes);
        }
        if self.retention.draft_days == 0 {
            return Err(ConfigError::DraftDays);
        }
        if self.retention.audit_years == 0 {
            return Err(ConfigError::AuditYears);
        }
        if self.municipality_id.0.is_nil() {
            return Err(ConfigError::Missing("municipality_id", "ROED_TRAAD_MUNICIPALITY_ID"));
        }
        let needed = [
            (&self.municipality.name, "municipality.name", "ROED_TRAAD_MUNICIPALITY__NAME"),
            (&self.municipality.phone, "municipality.phone", "ROED_TRAAD_MUNICIPALITY__PHONE"),
            (&self.municipality.mail, "municipality.mail", "ROED_TRAAD_MUNICIPALITY__MAIL"),
        ];
        for (value, name, variable) in needed {
            if value.trim().is_empty() {
                return Err(ConfigError::Missing(name, variable));
            }
        }
        if let Some(i) = self.integrations.iter().position(|it| !it.is_whole()) {
            return Err(ConfigError::Integration(i));
        }
        for (kind, what) in [(RegisterKind::Employees, "employees"), (RegisterKind::Citizens, "citizens")] {
            let mut names = self.integrations.iter().filter(|it| it.may.contains(&kind)).map(|it| &it.name);
            let first = names.next();
            if names.any(|name| Some(name) != first) {
                return Err(ConfigError::TwoSystems(what));
            }
        }
        database::check(&self.database, "database")?;
        database::check(&self.keys_database()?, "keys.database")?;
        self.masters()?;
        self.login.check()?;
        self.colours.check()
    }
}

/// What is misspelt on the outermost level of a file would else be ignored; further in, each table knows its names. The
/// environment holds more than ours.
fn no_unknown(file: &Path) -> Result<(), ConfigError> {
    let known: Dict = Figment::from(Serialized::defaults(Config::default())).extract().map_err(Box::new)?;
    let written: Dict = Figment::from(Toml::file_exact(file)).extract().map_err(Box::new)?;
    written.into_keys().find(|name| !known.contains_key(name)).map_or(Ok(()), |name| Err(ConfigError::Unknown(name)))
}

impl Default for Config {
    fn default() -> Self {
        Self {
            municipality_id: MunicipalityId(Uuid::nil()),
            municipality: Municipality {
                emergency_phone: "112".to_owned(),
                crisis_line_name: "Livslinien".to_owned(),
                crisis_line_phone: "70 201 201".to_owned(),
                official_channel: "Digital Post".to_owned(),
                reporting_channel: "Jobnet".to_owned(),
                complaint_deadline: "inden 4 uger".to_owned(),
                ..Municipality::default()
            },
            colours: Colours {
                primary: "#1f5c63".to_owned(),
                primary_dark: "#143f45".to_owned(),
                accent: "#b8432f".to_owned(),
            },
            logo: None,
            show_employee_names: false,
            sessions: Sessions {
                citizen: Lifetime { idle_minutes: 30, hours: 8 },
                employee: Lifetime { idle_minutes: 30, hours: 10 },
                shared_idle_minutes: 10,
                fresh_minutes: 15,
            },
            retention: Retention { audit_years: 5, draft_days: 90, receipt_days: 0 },
            sharing: Sharing { grounds: Vec::new(), glass_minutes: 60 },
            look_delay_days: 90,
            limits: Limits {
                requests_per_minute_person: 600,
                requests_per_minute_address: 3000,
                sign_ins_per_minute_address: 60,
                concurrent: 512,
                seconds: 30,
            },
            trusted_proxies: Vec::new(),
            login: login::Login::default(),
            integrations: Vec::new(),
            calendar_title: "Møde med kommunen".to_owned(),
            database: "sqlite://roed-traad.sqlite?mode=rwc".to_owned(),
            keys: KeySettings::default(),
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8080,
            metrics: MetricsSettings::default(),
            dist: PathBuf::from("dist"),
            demo: false,
            demo_people: true,
            demo_hours_ahead: 0,
        }
    }
}

impl Colours {
    /// They are written into a style sheet, so nothing but a colour may pass.
    fn check(&self) -> Result<(), ConfigError> {
        let all = [(&self.primary, "primary"), (&self.primary_dark, "primary_dark"), (&self.accent, "accent")];
        for (colour, name) in all {
            let digits = colour.strip_prefix('#').unwrap_or_default();
            if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
                return Err(ConfigError::Colour(name));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_municipality_is_whole() {
        let config = Config::demo().unwrap();
        assert!(config.demo && config.show_employee_names);
        assert_eq!(config.municipality.name, "Fjordby Kommune");
        config.check().unwrap();
    }

    #[test]
    fn the_demo_refuses_any_address_but_loopback() {
        for address in ["0.0.0.0", "192.168.1.4", "::"] {
            let overrides = Overrides { demo: true, address: Some(address.parse().unwrap()), ..Overrides::default() };
            assert!(matches!(Config::read(None, &overrides), Err(ConfigError::DemoInTheOpen)), "{address}");
        }
        let overrides = Overrides { demo: true, address: Some("::1".parse().unwrap()), ..Overrides::default() };
        assert!(Config::read(None, &overrides).is_ok());
    }

    #[test]
    fn metrics_are_not_where_the_apps_are_served() {
        let mut config = Config::demo().unwrap();
        config.metrics.address = Some(config.socket());
        assert!(matches!(config.check(), Err(ConfigError::MetricsInTheOpen)));
        config.metrics.address = Some("127.0.0.1:9100".parse().unwrap());
        config.check().unwrap();
        config.retention.draft_days = 0;
        assert!(matches!(config.check(), Err(ConfigError::DraftDays)));
    }

    #[test]
    fn without_the_demo_the_municipality_must_be_set() {
        assert!(matches!(Config::read(None, &Overrides::default()), Err(ConfigError::Missing("municipality_id", _))));
    }

    #[test]
    fn the_command_line_beats_the_file_and_the_file_beats_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        let master = Master::make().unwrap();
        let text = format!("port = 9000\naddress = \"127.0.0.2\"\nkeys.master = {master:?}\n{DEMO}");
        std::fs::write(&file, text).unwrap();
        let overrides = Overrides { port: Some(9001), ..Overrides::default() };
        let config = Config::read(Some(&file), &overrides).unwrap();
        assert_eq!((config.port, config.address.to_string().as_str()), (9001, "127.0.0.2"));
        assert!(!config.demo);
    }

    #[test]
    fn a_misspelt_setting_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        let read = |text: &str| {
            std::fs::write(&file, text).unwrap();
            Config::read(Some(&file), &Overrides { demo: true, ..Overrides::default() })
        };
        assert!(read("look_delay_days = 30\nlogo = \"logo.svg\"\n[retention]\naudit_years = 6\n").is_ok());
        assert!(matches!(read("look_delay_day = 30"), Err(ConfigError::Unknown(name)) if name == "look_delay_day"));
        for text in ["[retention]\naudit_year = 6", "[sharing]\nglass = 5", "[[integrations]]\nkey = \"a\""] {
            assert!(matches!(read(text), Err(ConfigError::Unreadable(_))), "{text}");
        }
        let integration =
            |key: &str, may: &str| format!("[[integrations]]\nname = \"A\"\nkey_sha256 = \"{key}\"\nmay = [{may}]");
        assert!(read(&integration(&"0a".repeat(32), "\"citizens\"")).is_ok());
        for (key, may) in [("0a".repeat(31), "\"citizens\""), ("0a".repeat(32), ""), ("0g".repeat(32), "\"citizens\"")]
        {
            assert!(matches!(read(&integration(&key, may)), Err(ConfigError::Integration(0))), "{key} {may}");
        }
        let first = integration(&"0a".repeat(32), "\"citizens\"");
        let second = integration(&"0b".repeat(32), "\"citizens\"");
        assert!(read(&format!("{first}\n{second}")).is_ok(), "one system with two keys");
        let second = second.replace("\"A\"", "\"B\"");
        assert!(matches!(read(&format!("{first}\n{second}")), Err(ConfigError::TwoSystems("citizens"))));
    }

    #[test]
    fn a_colour_cannot_carry_style() {
        for colour in ["red", "#12345", "#12345g", "#123456;}", ""] {
            let mut config = Config::demo().unwrap();
            config.colours.accent = colour.to_owned();
            assert!(matches!(config.check(), Err(ConfigError::Colour("accent"))), "{colour}");
        }
    }

    #[test]
    fn the_keys_lie_apart_from_the_data() {
        let mut config = Config::demo().unwrap();
        config.database = "sqlite:///srv/data.sqlite?mode=rwc".to_owned();
        assert_eq!(config.keys_database().unwrap(), "sqlite:///srv/data-keys.sqlite?mode=rwc");
        config.database = "postgres://db/roed".to_owned();
        assert!(matches!(config.keys_database(), Err(ConfigError::KeysDatabase)));
        config.keys.database = Some(config.database.clone());
        assert!(matches!(config.keys_database(), Err(ConfigError::KeysDatabase)), "not in the data's own");
        config.keys.database = Some("postgres://db/keys".to_owned());
        assert_eq!(config.keys_database().unwrap(), "postgres://db/keys");
    }

    #[test]
    fn a_master_key_is_set_outside_the_demo_and_never_shown() {
        let mut config = Config { demo: false, ..Config::demo().unwrap() };
        assert!(matches!(config.check(), Err(ConfigError::Missing("keys.master", _))));
        config.keys.master = Secret("too short".to_owned());
        assert!(matches!(config.check(), Err(ConfigError::Master("master", _))));
        let master = Master::make().unwrap();
        config.keys.master = Secret(master.clone());
        config.check().unwrap();
        assert!(!format!("{config:?}").contains(&master));
    }
}
