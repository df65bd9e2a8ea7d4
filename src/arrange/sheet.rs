use contract::{Area, CitizenId, Meeting, MeetingId, NewMeeting, Problem, ProblemCode, Receipt, Version};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use super::{
    Desk, Fields,
    agenda::AgendaRows,
    conflict::Conflict,
    conflict::form_words,
    fields::area_name,
    people::{self, PeopleRows},
};
use crate::{
    api::{self, Failure},
    cases::parts::section,
    form::{Form, date_parts, limit, time_parts},
    route,
    save::{Save, SaveState, SaveStatus, received},
    tr,
    ui::{DateField, Keeper, Notice, Page, Radios, Select, TextArea, TextField, TimeField, focus, leaving},
    words,
};

/// One sheet for a new meeting and for one that is changed.
#[component]
pub fn Sheet(desk: Desk) -> impl IntoView {
    let Desk { file, directory, meeting } = desk;
    let citizen = file.citizen.id;
    let name = StoredValue::new(file.citizen.name.clone());
    let is_new = meeting.is_none();
    let id = meeting.as_ref().map_or_else(MeetingId::make, |meeting| meeting.summary.id);
    let fields = Fields::new(meeting.as_ref());
    let (form, save, keeper) = (Form::new(), Save::new(), Keeper::here());
    let version = RwSignal::new(meeting.as_ref().map(|meeting| meeting.summary.version));
    let mine = RwSignal::new(None::<NewMeeting>);
    let saved = StoredValue::new(fields.typed());
    let done = RwSignal::new(None::<Receipt>);
    leaving::guard(move || saved.with_value(|saved| *saved != fields.typed()), tr!(staff_arrange.leave).to_owned());
    let send = move |body: NewMeeting, version: Option<Version>| {
        mine.set(Some(body.clone()));
        let typed = fields.typed();
        save.run(
            move || {
                let body = body.clone();
                async move { api::staff::save_meeting(citizen, id, version, &body).await }
            },
            move |receipt: Receipt| {
                saved.try_set_value(typed);
                done.try_set(Some(receipt));
                focus::on_heading();
            },
        );
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(body) = fields.check(form) {
            send(body, version.get_untracked());
        }
    };
    Effect::new(move |_| {
        if let SaveState::Failed(Failure::Problem(problem)) = save.state() {
            tell(&problem, fields, form);
        }
    });
    let on_mine = Callback::new(move |newest: Meeting| {
        version.set(Some(newest.summary.version));
        // What stands in the form now: it may be more than what was sent first.
        if let Some(body) = fields.check(form) {
            send(body, Some(newest.summary.version));
        }
    });
    let on_theirs = Callback::new(move |newest: Meeting| {
        version.set(Some(newest.summary.version));
        keeper.keep(|| fields.take(&newest));
        saved.set_value(fields.typed());
        save.reset();
    });
    // A new meeting is nobody else's yet.
    let is_conflict = move || !is_new && save.is_conflict();
    let options = people::options(&directory.employees);
    let topics = meeting.map(|meeting| meeting.topics).unwrap_or_default();
    let (title, back) = if is_new {
        (tr!(staff_arrange.new_title), (route::staff::citizen(citizen), name.get_value()))
    } else {
        (tr!(staff_arrange.change_title), (route::staff::brief(citizen, id), tr!(staff_arrange.to_meeting).to_owned()))
    };
    let lead = tr!(staff_arrange.lead, name = name.get_value());
    let sheet = view! {
        <form class="rt-form" novalidate on:submit=submit>
            {basics(fields)}
            {section("people", tr!(staff_arrange.people), view! { <PeopleRows people=fields.people options=options/> }.into_any())}
            {section("agenda", tr!(staff_arrange.agenda), view! { <AgendaRows agenda=fields.agenda topics=topics/> }.into_any())}
            {practical(fields)}
            {move || (!is_conflict()).then(|| view! { <SaveStatus save=save/> })}
            {move || is_conflict().then(|| mine.get_untracked()).flatten().map(|mine| view! {
                <Conflict citizen=citizen meeting=id mine=mine options=options on_mine=on_mine on_theirs=on_theirs/>
            })}
            <div class="rt-actions" hidden=is_conflict>
                <button class="rt-button" type="submit" aria-busy=move || save.is_busy().then_some("true")>
                    {if is_new { tr!(staff_arrange.arrange) } else { tr!(staff_arrange.save) }}
                </button>
                <a class="rt-button rt-button--quiet" href=back.0.clone()>{tr!(form.cancel)}</a>
            </div>
        </form>
    };
    view! {
        <Page title=title lead=lead back=back above=form.summary()>
            {move || done.get().map(|receipt| told(citizen, id, name.get_value(), &receipt))}
            <div hidden=move || done.with(Option::is_some)>{sheet}</div>
        </Page>
    }
}

