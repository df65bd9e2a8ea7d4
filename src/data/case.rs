//! The case, part by part.

use contract::{
    CommentKind, DraftKind, Employee, EmployeeId, MeetingForm, MyCase, MyComment, MyDraft, MyEffort, MyGoal, MyMeeting,
    MyProfile, MyStateKind, MyStep,
};
use leptos::prelude::*;

use super::facts::{Fact, number, section, thing};
use crate::{
    profile::{language_words, way_words},
    tr, when, words,
};

/// Everything that stands in it. What one's own side wrote may be from somebody who acted for the citizen: history says who.
pub fn sections(case: MyCase, cpr: Option<String>, employees: &[Employee], has_others: bool) -> Vec<AnyView> {
    let own_side = if has_others { tr!(data.own_side) } else { tr!(shared.you) };
    let name_of = |id: EmployeeId| {
        let found = employees.iter().find(|employee| employee.id == id);
        found.map(|employee| {
            format!("{}, {}, {}", employee.name.as_str(), employee.role.as_str(), employee.unit.as_str())
        })
    };
    let you = vec![thing(
        case.name.clone(),
        vec![
            (tr!(data.cpr), cpr),
            (tr!(data.protected), case.is_protected.then(|| tr!(profile.yes).to_owned())),
            (tr!(data.external_id), case.external_id.clone()),
            (tr!(data.contact_person), case.contact_person.and_then(name_of)),
            (tr!(data.open_social), case.choices.as_ref().and_then(|choices| yes_or_no(choices.social))),
            (tr!(data.open_health), case.choices.as_ref().and_then(|choices| yes_or_no(choices.health))),
        ],
    )];
    let own_words = case.profile.map(profile).into_iter().collect();
    let people = case
        .plan_members
        .into_iter()
        .map(|member| thing(name_of(member.employee).unwrap_or_default(), vec![(tr!(data.why_in_plan), member.why)]));
    let people = people.collect();
    let topics = case.topics.into_iter().map(goal).collect();
    let comments = case.comments.into_iter().map(|one| comment(one, own_side, &name_of)).collect();
    vec![
        number("you", tr!(data.you).to_owned(), you),
        number("own-words", tr!(data.own_words).to_owned(), own_words),
        section("people", tr!(data.people), people),
        section("meetings", tr!(data.meetings), case.meetings.into_iter().map(meeting).collect()),
        section("goals", tr!(data.goals), case.goals.into_iter().map(goal).collect()),
        section("topics", tr!(data.topics), topics),
        section("drafts", tr!(data.drafts), case.drafts.into_iter().map(draft).collect()),
        section("efforts", tr!(data.efforts), case.efforts.into_iter().map(|one| effort(one, &name_of)).collect()),
        section("steps", tr!(data.steps), case.steps.into_iter().map(|one| step(one, &name_of)).collect()),
        section("comments", tr!(data.comments), comments),
    ]
}

fn yes_or_no(is_yes: bool) -> Option<String> {
    Some(if is_yes { tr!(profile.yes) } else { tr!(profile.no) }.to_owned())
}

fn profile(profile: MyProfile) -> AnyView {
    let (situation, strengths) = (profile.situation.is_some(), profile.strengths.is_some());
    thing(
        tr!(profile.saved_at, when = when::moment(profile.saved_at)),
        vec![
            (tr!(data.called), profile.preferred_name),
            (tr!(data.way), Some(way_words(profile.contact_way).to_owned())),
            (tr!(data.note), profile.contact_note),
            (tr!(data.language), Some(language_words(profile.language).to_owned())),
            (tr!(profile.situation), profile.situation),
            (tr!(data.is_shared), yes_or_no(profile.is_situation_shared).filter(|_| situation)),
            (tr!(profile.strengths), profile.strengths),
            (tr!(data.is_shared), yes_or_no(profile.is_strengths_shared).filter(|_| strengths)),
        ],
    )
}

