//! The citizens' app: the table of its pages.

use contract::Session;
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    path,
};
use roed_traad_spa::{
    api,
    choices::ChoicesPage,
    data::DataPage,
    demo::DemoPage,
    frame::{Frame, mount},
    help::{AccessibilityPage, HelpPage, PrivacyPage},
    history::HistoryPage,
    home::HomePage,
    later,
    load::Load,
    looks::LooksPage,
    markup::view,
    meetings::{MeetingPage, MeetingsPage},
    plan::PlanPage,
    preparation::{LookPage, ReceiptPage, WritePage},
    profile::ProfilePage,
    representatives::RepresentativesPage,
    route,
    session::{self, Current},
    sign_in::{ProtectedNamePage, SignInPage},
    staying::StaySignedIn,
    tr,
    ui::Page,
};

/// Mounts the app.
pub fn start() {
    mount(|| {
        view! {
            <Router>
                <Load fetch=|_| api::session::read() children=|session| view! { <App session=session/> }/>
            </Router>
        }
    });
}

#[component]
fn App(session: Session) -> impl IntoView {
    let is_citizen = session.signed_in.as_ref().is_some_and(|person| person.subject.is_some());
    Current::provide(session);
    let menu = if is_citizen {
        let mut menu = vec![
            (route::HOME, tr!(app.home)),
            (route::MEETINGS, tr!(app.meetings)),
            (route::PLAN, tr!(app.plan)),
            (route::PROFILE, tr!(app.me)),
            (route::HELP, tr!(app.help)),
        ];
        // What a citizen says of themself, and chooses, is nobody else's.
        menu.retain(|(page, _)| session::is_own_case() || *page != route::PROFILE);
        menu
    } else {
        Vec::new()
    };
    view! { <Frame menu=menu staying=staying>{if is_citizen { pages() } else { open_pages() }}</Frame> }
}

/// The question before a session ends: its code comes after the first screen, long before it is asked.
fn staying() -> AnyView {
    later!(in_time, staying, StaySignedIn)()
}

/// What a signed-in citizen sees.
fn pages() -> AnyView {
    view! {
        <FlatRoutes fallback=|| view! { <NotFoundPage/> }>
            <Route path=path!("/") view=HomePage/>
            <Route path=path!("/log-ind") view=later!(open, SignInPage)/>
            <Route path=path!("/beskyttet-navn") view=later!(open, ProtectedNamePage)/>
            <Route path=path!("/moeder") view=later!(meetings, MeetingsPage)/>
            <Route path=path!("/moeder/:id") view=later!(meetings, MeetingPage)/>
            <Route path=path!("/moeder/:id/forbered") view=later!(meetings, WritePage)/>
            <Route path=path!("/moeder/:id/forbered/se") view=later!(meetings, LookPage)/>
            <Route path=path!("/moeder/:id/forbered/sendt") view=later!(meetings, ReceiptPage)/>
            <Route path=path!("/forbered") view=later!(meetings, WritePage)/>
            <Route path=path!("/forbered/se") view=later!(meetings, LookPage)/>
            <Route path=path!("/forbered/sendt") view=later!(meetings, ReceiptPage)/>
            <Route path=path!("/plan") view=later!(plan, PlanPage)/>
            <Route path=path!("/plan/historik") view=later!(plan, HistoryPage)/>
            <Route path=path!("/mig") view=later!(plan, ProfilePage)/>
            <Route path=path!("/mig/valg") view=later!(plan, ChoicesPage)/>
            <Route path=path!("/mig/set") view=later!(plan, LooksPage)/>
            <Route path=path!("/mig/data") view=later!(plan, DataPage)/>
            <Route path=path!("/mig/fuldmagt") view=later!(representatives, RepresentativesPage)/>
            <Route path=path!("/hjaelp") view=later!(open, HelpPage)/>
            <Route path=path!("/tilgaengelighed") view=later!(open, AccessibilityPage)/>
            <Route path=path!("/dine-data") view=later!(open, PrivacyPage)/>
            <Route path=path!("/demo") view=later!(open, DemoPage)/>
        </FlatRoutes>
    }
    .into_any()
}

/// What anybody sees.
fn open_pages() -> AnyView {
    view! {
        <FlatRoutes fallback=later!(open, SignInPage)>
            <Route path=path!("/hjaelp") view=later!(open, HelpPage)/>
            <Route path=path!("/tilgaengelighed") view=later!(open, AccessibilityPage)/>
            <Route path=path!("/dine-data") view=later!(open, PrivacyPage)/>
            <Route path=path!("/demo") view=later!(open, DemoPage)/>
        </FlatRoutes>
    }
    .into_any()
}

#[component]
fn NotFoundPage() -> impl IntoView {
    view! {
        <Page title=tr!(app.not_found_title) lead=tr!(app.not_found)>
            <div class="rt-actions"><a class="rt-button" href=route::HOME>{tr!(app.to_home)}</a></div>
        </Page>
    }
}
