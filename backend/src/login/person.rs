//! Whom a login is about: what is looked for among our own people.

use contract::{Line, LoginFault};

use super::{Who, provider::Provider, refused::Refused, token::Proven};
use crate::{
    app::App,
    cpr::{self, Cpr},
};

/// Somebody to be found: by issuer and subject, and the first time by what both sides know.
pub(super) struct Sought {
    pub issuer: String,
    pub subject: String,
    /// What the provider calls them.
    pub name: Option<String>,
    /// Whether the provider keeps their name to itself.
    pub is_protected: bool,
    pub by: By,
}

/// What both sides know.
pub(super) enum By {
    /// A citizen's CPR number, as it is kept; absent when the provider does not tell it.
    Cpr(Option<cpr::Stored>),
    /// An employee's id in the municipality's own system.
    ExternalId(Option<String>),
}

impl Sought {
    pub fn of(app: &App, provider: &Provider, proven: &Proven) -> Result<Self, Refused> {
        let settings = &provider.settings;
        let by = match provider.who {
            Who::Citizen => By::Cpr(match proven.claims.get(&settings.cpr_claim) {
                None => None,
                Some(value) => {
                    let cpr = value.as_str().and_then(Cpr::parse).ok_or(Refused::other("cpr"))?;
                    let key = app.config.login.cpr_key.as_ref().ok_or(Refused::other("no key for CPR numbers"))?;
                    Some(key.keep(&cpr))
                }
            }),
            Who::Employee => By::ExternalId(proven.claims.text(&settings.id_claim).map(str::to_owned)),
        };
        // Of somebody whose name is protected the provider says just that.
        let name = proven.claims.text("name");
        let is_protected = name.is_some_and(|name| name.to_lowercase().contains("beskyttet"));
        let name = name.filter(|_| !is_protected).and_then(|name| Line::parse(name).ok()).map(String::from);
        Ok(Self { issuer: settings.issuer.clone(), subject: proven.subject.clone(), name, is_protected, by })
    }
}

/// Nobody of ours.
pub(super) const UNKNOWN: Refused = Refused { fault: LoginFault::Unknown, why: "nobody of ours" };

/// What the token says now is not what it said the first time.
pub(super) const ANOTHER: Refused = Refused { fault: LoginFault::Other, why: "another person than before" };
