//! Whether every look that was answered has its row: what the server handed out, counted at the door, against what it
//! wrote. They are counted by two hands, so that a fault in the one shows in the other.

use std::{
    panic::resume_unwind,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use contract::{Actor, ProblemCode, paths::Subject};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait as _, QueryFilter};
use tokio::sync::Semaphore;
use tracing::Instrument as _;

use super::INSTANCE;
use crate::{
    app::App,
    entity::audit,
    error::{Error, Result},
    request::bytes,
    session::SignedIn,
    values::{ActorKind, Word},
};

/// Who asked; the session's extractor says so while the request is answered.
#[derive(Clone, Default)]
pub struct Asker(Arc<OnceLock<SignedIn>>);

impl Asker {
    /// Says who it is.
    pub fn is(&self, who: SignedIn) {
        let _ = self.0.set(who);
    }
}

/// How many answers this process gave that must have a row, and how many may be under way.
#[derive(Debug)]
pub struct Served {
    count: AtomicU64,
    under_way: Arc<Semaphore>,
    most: u32,
}

impl Served {
    /// None yet; so many at once.
    #[must_use]
    pub fn new(most: usize) -> Self {
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        Self { count: AtomicU64::new(0), under_way: Arc::new(Semaphore::new(most as usize)), most }
    }

    /// An answer that tells nothing, for work that was done and written down before.
    pub fn is_none(&self) {
        self.count.fetch_sub(1, Ordering::Relaxed);
    }

    /// Until all that was begun is done, also what nobody waits for.
    pub async fn is_all_done(&self) {
        let _ = self.under_way.acquire_many(self.most).await;
    }
}

/// Answers without a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Answers that were given.
    pub served: u64,
    /// Rows that were written.
    pub written: u64,
}

/// Counts what employees were told of a case or of their own citizens, and representatives of the case they act in.
pub async fn count(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let asker = Asker::default();
    request.extensions_mut().insert(asker.clone());
    let is_told_of = request.extensions().get::<MatchedPath>().is_some_and(|path| tells(path.as_str()));
    let whose = subject(request.uri().path());
    if !is_told_of {
        return next.run(request).await;
    }
    // Whoever lets us wait for what they send holds nothing up.
    let (parts, body) = request.into_parts();
    let body = match bytes(Request::from_parts(parts.clone(), body), &app).await {
        Ok(body) => body,
        Err(error) => return error.into_response(),
    };
    let Ok(permit) = app.served.under_way.clone().try_acquire_owned() else {
        return Error::from(ProblemCode::Unavailable).into_response();
    };
    let answering = async move {
        let _permit = permit;
        let answer = next.run(Request::from_parts(parts, body.into())).await;
        let is_another = asker.0.get().is_some_and(|who| match who.actor {
            Actor::Employee(_) => true,
            Actor::Citizen(_) => whose.is_some_and(|whose| !who.is_own(whose)),
        });
        if is_another && answer.status().is_success() {
            app.served.count.fetch_add(1, Ordering::Relaxed);
        }
        answer
    };
    // To its end, also where nobody waits any more: what is written and not counted would hide what is counted and not written.
    match tokio::spawn(answering.in_current_span()).await {
        Ok(answer) => answer,
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(_) => Error::Internal("a request was cut off").into_response(),
        },
    }
}

/// Whether an address tells of people's cases.
fn tells(route: &str) -> bool {
    route.starts_with("/api/citizens/") || route.starts_with("/api/caseload")
}

/// Whose case an address is about.
fn subject(path: &str) -> Option<Subject> {
    path.strip_prefix("/api/citizens/")?.split('/').next()?.parse().ok()
}

/// Compares what is counted here: what others than the citizen were told. There may be more rows than answers: what
/// fails after its row was written is none.
///
/// # Errors
/// That the database does not answer.
pub async fn compare(app: &App) -> Result<Option<Difference>> {
    // In this order: what is answered meanwhile has its row before it is counted.
    let served = app.served.count.load(Ordering::Relaxed);
    let m = app.config.municipality_id.0;
    let rows = app.db.read(move |tx| {
        Box::pin(async move {
            let rows = audit::Entity::find()
                .filter(audit::Column::MunicipalityId.eq(m))
                .filter(audit::Column::Instance.eq(*INSTANCE))
                .filter(audit::Column::ActorKind.ne(Word(ActorKind::Citizen)))
                .filter(audit::Column::Operation.not_like("administration.%"))
                .filter(audit::Column::Operation.not_like("register.%"));
            Ok(rows.count(tx).await?)
        })
    });
    let written = rows.await?;
    Ok((written < served).then_some(Difference { served, written }))
}
