//! What a schema cannot say: that everything that is named is there, once, and that times exist.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use contract::{
    CommentKind, CommentedKind, DraftKind, EffortId, EmployeeId, GoalId, MeetingId, NewMeeting, OpenedKind, StepId,
    TopicId, Version,
};
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

pub(super) use self::times::instant;
use self::times::made_at;
use super::{Citizen, File, Meeting, Outcome, Party, Time, Who};
use crate::clock::Clock;

mod times;

/// How many faults are told about at once.
pub(super) const SHOWN: usize = 20;

/// Something wrong, and where in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Such as `citizens[3].meetings[0].organizer`.
    pub path: String,
    /// What is wrong, and what to do.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.what)
    }
}

const TWICE: &str = "this id stands in the file twice: give one of them another id";
const TWO_THINGS: &str =
    "a goal, a topic and what changes it are one kind of thing: correct the kind, or give it another id";
const COPY: &str = "two of the citizen's meetings have this id in the same system: take one away, or correct its id";
const NO_EMPLOYEE: &str = "there is no employee with this id: add them to \"employees\", or correct the id";

/// Everything that is wrong with a file, given the employees already in the database.
pub(super) fn check(file: &File, known: &HashMap<EmployeeId, String>, clock: &Clock) -> Vec<Fault> {
    let mut check = Check {
        faults: Vec::new(),
        employees: known.keys().copied().collect(),
        zone: clock.zone(),
        latest: clock.now().saturating_add(times::AHEAD).unwrap_or(Timestamp::MAX),
    };
    let mut seen = HashSet::new();
    let mut external = HashSet::new();
    for (i, employee) in file.employees.iter().enumerate() {
        check.once(&mut seen, employee.id.0, || format!("employees[{i}].id"));
        if let Some(id) = &employee.external_id {
            check.once(&mut external, id.as_str(), || format!("employees[{i}].external_id"));
        }
        check.employees.insert(employee.id);
    }
    let mut seen = HashSet::new();
    let mut external = HashSet::new();
    for (i, citizen) in file.citizens.iter().enumerate() {
        check.once(&mut seen, citizen.id.0, || format!("citizens[{i}].id"));
        if let Some(id) = &citizen.external_id {
            check.once(&mut external, id.as_str(), || format!("citizens[{i}].external_id"));
        }
        check.citizen(citizen, &format!("citizens[{i}]"));
    }
    check.faults
}

struct Check<'a> {
    faults: Vec<Fault>,
    employees: HashSet<EmployeeId>,
    zone: &'a TimeZone,
    /// What has happened is not later.
    latest: Timestamp,
}

struct Ids {
    meetings: HashSet<MeetingId>,
    goals: HashSet<GoalId>,
    topics: HashSet<TopicId>,
    efforts: HashSet<EffortId>,
    steps: HashSet<StepId>,
    minutes: HashSet<MeetingId>,
    comments: HashSet<Uuid>,
}

