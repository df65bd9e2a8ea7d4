//! The server's table of contents: what it holds, and every slice's routes.

use std::{ops::Deref, sync::Arc};

use axum::{Json, Router, extract::DefaultBodyLimit, middleware, response::IntoResponse, routing::get};
use contract::{ProblemCode, paths::Subject};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::{OpenApi as _, openapi::OpenApi};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    administration, assessment,
    audit::{
        self, Chain,
        served::{self, Served},
    },
    brief, calendar, caseload, choices,
    clock::Clock,
    comments,
    config::Config,
    data,
    db::{Database, Tx, Work},
    demo, efforts, employees,
    error::{Error, Result},
    file, glass, history, home, limits,
    limits::Limits,
    login, look_delay, looks, meetings,
    metrics::Metrics,
    minutes, openings, plan,
    policy::{self, CaseAccess},
    preparation, profile, register, representatives, request, session,
    session::SignedIn,
    steps,
    values::ActionKind,
};

mod description;

/// What every handler has at hand.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of [`App`].
pub struct Parts {
    /// What the operator has set.
    pub config: Config,
    /// What time it is.
    pub clock: Clock,
    /// The data.
    pub db: Database,
    /// What was told of cases, to be held against the audit.
    pub served: Served,
    /// Where people sign in.
    pub login: login::Providers,
    /// The failure that testers have switched on; none outside the demo.
    pub failure: demo::Switch,
    /// Who has asked how often, in the minute that it is.
    pub limits: Limits,
    /// Figures for who looks after the server.
    pub metrics: Metrics,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Rød Tråd", description = "Meetings, plan and preparation of a citizen, with the municipality."),
    components(schemas(contract::MyCase))
)]
struct Description;

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(config: Config, clock: Clock, db: Database) -> Self {
        let login = login::Providers::new(&config.login);
        Self(Arc::new(Parts {
            served: Served::new(config.limits.concurrent),
            config,
            clock,
            db,
            login,
            failure: demo::Switch::default(),
            limits: Limits::default(),
            metrics: Metrics::default(),
        }))
    }

    /// Looks into a case. What anybody but the citizen sees is written in the audit, in the same transaction as the look. A
    /// citizen in their own case leaves no row: nobody else looked, and reading stays off the one writer.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] when it is none of their business, and what the work says.
    pub async fn read_case<T, F>(&self, who: SignedIn, whose: Subject, operation: &'static str, work: F) -> Result<T>
    where
        F: for<'a> FnOnce(&'a CaseAccess, &'a Tx) -> Work<'a, T> + Send + 'static,
        T: Send + 'static,
    {
        if !who.is_own(whose) {
            return self.copy_case(who, whose, operation, work).await;
        }
        let app = self.clone();
        self.db
            .read(move |tx| {
                Box::pin(async move {
                    let access = policy::open(&app, tx, &who, whose, ActionKind::Read, operation).await?;
                    work(&access, tx).await
                })
            })
            .await
    }

    /// Looks into a case with a row in the audit whoever it is: what gives all of it out at once is written down for the
    /// citizen too.
    ///
    /// # Errors
    /// As [`App::read_case`].
    pub async fn copy_case<T, F>(&self, who: SignedIn, whose: Subject, operation: &'static str, work: F) -> Result<T>
    where
        F: for<'a> FnOnce(&'a CaseAccess, &'a Tx) -> Work<'a, T> + Send + 'static,
        T: Send + 'static,
    {
        let id = who.case(whose).ok_or(ProblemCode::NotFound)?;
        let chain = Chain { municipality: self.config.municipality_id.0, id: id.0 };
        self.db.read_and_note(chain, self.audited(who, whose, ActionKind::Read, operation, work)).await
    }

    /// Changes a case, with its row in the audit: both or neither.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] when it is none of their business, and what the work says.
    pub async fn write_case<T, F>(&self, who: SignedIn, whose: Subject, operation: &'static str, work: F) -> Result<T>
    where
        F: for<'a> FnOnce(&'a CaseAccess, &'a Tx) -> Work<'a, T> + Send + 'static,
        T: Send + 'static,
    {
        self.db.write(self.audited(who, whose, ActionKind::Write, operation, work)).await
    }

    /// The work in the case that is opened for it, with its row in the audit.
    fn audited<T, F>(
        &self,
        who: SignedIn,
        whose: Subject,
        action: ActionKind,
        operation: &'static str,
        work: F,
    ) -> impl for<'a> FnOnce(&'a Tx) -> Work<'a, T> + Send + 'static
    where
        F: for<'a> FnOnce(&'a CaseAccess, &'a Tx) -> Work<'a, T> + Send + 'static,
        T: Send + 'static,
    {
        let app = self.clone();
        move |tx| {
            Box::pin(async move {
                let access = policy::open(&app, tx, &who, whose, action, operation).await?;
                audit::record(app.db.keys(), &access, tx).await?;
                work(&access, tx).await
            })
        }
    }
}

/// Every slice.
fn slices() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Description::openapi())
        .merge(session::routes())
        .merge(home::routes())
        .merge(meetings::routes())
        .merge(preparation::routes())
        .merge(plan::routes())
        .merge(steps::routes())
        .merge(comments::routes())
        .merge(profile::routes())
        .merge(history::routes())
        .merge(looks::routes())
        .merge(representatives::routes())
        .merge(choices::routes())
        .merge(glass::routes())
        .merge(look_delay::routes())
        .merge(data::routes())
        .merge(demo::routes())
        .merge(calendar::routes())
        .merge(assessment::routes())
        .merge(brief::routes())
        .merge(caseload::routes())
        .merge(administration::routes())
        .merge(register::routes())
        .merge(efforts::routes())
        .merge(employees::routes())
        .merge(file::routes())
        .merge(minutes::routes())
        .merge(openings::routes())
}

/// The description of the API.
#[must_use]
pub fn openapi() -> OpenApi {
    description::completed(slices().into_openapi())
}

/// The API: everything under `/api`.
pub fn api(app: App) -> Router {
    let (router, description) = slices().split_for_parts();
    router
        .route("/api/openapi.json", get(async move || Json(description::completed(description))))
        .route("/api/{*unknown}", axum::routing::any(not_found))
        .method_not_allowed_fallback(not_found)
        .route_layer(middleware::from_fn_with_state(app.clone(), served::count))
        .layer(middleware::from_fn(request::guard))
        .layer(DefaultBodyLimit::max(request::LARGEST_BODY))
        .layer(middleware::from_fn_with_state(app.clone(), limits::by_address))
        .layer(CatchPanicLayer::custom(|_| Error::Internal("a request panicked").into_response()))
        .with_state(app)
}

async fn not_found() -> Error {
    ProblemCode::NotFound.into()
}
