//! Letting somebody act: who, about what, until when.

use contract::{Area, CprNumber, NewRepresentative, Problem, ProblemCode, RepresentationId};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    api::{self, Failure},
    form::{Form, date_parts},
    save::{Save, SaveState, SaveStatus},
    tr,
    ui::{Checkboxes, DateField, DateInput, Field, TextField, leaving},
    words,
};

/// What stands in the form. Nothing is chosen beforehand.
#[derive(Clone, Copy)]
struct Fields {
    name: Field,
    cpr: Field,
    which: Field,
    areas: [(Area, RwSignal<bool>); 6],
    until: DateInput,
}

impl Fields {
    fn new() -> Self {
        Self {
            name: Field::new("name", ""),
            cpr: Field::new("cpr", ""),
            which: Field::new("areas", ""),
            areas: Area::ALL.map(|area| (area, RwSignal::new(false))),
            until: DateInput::new("until", None),
        }
    }

    fn chosen(self) -> Vec<Area> {
        let ticked = self.areas.into_iter().filter(|(_, tick)| tick.try_get_untracked().unwrap_or_default());
        ticked.map(|(area, _)| area).collect()
    }

    fn is_dirty(self) -> bool {
        let texts = [self.name.value, self.cpr.value, self.until.day, self.until.month, self.until.year];
        texts.iter().any(|text| text.try_get_untracked().is_some_and(|text| !text.trim().is_empty()))
            || !self.chosen().is_empty()
    }

    fn check(self, form: Form) -> Option<NewRepresentative> {
        let mut check = form.check();
        let name = check.required::<200>(self.name);
        let cpr = CprNumber::parse(&self.cpr.text());
        match &cpr {
            Some(_) => self.cpr.error.set(None),
            None => check.fail(self.cpr, tr!(representatives.cpr_wrong).to_owned()),
        }
        let areas = self.chosen();
        if areas.is_empty() {
            check.fail(self.which, tr!(representatives.which_missing).to_owned());
        } else {
            self.which.error.set(None);
        }
        let until = check.date(self.until);
        if !check.done() {
            return None;
        }
        Some(NewRepresentative { name: name?, cpr: cpr?, areas, until: until? })
    }

    /// What only the server can see.
    fn refused(self, form: Form, problem: &Problem) {
        let mut check = form.check();
        match (problem.field.as_deref(), problem.code) {
            (Some("cpr"), _) => check.fail(self.cpr, tr!(representatives.cpr_other).to_owned()),
            (Some("until"), ProblemCode::TimeInThePast) => {
                check.fail_date(self.until, tr!(representatives.last_day_past).to_owned());
            }
            (Some("until"), _) => check.fail_date(self.until, tr!(representatives.last_day_late).to_owned()),
            _ => return,
        }
        check.done();
    }
}

/// The form. When it was received it says whose name was written.
#[component]
pub(super) fn GiveForm(on_given: Callback<String>) -> impl IntoView {
    let fields = Fields::new();
    let (form, save) = (Form::new(), Save::new());
    let is_gone = StoredValue::new(false);
    leaving::guard(
        move || !is_gone.try_get_value().unwrap_or(true) && fields.is_dirty(),
        tr!(representatives.leave).to_owned(),
    );
    // One for all tries: what was refused is not there, and what was received is not done twice.
    let id = RepresentationId::make();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(body) = fields.check(form) else { return };
        let name = body.name.as_str().to_owned();
        save.run(
            move || {
                let body = body.clone();
                async move { api::representatives::give(id, &body).await }
            },
            move |_| {
                is_gone.try_set_value(true);
                on_given.run(name);
            },
        );
    };
    Effect::new(move |_| {
        if let SaveState::Failed(Failure::Problem(problem)) = save.state() {
            fields.refused(form, &problem);
        }
    });
    let areas = fields.areas.map(|(area, tick)| (words::area(area).to_owned(), tick)).to_vec();
    view! {
        <form class="rt-form" novalidate on:submit=submit aria-labelledby="give">
            <h2 id="give">{tr!(representatives.give_title)}</h2>
            <p>{tr!(representatives.give_text)}</p>
            {form.summary()}
            <TextField field=fields.name label=tr!(representatives.name)/>
            <TextField field=fields.cpr label=tr!(representatives.cpr) hint=tr!(representatives.cpr_hint) class="form-input--short"/>
            <Checkboxes field=fields.which legend=tr!(representatives.which) options=areas/>
            <DateField input=fields.until legend=tr!(representatives.last_day) hint=tr!(representatives.last_day_hint) parts=date_parts()/>
            <SaveStatus save=save/>
            <div class="rt-actions">
                <button class="rt-button" type="submit" aria-busy=move || save.is_busy().then_some("true")>{tr!(representatives.give)}</button>
            </div>
        </form>
    }
}
