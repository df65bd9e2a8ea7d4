use std::str::FromStr as _;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::ConfigError;

/// A database on another machine is asked who it is, and what goes there and back is sealed (ASVS 12.3).
pub(super) fn check(url: &str, name: &'static str) -> Result<(), ConfigError> {
    if !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
        return Ok(());
    }
    // As it will be read by who connects; what is no address is told of there.
    let Ok(options) = PgConnectOptions::from_str(url) else { return Ok(()) };
    let is_safe = is_here(&options) || matches!(options.get_ssl_mode(), PgSslMode::VerifyFull);
    if is_safe { Ok(()) } else { Err(ConfigError::DatabaseInTheOpen(name)) }
}

fn is_here(options: &PgConnectOptions) -> bool {
    let host = options.get_host().trim_matches(['[', ']']);
    let is_loopback = host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    options.get_socket().is_some() || host.starts_with('/') || host == "localhost" || is_loopback
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_elsewhere_has_to_show_who_it_is() {
        for url in [
            "sqlite://town.sqlite",
            "postgres://app@127.0.0.1:5432/town",
            "postgres://app@[::1]/town",
            "postgresql://app@localhost/town",
            "postgres://app@%2Frun%2Fpostgresql/town",
            "postgres://app@db.fjordby.example/town?sslmode=verify-full",
        ] {
            assert!(check(url, "database").is_ok(), "{url}");
        }
        for url in [
            "postgres://app@db.fjordby.example/town",
            "postgres://app@10.0.0.5/town?sslmode=require",
            "postgresql://app@db.fjordby.example/town?sslmode=verify-ca",
            "postgres://app@localhost/town?host=db.fjordby.example",
        ] {
            assert!(matches!(check(url, "database"), Err(ConfigError::DatabaseInTheOpen("database"))), "{url}");
        }
    }
}
