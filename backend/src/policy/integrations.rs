//! What another system may, by its key: to say who there is, as far as the settings name it.

use axum::http::{HeaderMap, header};
use contract::{MunicipalityId, ProblemCode};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::allowed;
use crate::{
    app::App,
    config::{Integration, RegisterKind},
    error::Result,
    limits,
};

/// The proof that another system may say who there is. It opens no case.
#[derive(Debug)]
pub struct RegisterAccess {
    municipality: MunicipalityId,
    integration: Integration,
    at: Timestamp,
}

/// Who comes with `Authorization: Bearer` and the key of a system that is set.
///
/// # Errors
/// [`ProblemCode::SignedOut`], and [`crate::error::Error::TooMany`].
pub fn integration(app: &App, headers: &HeaderMap) -> Result<RegisterAccess> {
    let bearer = || {
        let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
    };
    // How long it takes to compare two hashes tells nothing of the key.
    let hash = bearer().map(|key| format!("{:x}", Sha256::digest(key)));
    let mut all = app.config.integrations.iter().enumerate();
    let found = all.find(|(_, it)| hash.as_ref().is_some_and(|hash| it.key_sha256.eq_ignore_ascii_case(hash)));
    let (i, integration) = found.ok_or(ProblemCode::SignedOut)?;
    let at = app.clock.now();
    app.limits.take(limits::Key::Integration(i), app.config.limits.requests_per_minute_person, at)?;
    Ok(RegisterAccess { municipality: app.config.municipality_id, integration: integration.clone(), at })
}

impl RegisterAccess {
    /// The municipality.
    #[must_use]
    pub fn municipality(&self) -> MunicipalityId {
        self.municipality
    }

    /// What the settings call the system.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.integration.name
    }

    /// When it came.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// That its key is for employees.
    ///
    /// # Errors
    /// [`ProblemCode::NotAllowed`].
    pub fn must_have_employees(&self) -> Result<()> {
        allowed(self.integration.may.contains(&RegisterKind::Employees))
    }

    /// That its key is for citizens.
    ///
    /// # Errors
    /// [`ProblemCode::NotAllowed`].
    pub fn must_have_citizens(&self) -> Result<()> {
        allowed(self.integration.may.contains(&RegisterKind::Citizens))
    }
}
