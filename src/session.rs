//! Who is signed in: the one value given by context.

use std::cell::Cell;

use contract::{Actor, Area, CitizenId, LoginOffer, Municipality, OpenCase, Session, SignedIn};
use js_sys::Date;
use leptos::prelude::*;

use crate::api;

/// Who is signed in, and whose app it is. Fixed while the page lives: to sign in or out loads the page anew.
#[derive(Clone, Copy)]
pub struct Current(StoredValue<Session>);

impl Current {
    /// Gives it to everything below.
    pub fn provide(session: Session) {
        let person = session.signed_in.as_ref();
        SAID_AT.set(Date::now());
        IS_OWN_CASE.set(person.is_none_or(|person| person.subject.is_none_or(|subject| is_own(person, subject))));
        api::mean(person.and_then(|person| person.subject));
        provide_context(Self(StoredValue::new(session)));
    }

    /// Takes it. Call it in a component's body.
    pub fn take() -> Self {
        // Before the server has said, or in a component test, nobody is signed in.
        use_context().unwrap_or_else(|| {
            let (municipality, login) = (told_by_page(), LoginOffer::default());
            Self(StoredValue::new(Session { municipality, signed_in: None, demo: false, login, draft_days: 90 }))
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

    /// The cases of others that the person may turn to.
    pub fn cases(self) -> Vec<OpenCase> {
        self.0.with_value(|session| session.signed_in.as_ref().map(|person| person.cases.clone()).unwrap_or_default())
    }

    /// The case of somebody else that is open; nothing when it is one's own, or may not be seen any more.
    pub fn acting(self) -> Option<OpenCase> {
        let subject = self.subject().filter(|_| !is_own_case())?;
        self.cases().into_iter().find(|case| case.citizen == subject)
    }

    /// What the person may write about: in another's case only what they were given.
    pub fn areas(self) -> Vec<Area> {
        self.acting().map_or_else(|| Area::ALL.to_vec(), |case| case.areas)
    }

    /// This area, or where the person may not write about it, one that they may.
    pub fn area_or(self, wanted: Area) -> Area {
        let areas = self.areas();
        if areas.contains(&wanted) { wanted } else { areas.first().copied().unwrap_or(wanted) }
    }

    /// The person's own case, if they have one.
    pub fn own(self) -> Option<CitizenId> {
        match self.signed_in()?.actor {
            Actor::Citizen(own) => Some(own),
            Actor::Employee(_) => None,
        }
    }

    /// Who can sign in by a real login.
    pub fn login(self) -> LoginOffer {
        self.0.with_value(|session| session.login)
    }

    /// After how many days without a save a draft is deleted.
    pub fn draft_days(self) -> u16 {
        self.0.with_value(|session| session.draft_days)
    }

    /// Whether this is the demo.
    pub fn is_demo(self) -> bool {
        self.0.with_value(|session| session.demo)
    }
}

thread_local! {
    static IS_OWN_CASE: Cell<bool> = const { Cell::new(true) };
    static SAID_AT: Cell<f64> = const { Cell::new(0.0) };
}

/// When the server said who is signed in, and for how long: milliseconds since 1970, by the browser's clock.
pub fn said_at() -> f64 {
    SAID_AT.get()
}

/// Whether the case that is open is that of whoever reads; not so for somebody who acts for another. Employees have none.
pub fn is_own_case() -> bool {
    IS_OWN_CASE.get()
}

fn is_own(person: &SignedIn, subject: CitizenId) -> bool {
    person.actor == Actor::Citizen(subject)
}

/// Whom to call, as `page/failed.html` says it: the server wrote it there before anything else could fail.
fn told_by_page() -> Municipality {
    let word = |what| {
        let found = document().query_selector(&format!("#app-failed [data-is={what}]")).ok().flatten();
        found.and_then(|found| found.text_content()).unwrap_or_default()
    };
    Municipality { phone: word("phone"), name: word("name"), mail: word("mail"), ..Municipality::default() }
}
