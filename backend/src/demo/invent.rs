//! Plausible citizens in any number, for trials and load tests: the same seed makes the same ones.

use contract::{
    AgendaItemId, Area, CitizenId, DraftText, EffortId, EmployeeId, GoalId, Line, MeetingForm, MeetingId,
    MunicipalityId, OpenedKind, OpeningId, ParticipantId, Prose, StepId, TopicId, Version,
};
use jiff::{
    SignedDuration, Timestamp, ToSpan as _,
    civil::{self, Weekday},
    tz::TimeZone,
};
use rand::{Rng as _, SeedableRng as _, rngs::SmallRng, seq::IndexedRandom as _};
use uuid::{Builder, Uuid};

use super::{people, store, words};
use crate::{
    clock::Clock,
    db::Database,
    error::{Error, Result},
    import::{
        self, AgendaItem, Citizen, Effort, Employee, Goal, Meeting, Minutes, Opening, Participant, Party, PlanMember,
        Profile, Rows, Step, StepState, Time, Topic, Who,
    },
};

/// How many citizens one transaction writes.
const BATCH: u32 = 250;
/// How many citizens an employee has.
const CASES: u32 = 60;

/// Makes them and writes them, many at a time. `tell` hears how many are done.
///
/// # Errors
/// That the database did not take them; those made before stay.
pub async fn invent(
    db: &Database,
    (m, name): (MunicipalityId, String),
    clock: &Clock,
    citizens: u32,
    seed: u64,
    tell: impl Fn(u64),
) -> Result<()> {
    // The demo's own employees get their share, so that a tester can be somebody with many citizens.
    let mut employees = people::all()?.only_employees(clock.now(), clock.zone())?;
    for i in 0..citizens / CASES {
        employees.push(employee(seed, i)?);
    }
    let (staff, keys) = (employees.clone(), db.keys().clone());
    db.write(move |tx| {
        Box::pin(async move {
            import::municipality(tx, m, &name).await?;
            let mut rows = Rows::default();
            let staff = store::missing(tx, m, staff).await?;
            staff.iter().for_each(|it| rows.employee(m, it));
            rows.insert(tx, &keys, m).await
        })
    })
    .await?;
    for first in (0..citizens).step_by(BATCH as usize) {
        let last = (first + BATCH).min(citizens);
        let mut rows = Rows::default();
        for i in first..last {
            let citizen = Inventor::new(seed, i, &employees, clock).citizen()?;
            rows.citizen(m, &import::whole(citizen, &names(&employees), clock.zone()), None, clock.zone());
        }
        let keys = db.keys().clone();
        db.write(move |tx| Box::pin(async move { rows.insert(tx, &keys, m).await })).await?;
        tell(u64::from(last));
    }
    Ok(())
}

fn names(employees: &[Employee]) -> std::collections::HashMap<EmployeeId, String> {
    employees.iter().map(|it| (it.id, it.name.as_str().to_owned())).collect()
}

fn employee(seed: u64, i: u32) -> Result<Employee> {
    let mut inventor = SmallRng::seed_from_u64(seed.wrapping_mul(31).wrapping_add(u64::from(i) + 1));
    let (role, unit, area) = words::ROLES[i as usize % words::ROLES.len()];
    Ok(Employee {
        kind: None,
        id: EmployeeId(uuid(&mut inventor)),
        name: line(&name(&mut inventor))?,
        role: line(role)?,
        role_line: None,
        unit: line(unit)?,
        area,
        phone: Some(line("00 10 20 30")?),
        mail: None,
        external_id: None,
        has_left: None,
    })
}

struct Inventor<'a> {
    random: SmallRng,
    employees: &'a [Employee],
    mine: &'a Employee,
    today: civil::Date,
    now: Timestamp,
    zone: &'a TimeZone,
}

impl<'a> Inventor<'a> {
    fn new(seed: u64, i: u32, employees: &'a [Employee], clock: &'a Clock) -> Self {
        let random = SmallRng::seed_from_u64(seed.wrapping_mul(1_000_003).wrapping_add(u64::from(i)));
        let mine = &employees[(i / CASES) as usize % employees.len()];
        // Whole days, so that the seed alone decides.
        let today = clock.day(clock.now());
        let now = clock.zone().to_timestamp(today.at(6, 0, 0, 0)).unwrap_or_else(|_| clock.now());
        Self { random, employees, mine, today, now, zone: clock.zone() }
    }

