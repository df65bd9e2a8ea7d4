use contract::LoginFault;

/// A login that comes to nothing: what the person is told, and what the log says. Neither tells who it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub fault: LoginFault,
    pub why: &'static str,
}

impl Refused {
    pub fn new(fault: LoginFault, why: &'static str) -> Self {
        Self { fault, why }
    }

    /// What can only be a mistake or an attack.
    pub fn other(why: &'static str) -> Self {
        Self::new(LoginFault::Other, why)
    }

    /// The provider gave no answer that can be used.
    pub fn down(why: &'static str) -> Self {
        Self::new(LoginFault::Down, why)
    }
}

impl From<crate::error::Error> for Refused {
    fn from(error: crate::error::Error) -> Self {
        tracing::error!(%error, "a login met the database");
        Self::down("our database")
    }
}
