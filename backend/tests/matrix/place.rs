use std::{collections::HashMap, sync::Mutex};

use contract::{
    Actor, Area, Cancellation, CitizenId, CommentKind, CommentedKind, DemoFailure, DemoFailureState, DemoSignIn,
    DraftId, DraftKind, EffortId, EmployeeId, EmployeeKind, GlassId, GoalId, LookDelayId, MeetingId, NewChoices,
    NewDraft, NewEffort, NewGlass, NewProfile, NewStep, OpenedKind, OpeningId, Party, SendingId, Standing, StepId,
    StepState, TakingBack, Visit, paths, paths::Subject,
};
use roed_traad::{
    config::{Integration, RegisterKind},
    entity::{citizen, employee, glass, participant, plan_member},
    keys::Sealed as _,
    values::Word,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    acting::{self, ANNAS_HOME},
    made,
    operations::Operation,
    town::{ANNAS_NUMBER, Answer, Known, Town, Visitor},
    users::User,
    words::{self, line, prose},
};

mod bodies;
mod visitors;
use bodies::{employee_row, new_delay, new_effort};

/// Whose case is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Me,
    Annas,
    Bos,
    Forgottens,
    Nobodys,
}

impl Whose {
    pub const ALL: [Self; 5] = [Self::Me, Self::Annas, Self::Bos, Self::Forgottens, Self::Nobodys];
}

/// Whose things are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    Own,
    Bos,
    /// What is marked health in Anna's case.
    Hidden,
    Nobodys,
}

/// What somebody is in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Citizen,
    Representative,
    Employee,
    /// Somebody who leads the unit, with a reason: reads.
    Looks,
}

impl Relation {
    pub fn is_citizen(self) -> bool {
        self == Self::Citizen
    }
}

/// Words that stand in one case only.
const ANNAS_WORDS: &str = "RØDGRØD";
const ANNAS_DRAFT: &str = "KLADDEORD";
const ANNAS_NUMBER_SHOWN: &str = "991301-0091";
const ANNAS_HEALTH: &str = "HYLDEBÆR";
const BOS_WORDS: &str = "FLØDEKAGE";

/// The keys of other systems.
const REGISTER: &str = "borgere";
const STAFF_REGISTER: &str = "medarbejdere";

/// One for each time that Carl asks.
const CARLS: usize = 500;

type Things = HashMap<&'static str, String>;

/// Two cases with everything in them, and everybody who may come.
pub struct Place {
    town: Town,
    forgotten: CitizenId,
    /// From before the key was deleted.
    carls: Mutex<Vec<Visitor>>,
    /// From before they left: Anna's contact person of old.
    left: Option<Visitor>,
    annas: Things,
    annas_health: Things,
    bos: Things,
    employees: HashMap<&'static str, EmployeeId>,
}

impl Place {
    pub async fn new() -> Self {
        let town = Town::new().await.with_endings().with(|config| {
            let integration = |key: &str, may| Integration {
                name: "Fagsystemet".to_owned(),
                key_sha256: format!("{:x}", Sha256::digest(key)),
                may: vec![may],
            };
            config.integrations = vec![
                integration(REGISTER, RegisterKind::Citizens),
                integration(STAFF_REGISTER, RegisterKind::Employees),
            ];
        });
        let employees = [
            ("participant", 21),
            ("former", 22),
            ("gone", 23),
            ("unrelated", 24),
            ("left", 25),
            ("nurse", 26),
            ("broke glass", 27),
            ("lead", 28),
            ("lead with reason", 29),
            ("administrator", 30),
            ("lead elsewhere", 31),
        ];
        let employees: HashMap<_, _> =
            employees.map(|(name, n)| (name, EmployeeId(Uuid::from_u128(town.mette.0.as_u128() + n)))).into();
        let forgotten = CitizenId(Uuid::from_u128(town.anna.0.as_u128() + 2));
        let mut place = Self {
            town,
            forgotten,
            carls: Mutex::default(),
            left: None,
            annas: Things::new(),
            annas_health: Things::new(),
            bos: Things::new(),
            employees,
        };
        place.settle().await;
        acting::settle(&place.town).await;
        place.left = Some(place.leave(place.employees["left"]).await);
        let (anna, bo, mette, karin) = (place.town.anna, place.town.bo, place.town.mette, place.town.karin);
        place.annas = place.fill(anna, mette, ANNAS_WORDS).await;
        place.bos = place.fill(bo, karin, BOS_WORDS).await;
        place.annas_health = place.fill_health().await;
        for name in ["broke glass", "lead with reason"] {
            let (employee, glass) = (place.town.as_employee(place.employees[name]).await, GlassId::make());
            let reason = NewGlass { reason: prose("Jeg skal vide det i dag") };
            employee.put(paths::glass(Subject::Citizen(anna), glass), Known::New, &reason).await;
        }
        let draft = words::goal(None, ANNAS_DRAFT);
        place.town.as_citizen(anna).await.put(paths::draft(Subject::Me, DraftId::make()), Known::New, &draft).await;
        place
    }

