//! Who is signed in: the one value given by context.

use contract::{CitizenId, LoginOffer, Municipality, Session, SignedIn};
use leptos::prelude::*;

/// Who is signed in, and whose app it is. Fixed while the page lives: to sign in or out loads the page anew.
#[derive(Clone, Copy)]
pub struct Current(StoredValue<Session>);

impl Current {
    /// Gives it to everything below.
    pub fn provide(session: Session) {
        provide_context(Self(StoredValue::new(session)));
    }

    /// Takes it. Call it in a component's body.
    pub fn take() -> Self {
        // Before the server has said, or in a component test, nobody is signed in.
        use_context().unwrap_or_else(|| {
            let (municipality, login) = (told_by_page(), LoginOffer::default());
            Self(StoredValue::new(Session { municipality, signed_in: None, demo: false, login }))
        })
    }

    /// Whether the server has said it.
    pub fn is_known() -> bool {
        use_context::<Self>().is_some()
    }

    /// The municipality's own words and numbers.
    pub fn municipality(self) -> Municipality {
        self.0.with_value(|session| session.municipality.clone())
    }

    /// The person, if anybody is signed in.
    pub fn signed_in(self) -> Option<SignedIn> {
        self.0.with_value(|session| session.signed_in.clone())
    }

    /// The citizen whose case is open.
    pub fn subject(self) -> Option<CitizenId> {
        self.0.with_value(|session| session.signed_in.as_ref().and_then(|person| person.subject))
    }

    /// Who can sign in by a real login.
    pub fn login(self) -> LoginOffer {
        self.0.with_value(|session| session.login)
    }

    /// Whether this is the demo.
    pub fn is_demo(self) -> bool {
        self.0.with_value(|session| session.demo)
    }
}

/// Whom to call, as `page/failed.html` says it: the server wrote it there before anything else could fail.
fn told_by_page() -> Municipality {
    let word = |what| {
        let found = document().query_selector(&format!("#app-failed [data-is={what}]")).ok().flatten();
        found.and_then(|found| found.text_content()).unwrap_or_default()
    };
    Municipality { phone: word("phone"), name: word("name"), mail: word("mail"), ..Municipality::default() }
}
