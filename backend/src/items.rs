//! Goals, topics, efforts, steps and comments as the reader sees them. Home, plan, meeting, preparation and brief are all
//! made of these, so each is made in one place, with few queries however many there are.

use std::collections::{HashMap, HashSet};

use contract::{
    Comment, CommentId, Effort, EffortId, EmployeeId, Goal, GoalId, MeetingId, OpenedKind, Step, StepId, StepState,
    Topic, TopicId, Version,
};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{
    db::Tx,
    entity::{agenda_item, comment, effort, goal, meeting, step, topic},
    error::{Error, Result},
    keys::Unseal as _,
    meetings::{store::holds_fast, summary::ends_at},
    opened::Opened,
    people::{self, People, person_of},
    policy::CaseAccess,
    values::{ActorKind, Instant, StateKind, unseal},
};

/// What to show, as it lies in the tables.
#[derive(Debug, Default)]
pub struct Rows {
    /// Goals.
    pub goals: Vec<goal::Model>,
    /// Topics.
    pub topics: Vec<topic::Model>,
    /// Efforts.
    pub efforts: Vec<effort::Model>,
    /// Steps.
    pub steps: Vec<step::Model>,
    /// Comments.
    pub comments: Vec<comment::Model>,
}

/// The same, as the reader sees it, in the same order.
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "as in Rows")]
pub struct Items {
    pub goals: Vec<Goal>,
    pub topics: Vec<Topic>,
    pub efforts: Vec<Effort>,
    pub steps: Vec<Step>,
    pub comments: Vec<Comment>,
}

impl Rows {
    /// Only steps.
    #[must_use]
    pub fn of_steps(steps: Vec<step::Model>) -> Self {
        Self { steps, ..Self::default() }
    }

    /// Finds who and what the rows name, and shows them.
    ///
    /// # Errors
    /// That the database does not answer.
    pub async fn show(self, access: &CaseAccess, tx: &Tx) -> Result<Items> {
        let opened = Opened::load(access, tx, self.openable()).await?;
        let people = People::load(access, tx, self.employees().chain(opened.employees())).await?;
        let meetings = self.meetings(access, tx).await?;
        let on_agenda = self.on_agenda(access, tx).await?;
        let titles = if access.is_citizens_side() { HashMap::new() } else { self.titles() };
        let shown = Shown { access, people, opened, titles };
        Ok(Items {
            goals: self.goals.into_iter().map(|row| shown.goal(row, &meetings)).collect(),
            topics: self.topics.into_iter().map(|row| shown.topic(row, &on_agenda)).collect(),
            efforts: self.efforts.into_iter().map(|row| shown.effort(row)).collect(),
            steps: self.steps.into_iter().map(|row| shown.step(row, &meetings)).collect::<Result<_>>()?,
            comments: self.comments.into_iter().map(|row| shown.comment(row)).collect(),
        })
    }

    fn openable(&self) -> Vec<Uuid> {
        let goals = self.goals.iter().map(|row| row.goal_id);
        let topics = self.topics.iter().map(|row| row.topic_id);
        goals.chain(topics).chain(self.comments.iter().map(|row| row.comment_id)).collect()
    }

    fn employees(&self) -> impl Iterator<Item = Uuid> {
        let responsible = self.efforts.iter().filter_map(|row| row.responsible);
        let steps = self.steps.iter().flat_map(|row| [row.owner, person_of(row.written_by_kind.0, row.written_by)]);
        let comments = self.comments.iter().filter_map(|row| person_of(row.by_kind.0, row.by_id));
        responsible.chain(steps.flatten()).chain(comments)
    }

    /// What comments stand beside, by id.
    fn titles(&self) -> HashMap<Uuid, String> {
        let goals = self.goals.iter().map(|row| (row.goal_id, row.text.as_str().to_owned()));
        let efforts = self.efforts.iter().map(|row| (row.effort_id, row.title.as_str().to_owned()));
        let steps = self.steps.iter().map(|row| (row.step_id, row.title.as_str().to_owned()));
        goals.chain(efforts).chain(steps).collect()
    }

