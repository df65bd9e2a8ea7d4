use crate::keys::MasterError;

/// What is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file or a variable cannot be read as what it stands for.
    #[error("the configuration cannot be read: {0}")]
    Unreadable(#[from] Box<figment::Error>),
    /// A name in the file that means nothing.
    #[error("{0} is no setting: correct its name, or take it out of the file")]
    Unknown(String),
    /// A required value is not set.
    #[error("{0} is not set: write it in the file given by --config, or set {1}")]
    Missing(&'static str, &'static str),
    /// A colour is something else.
    #[error("colours.{0} is not a colour: write it as #rrggbb, such as #1f5c63")]
    Colour(&'static str),
    /// The data and the keys to it lie apart, so that a copy of the one is no copy of the other.
    #[error("keys.database is not set: give the keys a database of their own, not the data's")]
    KeysDatabase,
    /// What is on its way to another machine could be read there, or be another's.
    #[error(
        "{0} is on another machine: add sslmode=verify-full to its address, and set PGSSLROOTCERT if its certificate is your own"
    )]
    DatabaseInTheOpen(&'static str),
    /// A master key is not one.
    #[error("keys.{0}: {1}")]
    Master(&'static str, MasterError),
    /// Figures are for nobody who uses the apps.
    #[error("metrics.address is where the apps are served: give the metrics an address of their own")]
    MetricsInTheOpen,
    /// A fresh login may be as old as the providers' clocks and patience make it.
    #[error("sessions.fresh_minutes is below 6: a login takes a while, so give people more")]
    FreshMinutes,
    /// Drafts are kept for a while.
    #[error("retention.draft_days is 0: drafts are kept for at least a day")]
    DraftDays,
    /// Who has looked is kept for a while.
    #[error("retention.audit_years is 0: who has looked is kept for at least a year")]
    AuditYears,
    /// Ids of two systems could be the same.
    #[error(
        "integrations: only one system says which {0} there are; two entries with one name are one system with two keys"
    )]
    TwoSystems(&'static str),
    /// A system without a name, a key, or anything that it may.
    #[error(
        "integrations[{0}]: give it a name, what it may, and key_sha256: the SHA-256 of its key, as 64 hexadecimal digits"
    )]
    Integration(usize),
    /// A setting of the login cannot be.
    #[error("login.{0} {1}")]
    Login(&'static str, &'static str),
    /// The demo lets anybody in.
    #[error(
        "the demo lets everybody in without login, so it listens on this machine only: use --address 127.0.0.1, or leave out --demo"
    )]
    DemoInTheOpen,
}
