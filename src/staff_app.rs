//! The employees' app.

/// Mounts the app.
pub fn start() {}