    /// The meetings that steps were agreed at and goals were written for.
    async fn meetings(&self, access: &CaseAccess, tx: &Tx) -> Result<Meetings> {
        let goals = self.goals.iter().filter_map(|row| row.meeting_id);
        let meetings: HashSet<Uuid> = self.steps.iter().filter_map(|row| row.meeting_id).chain(goals).collect();
        if meetings.is_empty() {
            return Ok(HashMap::new());
        }
        let (m, c) = access.key();
        let rows = meeting::Entity::find()
            .filter(meeting::Column::MunicipalityId.eq(m))
            .filter(meeting::Column::CitizenId.eq(c))
            .filter(meeting::Column::MeetingId.is_in(meetings))
            .all(tx)
            .await?
            .unsealed(access)?;
        Ok(rows.into_iter().map(|row| (row.meeting_id, row)).collect())
    }

    async fn on_agenda(&self, access: &CaseAccess, tx: &Tx) -> Result<HashSet<Uuid>> {
        if self.topics.is_empty() {
            return Ok(HashSet::new());
        }
        let (m, c) = access.key();
        // No meeting is longer than its day, so what began earlier than this is over.
        let earliest = access.at().saturating_sub(SignedDuration::from_hours(25)).unwrap_or(Timestamp::MIN);
        let meetings = meeting::Entity::find()
            .filter(meeting::Column::MunicipalityId.eq(m))
            .filter(meeting::Column::CitizenId.eq(c))
            .filter(meeting::Column::IsCancelled.eq(false))
            .filter(meeting::Column::StartsAt.gt(Instant(earliest)))
            .all(tx)
            .await?
            .unsealed(access)?;
        let coming = meetings.iter().filter(|row| ends_at(row) > access.at()).map(|row| row.meeting_id);
        let topics: Vec<Option<Uuid>> = agenda_item::Entity::find()
            .select_only()
            .column(agenda_item::Column::TopicId)
            .filter(agenda_item::Column::MunicipalityId.eq(m))
            .filter(agenda_item::Column::CitizenId.eq(c))
            .filter(agenda_item::Column::MeetingId.is_in(coming))
            .filter(agenda_item::Column::TopicId.is_in(self.topics.iter().map(|row| row.topic_id)))
            .into_tuple()
            .all(tx)
            .await?;
        Ok(topics.into_iter().flatten().collect())
    }
}

type Meetings = HashMap<Uuid, meeting::Model>;

struct Shown<'a> {
    access: &'a CaseAccess,
    people: People,
    opened: Opened,
    titles: HashMap<Uuid, String>,
}