    fn citizen(&mut self) -> Result<Citizen> {
        let id = CitizenId(uuid(&mut self.random));
        let others: Vec<&Employee> = (0..2).filter_map(|_| self.employees.choose(&mut self.random)).collect();
        let goals = (0..self.random.random_range(1..=3)).map(|_| self.goal()).collect::<Result<Vec<_>>>()?;
        let mut meetings = Vec::new();
        for weeks in -self.random.random_range(1..=4)..=self.random.random_range(0..=2) {
            meetings.push(self.meeting(weeks * 3, &others)?);
        }
        let efforts = goals.iter().take(2).map(|goal| self.effort(goal)).collect::<Result<Vec<_>>>()?;
        let held = meetings.iter().rfind(|meeting| meeting.minutes.is_some());
        let steps = (0..self.random.random_range(2..=6))
            .map(|i| self.step(goals.get(i % goals.len()), efforts.first(), held))
            .collect::<Result<Vec<_>>>()?;
        let topics = vec![self.topic(meetings.last().map(|it| it.id))?];
        let openings = goals.iter().take(1).map(|goal| self.opening(goal)).collect();
        let mut members: Vec<PlanMember> = Vec::new();
        for employee in std::iter::once(self.mine).chain(others) {
            if members.iter().all(|it| it.employee != employee.id) {
                members.push(PlanMember { employee: employee.id, why: None, area: None });
            }
        }
        let citizen_name = name(&mut self.random);
        Ok(Citizen {
            choices: None,
            id,
            name: line(&citizen_name)?,
            is_protected: self.random.random_ratio(1, 100),
            contact_person: Some(self.mine.id),
            external_id: None,
            cpr: None,
            profile: Some(self.profile(&citizen_name)?),
            plan_members: members,
            meetings,
            goals,
            topics,
            drafts: Vec::new(),
            efforts,
            steps,
            comments: Vec::new(),
            openings,
            visit: None,
            history: None,
        })
    }

    fn profile(&mut self, name: &str) -> Result<Profile> {
        Ok(Profile {
            version: Version::FIRST,
            saved_at: self.ago(60),
            preferred_name: name.split(' ').next().and_then(|name| Line::parse(name).ok()),
            contact_way: contract::ContactWay::Any,
            contact_note: None,
            language: contract::Language::Da,
            situation: None,
            is_situation_shared: false,
            strengths: Some(self.prose(words::STRENGTHS)?),
            is_strengths_shared: self.random.random(),
        })
    }

    fn meeting(&mut self, weeks: i64, others: &[&Employee]) -> Result<Meeting> {
        let any = self.today.saturating_add((weeks * 7 + self.random.random_range(1..=21)).days());
        let is_weekend = matches!(any.weekday(), Weekday::Saturday | Weekday::Sunday);
        let day = any.saturating_add(if is_weekend { 2 } else { 0 }.days());
        let (id, purpose) = (MeetingId(uuid(&mut self.random)), self.prose(words::PURPOSES)?);
        let mut participants = Vec::new();
        let other = others.first().copied().filter(|it| it.id != self.mine.id);
        for employee in std::iter::once(self.mine).chain(other) {
            participants.push(Participant {
                id: ParticipantId(uuid(&mut self.random)),
                employee: Some(employee.id),
                name: Some(employee.name.clone()),
                role: None,
                why: line("Er med til at lave planen")?,
            });
        }
        let mut agenda = Vec::new();
        for _ in 0..3 {
            agenda.push(AgendaItem {
                id: AgendaItemId(uuid(&mut self.random)),
                text: self.prose(words::ITEMS)?,
                proposed_by: Who::Employee { employee: self.mine.id },
                topic: None,
                outcome: None,
            });
        }
        let is_past = day < self.today;
        let minutes = is_past.then(|| {
            let held = self.zone.to_timestamp(day.at(16, 0, 0, 0)).unwrap_or(self.now);
            let summary = DraftText::parse(words::SUMMARIES.choose(&mut self.random).unwrap_or(&"Vi talte sammen."));
            summary.ok().map(|summary| Minutes {
                version: Version::FIRST,
                summary,
                author: Some(self.mine.id),
                saved_at: held,
                shared_at: Some(held),
            })
        });
        let quarter = self.random.random_range(0..4_i8) * 15;
        Ok(Meeting {
            id,
            version: Version::FIRST,
            sequence: 0,
            made_at: self.ago(28.max(-weeks * 7 + 28)),
            changed_at: None,
            purpose,
            title: None,
            area: self.mine.area,
            time: Time { local_start: day.at(self.random.random_range(9..15), quarter, 0, 0), fold: None, minutes: 45 },
            moved_from: None,
            form: MeetingForm::InPerson,
            place: Some(line("Torvegade 1, 9999 Fjordby, lokale 4")?),
            entrance: None,
            received_by: None,
            bring: None,
            contact_phone: Some(line("00 10 20 30")?),
            cancelled_reason: None,
            organizer: Some(self.mine.id),
            organizer_name: None,
            organizer_mail: None,
            reservation_uuid: None,
            source: None,
            external_id: None,
            participants,
            agenda,
            minutes: minutes.flatten(),
        })
    }

