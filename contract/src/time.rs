//! Dates and times. The server has them from jiff, with its calendar and its time zones; the browser only carries what the
//! server wrote, and reads it with its own `Date` and `Intl`: a second calendar in the bundle would be somebody's money.

#[cfg(not(target_arch = "wasm32"))]
pub use jiff::{Timestamp, civil};

#[cfg(target_arch = "wasm32")]
mod written;
#[cfg(target_arch = "wasm32")]
pub use written::{Timestamp, civil};
