//! What an operator sets about login: where people sign in, and what the tokens must say.

use std::fmt;

use openidconnect::{core::CoreJwsSigningAlgorithm, url::Url};
use serde::{Deserialize, Serialize};

use super::ConfigError;
use crate::cpr;

/// Where people sign in. Without a provider there is no login; the page says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The address that people see, such as `https://rød-tråd.fjordby.example`: the provider sends them back to it.
    #[serde(default)]
    pub public_url: Option<String>,
    /// What CPR numbers are hashed with: 32 random bytes as base64. Never changed once there is data.
    #[serde(default, skip_serializing)]
    pub cpr_key: Option<cpr::Key>,
    /// Citizens' login.
    #[serde(default)]
    pub citizen: Option<Provider>,
    /// Employees' login.
    #[serde(default)]
    pub employee: Option<Provider>,
}

/// An OpenID Connect provider, and what its ID tokens must say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Its address, as its own metadata says it. HTTPS, but for this machine.
    pub issuer: String,
    /// Who we are there.
    pub client_id: String,
    /// How we show it.
    #[serde(skip_serializing)]
    pub client_secret: Secret,
    /// What to ask for besides `openid`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// The signatures that are accepted.
    #[serde(default = "algorithms")]
    pub algorithms: Vec<Algorithm>,
    /// The levels of assurance that are accepted; for employees none may be asked for.
    #[serde(default = "levels")]
    pub levels: Vec<String>,
    /// The claim with the level. Like every claim here: a name, or a path with dots.
    #[serde(default = "level_claim")]
    pub level_claim: String,
    /// The claim with a citizen's CPR number.
    #[serde(default = "cpr_claim")]
    pub cpr_claim: String,
    /// The claim with an employee's `external_id`.
    #[serde(default = "id_claim")]
    pub id_claim: String,
    /// The claim with an employee's roles.
    #[serde(default = "role_claim")]
    pub role_claim: String,
    /// The roles that let an employee in; one is enough.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Whether whoever has logged in there already comes in without showing again who they are. At a library, that would be
    /// the person before.
    #[serde(default)]
    pub single_sign_on: bool,
    /// Whether UserInfo is read too. Level and roles are taken from the ID token in any case.
    #[serde(default)]
    pub userinfo: bool,
    /// How long an answer may take, in seconds.
    #[serde(default = "patience")]
    pub patience_seconds: u32,
}

/// A signature that can be accepted. No other is: neither what is signed with the client's secret nor what is not signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names of RFC 7518")]
pub enum Algorithm {
    RS256,
    PS256,
    ES256,
}

impl From<Algorithm> for CoreJwsSigningAlgorithm {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::RS256 => Self::RsaSsaPkcs1V15Sha256,
            Algorithm::PS256 => Self::RsaSsaPssSha256,
            Algorithm::ES256 => Self::EcdsaP256Sha256,
        }
    }
}

/// What must stand in no log.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

fn algorithms() -> Vec<Algorithm> {
    vec![Algorithm::RS256, Algorithm::PS256, Algorithm::ES256]
}

fn levels() -> Vec<String> {
    ["Substantial", "High"].map(|level| format!("https://data.gov.dk/concept/core/nsis/{level}")).to_vec()
}

fn level_claim() -> String {
    "acr".to_owned()
}

fn cpr_claim() -> String {
    "dk.cpr".to_owned()
}

fn id_claim() -> String {
    "sub".to_owned()
}

fn role_claim() -> String {
    "roles".to_owned()
}

fn patience() -> u32 {
    10
}

impl Login {
    /// Whether anybody can sign in.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.citizen.is_some() || self.employee.is_some()
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if let Some(citizen) = &self.citizen {
            citizen.check("citizen")?;
            if citizen.levels.is_empty() {
                return Err(ConfigError::Login("citizen.levels", "is empty: a citizen's level is always asked for"));
            }
            if self.cpr_key.is_none() {
                return Err(ConfigError::Missing("login.cpr_key", "ROED_TRAAD_LOGIN__CPR_KEY"));
            }
        }
        if let Some(employee) = &self.employee {
            employee.check("employee")?;
            if employee.roles.is_empty() {
                return Err(ConfigError::Login("employee.roles", "is empty: name the roles that let an employee in"));
            }
        }
        if !self.is_set() {
            return Ok(());
        }
        let Some(public) = &self.public_url else {
            return Err(ConfigError::Missing("login.public_url", "ROED_TRAAD_LOGIN__PUBLIC_URL"));
        };
        match Url::parse(public) {
            Ok(url) if is_safe(&url) && url.path() == "/" && !public.ends_with('/') => Ok(()),
            _ => Err(ConfigError::Login("public_url", "is no address: write it as https://host, without a path")),
        }
    }
}

