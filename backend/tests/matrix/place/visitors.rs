use axum::http::Method;
use contract::paths;

use super::{Place, REGISTER, STAFF_REGISTER};
use crate::{acting, town::Visitor, users::User};

impl Place {
    /// Who comes, with a session of their own.
    pub(super) async fn visitor(&self, user: User) -> Visitor {
        let town = &self.town;
        match user {
            User::Stranger => town.stranger(),
            User::Forger => town.stranger().with_cookie("rt_demo=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            User::SignedOut => {
                let anna = town.as_citizen(town.anna).await;
                anna.ask(Method::DELETE, paths::SESSION, &[], Vec::new()).await;
                anna
            }
            User::Idle => {
                let now = town.now();
                town.app.clock.set(now - jiff::SignedDuration::from_mins(31));
                let anna = town.as_citizen(town.anna).await;
                town.app.clock.set(now);
                anna
            }
            User::HasLeft => self.left.clone().expect("they were here"),
            User::Anna => town.as_citizen(town.anna).await,
            User::Bo => town.as_citizen(town.bo).await,
            User::Forgotten => self.carls.lock().unwrap().pop().expect("there are more of Carl's sessions"),
            User::Representative | User::FormerRepresentative | User::LateRepresentative => {
                acting::visitor(town, user).await
            }
            User::Contact => town.as_employee(town.mette).await,
            User::InPlan => town.as_employee(town.omar).await,
            User::Nurse => town.as_employee(self.employees["nurse"]).await,
            User::BrokeGlass => town.as_employee(self.employees["broke glass"]).await,
            User::Lead => town.as_employee(self.employees["lead"]).await,
            User::LeadElsewhere => town.as_employee(self.employees["lead elsewhere"]).await,
            User::LeadWithReason => town.as_employee(self.employees["lead with reason"]).await,
            User::Administrator => town.as_employee(self.employees["administrator"]).await,
            User::Participant => town.as_employee(self.employees["participant"]).await,
            User::FormerParticipant => town.as_employee(self.employees["former"]).await,
            User::FormerContact => town.as_employee(self.employees["gone"]).await,
            User::BosContact => town.as_employee(town.karin).await,
            User::Unrelated => town.as_employee(self.employees["unrelated"]).await,
            User::Register => town.stranger().with_key(REGISTER),
            User::StaffRegister => town.stranger().with_key(STAFF_REGISTER),
            User::OldRegister => town.stranger().with_key("fra-sidste-aar"),
        }
    }
}