    /// The other employees, Bo's contact person, and somebody whose key is deleted.
    async fn settle(&self) {
        let town = &self.town;
        let m = town.app.config.municipality_id;
        let staff: Vec<_> = self.employees.iter().map(|(name, id)| employee_row(m.0, name, *id)).collect();
        let members = ["nurse", "broke glass", "administrator"].map(|name| plan_member::ActiveModel {
            municipality_id: Set(m.0),
            citizen_id: Set(town.anna.0),
            employee_id: Set(self.employees[name].0),
            why: Set(None),
            area: Set(None),
        });
        let ring = town.app.db.keys().make_for(m, &[self.forgotten.0]).await.unwrap();
        let (bo, karin, forgotten) = (town.bo.0, town.karin.0, self.forgotten.0);
        let carl = citizen::Model {
            municipality_id: m.0,
            citizen_id: forgotten,
            name: "Carl Glemt".into(),
            is_protected: false,
            contact_person: Some(town.mette.0),
            external_id: None,
            cpr_hash: None,
            cpr: None,
        };
        let carl = carl.sealed(&ring).unwrap();
        let write = town.app.db.write(move |tx| {
            Box::pin(async move {
                employee::Entity::insert_many(staff).exec_without_returning(tx).await?;
                plan_member::Entity::insert_many(members).exec_without_returning(tx).await?;
                citizen::Entity::insert(carl.into_active_model()).exec_without_returning(tx).await?;
                let mut row: citizen::ActiveModel =
                    citizen::Entity::find_by_id((m.0, bo)).one(tx).await?.unwrap().into();
                row.contact_person = Set(Some(karin));
                Ok(citizen::Entity::update(row).exec(tx).await.map(drop)?)
            })
        });
        write.await.unwrap();
        for _ in 0..CARLS {
            let carl = town.as_citizen(self.forgotten).await;
            self.carls.lock().unwrap().push(carl);
        }
        assert!(town.app.db.keys().forget(m, self.forgotten.0).await.unwrap());
        self.change_contact(self.employees["gone"]).await;
        let gone = town.as_employee(self.employees["gone"]).await;
        assert!(gone.try_get(paths::plan(Subject::Citizen(town.anna))).await.status.is_success());
        self.change_contact(town.mette).await;
    }

    /// Somebody signs in, and then leaves the municipality.
    async fn leave(&self, who: EmployeeId) -> Visitor {
        let visitor = self.town.as_employee(who).await;
        let key = (self.town.app.config.municipality_id.0, who.0);
        let write = self.town.app.db.write(move |tx| {
            Box::pin(async move {
                let mut row: employee::ActiveModel = employee::Entity::find_by_id(key).one(tx).await?.unwrap().into();
                row.has_left = Set(true);
                Ok(employee::Entity::update(row).exec(tx).await.map(drop)?)
            })
        });
        write.await.unwrap();
        visitor
    }

    async fn change_contact(&self, to: EmployeeId) {
        let key = (self.town.app.config.municipality_id.0, self.town.anna.0);
        let write = self.town.app.db.write(move |tx| {
            Box::pin(async move {
                let mut row: citizen::ActiveModel = citizen::Entity::find_by_id(key).one(tx).await?.unwrap().into();
                row.contact_person = Set(Some(to.0));
                Ok(citizen::Entity::update(row).exec(tx).await.map(drop)?)
            })
        });
        write.await.unwrap();
    }

