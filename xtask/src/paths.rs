//! Where things lie in the repository.

use std::path::{Path, PathBuf};

/// The repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Everything that is made and can be thrown away.
pub fn target() -> PathBuf {
    root().join("target")
}

/// The programs that set-up installs.
pub fn tools() -> PathBuf {
    target().join("tools")
}

/// What the server serves: the citizens' app, and the caseworkers' in `staff`.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The browser tests.
pub fn e2e() -> PathBuf {
    root().join("tests/e2e")
}

/// The figures of the latest measurements.
pub fn measurements() -> PathBuf {
    target().join("measurements")
}