fn meeting(meeting: MyMeeting) -> AnyView {
    let start = meeting.time.local_start;
    let form = match meeting.form {
        MeetingForm::InPerson => tr!(shared.form_in_person),
        MeetingForm::Phone => tr!(shared.form_phone),
        MeetingForm::Video => tr!(shared.form_video),
    };
    let guests = meeting.participants.into_iter().map(|guest| {
        let who: Vec<String> = guest.name.into_iter().chain(guest.role).collect();
        format!("{}: {}", who.join(", "), guest.why)
    });
    let agenda = meeting.agenda.into_iter().map(|item| {
        let outcome = item.outcome.map(|outcome| outcome.answer.or(outcome.note).or(outcome.who).unwrap_or_default());
        outcome.map_or(item.text.clone(), |outcome| format!("{}\n{} {outcome}", item.text, tr!(data.outcome)))
    });
    let facts: Vec<Fact> = vec![
        (tr!(data.title_of), meeting.title),
        (tr!(data.when), Some(format!("{} {}", when::date(start.date()), when::clock(start.time())))),
        (tr!(data.minutes_long), Some(meeting.time.minutes.to_string())),
        (tr!(data.area), Some(words::area(meeting.area).to_owned())),
        (tr!(data.form), Some(form.to_owned())),
        (tr!(data.place), meeting.place),
        (tr!(data.entrance), meeting.entrance),
        (tr!(data.received_by), meeting.received_by),
        (tr!(data.bring), meeting.bring),
        (tr!(data.contact_phone), meeting.contact_phone),
        (tr!(data.cancelled), meeting.cancelled_reason),
        (tr!(data.participants), Some(guests.collect::<Vec<_>>().join("\n"))),
        (tr!(data.agenda), Some(agenda.collect::<Vec<_>>().join("\n"))),
        (tr!(data.minutes), meeting.minutes.map(|minutes| minutes.summary)),
    ];
    thing(meeting.purpose, facts)
}

fn goal(goal: MyGoal) -> AnyView {
    thing(
        goal.text,
        vec![
            (tr!(data.area), Some(words::area(goal.area).to_owned())),
            (tr!(data.why), goal.why),
            (tr!(data.first_step), goal.first_step),
            (tr!(data.helped_by), goal.helped_by),
            (tr!(data.sent_at), Some(when::moment(goal.sent_at))),
            (tr!(data.taken_back_at), goal.taken_back_at.map(when::moment)),
        ],
    )
}

fn draft(draft: MyDraft) -> AnyView {
    let kind = match draft.kind {
        DraftKind::Goal => tr!(data.kind_goal),
        DraftKind::Topic => tr!(data.kind_topic),
    };
    let title = if draft.text.trim().is_empty() { tr!(data.untitled).to_owned() } else { draft.text };
    thing(
        title,
        vec![
            (tr!(data.kind), Some(kind.to_owned())),
            (tr!(data.area), Some(words::area(draft.area).to_owned())),
            (tr!(data.why), Some(draft.why)),
            (tr!(data.first_step), Some(draft.first_step)),
            (tr!(data.helped_by), draft.helped_by),
            (tr!(data.saved_at), Some(when::moment(draft.saved_at))),
        ],
    )
}

fn effort(effort: MyEffort, name_of: &impl Fn(EmployeeId) -> Option<String>) -> AnyView {
    thing(
        effort.title,
        vec![
            (tr!(data.purpose), Some(effort.purpose)),
            (tr!(data.area), Some(words::area(effort.area).to_owned())),
            (tr!(data.obligation), effort.obligation),
            (tr!(data.responsible), effort.responsible.and_then(name_of)),
            (tr!(data.starts_on), effort.starts_on.map(when::date)),
            (tr!(data.ends_on), effort.ends_on.map(when::date)),
            (tr!(data.is_ended), effort.is_ended.then(|| tr!(profile.yes).to_owned())),
        ],
    )
}

fn step(step: MyStep, name_of: &impl Fn(EmployeeId) -> Option<String>) -> AnyView {
    let state = match step.state.kind {
        MyStateKind::NotStarted => tr!(shared.state_not_started),
        MyStateKind::UnderWay => tr!(shared.state_under_way),
        MyStateKind::Done => tr!(shared.state_done),
        MyStateKind::CannotYet => tr!(shared.state_cannot_yet),
        MyStateKind::NotNeeded => tr!(shared.state_not_needed),
    };
    thing(
        step.title,
        vec![
            (
                tr!(data.owner),
                Some(step.owner.employee.and_then(name_of).unwrap_or_else(|| tr!(shared.you).to_owned())),
            ),
            (tr!(data.state), Some(state.to_owned())),
            (tr!(data.reason), step.state.reason),
            (tr!(data.area), Some(words::area(step.area).to_owned())),
            (tr!(data.due), step.due.map(when::date)),
        ],
    )
}

fn comment(comment: MyComment, own_side: &str, name_of: &impl Fn(EmployeeId) -> Option<String>) -> AnyView {
    let kind = match comment.kind {
        CommentKind::Remark => tr!(data.remark),
        CommentKind::Disagreement => tr!(data.disagreement),
    };
    thing(
        comment.text,
        vec![
            (tr!(data.kind), Some(kind.to_owned())),
            (tr!(data.by), Some(comment.by.employee.and_then(name_of).unwrap_or_else(|| own_side.to_owned()))),
            (tr!(data.saved_at), Some(when::moment(comment.at))),
        ],
    )
}