    /// One of everything in a case, with these words.
    async fn fill(&self, of: CitizenId, contact: EmployeeId, word: &str) -> Things {
        let town = &self.town;
        let (whose, me) = (Subject::Citizen(of), Subject::Me);
        let (citizen, employee) = (town.as_citizen(of).await, town.as_employee(contact).await);
        let meeting = MeetingId::make();
        let mut new = made::a_meeting("2026-03-30T10:15:00");
        new.purpose = prose(word);
        employee.put(paths::meeting(whose, meeting), Known::New, &new).await;
        if of == town.anna {
            // To one that stays as it is, whatever is done to the other.
            let other = town.meeting(of, "2026-05-05T10:15").await;
            self.invite(of, other, self.employees["participant"], word).await;
            let past = town.meeting(of, "2026-02-02T10:15").await;
            self.invite(of, past, self.employees["former"], word).await;
            employee.put(paths::minutes(whose, past), Known::New, &made::minutes(word, true)).await;
        }
        let goal = made::send(&citizen, DraftKind::Goal, Some(meeting), word).await;
        let topic = made::send(&citizen, DraftKind::Topic, Some(meeting), word).await;
        let comment = made::comment(&citizen, me, goal, CommentKind::Disagreement, word).await;
        let step = StepId::make();
        let owner = Party::Employee { employee: contact };
        employee.put(paths::step(whose, step), Known::New, &words::step(word, owner)).await;
        let effort = EffortId::make();
        employee.put(paths::effort(whose, effort), Known::New, &new_effort(goal, word)).await;
        let delay = LookDelayId::make();
        let given = employee.try_put(paths::look_delay(whose, delay), Known::New, &new_delay(word)).await;
        assert!(given.status.is_success(), "{}", given.text());
        let opening = OpeningId::make();
        employee.put(paths::opening(whose, opening), Known::New, &made::opened(OpenedKind::Goal, goal, 1)).await;
        let draft = DraftId::make();
        citizen.put(paths::draft(me, draft), Known::New, &words::goal(None, word)).await;
        let sent = DraftId::make();
        citizen.put(paths::draft(me, sent), Known::New, &words::goal(None, word)).await;
        let sending = SendingId::make();
        citizen.put(paths::sending(me, sending), Known::New, &words::sending(&[(sent, 1)])).await;
        let profile = NewProfile { situation: Some(prose(word)), ..NewProfile::default() };
        citizen.put(paths::profile(me), Known::New, &profile).await;
        HashMap::from([
            ("meeting", meeting.to_string()),
            ("goal", goal.to_string()),
            ("topic", topic.to_string()),
            ("comment", comment.to_string()),
            ("step", step.to_string()),
            ("effort", effort.to_string()),
            ("delay", delay.to_string()),
            ("opening", opening.to_string()),
            ("draft", draft.to_string()),
            ("sending", sending.to_string()),
            ("representation", acting::give(&citizen, "9913010038").await.to_string()),
        ])
    }

    /// One of everything that is marked health in Anna's case, by her and by the nurse.
    async fn fill_health(&self) -> Things {
        let (anna, whose) = (self.town.anna, Subject::Citizen(self.town.anna));
        let (citizen, nurse) = (self.town.as_citizen(anna).await, self.town.as_employee(self.employees["nurse"]).await);
        let meeting = MeetingId::make();
        let mut new = made::a_meeting("2026-04-20T10:15:00");
        (new.purpose, new.area) = (prose(ANNAS_HEALTH), Area::Health);
        new.agenda = vec![made::item(ANNAS_HEALTH)];
        nurse.put(paths::meeting(whose, meeting), Known::New, &new).await;
        let health = |kind| NewDraft { area: Area::Health, ..words::draft(kind, None, ANNAS_HEALTH) };
        let goal = words::send(&citizen, &health(DraftKind::Goal)).await.0;
        let topic = words::send(&citizen, &health(DraftKind::Topic)).await;
        let comment = made::comment(&citizen, Subject::Me, goal, CommentKind::Disagreement, ANNAS_HEALTH).await;
        let step =
            NewStep { area: Area::Health, goal: Some(GoalId(goal)), ..words::step(ANNAS_HEALTH, Party::Citizen) };
        let (step_id, effort_id) = (StepId::make(), EffortId::make());
        citizen.put(paths::step(Subject::Me, step_id), Known::New, &step).await;
        let effort = NewEffort { area: Area::Health, ..new_effort(goal, ANNAS_HEALTH) };
        nurse.put(paths::effort(whose, effort_id), Known::New, &effort).await;
        HashMap::from([
            ("meeting", meeting.to_string()),
            ("goal", goal.to_string()),
            ("topic", topic.to_string()),
            ("comment", comment.to_string()),
            ("step", step_id.to_string()),
            ("effort", effort_id.to_string()),
        ])
    }

    async fn invite(&self, of: CitizenId, meeting: MeetingId, who: EmployeeId, word: &str) {
        let row = participant::Model {
            municipality_id: self.town.app.config.municipality_id.0,
            citizen_id: of.0,
            participant_id: Uuid::now_v7(),
            meeting_id: meeting.0,
            position: 1,
            employee_id: Some(who.0),
            name: "Ansat".into(),
            role: None,
            why: word.into(),
        };
        let row = row.sealed(self.town.ring(of).await).unwrap().into_active_model();
        let write = self.town.app.db.write(move |tx| {
            Box::pin(async move { Ok(participant::Entity::insert(row).exec_without_returning(tx).await.map(drop)?) })
        });
        write.await.unwrap();
    }

