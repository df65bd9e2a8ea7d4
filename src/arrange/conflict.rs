//! Somebody else saved first: both versions, field by field, and a choice. Nothing typed is lost.

use contract::{CitizenId, Meeting, MeetingForm, NewMeeting, paths::Subject};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::{as_arranged, people, told};
use crate::{api, load::Load, tr, ui::Notice};

/// What differs, with the two buttons.
#[component]
pub fn Conflict(
    /// Whose meeting.
    citizen: CitizenId,
    /// Which.
    meeting: contract::MeetingId,
    /// What this person wrote.
    mine: NewMeeting,
    /// Who can come, in words.
    options: people::Options,
    /// Saves it on top of the newest version.
    on_mine: Callback<Meeting>,
    /// Takes what the other saved.
    on_theirs: Callback<Meeting>,
) -> impl IntoView {
    let fetch = move |abort| api::meetings::one(Subject::Citizen(citizen), meeting, abort);
    view! {
        <Load fetch=fetch children=move |newest: Meeting| {
            let rows = as_arranged(&newest).map(|theirs| differences(&theirs, &mine, options)).unwrap_or_default();
            let (for_mine, for_theirs) = (StoredValue::new(newest.clone()), StoredValue::new(newest));
            view! {
                <Notice kind="warning" title=tr!(staff_arrange.conflict) text=tr!(staff_arrange.conflict_text)/>
                <table class="rt-table">
                    <caption>{tr!(staff_arrange.differs)}</caption>
                    <thead><tr><th scope="col">{tr!(staff_arrange.field)}</th><th scope="col">{tr!(form.theirs)}</th><th scope="col">{tr!(form.mine)}</th></tr></thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
                <div class="rt-actions">
                    <button type="button" class="rt-button" on:click=move |_| on_mine.run(for_mine.get_value())>{tr!(staff_arrange.keep_mine)}</button>
                    <button type="button" class="rt-button rt-button--secondary" on:click=move |_| on_theirs.run(for_theirs.get_value())>
                        {tr!(staff_arrange.keep_theirs)}
                    </button>
                </div>
            }
        }/>
    }
}

fn row((name, theirs, mine): (&'static str, String, String)) -> AnyView {
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label=tr!(form.theirs)>{theirs}</td>
            <td data-label=tr!(form.mine)>{mine}</td>
        </tr>
    }
    .into_any()
}

fn differences(
    theirs: &NewMeeting,
    mine: &NewMeeting,
    options: people::Options,
) -> Vec<(&'static str, String, String)> {
    let line = |text: &Option<contract::Line>| text.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default();
    let pair = |name, of: &dyn Fn(&NewMeeting) -> String| (name, of(theirs), of(mine));
    [
        pair(tr!(staff_arrange.purpose), &|meeting| meeting.purpose.as_str().to_owned()),
        pair(tr!(staff_arrange.title), &|meeting| line(&meeting.title)),
        pair(tr!(staff_arrange.area), &|meeting| crate::words::area(meeting.area).to_owned()),
        pair(tr!(staff_arrange.time), &told),
        pair(tr!(staff_arrange.minutes), &|meeting| meeting.minutes.to_string()),
        pair(tr!(staff_arrange.form), &|meeting| form_words(meeting.form).to_owned()),
        pair(tr!(staff_arrange.place), &|meeting| line(&meeting.place)),
        pair(tr!(staff_arrange.entrance), &|meeting| line(&meeting.entrance)),
        pair(tr!(staff_arrange.received_by), &|meeting| line(&meeting.received_by)),
        pair(tr!(staff_arrange.bring), &|meeting| line(&meeting.bring)),
        pair(tr!(staff_arrange.contact_phone), &|meeting| line(&meeting.contact_phone)),
        pair(tr!(staff_arrange.people), &|meeting| {
            meeting.participants.iter().map(|person| people::told(person, options)).collect::<Vec<_>>().join(" · ")
        }),
        pair(tr!(staff_arrange.agenda), &|meeting| {
            meeting.agenda.iter().map(|item| item.text.as_str().to_owned()).collect::<Vec<_>>().join(" · ")
        }),
    ]
    .into_iter()
    .filter(|(_, theirs, mine)| theirs != mine)
    .collect()
}

/// A form's name.
pub fn form_words(form: MeetingForm) -> &'static str {
    match form {
        MeetingForm::InPerson => tr!(shared.form_in_person),
        MeetingForm::Phone => tr!(shared.form_phone),
        MeetingForm::Video => tr!(shared.form_video),
    }
}
