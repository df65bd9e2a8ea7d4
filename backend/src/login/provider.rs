//! A provider as it says itself what it is: asked when somebody first needs it, and remembered.

use std::{
    sync::{Arc, OnceLock, RwLock},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AdditionalProviderMetadata, AuthUrl, ClientId, ClientSecret, EndpointNotSet, EndpointSet, IssuerUrl, JsonWebKeySet,
    JsonWebKeySetUrl, ProviderMetadata, RedirectUrl, TokenUrl,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod, CoreGrantType,
        CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode,
        CoreResponseType, CoreSubjectIdentifierType,
    },
    url::Url,
};
use serde::{Deserialize, Serialize};

use super::{Who, http::Http, refused::Refused};
use crate::config::login::{Login, Provider as Settings, is_safe};

/// How long what a provider says of itself is taken as said.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(1);

/// How often keys are read again because somebody from outside names one that is unknown.
const KEYS_AGAIN: SignedDuration = SignedDuration::from_secs(10);

/// A client that knows where people log in and where codes are changed into tokens.
pub(super) type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet, EndpointNotSet>;

type Metadata = ProviderMetadata<
    Also,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    openidconnect::core::CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What other specifications add to the metadata.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Also {
    /// RP-Initiated Logout.
    end_session_endpoint: Option<Url>,
    /// RFC 9207.
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Also {}

/// The providers, as far as they are set.
pub struct Providers {
    citizen: Option<Provider>,
    employee: Option<Provider>,
}

impl Providers {
    /// Of these settings. Nobody is asked anything yet, so the server starts while they are away.
    #[must_use]
    pub fn new(login: &Login) -> Self {
        let public = login.public_url.as_deref().unwrap_or_default();
        let provider = |who, settings: &Option<Settings>| {
            settings.as_ref().map(|settings| Provider {
                who,
                settings: settings.clone(),
                public: public.to_owned(),
                http: OnceLock::new(),
                known: RwLock::default(),
            })
        };
        Self { citizen: provider(Who::Citizen, &login.citizen), employee: provider(Who::Employee, &login.employee) }
    }

    pub(super) fn of(&self, who: Who) -> Result<&Provider, Refused> {
        let provider = match who {
            Who::Citizen => &self.citizen,
            Who::Employee => &self.employee,
        };
        provider.as_ref().ok_or(Refused::other("no such login"))
    }
}

/// One of them.
pub(super) struct Provider {
    pub who: Who,
    pub settings: Settings,
    public: String,
    http: OnceLock<Option<Http>>,
    known: RwLock<Option<Arc<Known>>>,
}

/// What it has said.
#[derive(Clone)]
pub(super) struct Known {
    authorization: AuthUrl,
    token: TokenUrl,
    keys_at: JsonWebKeySetUrl,
    /// Where more can be read about whoever has logged in.
    pub userinfo: Option<String>,
    /// Where its own session is ended.
    pub end_session: Option<Url>,
    /// Whether every answer says whose it is.
    pub names_itself: bool,
    /// What its signatures are checked with.
    pub keys: CoreJsonWebKeySet,
    read_at: Timestamp,
    keys_read_at: Timestamp,
}

impl Provider {
    pub fn http(&self) -> Result<&Http, Refused> {
        let made = self.http.get_or_init(|| {
            let patience = Duration::from_secs(self.settings.patience_seconds.max(1).into());
            let made = Http::new(patience, self.settings.issuer.starts_with("https:"));
            made.inspect_err(|error| tracing::error!(%error, "nothing can be asked of a provider")).ok()
        });
        made.as_ref().ok_or(Refused::down("no way to ask"))
    }

    /// What it says of itself: remembered, and in a bad hour remembered for longer.
    pub async fn known(&self, now: Timestamp) -> Result<Arc<Known>, Refused> {
        let remembered = self.known.read().ok().and_then(|known| known.clone());
        if let Some(known) = remembered.as_ref().filter(|known| now.duration_since(known.read_at) < REMEMBERED) {
            return Ok(known.clone());
        }
        match (self.discover(now).await, remembered) {
            (Ok(known), _) => Ok(self.remember(known)),
            (Err(_), Some(known)) => Ok(known),
            (Err(refused), None) => Err(refused),
        }
    }

    async fn discover(&self, now: Timestamp) -> Result<Known, Refused> {
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(|_| Refused::down("the issuer's address"))?;
        let metadata = Metadata::discover_async(issuer, self.http()?).await.map_err(|error| {
            tracing::warn!(who = self.who.word(), error = source(&error), "a provider cannot be discovered");
            Refused::down("discovery")
        })?;
        let also = metadata.additional_metadata();
        let token = metadata.token_endpoint().ok_or(Refused::down("no token endpoint"))?;
        let shown = [Some(metadata.authorization_endpoint().url()), also.end_session_endpoint.as_ref()];
        let is_https = self.settings.issuer.starts_with("https:");
        if shown.into_iter().flatten().any(|url| !is_safe(url) || (is_https && url.scheme() != "https")) {
            return Err(Refused::down("an endpoint without https"));
        }
        Ok(Known {
            authorization: metadata.authorization_endpoint().clone(),
            token: token.clone(),
            keys_at: metadata.jwks_uri().clone(),
            userinfo: metadata.userinfo_endpoint().map(|url| url.as_str().to_owned()),
            end_session: also.end_session_endpoint.clone(),
            names_itself: also.authorization_response_iss_parameter_supported,
            keys: metadata.jwks().clone(),
            read_at: now,
            keys_read_at: now,
        })
    }

    fn remember(&self, known: Known) -> Arc<Known> {
        let known = Arc::new(known);
        if let Ok(mut remembered) = self.known.write() {
            *remembered = Some(known.clone());
        }
        known
    }

    /// The same with its keys read again: it may have new ones.
    pub async fn with_new_keys(&self, known: &Known, now: Timestamp) -> Result<Arc<Known>, Refused> {
        let keys = JsonWebKeySet::fetch_async(&known.keys_at, self.http()?)
            .await
            .map_err(|_| Refused::down("its keys cannot be read"))?;
        Ok(self.remember(Known { keys, keys_read_at: now, ..known.clone() }))
    }

    /// The same, for whoever may send anything from anywhere.
    pub async fn with_keys_not_older(&self, known: Arc<Known>, now: Timestamp) -> Result<Arc<Known>, Refused> {
        if now.duration_since(known.keys_read_at) < KEYS_AGAIN {
            return Ok(known);
        }
        self.with_new_keys(&known, now).await
    }

    /// Who we are there.
    pub fn client(&self, known: &Known) -> Result<Client, Refused> {
        let broken = |_| Refused::down("an address that is none");
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(broken)?;
        let back = RedirectUrl::new(format!("{}{}", self.public, self.who.answer_path())).map_err(broken)?;
        Ok(CoreClient::new(ClientId::new(self.settings.client_id.clone()), issuer, known.keys.clone())
            .set_client_secret(ClientSecret::new(self.settings.client_secret.0.clone()))
            .set_auth_uri(known.authorization.clone())
            .set_token_uri(known.token.clone())
            .set_redirect_uri(back))
    }

    /// An address of ours, as the browser knows it.
    pub fn ours(&self, path: &str) -> String {
        format!("{}{path}", self.public)
    }
}

/// The words of what went wrong, without what was sent.
fn source(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), ToString::to_string)
}
