//! What the browser and the server agree on: ids, values with their rules, requests, answers and problems.
//!
//! Every write to a case is a `PUT` to a resource whose id the client made, with `If-None-Match: *` (new) or
//! `If-Match: "<version>"` (change), and is answered by a [`Receipt`]; but a [`Visit`] needs neither and gets none, and
//! a draft is thrown away by a `DELETE`. Every read is a `GET` that writes nothing a
//! person would notice. Times are UTC instants unless a name begins with `local_`, which is the municipality's wall clock.
#![deny(missing_docs)]

mod caseload;
mod comments;
mod demo;
mod drafts;
mod goals;
mod history;
mod home;
mod ids;
mod list;
mod looks;
mod meetings;
mod minutes;
mod municipality;
pub mod paths;
mod people;
mod plan;
mod problem;
mod profile;
mod receipt;
mod session;
mod text;
pub mod time;

pub use caseload::*;
pub use comments::*;
pub use demo::*;
pub use drafts::*;
pub use goals::*;
pub use history::*;
pub use home::*;
pub use ids::*;
pub use looks::*;
pub use meetings::*;
pub use minutes::*;
pub use municipality::*;
pub use people::*;
pub use plan::*;
pub use problem::*;
pub use profile::*;
pub use receipt::*;
pub use session::*;
pub use text::*;

/// The version of this contract; every request carries it in [`CONTRACT_HEADER`], and another version is answered with
/// [`ProblemCode::OldPage`] (409). It counts from the first release.
pub const CONTRACT_VERSION: &str = "1";

/// The name of the header that carries [`CONTRACT_VERSION`]. A form on a foreign page cannot set it.
pub const CONTRACT_HEADER: &str = "rt-contract";