impl Provider {
    fn check(&self, who: &'static str) -> Result<(), ConfigError> {
        let fault = |what: [&'static str; 2], why| {
            Err(ConfigError::Login(if who == "citizen" { what[0] } else { what[1] }, why))
        };
        if !Url::parse(&self.issuer).is_ok_and(|url| is_safe(&url) && url.query().is_none()) {
            return fault(["citizen.issuer", "employee.issuer"], "is no address that begins with https://");
        }
        if self.client_id.is_empty() {
            return fault(["citizen.client_id", "employee.client_id"], "is empty");
        }
        if self.client_secret.0.is_empty() {
            return fault(["citizen.client_secret", "employee.client_secret"], "is empty");
        }
        if self.algorithms.is_empty() {
            return fault(
                ["citizen.algorithms", "employee.algorithms"],
                "is empty: leave it out, or name at least one",
            );
        }
        Ok(())
    }
}

/// HTTPS; on this machine, where tests are, HTTP too.
#[must_use]
pub fn is_safe(url: &Url) -> bool {
    let is_here = match url.host() {
        Some(openidconnect::url::Host::Domain(name)) => name == "localhost",
        Some(openidconnect::url::Host::Ipv4(address)) => address.is_loopback(),
        Some(openidconnect::url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none()
        && (url.scheme() == "https" || (url.scheme() == "http" && is_here))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Overrides};

    const WHOLE: &str = r#"
        [login]
        public_url = "https://plan.example"
        cpr_key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
        [login.citizen]
        issuer = "https://login.example/realms/borger"
        client_id = "plan"
        client_secret = "hemmelig"
        [login.employee]
        issuer = "https://login.example/realms/medarbejder"
        client_id = "plan"
        client_secret = "hemmelig"
        roles = ["sagsbehandler"]
    "#;

    fn read(text: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        std::fs::write(&file, text).unwrap();
        Config::read(Some(&file), &Overrides { demo: true, ..Overrides::default() })
    }

    #[test]
    fn a_login_has_safe_defaults() {
        let citizen = read(WHOLE).unwrap().login.citizen.unwrap();
        assert_eq!(citizen.levels.len(), 2);
        assert!(citizen.levels.iter().all(|level| !level.ends_with("Low")));
        assert_eq!(citizen.algorithms.len(), 3);
    }

    #[test]
    fn what_is_unsafe_or_missing_is_refused_at_the_start() {
        for (from, to) in [
            ("https://login.example/realms/borger", "http://login.example/realms/borger"),
            ("https://login.example/realms/borger", "https://login.example/?a=b"),
            ("https://plan.example", "http://plan.example"),
            ("https://plan.example", "https://plan.example/app"),
            ("public_url", "public_uri"),
            ("client_secret = \"hemmelig\"", "client_secret = \"\""),
            ("client_id = \"plan\"", "client_id = \"\""),
            ("roles = [\"sagsbehandler\"]", "roles = []"),
            ("roles = [\"sagsbehandler\"]", "role = [\"sagsbehandler\"]"),
            ("client_id = \"plan\"", "client_id = \"plan\"\nlevels = []"),
            ("client_id = \"plan\"", "client_id = \"plan\"\nalgorithms = []"),
            ("client_id = \"plan\"", "client_id = \"plan\"\nalgorithms = [\"HS256\"]"),
            ("client_id = \"plan\"", "client_id = \"plan\"\nalgorithms = [\"none\"]"),
            ("cpr_key = \"MDEy", "cpr_key = \"MDEyNA\" # "),
        ] {
            assert!(WHOLE.contains(from), "{from}");
            assert!(read(&WHOLE.replacen(from, to, 1)).is_err(), "{from} -> {to}");
        }
    }

    #[test]
    fn citizens_are_found_by_a_key_that_somebody_has_made() {
        let login = Login { cpr_key: None, ..read(WHOLE).unwrap().login };
        assert!(matches!(login.check(), Err(ConfigError::Missing("login.cpr_key", _))));
    }

    #[test]
    fn on_this_machine_http_will_do() {
        let text = WHOLE.replace("https://login.example", "http://localhost:9400");
        assert!(read(&text.replace("https://plan.example", "http://127.0.0.1:8080")).is_ok());
    }

    #[test]
    fn secrets_are_not_printed() {
        let printed = format!("{:?}", read(WHOLE).unwrap());
        assert!(!printed.contains("hemmelig") && !printed.contains("MDEy"), "{printed}");
    }
}
