//! Asking a provider, server to server: with little patience, and never further than its own address says.

use std::{future::Future, pin::Pin, time::Duration};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

/// The largest answer, in bytes: more than any metadata, key set or token.
const LARGEST: usize = 1024 * 1024;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unanswered {
    /// It could not be asked, or was too slow.
    #[error("no answer: {0}")]
    Away(#[from] reqwest::Error),
    /// It says that it cannot now.
    #[error("status {0}")]
    Failing(u16),
    /// It is no answer that a provider gives.
    #[error("an answer that is too large or no answer")]
    Strange,
}

/// The way to one provider.
#[derive(Clone, Debug)]
pub(super) struct Http(reqwest::Client);

impl Http {
    /// Follows no redirect: an answer from elsewhere is not the provider's.
    pub fn new(patience: Duration, only_https: bool) -> Result<Self, Unanswered> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .https_only(only_https)
            .connect_timeout(patience.min(Duration::from_secs(5)))
            .timeout(patience)
            .user_agent("roed-traad")
            .build()?;
        Ok(Self(client))
    }

    async fn ask(&self, request: reqwest::Request) -> Result<HttpResponse, Unanswered> {
        let mut answer = self.0.execute(request).await.map_err(reqwest::Error::without_url)?;
        if answer.status().is_server_error() {
            return Err(Unanswered::Failing(answer.status().as_u16()));
        }
        let mut response = HttpResponse::new(Vec::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        while let Some(chunk) = answer.chunk().await.map_err(reqwest::Error::without_url)? {
            if response.body().len() + chunk.len() > LARGEST {
                return Err(Unanswered::Strange);
            }
            response.body_mut().extend_from_slice(&chunk);
        }
        Ok(response)
    }

    /// Reads JSON that only the holder of this access token may read.
    pub async fn read(&self, url: &str, access_token: &str) -> Result<serde_json::Value, Unanswered> {
        let response = self.ask(self.0.get(url).bearer_auth(access_token).build()?).await?;
        if !response.status().is_success() {
            return Err(Unanswered::Strange);
        }
        serde_json::from_slice(response.body()).map_err(|_| Unanswered::Strange)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Unanswered;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Unanswered>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move { self.ask(request.try_into()?).await })
    }
}