    fn goal(&mut self) -> Result<Goal> {
        let area = *Area::ALL.choose(&mut self.random).unwrap_or(&Area::Employment);
        Ok(Goal {
            id: GoalId(uuid(&mut self.random)),
            version: Version::FIRST,
            area,
            text: self.prose(words::GOALS)?,
            why: None,
            first_step: None,
            helped_by: None,
            meeting: None,
            made_at: None,
            sent_at: self.ago(40),
            taken_back_at: None,
        })
    }

    fn topic(&mut self, meeting: Option<MeetingId>) -> Result<Topic> {
        Ok(Topic {
            id: TopicId(uuid(&mut self.random)),
            version: Version::FIRST,
            area: Area::Other,
            text: self.prose(words::TOPICS)?,
            helped_by: None,
            meeting,
            made_at: None,
            sent_at: self.ago(3),
            taken_back_at: None,
        })
    }

    fn effort(&mut self, goal: &Goal) -> Result<Effort> {
        let (title, purpose) = *words::EFFORTS.choose(&mut self.random).unwrap_or(&words::EFFORTS[0]);
        Ok(Effort {
            id: EffortId(uuid(&mut self.random)),
            version: Version::FIRST,
            goal: goal.id,
            area: goal.area,
            title: line(title)?,
            purpose: prose(purpose)?,
            obligation: None,
            responsible: Some(self.mine.id),
            starts_on: Some(self.today.saturating_sub(30.days())),
            ends_on: None,
            is_ended: false,
            made_at: self.ago(35),
        })
    }

    fn step(&mut self, goal: Option<&Goal>, effort: Option<&Effort>, meeting: Option<&Meeting>) -> Result<Step> {
        let is_ours = self.random.random_ratio(2, 5);
        let texts = if is_ours { words::PROMISES } else { words::STEPS };
        let states = [StepState::NotStarted, StepState::UnderWay, StepState::Done];
        let agreed = meeting.and_then(|meeting| meeting.minutes.as_ref()).map(|minutes| minutes.saved_at);
        let made_at = agreed.unwrap_or_else(|| self.ago(21));
        Ok(Step {
            id: StepId(uuid(&mut self.random)),
            version: Version::FIRST,
            goal: goal.map(|it| it.id),
            effort: effort.filter(|it| Some(it.goal) == goal.map(|goal| goal.id)).map(|it| it.id),
            meeting: meeting.map(|it| it.id),
            area: goal.map_or(Area::Other, |it| it.area),
            title: line(texts.choose(&mut self.random).copied().unwrap_or_default())?,
            owner: if is_ours { Party::Employee { employee: self.mine.id } } else { Party::Citizen },
            due: Some(self.today.saturating_add(self.random.random_range(-5..40_i64).days())),
            state: states.choose(&mut self.random).cloned().unwrap_or_default(),
            state_at: Some(self.ago(2).max(made_at)),
            written_by: Who::Employee { employee: self.mine.id },
            made_at,
        })
    }

    fn opening(&mut self, goal: &Goal) -> Opening {
        Opening {
            id: OpeningId(uuid(&mut self.random)),
            kind: OpenedKind::Goal,
            item: goal.id.0,
            version: Version::FIRST,
            by: Who::Employee { employee: self.mine.id },
            at: self.ago(30),
        }
    }

    fn prose(&mut self, texts: &[&str]) -> Result<Prose> {
        prose(texts.choose(&mut self.random).copied().unwrap_or_default())
    }

    fn ago(&mut self, days: i64) -> Timestamp {
        self.now - SignedDuration::from_secs(days * 86_400 - self.random.random_range(0..20_000))
    }
}

fn name(random: &mut SmallRng) -> String {
    let first = words::FIRST_NAMES.choose(random).copied().unwrap_or_default();
    format!("{first} {}", words::LAST_NAMES.choose(random).copied().unwrap_or_default())
}

fn uuid(random: &mut SmallRng) -> Uuid {
    let mut bytes = [0; 10];
    random.fill(&mut bytes);
    Builder::from_unix_timestamp_millis(1_767_312_000_000, &bytes).into_uuid()
}

fn line(text: &str) -> Result<Line> {
    Line::parse(text).map_err(|_| Error::Internal("an invented text breaks its rule"))
}

fn prose(text: &str) -> Result<Prose> {
    Prose::parse(text).map_err(|_| Error::Internal("an invented text breaks its rule"))
}