    /// What a user is in a case, if anything.
    pub fn relation(&self, user: User, whose: Whose) -> Option<Relation> {
        match (user, whose) {
            (User::Anna, Whose::Me | Whose::Annas) | (User::Bo, Whose::Me | Whose::Bos) => Some(Relation::Citizen),
            (User::Representative, Whose::Me | Whose::Annas) => Some(Relation::Representative),
            (User::Contact | User::InPlan | User::Participant | User::Nurse | User::BrokeGlass, Whose::Annas)
            | (User::BosContact, Whose::Bos) => Some(Relation::Employee),
            (User::LeadWithReason, Whose::Annas) => Some(Relation::Looks),
            _ => None,
        }
    }

    /// Whether they are in Anna's case, but for what is marked health.
    pub fn is_health_closed_to(&self, user: User) -> bool {
        matches!(user, User::Contact | User::InPlan | User::Participant | User::Representative)
    }

    /// Words in an answer that are none of this user's business.
    pub fn told(&self, user: User, operation: &Operation, answer: &Answer) -> Vec<&'static str> {
        let text = answer.text();
        let is_annas = self.relation(user, Whose::Annas).is_some();
        let knows = |word: &str| match word {
            ANNAS_WORDS => is_annas,
            ANNAS_DRAFT | ANNAS_NUMBER_SHOWN => user == User::Anna,
            ANNAS_NUMBER => false,
            ANNAS_HOME => is_annas && user != User::Representative,
            ANNAS_HEALTH => {
                matches!(user, User::Anna | User::Nurse | User::BrokeGlass | User::LeadWithReason)
            }
            _ => self.relation(user, Whose::Bos).is_some(),
        };
        // Whoever tries the demo chooses among everybody, by name.
        let is_demo = operation.path.starts_with("/api/demo/");
        [ANNAS_WORDS, ANNAS_DRAFT, ANNAS_NUMBER, ANNAS_NUMBER_SHOWN, ANNAS_HOME, ANNAS_HEALTH, BOS_WORDS]
            .into_iter()
            .filter(|word| !is_demo && text.contains(word) && !knows(word))
            .collect()
    }

    /// Asks as this user, who comes with a session of their own each time.
    pub async fn ask(
        &self,
        operation: &Operation,
        user: User,
        whose: Whose,
        ids: Ids,
        condition: Option<(&str, &str)>,
    ) -> Answer {
        let visitor = self.visitor(user).await;
        let nobodys = Uuid::now_v7().to_string();
        let is_bos = whose == Whose::Bos || (whose, user) == (Whose::Me, User::Bo);
        let own = if is_bos { &self.bos } else { &self.annas };
        let things = match ids {
            Ids::Own => Some(own),
            Ids::Bos => Some(&self.bos),
            Ids::Hidden => Some(&self.annas_health),
            Ids::Nobodys => None,
        };
        let mut path = operation.path.replace("{subject}", &self.subject(whose).to_string());
        for name in own.keys() {
            let id = things.and_then(|things| things.get(name)).unwrap_or(&nobodys);
            path = path.replace(&format!("{{{name}}}"), id);
        }
        let other = self.employees["unrelated"].to_string();
        path = path.replace("{employee}", &other).replace("{glass}", &nobodys);
        assert!(!path.contains('{'), "{path}: a part of the address is not known here");
        let body = operation.body.as_ref().map(|name| self.body(name, own).to_string()).unwrap_or_default();
        let answer = visitor.ask(operation.method.clone(), &path, condition.as_slice(), body.into_bytes()).await;
        if path.contains("/glass/") {
            // What was opened by this is closed again before anything else is asked.
            self.mend_glass().await;
        }
        answer
    }

    async fn mend_glass(&self) {
        let kept = ["broke glass", "lead with reason"].map(|name| self.employees[name].0);
        let anna = self.town.anna.0;
        let write = self.town.app.db.write(move |tx| {
            Box::pin(async move {
                let others = Condition::any()
                    .add(glass::Column::EmployeeId.is_not_in(kept))
                    .add(glass::Column::CitizenId.ne(anna));
                Ok(glass::Entity::delete_many().filter(others).exec(tx).await.map(drop)?)
            })
        });
        write.await.unwrap();
    }

    fn subject(&self, whose: Whose) -> Subject {
        match whose {
            Whose::Me => Subject::Me,
            Whose::Annas => Subject::Citizen(self.town.anna),
            Whose::Bos => Subject::Citizen(self.town.bo),
            Whose::Forgottens => Subject::Citizen(self.forgotten),
            Whose::Nobodys => Subject::Citizen(CitizenId(Uuid::now_v7())),
        }
    }
}
