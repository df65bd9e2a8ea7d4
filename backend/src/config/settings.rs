//! Tables of settings that are no secrets and no addresses.

use std::net::SocketAddr;

use contract::Area;
use serde::{Deserialize, Serialize};

/// How much one may ask for; a rate of 0 is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Requests to the API, of one person on all their devices.
    pub requests_per_minute_person: u32,
    /// Requests to the API from one address; an office or a library has one for all who sit there.
    pub requests_per_minute_address: u32,
    /// Attempts to sign in from one address.
    pub sign_ins_per_minute_address: u32,
    /// Requests that are answered at once.
    pub concurrent: usize,
    /// Seconds that an answer may take.
    pub seconds: u32,
}

/// How long people stay signed in, by who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sessions {
    /// Citizens.
    pub citizen: Lifetime,
    /// Employees.
    pub employee: Lifetime,
    /// Minutes without a request after which a session on a shared computer ends.
    pub shared_idle_minutes: u32,
    /// Minutes after a login in which a citizen may begin to let somebody else into their case; twice as many to finish it.
    pub fresh_minutes: u32,
}

/// How long things are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Years after which a row of the audit is deleted.
    pub audit_years: u16,
    /// Days after its last save that a draft is deleted.
    pub draft_days: u16,
    /// Days after which a receipt is deleted. 0 is never: they are what a citizen can show.
    pub receipt_days: u16,
}

/// Figures for who looks after the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricsSettings {
    /// Where they can be fetched, apart from the apps' own address; without it there are none.
    pub address: Option<SocketAddr>,
}

/// How long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lifetime {
    /// Minutes without a request after which it ends.
    pub idle_minutes: u32,
    /// Hours after which it ends whatever is done.
    pub hours: u32,
}

/// Who sees what is marked social or health, apart from those who work with it and those whom the citizen lets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    /// Where the law lets others see it without a choice of the citizen's; the citizen is shown each.
    pub grounds: Vec<Ground>,
    /// Minutes that what an employee opens with a written reason stays open to them.
    pub glass_minutes: u32,
}

/// A ground in law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// The area that it opens.
    pub of: Area,
    /// The area that those work with whom it opens it to.
    pub to: Area,
    /// The law in plain words, for the citizen.
    pub text: String,
}

/// Another system of the municipality, which comes with a key of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Integration {
    /// What it is called, for the audit.
    pub name: String,
    /// The SHA-256 of its key, in hexadecimal: who reads the settings has no key.
    pub key_sha256: String,
    /// What it may say.
    pub may: Vec<RegisterKind>,
}

/// What another system may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisterKind {
    /// Who works at the municipality, and who has left.
    Employees,
    /// Which citizens there are, and whom each turns to.
    Citizens,
}

impl Integration {
    pub(super) fn is_whole(&self) -> bool {
        let is_hash = self.key_sha256.len() == 64 && self.key_sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash && !self.name.trim().is_empty() && !self.may.is_empty()
    }
}
