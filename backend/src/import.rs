//! Loading employees and citizens from a file: all or nothing, and what is wrong is told by its path in the file.

mod check;
mod format;
mod history;
mod load;
mod people;
mod read;
mod rows;
mod schema;
mod whole;

pub(crate) use self::whole::whole;
pub use self::{
    check::Fault,
    format::*,
    load::{Loaded, Municipality, load},
    read::read,
    rows::{Rows, municipality},
    schema::schema,
};

/// Why a file was not loaded. The database is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be opened.
    #[error("the file cannot be read: {0}")]
    File(#[from] std::io::Error),
    /// Another encoding.
    #[error("the file is not UTF-8 (byte {0} is not): save it as UTF-8 and try again")]
    Encoding(usize),
    /// Not JSON, or not this format.
    #[error("{path}: {what}")]
    Format {
        /// Where in the file.
        path: String,
        /// What is wrong, with line and column.
        what: String,
    },
    /// It is the format, but does not hang together.
    #[error("{}", lines(.0))]
    Faults(Vec<Fault>),
    /// The database did not take it.
    #[error("the database did not take it: {0}")]
    Database(#[from] crate::error::Error),
}

fn lines(faults: &[Fault]) -> String {
    let mut text: Vec<String> = faults.iter().take(check::SHOWN).map(Fault::to_string).collect();
    if faults.len() > check::SHOWN {
        text.push(format!("… and {} more", faults.len() - check::SHOWN));
    }
    text.join("\n")
}

/// What does not hang together in a file, when nobody is in the database yet.
#[must_use]
pub fn faults(file: &File, clock: &crate::clock::Clock) -> Vec<Fault> {
    check::check(file, &std::collections::HashMap::new(), clock)
}
