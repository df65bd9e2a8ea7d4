//! What the browser and the server agree on: ids, values with their rules, requests, answers and problems.
//!
//! Every write to a case is a `PUT` to a resource whose id the client made, with `If-None-Match: *` (new) or
//! `If-Match: "<version>"` (change), and is answered by a [`Receipt`]; but a [`Visit`] needs neither and gets none,
//! a [`LookDelay`] is answered by itself, and a draft or a delay is ended by a `DELETE`. Every read is a `GET` that writes nothing a
//! person would notice. Times are UTC instants unless a name begins with `local_`, which is the municipality's wall clock.
#![deny(missing_docs)]

mod administration;
mod caseload;
mod choices;
mod comments;
mod data;
mod demo;
mod drafts;
mod goals;
mod history;
mod home;
mod ids;
mod list;
mod look_delay;
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
mod representatives;
mod session;
mod text;
pub mod time;

pub use administration::*;
pub use caseload::*;
pub use choices::*;
pub use comments::*;
pub use data::*;
pub use demo::*;
pub use drafts::*;
pub use goals::*;
pub use history::*;
pub use home::*;
pub use ids::*;
pub use look_delay::*;
pub use looks::*;
pub use meetings::*;
pub use minutes::*;
pub use municipality::*;
pub use people::*;
pub use plan::*;
pub use problem::*;
pub use profile::*;
pub use receipt::*;
pub use representatives::*;
pub use session::*;
pub use text::*;

/// The version of this contract; every request carries it in [`CONTRACT_HEADER`], and another version is answered with
/// [`ProblemCode::OldPage`] (409). It counts from the first release.
pub const CONTRACT_VERSION: &str = "1";

/// The name of the header that carries [`CONTRACT_VERSION`]. A form on a foreign page cannot set it.
pub const CONTRACT_HEADER: &str = "rt-contract";

/// The name of the header by which a page says whose case it takes `me` for. Somebody who acts for others may have changed
/// that in another tab; the page is then answered with [`ProblemCode::OldPage`], so that nothing lands in the wrong case.
pub const SUBJECT_HEADER: &str = "rt-subject";