/// What the citizen now sees.
fn told(citizen: CitizenId, id: MeetingId, name: String, receipt: &Receipt) -> AnyView {
    let text = format!("{} {}", tr!(staff_arrange.saved_text, name = name), received(receipt));
    view! {
        <Notice kind="success" title=tr!(staff_arrange.saved) text=text>
            <a class="rt-button" href=route::staff::brief(citizen, id)>{tr!(staff_arrange.see_meeting)}</a>
            <a class="rt-button rt-button--quiet" href=route::staff::citizen(citizen)>{tr!(staff_arrange.to_citizen)}</a>
        </Notice>
    }
    .into_any()
}

/// Says a refusal at its field.
fn tell(problem: &Problem, fields: Fields, form: Form) {
    let mut check = form.check();
    match problem.code {
        ProblemCode::TimeHappensTwice => {
            fields.asks_fold.set(true);
            check.fail(fields.fold, tr!(staff_arrange.happens_twice).to_owned());
        }
        ProblemCode::TimeDoesNotExist => check.fail_date(fields.date, tr!(staff_arrange.does_not_exist).to_owned()),
        ProblemCode::MeetingBegun => check.fail_date(fields.date, tr!(staff_arrange.time_is_fixed).to_owned()),
        ProblemCode::TimeInThePast => check.fail_date(fields.date, tr!(staff_arrange.in_the_past).to_owned()),
        _ => {
            let mut known = vec![
                ("purpose".to_owned(), fields.purpose),
                ("title".to_owned(), fields.title),
                ("minutes".to_owned(), fields.minutes),
                ("place".to_owned(), fields.place),
                ("entrance".to_owned(), fields.entrance),
                ("received_by".to_owned(), fields.received_by),
                ("bring".to_owned(), fields.bring),
                ("contact_phone".to_owned(), fields.contact_phone),
            ];
            for (at, person) in fields.people.get_untracked().into_iter().enumerate() {
                known.push((format!("participants[{at}].why"), person.why()));
            }
            for (at, item) in fields.agenda.get_untracked().into_iter().enumerate() {
                known.push((format!("agenda[{at}].text"), item.text));
            }
            let known: Vec<_> = known.iter().map(|(name, field)| (name.as_str(), *field)).collect();
            form.refused(problem, &known);
            return;
        }
    }
    check.done();
}

fn basics(fields: Fields) -> AnyView {
    let areas = Area::ALL.into_iter().map(|area| (area_name(area).to_owned(), words::area(area).to_owned())).collect();
    let forms = [
        ("in_person", contract::MeetingForm::InPerson),
        ("phone", contract::MeetingForm::Phone),
        ("video", contract::MeetingForm::Video),
    ];
    let forms = forms.into_iter().map(|(name, form)| (name.to_owned(), form_words(form).to_owned())).collect();
    let folds = || {
        vec![
            ("earlier".to_owned(), tr!(staff_arrange.fold_earlier).to_owned()),
            ("later".to_owned(), tr!(staff_arrange.fold_later).to_owned()),
        ]
    };
    view! {
        <TextArea field=fields.purpose label=tr!(staff_arrange.purpose) hint=tr!(staff_arrange.purpose_hint) rows=3 limit=limit(4000)/>
        <div class="rt-form__row">
            <DateField input=fields.date legend=tr!(staff_arrange.date) hint=tr!(staff_arrange.date_hint) parts=date_parts()/>
            <TimeField input=fields.time legend=tr!(staff_arrange.clock) hint=tr!(staff_arrange.clock_hint) parts=time_parts()/>
            <TextField field=fields.minutes label=tr!(staff_arrange.minutes) hint=tr!(staff_arrange.minutes_hint) class="form-input--short"/>
        </div>
        {move || fields.asks_fold.get().then(|| view! {
            <Radios field=fields.fold legend=tr!(staff_arrange.fold) hint=tr!(staff_arrange.fold_hint) options=folds()/>
        })}
        <Radios field=fields.form legend=tr!(staff_arrange.form) options=forms/>
        <TextField field=fields.place label=tr!(staff_arrange.place) optional=tr!(form.optional) hint=tr!(staff_arrange.place_hint)/>
        <Select field=fields.area label=tr!(staff_arrange.area) options=areas/>
    }
    .into_any()
}

fn practical(fields: Fields) -> AnyView {
    let rest = view! {
        <div class="rt-form__row">
            <TextField field=fields.entrance label=tr!(staff_arrange.entrance) optional=tr!(form.optional) hint=tr!(staff_arrange.entrance_hint)/>
            <TextField field=fields.received_by label=tr!(staff_arrange.received_by) optional=tr!(form.optional)/>
        </div>
        <div class="rt-form__row">
            <TextField field=fields.bring label=tr!(staff_arrange.bring) optional=tr!(form.optional)/>
            <TextField field=fields.contact_phone label=tr!(staff_arrange.contact_phone) optional=tr!(form.optional)/>
        </div>
        <TextField field=fields.title label=tr!(staff_arrange.title) optional=tr!(form.optional) hint=tr!(staff_arrange.title_hint)/>
    };
    section("practical", tr!(staff_arrange.practical), rest.into_any())
}