impl Shown<'_> {
    fn goal(&self, row: goal::Model, meetings: &Meetings) -> Goal {
        let version = Version(row.version);
        let meeting = row.meeting_id.and_then(|id| meetings.get(&id));
        Goal {
            id: GoalId(row.goal_id),
            version,
            area: row.area.0,
            text: row.text.into_text(),
            why: unseal(row.why),
            first_step: unseal(row.first_step),
            helped_by: unseal(row.helped_by),
            meeting: row.meeting_id.filter(|id| !self.access.hides(*id)).map(MeetingId),
            sent_at: row.sent_at.0,
            taken_back_at: row.taken_back_at.map(|at| at.0),
            is_open: match row.meeting_id {
                Some(id) if self.access.hides(id) => false,
                _ => meeting.is_none_or(|meeting| !holds_fast(self.access, meeting)),
            },
            openings: self.opened.of(OpenedKind::Goal, row.goal_id, version, &self.people),
        }
    }

    fn topic(&self, row: topic::Model, on_agenda: &HashSet<Uuid>) -> Topic {
        let version = Version(row.version);
        Topic {
            id: TopicId(row.topic_id),
            version,
            area: row.area.0,
            text: row.text.into_text(),
            helped_by: unseal(row.helped_by),
            meeting: row.meeting_id.filter(|id| !self.access.hides(*id)).map(MeetingId),
            sent_at: row.sent_at.0,
            taken_back_at: row.taken_back_at.map(|at| at.0),
            is_on_agenda: on_agenda.contains(&row.topic_id),
            openings: self.opened.of(OpenedKind::Topic, row.topic_id, version, &self.people),
        }
    }

    fn effort(&self, row: effort::Model) -> Effort {
        Effort {
            id: EffortId(row.effort_id),
            version: Version(row.version),
            goal: GoalId(row.goal_id),
            area: row.area.0,
            title: row.title.into_text(),
            purpose: row.purpose.into_text(),
            obligation: unseal(row.obligation),
            responsible: row.responsible.map(|id| self.people.author(ActorKind::Employee, Some(id))),
            responsible_id: row.responsible.map(EmployeeId),
            starts_on: row.starts_on.map(|day| day.0),
            ends_on: row.ends_on.map(|day| day.0),
            is_ended: row.is_ended,
        }
    }

    fn step(&self, row: step::Model, meetings: &Meetings) -> Result<Step> {
        let (can_reword, can_move) = (self.access.may_reword_step(&row), self.access.may_move_step(&row));
        let state = state(&row)?;
        let due = row.due.map(|day| day.0);
        let is_shown = |id: &Uuid| !self.access.hides(*id);
        Ok(Step {
            id: StepId(row.step_id),
            version: Version(row.version),
            goal: row.goal_id.filter(is_shown).map(GoalId),
            effort: row.effort_id.filter(is_shown).map(EffortId),
            meeting: row.meeting_id.filter(is_shown).map(MeetingId),
            agreed_on: row.meeting_id.and_then(|id| meetings.get(&id)).map(|meeting| meeting.local_start.0.date()),
            area: row.area.0,
            title: row.title.into_text(),
            owner: people::party(row.owner_kind.0, row.owner),
            owner_shown: self.people.owner(row.owner_kind.0, row.owner),
            due,
            is_late: !state.is_closed() && due.is_some_and(|due| due < self.access.today()),
            state,
            state_at: row.state_at.0,
            written_by: self.people.author(row.written_by_kind.0, row.written_by),
            can_reword,
            can_move,
        })
    }

    fn comment(&self, row: comment::Model) -> Comment {
        let version = Version(row.version);
        Comment {
            is_mine: self.access.may_change_comment(&row),
            id: CommentId(row.comment_id),
            version,
            beside: row.beside.0,
            beside_id: row.beside_id,
            about: self.titles.get(&row.beside_id).cloned(),
            kind: row.kind.0,
            by: self.people.author(row.by_kind.0, row.by_id),
            text: row.text.into_text(),
            at: row.at.0,
            assessment: row.assessment.map(|word| word.0),
            assessment_version: row.assessment_version.map(Version),
            openings: self.opened.of(OpenedKind::Comment, row.comment_id, version, &self.people),
        }
    }
}

/// A step's state, from its columns.
///
/// # Errors
/// [`Error::Internal`] when a reason is not there.
pub fn state(row: &step::Model) -> Result<StepState> {
    let reason = || {
        let text = row.state_reason.as_ref().map(|text| text.as_str()).unwrap_or_default();
        contract::Prose::parse(text).map_err(|_| Error::Internal("a step's state has no reason"))
    };
    Ok(match row.state.0 {
        StateKind::NotStarted => StepState::NotStarted,
        StateKind::UnderWay => StepState::UnderWay,
        StateKind::Done => StepState::Done,
        StateKind::CannotYet => StepState::CannotYet { reason: reason()? },
        StateKind::NotNeeded => StepState::NotNeeded { reason: reason()? },
    })
}

/// A step's state, to its columns.
#[must_use]
pub fn state_columns(state: StepState) -> (StateKind, Option<String>) {
    match state {
        StepState::NotStarted => (StateKind::NotStarted, None),
        StepState::UnderWay => (StateKind::UnderWay, None),
        StepState::Done => (StateKind::Done, None),
        StepState::CannotYet { reason } => (StateKind::CannotYet, Some(reason.into())),
        StepState::NotNeeded { reason } => (StateKind::NotNeeded, Some(reason.into())),
    }
}