impl Check<'_> {
    fn fault(&mut self, path: String, what: &str) {
        self.faults.push(Fault { path, what: what.to_owned() });
    }

    fn once<T: Eq + std::hash::Hash>(&mut self, seen: &mut HashSet<T>, id: T, path: impl Fn() -> String) {
        if !seen.insert(id) {
            self.fault(path(), TWICE);
        }
    }

    fn all_once(&mut self, ids: impl Iterator<Item = Uuid>, path: impl Fn(usize) -> String) {
        let mut seen = HashSet::new();
        for (i, id) in ids.enumerate() {
            self.once(&mut seen, id, || path(i));
        }
    }

    fn version(&mut self, version: Version, at: &str) {
        if version < Version::FIRST {
            self.fault(format!("{at}.version"), "versions are counted from 1");
        }
    }

    fn employee(&mut self, id: Option<EmployeeId>, path: impl Fn() -> String) {
        if id.is_some_and(|id| !self.employees.contains(&id)) {
            self.fault(path(), NO_EMPLOYEE);
        }
    }

    fn who(&mut self, who: Who, path: impl Fn() -> String) {
        if let Who::Employee { employee } = who {
            self.employee(Some(employee), || path() + ".employee");
        }
    }

    fn named<T: Eq + std::hash::Hash>(
        &mut self,
        among: &HashSet<T>,
        id: Option<T>,
        what: &str,
        path: impl Fn() -> String,
    ) {
        if id.is_some_and(|id| !among.contains(&id)) {
            self.fault(path(), &format!("this citizen has no {what} with this id: add it, or correct the id"));
        }
    }

    fn citizen(&mut self, citizen: &Citizen, at: &str) {
        let ids = Ids {
            meetings: citizen.meetings.iter().map(|it| it.id).collect(),
            goals: citizen.goals.iter().map(|it| it.id).collect(),
            topics: citizen.topics.iter().map(|it| it.id).collect(),
            efforts: citizen.efforts.iter().map(|it| it.id).collect(),
            steps: citizen.steps.iter().map(|it| it.id).collect(),
            minutes: citizen.meetings.iter().filter(|it| it.minutes.is_some()).map(|it| it.id).collect(),
            comments: citizen.comments.iter().map(|it| it.id.0).collect(),
        };
        if let Some(profile) = &citizen.profile {
            self.version(profile.version, &format!("{at}.profile"));
            self.past(&format!("{at}.profile"), [("saved_at", Some(profile.saved_at))]);
        }
        if let Some(choices) = &citizen.choices {
            self.version(choices.version, &format!("{at}.choices"));
            self.past(&format!("{at}.choices"), [("saved_at", Some(choices.saved_at))]);
        }
        self.employee(citizen.contact_person, || format!("{at}.contact_person"));
        self.all_once(citizen.plan_members.iter().map(|it| it.employee.0), |i| {
            format!("{at}.plan_members[{i}].employee")
        });
        for (i, member) in citizen.plan_members.iter().enumerate() {
            self.employee(Some(member.employee), || format!("{at}.plan_members[{i}].employee"));
        }
        self.meetings(citizen, &ids, at);
        self.words(citizen, &ids, at);
        self.plan(citizen, &ids, at);
        self.records(citizen, &ids, at);
    }

    fn meetings(&mut self, citizen: &Citizen, ids: &Ids, at: &str) {
        let all = &citizen.meetings;
        self.all_once(all.iter().map(|it| it.id.0), |i| format!("{at}.meetings[{i}].id"));
        let mut participants = HashSet::new();
        let mut items = HashSet::new();
        let mut elsewhere = HashSet::new();
        for (i, meeting) in all.iter().enumerate() {
            let at = format!("{at}.meetings[{i}]");
            self.version(meeting.version, &at);
            if let Some(minutes) = &meeting.minutes {
                self.version(minutes.version, &format!("{at}.minutes"));
                let times = [("saved_at", Some(minutes.saved_at)), ("shared_at", minutes.shared_at)];
                self.past(&format!("{at}.minutes"), times);
            }
            self.past(&at, [("made_at", Some(meeting.made_at)), ("changed_at", meeting.changed_at)]);
            match (&meeting.source, &meeting.external_id) {
                (Some(source), Some(id)) if !elsewhere.insert((source.as_str(), id.as_str())) => {
                    self.fault(format!("{at}.external_id"), COPY);
                }
                (None, Some(_)) => self.fault(format!("{at}.source"), "say which system the \"external_id\" is from"),
                _ => {}
            }
            if meeting.sequence < 0 {
                self.fault(format!("{at}.sequence"), "changes are counted from 0");
            }
            self.time(meeting.time, &format!("{at}.time"));
            if let Some(time) = meeting.moved_from {
                self.time(time, &format!("{at}.moved_from"));
            }
            self.employee(meeting.organizer, || format!("{at}.organizer"));
            self.employee(meeting.minutes.as_ref().and_then(|it| it.author), || format!("{at}.minutes.author"));
            for (list, count) in [("participants", meeting.participants.len()), ("agenda", meeting.agenda.len())] {
                if count > NewMeeting::MOST {
                    self.fault(format!("{at}.{list}"), "a meeting has at most 50 of them");
                }
            }
            self.invited(meeting, &mut participants, &at);
            for (j, item) in meeting.agenda.iter().enumerate() {
                self.once(&mut items, item.id, || format!("{at}.agenda[{j}].id"));
                self.who(item.proposed_by, || format!("{at}.agenda[{j}].proposed_by"));
                self.named(&ids.topics, item.topic, "topic", || format!("{at}.agenda[{j}].topic"));
                if let Some(Outcome::Later { meeting, .. }) = &item.outcome {
                    self.named(&ids.meetings, *meeting, "meeting", || format!("{at}.agenda[{j}].outcome.meeting"));
                }
            }
        }
    }

    fn invited(&mut self, meeting: &Meeting, seen: &mut HashSet<contract::ParticipantId>, at: &str) {
        for (j, participant) in meeting.participants.iter().enumerate() {
            self.once(seen, participant.id, || format!("{at}.participants[{j}].id"));
            self.employee(participant.employee, || format!("{at}.participants[{j}].employee"));
            if participant.employee.is_none() && participant.name.is_none() {
                self.fault(format!("{at}.participants[{j}]"), "say who it is: give \"employee\" or \"name\"");
            }
        }
    }

    fn words(&mut self, citizen: &Citizen, ids: &Ids, at: &str) {
        self.all_once(citizen.goals.iter().map(|it| it.id.0), |i| format!("{at}.goals[{i}].id"));
        self.all_once(citizen.topics.iter().map(|it| it.id.0), |i| format!("{at}.topics[{i}].id"));
        self.all_once(citizen.drafts.iter().map(|it| it.id.0), |i| format!("{at}.drafts[{i}].id"));
        for (i, goal) in citizen.goals.iter().enumerate() {
            self.version(goal.version, &format!("{at}.goals[{i}]"));
            let times =
                [("made_at", goal.made_at), ("sent_at", Some(goal.sent_at)), ("taken_back_at", goal.taken_back_at)];
            self.past(&format!("{at}.goals[{i}]"), times);
            self.named(&ids.meetings, goal.meeting, "meeting", || format!("{at}.goals[{i}].meeting"));
        }
        for (i, topic) in citizen.topics.iter().enumerate() {
            self.version(topic.version, &format!("{at}.topics[{i}]"));
            let (made_at, sent_at) = (("made_at", topic.made_at), ("sent_at", Some(topic.sent_at)));
            self.past(&format!("{at}.topics[{i}]"), [made_at, sent_at, ("taken_back_at", topic.taken_back_at)]);
            if ids.goals.contains(&GoalId(topic.id.0)) {
                self.fault(format!("{at}.topics[{i}].id"), TWO_THINGS);
            }
            self.named(&ids.meetings, topic.meeting, "meeting", || format!("{at}.topics[{i}].meeting"));
        }
        for (i, draft) in citizen.drafts.iter().enumerate() {
            self.version(draft.version, &format!("{at}.drafts[{i}]"));
            let times = [("made_at", Some(draft.made_at)), ("saved_at", Some(draft.saved_at))];
            self.past(&format!("{at}.drafts[{i}]"), times);
            let changes_other = match draft.kind {
                DraftKind::Goal => ids.topics.contains(&draft.id.into()),
                DraftKind::Topic => ids.goals.contains(&draft.id.into()),
            };
            if changes_other {
                self.fault(format!("{at}.drafts[{i}].id"), TWO_THINGS);
            }
            self.named(&ids.meetings, draft.meeting, "meeting", || format!("{at}.drafts[{i}].meeting"));
        }
    }

    fn plan(&mut self, citizen: &Citizen, ids: &Ids, at: &str) {
        self.all_once(citizen.efforts.iter().map(|it| it.id.0), |i| format!("{at}.efforts[{i}].id"));
        self.all_once(citizen.steps.iter().map(|it| it.id.0), |i| format!("{at}.steps[{i}].id"));
        for (i, effort) in citizen.efforts.iter().enumerate() {
            self.version(effort.version, &format!("{at}.efforts[{i}]"));
            self.past(&format!("{at}.efforts[{i}]"), [("made_at", Some(effort.made_at))]);
            self.named(&ids.goals, Some(effort.goal), "goal", || format!("{at}.efforts[{i}].goal"));
            self.employee(effort.responsible, || format!("{at}.efforts[{i}].responsible"));
            if effort.starts_on.zip(effort.ends_on).is_some_and(|(from, to)| to < from) {
                self.fault(
                    format!("{at}.efforts[{i}].ends_on"),
                    "an effort ends after it starts: correct one of the days",
                );
            }
        }
        for (i, step) in citizen.steps.iter().enumerate() {
            self.version(step.version, &format!("{at}.steps[{i}]"));
            self.past(&format!("{at}.steps[{i}]"), [("made_at", Some(step.made_at)), ("state_at", step.state_at)]);
            self.named(&ids.goals, step.goal, "goal", || format!("{at}.steps[{i}].goal"));
            self.named(&ids.efforts, step.effort, "effort", || format!("{at}.steps[{i}].effort"));
            self.named(&ids.meetings, step.meeting, "meeting", || format!("{at}.steps[{i}].meeting"));
            if let Party::Employee { employee } = step.owner {
                self.employee(Some(employee), || format!("{at}.steps[{i}].owner.employee"));
            }
            self.who(step.written_by, || format!("{at}.steps[{i}].written_by"));
        }
    }

    fn records(&mut self, citizen: &Citizen, ids: &Ids, at: &str) {
        self.all_once(citizen.comments.iter().map(|it| it.id.0), |i| format!("{at}.comments[{i}].id"));
        for (i, comment) in citizen.comments.iter().enumerate() {
            self.version(comment.version, &format!("{at}.comments[{i}]"));
            let times = [("at", Some(comment.at)), ("assessed.at", comment.assessed.as_ref().map(|it| it.at))];
            self.past(&format!("{at}.comments[{i}]"), times);
            self.who(comment.by, || format!("{at}.comments[{i}].by"));
            let id = comment.beside_id;
            let path = || format!("{at}.comments[{i}].beside_id");
            match comment.beside {
                CommentedKind::Goal => self.named(&ids.goals, Some(GoalId(id)), "goal", path),
                CommentedKind::Effort => self.named(&ids.efforts, Some(EffortId(id)), "effort", path),
                CommentedKind::Step => self.named(&ids.steps, Some(StepId(id)), "step", path),
                CommentedKind::Minutes => self.named(&ids.minutes, Some(MeetingId(id)), "meeting with minutes", path),
            }
            if comment.kind == CommentKind::Disagreement && comment.by != Who::Citizen {
                self.fault(
                    format!("{at}.comments[{i}].by"),
                    "only the citizen disagrees: make it a remark, or correct who wrote it",
                );
            }
            if comment.kind == CommentKind::Remark && comment.assessed.is_some() {
                self.fault(
                    format!("{at}.comments[{i}].assessed"),
                    "only a disagreement is assessed: leave this out, or make the comment a disagreement",
                );
            }
            self.employee(comment.assessed.as_ref().map(|it| it.by), || format!("{at}.comments[{i}].assessed.by"));
        }
        let mut marks = HashSet::new();
        for (i, opening) in citizen.openings.iter().enumerate() {
            let mark = (opening.kind, opening.item, opening.version, format!("{:?}", opening.by));
            self.version(opening.version, &format!("{at}.openings[{i}]"));
            self.past(&format!("{at}.openings[{i}]"), [("at", Some(opening.at))]);
            self.once(&mut marks, mark, || format!("{at}.openings[{i}]"));
            self.who(opening.by, || format!("{at}.openings[{i}].by"));
            let path = || format!("{at}.openings[{i}].item");
            match opening.kind {
                OpenedKind::Goal => self.named(&ids.goals, Some(GoalId(opening.item)), "goal", path),
                OpenedKind::Topic => self.named(&ids.topics, Some(TopicId(opening.item)), "topic", path),
                OpenedKind::Step => self.named(&ids.steps, Some(StepId(opening.item)), "step", path),
                OpenedKind::Comment => self.named(&ids.comments, Some(opening.item), "comment", path),
                OpenedKind::Minutes => {
                    self.named(&ids.minutes, Some(MeetingId(opening.item)), "meeting with minutes", path)
                }
            }
        }
        if let Some(visit) = &citizen.visit {
            // What is new since then would never be told.
            let seen_from = visit.seen_from.and_then(|id| made_at(id.0));
            let times = [("seen_from", seen_from), ("seen_until", made_at(visit.seen_until.0))];
            self.past(&format!("{at}.visit"), times);
        }
        let history = citizen.history.as_deref().unwrap_or_default();
        self.all_once(history.iter().map(|it| it.id.0), |i| format!("{at}.history[{i}].id"));
        for (i, event) in history.iter().enumerate() {
            self.who(event.by, || format!("{at}.history[{i}].by"));
            self.past(&format!("{at}.history[{i}]"), [("id", made_at(event.id.0)), ("at", Some(event.at))]);
            if event.id.0.get_version_num() != 7 {
                self.fault(format!("{at}.history[{i}].id"), "a UUIDv7 is needed, for ids stand in the order of time");
            }
            let texts =
                event.changes.iter().flat_map(|change| [Some(&change.field), change.old.as_ref(), change.new.as_ref()]);
            if event.title.iter().chain(texts.flatten()).any(|text| text.contains('\0')) {
                self.fault(format!("{at}.history[{i}]"), "a text has a character that cannot be stored");
            }
            if event.target_version.0 < 0 {
                self.fault(format!("{at}.history[{i}].target_version"), "versions are counted from 1");
            }
        }
    }
}
