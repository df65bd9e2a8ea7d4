//! The employees' app: the table of its pages.
//!
//! The addresses stand whole in the table: with a base the router would put it before every absolute link once more.

use contract::{Actor, EmployeeKind, Session};
use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    path,
};
use roed_traad_spa::markup::view;

use crate::{
    administration::AdministrationPage,
    api,
    arrange::{ArrangePage, CancelPage, ChangePage},
    brief::BriefPage,
    case_history::HistoryPage,
    case_plan::PlanPage,
    cases::{CitizenPage, MyMeetingsPage, ReasonPage, parts::not_found},
    efforts::{EffortPage, NewEffortPage},
    frame::{self, Frame, mount},
    load::Load,
    minutes::MinutesPage,
    route,
    session::Current,
    staying::StaySignedIn,
    team::TeamPage,
    tr,
    ui::{Notice, Page},
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
    let actor = session.signed_in.as_ref().map(|person| person.actor);
    let kind = session.signed_in.as_ref().and_then(|person| person.kind);
    let (cases, team) = ((route::staff::CASES, tr!(app.cases)), (route::staff::TEAM, tr!(staff_team.title)));
    let menu = match kind {
        Some(EmployeeKind::Caseworker) => vec![cases],
        Some(EmployeeKind::TeamLead) => vec![cases, team],
        Some(EmployeeKind::Administrator) => {
            vec![(route::staff::CASES, tr!(staff_administration.title))]
        }
        None => Vec::new(),
    };
    Current::provide(session);
    let page = match actor {
        Some(Actor::Employee(_)) => pages(kind == Some(EmployeeKind::Administrator)),
        Some(Actor::Citizen(_)) => not_an_employee(),
        None => signed_out(),
    };
    view! { <Frame menu=menu is_staff=true staying=|| StaySignedIn().into_any()>{page}</Frame> }
}

fn pages(is_administrator: bool) -> AnyView {
    // Whoever has no cases begins where their work is.
    let first = move || if is_administrator { AdministrationPage().into_any() } else { MyMeetingsPage().into_any() };
    view! {
        <FlatRoutes fallback=not_found>
            <Route path=path!("/medarbejder") view=first/>
            <Route path=path!("/medarbejder/team") view=TeamPage/>
            <Route path=path!("/medarbejder/borger/:citizen/hvorfor") view=ReasonPage/>
            <Route path=path!("/medarbejder/borger/:citizen") view=CitizenPage/>
            <Route path=path!("/medarbejder/borger/:citizen/plan") view=PlanPage/>
            <Route path=path!("/medarbejder/borger/:citizen/plan/indsats") view=NewEffortPage/>
            <Route path=path!("/medarbejder/borger/:citizen/plan/indsats/:effort") view=EffortPage/>
            <Route path=path!("/medarbejder/borger/:citizen/historik") view=HistoryPage/>
            <Route path=path!("/medarbejder/borger/:citizen/nyt-moede") view=ArrangePage/>
            <Route path=path!("/medarbejder/borger/:citizen/moede/:meeting") view=BriefPage/>
            <Route path=path!("/medarbejder/borger/:citizen/moede/:meeting/ret") view=ChangePage/>
            <Route path=path!("/medarbejder/borger/:citizen/moede/:meeting/aflys") view=CancelPage/>
            <Route path=path!("/medarbejder/borger/:citizen/moede/:meeting/referat") view=MinutesPage/>
        </FlatRoutes>
    }
    .into_any()
}

fn not_an_employee() -> AnyView {
    view! {
        <Page title=tr!(app.staff_title)>
            <Notice kind="info" title=tr!(app.wrong_app)>
                <a class="rt-button" href=route::HOME rel="external">{tr!(app.go)}</a>
            </Notice>
        </Page>
    }
    .into_any()
}

fn signed_out() -> AnyView {
    view! {
        <Page title=tr!(app.staff_title) lead=tr!(staff_cases.signed_out)>
            <div class="rt-actions"><a class="rt-button" href=route::sign_in_again(&frame::here()) rel="external">{tr!(staff_cases.sign_in)}</a></div>
        </Page>
    }
    .into_any()
}
