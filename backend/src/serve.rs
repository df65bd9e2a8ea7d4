//! The whole server, put together and run until somebody ends it.

use std::{io, net::SocketAddr, time::Duration};

use axum::{Router, middleware};
use tokio::{net::TcpListener, signal, sync::watch};

use crate::{
    app::{self, App},
    assets::Assets,
    demo, health, limits, logging, login, metrics, nightly, security,
};

/// How long answers that are under way may take when the server is told to end.
const PATIENCE: Duration = Duration::from_secs(10);

/// The API, the apps and the health checks behind one door.
///
/// # Errors
/// When a file of the apps cannot be read.
pub fn router(app: &App) -> io::Result<Router> {
    let assets = Assets::load(&app.config)?;
    let mut api = app::api(app.clone());
    if app.config.demo {
        api = api.layer(middleware::from_fn_with_state(app.clone(), demo::fail));
    }
    // The health checks are answered however busy it is: a server that is taken away makes the others busier.
    let doors = api.merge(login::router(app.clone())).fallback_service(assets.router());
    Ok(limits::for_all(doors, app.config.limits)
        .merge(limits::in_time(login::logouts(app.clone()), app.config.limits))
        .merge(health::router(app.clone()))
        .layer(middleware::from_fn(security::headers))
        .layer(middleware::from_fn_with_state(app.clone(), metrics::count))
        .layer(middleware::from_fn(logging::request)))
}

/// Listens, until SIGINT or SIGTERM; then answers what was asked, and closes the database.
///
/// # Errors
/// When nothing can be listened to, or a file of the apps cannot be read.
pub async fn run(app: App) -> io::Result<()> {
    let router = router(&app)?;
    let listener = TcpListener::bind(app.config.socket()).await?;
    tracing::info!(address = %listener.local_addr()?, demo = app.config.demo, "listening");
    if !app.config.demo && !app.config.login.is_set() {
        tracing::warn!("nobody can sign in: no login is set (docs/deployment.md)");
    }
    let db = app.db.clone();
    let mut jobs: Vec<_> = metrics::listen(&app).await?.into_iter().collect();
    jobs.extend([
        tokio::spawn(nightly::run(app.clone())),
        tokio::spawn(nightly::watch_the_audit(app.clone())),
        tokio::spawn(nightly::remember_ends(app.clone())),
        tokio::spawn(limits::share_always(app.clone())),
    ]);

    let (say, mut hear) = watch::channel(false);
    let serving = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move {
            ended().await;
            tracing::info!("ending");
            let _ = say.send(true);
        });
    let impatient = async move {
        let _ = hear.wait_for(|ended| *ended).await;
        tokio::time::sleep(PATIENCE).await;
    };
    tokio::select! {
        served = async { serving.await } => served?,
        () = impatient => tracing::warn!("some answers took too long and were cut off"),
    }
    // What nobody waits for may still be under way.
    let _ = tokio::time::timeout(PATIENCE, app.served.is_all_done()).await;
    // They hold the database's queue open.
    for job in jobs {
        job.abort();
        let _ = job.await;
    }
    nightly::end(&app).await;
    drop(app);
    db.close().await;
    tracing::info!("ended");
    Ok(())
}

async fn ended() {
    let interrupt = async {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
