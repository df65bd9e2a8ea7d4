//! Fills in what may be left out and puts lists in one order, so that what is stored can be compared with a file.

use std::collections::HashMap;

use contract::{EmployeeId, Line, Version};
use jiff::{
    Timestamp, TimestampRound, Unit,
    tz::{AmbiguousOffset, TimeZone},
};

use super::{Citizen, Time, history};

/// The citizen as [`crate::export`] will write them.
pub(crate) fn whole(mut citizen: Citizen, employees: &HashMap<EmployeeId, String>, zone: &TimeZone) -> Citizen {
    instants(&mut citizen);
    for meeting in &mut citizen.meetings {
        meeting.changed_at.get_or_insert(meeting.made_at);
        unfold(&mut meeting.time, zone);
        if let Some(time) = &mut meeting.moved_from {
            unfold(time, zone);
        }
        for participant in &mut meeting.participants {
            let name = participant.employee.and_then(|id| employees.get(&id)).and_then(|name| Line::parse(name).ok());
            participant.name = participant.name.take().or(name);
        }
    }
    for goal in &mut citizen.goals {
        goal.made_at.get_or_insert(goal.sent_at);
    }
    for topic in &mut citizen.topics {
        topic.made_at.get_or_insert(topic.sent_at);
    }
    for step in &mut citizen.steps {
        step.state_at.get_or_insert(step.made_at);
    }
    for comment in citizen.comments.iter_mut().filter(|comment| comment.assessed.is_some()) {
        comment.assessment_version.get_or_insert(Version::FIRST);
    }
    if citizen.history.is_none() {
        citizen.history = Some(history::of(&citizen));
    }
    sort(&mut citizen);
    citizen
}

/// Which of two is said only when there are two.
fn unfold(time: &mut Time, zone: &TimeZone) {
    if let AmbiguousOffset::Unambiguous { .. } = zone.to_ambiguous_timestamp(time.local_start).offset() {
        time.fold = None;
    }
}

fn sort(citizen: &mut Citizen) {
    citizen.plan_members.sort_by_key(|it| it.employee);
    citizen.meetings.sort_by_key(|it| it.id);
    citizen.goals.sort_by_key(|it| it.id);
    citizen.topics.sort_by_key(|it| it.id);
    citizen.drafts.sort_by_key(|it| it.id);
    citizen.efforts.sort_by_key(|it| it.id);
    citizen.steps.sort_by_key(|it| it.id);
    citizen.comments.sort_by_key(|it| it.id);
    citizen.openings.sort_by_key(|it| (it.id, it.item, it.version));
    if let Some(history) = &mut citizen.history {
        history.sort_by_key(|it| it.id);
    }
}

/// The database keeps whole microseconds.
fn instants(citizen: &mut Citizen) {
    let step = TimestampRound::new().smallest(Unit::Microsecond).mode(jiff::RoundMode::Trunc);
    let cut = |at: &mut Timestamp| *at = at.round(step).unwrap_or(*at);
    citizen.profile.iter_mut().for_each(|it| cut(&mut it.saved_at));
    citizen.choices.iter_mut().for_each(|it| cut(&mut it.saved_at));
    for it in &mut citizen.meetings {
        cut(&mut it.made_at);
        it.changed_at.iter_mut().for_each(cut);
        if let Some(minutes) = &mut it.minutes {
            cut(&mut minutes.saved_at);
            minutes.shared_at.iter_mut().for_each(cut);
        }
    }
    for it in &mut citizen.goals {
        cut(&mut it.sent_at);
        it.made_at.iter_mut().chain(it.taken_back_at.iter_mut()).for_each(cut);
    }
    for it in &mut citizen.topics {
        cut(&mut it.sent_at);
        it.made_at.iter_mut().chain(it.taken_back_at.iter_mut()).for_each(cut);
    }
    for it in &mut citizen.drafts {
        cut(&mut it.made_at);
        cut(&mut it.saved_at);
    }
    citizen.efforts.iter_mut().for_each(|it| cut(&mut it.made_at));
    for it in &mut citizen.steps {
        cut(&mut it.made_at);
        it.state_at.iter_mut().for_each(cut);
    }
    for it in &mut citizen.comments {
        cut(&mut it.at);
        it.assessed.iter_mut().for_each(|it| cut(&mut it.at));
    }
    citizen.openings.iter_mut().for_each(|it| cut(&mut it.at));
    citizen.history.iter_mut().flatten().for_each(|it| cut(&mut it.at));
}
