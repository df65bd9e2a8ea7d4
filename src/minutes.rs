//! What is written after a meeting: what came of each item, the steps agreed, a summary. A draft until it is shared.

use contract::{
    AgendaItem, CaseFile, CitizenId, Meeting, MeetingId, MeetingSummary, NewMinutes, Receipt, Version, paths::Subject,
    time::Timestamp,
};
use leptos::{html, prelude::*};
use roed_traad_spa::markup::view;
use web_sys::{AbortController, AbortSignal};

use crate::{
    api::{self, Failure},
    case_plan::step_title,
    cases::parts::{at_meeting, nothing, section},
    form::{Form, limit},
    load::Load,
    route,
    save::{Save, SaveState, SaveStatus},
    tr,
    ui::{Field, Notice, Page, TextArea, focus, leaving},
    versions::BothVersions,
    when,
};

mod outcomes;
mod steps;

use outcomes::{Row, outcome_told};

/// Writing what came of a meeting.
#[component]
pub fn MinutesPage() -> impl IntoView {
    at_meeting(|citizen, meeting| {
        view! {
            <Load fetch=move |abort| whole(citizen, meeting, abort)
                children=|(meeting, file)| view! { <Minutes meeting=meeting file=file/> }/>
        }
        .into_any()
    })
}

async fn whole(citizen: CitizenId, meeting: MeetingId, abort: AbortSignal) -> Result<(Meeting, CaseFile), Failure> {
    let file = api::staff::file(citizen, abort.clone()).await?;
    Ok((api::meetings::one(Subject::Citizen(citizen), meeting, abort).await?, file))
}

/// The items that one can say something of. What came of those that are closed is for others to say.
fn open(agenda: &[AgendaItem]) -> impl Iterator<Item = &AgendaItem> {
    agenda.iter().filter(|item| !item.is_closed)
}

/// What is typed, and how far it has come.
#[derive(Clone, Copy)]
struct Sheet {
    citizen: CitizenId,
    meeting: MeetingId,
    rows: StoredValue<Vec<Row>>,
    summary: Field,
    form: Form,
    save: Save,
    version: RwSignal<Option<Version>>,
    /// When the citizen got it to read.
    shared_at: RwSignal<Option<Timestamp>>,
    /// What is typed that the municipality has, row by row, the summary last.
    saved: StoredValue<Vec<Vec<String>>>,
    /// Whether the write on its way, or the last one, shares.
    shares: StoredValue<bool>,
}

impl Sheet {
    fn new(citizen: CitizenId, meeting: &Meeting) -> Self {
        let minutes = meeting.minutes.as_ref();
        let sheet = Self {
            citizen,
            meeting: meeting.summary.id,
            rows: StoredValue::new(open(&meeting.agenda).map(Row::new).collect()),
            summary: Field::new("summary", minutes.map(|minutes| minutes.summary.clone()).unwrap_or_default()),
            form: Form::new(),
            save: Save::new(),
            version: RwSignal::new(minutes.map(|minutes| minutes.version)),
            shared_at: RwSignal::new(minutes.and_then(|minutes| minutes.shared_at)),
            saved: StoredValue::new(Vec::new()),
            shares: StoredValue::new(false),
        };
        sheet.saved.set_value(sheet.typed());
        sheet
    }

    fn typed(self) -> Vec<Vec<String>> {
        self.rows.get_value().into_iter().map(Row::typed).chain([vec![self.summary.text()]]).collect()
    }

    fn is_dirty(self) -> bool {
        self.saved.try_get_value().is_some_and(|saved| saved != self.typed())
    }

    /// Reads everything; to share, each item needs its outcome and the summary its words. Only the outcomes that were
    /// changed here are named, so that those of others stay.
    fn check(self, share: bool) -> Option<NewMinutes> {
        let mut check = self.form.check();
        let summary = check.draft(self.summary, share);
        let rows: Vec<_> = self.rows.get_value().into_iter().map(|row| row.check(&mut check, share)).collect();
        if !check.done() {
            return None;
        }
        let saved = self.saved.get_value();
        let changed = rows.into_iter().zip(self.typed()).zip(saved).filter(|((_, typed), saved)| typed != saved);
        let outcomes = changed.map(|((row, _), _)| row).collect::<Option<_>>()?;
        Some(NewMinutes { summary: summary?, outcomes, share })
    }

    fn send(self, share: bool) {
        let Some(body) = self.check(share) else { return };
        let (typed, version) = (self.typed(), self.version.get_untracked());
        self.shares.set_value(share);
        self.save.run(
            move || {
                let body = body.clone();
                async move { api::staff::save_minutes(self.citizen, self.meeting, version, &body).await }
            },
            move |receipt: Receipt| {
                self.saved.try_set_value(typed);
                self.version.try_set(Some(receipt.version));
                if share {
                    self.shared_at.try_update(|at| *at = at.or(Some(receipt.received_at)));
                    focus::on_id("minutes-state");
                }
            },
        );
    }

    /// Puts in what another saved; `keeps` leaves what was changed here.
    fn take(self, meeting: &Meeting, keeps: bool) {
        let other = Self::new(self.citizen, meeting);
        let (typed, mut saved) = (self.typed(), self.saved.get_value());
        let theirs = other.rows.get_value();
        let stays = |at: usize| keeps && typed.get(at) != saved.get(at);
        let rows = self.rows.get_value();
        for (at, row) in rows.iter().enumerate() {
            if let Some(theirs) = theirs.iter().find(|theirs| theirs.item == row.item).filter(|_| !stays(at)) {
                row.take(*theirs);
            }
        }
        if !stays(rows.len()) {
            self.summary.value.set(other.summary.text());
        }
        for (row, saved) in rows.iter().zip(&mut saved) {
            if let Some(theirs) = theirs.iter().find(|theirs| theirs.item == row.item) {
                *saved = theirs.typed();
            }
        }
        if let Some(saved) = saved.last_mut() {
            *saved = vec![other.summary.text()];
        }
        self.saved.set_value(saved);
        self.version.set(other.version.get_untracked());
        self.shared_at.set(other.shared_at.get_untracked());
    }

    /// What was changed here goes on top of what another saved. A draft that they have shared meanwhile is a correction
    /// now: that is for the person to decide.
    fn keep(self, newest: &Meeting) {
        let was_shared = self.shared_at.get_untracked().is_some();
        self.take(newest, true);
        if self.shared_at.get_untracked().is_some() && !was_shared && !self.shares.get_value() {
            self.save.reset();
            focus::on_id("minutes-state");
        } else {
            self.send(self.shares.get_value());
        }
    }

    /// Says a refusal at its field. The agenda may have got an item since the page was drawn.
    fn tell_refusal(self) {
        if let SaveState::Failed(Failure::Problem(problem)) = self.save.state() {
            if problem.field.as_deref() == Some("outcomes") {
                let mut check = self.form.check();
                check.fail(self.summary, tr!(staff_minutes.item_missing).to_owned());
                check.done();
            } else {
                self.form.refused(&problem, &[("summary", self.summary)]);
            }
        }
    }
}

#[component]
fn Minutes(meeting: Meeting, file: CaseFile) -> impl IntoView {
    let citizen = file.citizen.id;
    let id = meeting.summary.id;
    let back = (route::staff::brief(citizen, id), tr!(staff_arrange.to_meeting).to_owned());
    let lead = format!("{}, {}", file.citizen.name, when::full(&meeting.summary.time));
    let sheet = Sheet::new(citizen, &meeting);
    let can_write = meeting.summary.has_begun && !meeting.summary.is_cancelled;
    let content = if can_write {
        view! { <Writing sheet=sheet meeting=meeting file=file/> }.into_any()
    } else {
        view! { <Notice kind="info" title=tr!(staff_minutes.not_begun) text=tr!(staff_minutes.not_begun_text)/> }
            .into_any()
    };
    view! {
        <Page title=tr!(staff_minutes.title) lead=lead back=back above=sheet.form.summary()>{content}</Page>
    }
}

/// The form's id: the steps have theirs between it and its buttons, for sharing comes last.
const FORM: &str = "minutes";

#[component]
fn Writing(sheet: Sheet, meeting: Meeting, file: CaseFile) -> impl IntoView {
    leaving::guard(move || sheet.is_dirty(), tr!(staff_minutes.leave).to_owned());
    let name = file.citizen.name.clone();
    Effect::new(move |_| sheet.tell_refusal());
    let dialog = NodeRef::<html::Dialog>::new();
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let step = step_title();
    let ask = move |_| {
        step.error.set(None);
        if !step.text().trim().is_empty() {
            step.error.set(Some(tr!(staff_minutes.step_first).to_owned()));
            focus::on_id(&step.id());
        } else if sheet.check(true).is_some()
            && let Some(dialog) = dialog.get_untracked()
        {
            let _ = dialog.show_modal();
        }
    };
    let share = move |_| {
        close();
        sheet.send(true);
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        sheet.send(sheet.shared_at.get_untracked().is_some());
    };
    let later = later_options(&file.meetings, sheet.meeting);
    let mut rows = sheet.rows.get_value().into_iter();
    let item = |(at, item): (usize, &AgendaItem)| match if item.is_closed { None } else { rows.next() } {
        Some(row) => row.view(at, item, later.clone()),
        None => view! { <li><p class="rt-muted">{tr!(staff_minutes.closed_item, number = at + 1)}</p></li> }.into_any(),
    };
    let items = meeting.agenda.iter().enumerate().map(item).collect_view();
    let agenda = if meeting.agenda.is_empty() {
        nothing(tr!(staff_minutes.no_agenda))
    } else {
        view! { <ol class="rt-agenda">{items}</ol> }.into_any()
    };
    let fetch = move || async move {
        let controller = AbortController::new().map_err(|_| Failure::Unreadable)?;
        api::meetings::one(Subject::Citizen(sheet.citizen), sheet.meeting, controller.signal()).await.map(Some)
    };
    let mine = move |()| {
        let rows = sheet.rows.get_value().into_iter().map(Row::told).filter(|told| !told.is_empty());
        rows.chain([sheet.summary.text()]).collect::<Vec<_>>().join("\n\n")
    };
    let reader = name.clone();
    let state = move || match sheet.shared_at.get() {
        Some(at) => {
            let text = tr!(staff_minutes.is_shared_text, name = reader.clone(), when = when::moment(at));
            view! { <Notice kind="success" title=tr!(staff_minutes.is_shared) text=text/> }
        }
        None => {
            let text = tr!(staff_minutes.is_waiting_text, name = reader.clone());
            view! { <Notice kind="warning" title=tr!(staff_minutes.is_waiting) text=text/> }
        }
    };
    let buttons = move || {
        if sheet.shared_at.get().is_some() {
            view! { <button class="rt-button rt-button--wide" type="submit" form=FORM>{tr!(staff_minutes.save_correction)}</button> }
                .into_any()
        } else {
            view! {
                <button class="rt-button rt-button--wide" type="button" on:click=ask>{tr!(staff_minutes.share)}</button>
                <button class="rt-button rt-button--secondary rt-button--wide" type="submit" form=FORM>{tr!(staff_minutes.save_draft)}</button>
            }
            .into_any()
        }
    };
    let finish = view! {
        <SaveStatus save=sheet.save/>
        <BothVersions save=sheet.save id="both" fetch=fetch theirs=told mine=Callback::new(mine) on_mine=Callback::new(move |newest: Meeting| sheet.keep(&newest))
            on_theirs=Callback::new(move |newest: Meeting| sheet.take(&newest, false))/>
        <div class="rt-actions">{buttons}</div>
    };
    view! {
        <div id="minutes-state" tabindex="-1">{state}</div>
        <form class="rt-form" id=FORM novalidate on:submit=submit>
            {section("agenda", tr!(staff_minutes.agenda), agenda)}
            <TextArea field=sheet.summary label=tr!(staff_minutes.summary) hint=tr!(staff_minutes.summary_hint) rows=8 limit=limit(4000)/>
        </form>
        {section("steps", tr!(staff_minutes.steps), steps::agreed(sheet.citizen, sheet.meeting, meeting.summary.area, name.clone(), step))}
        {section("finish", tr!(staff_minutes.finish), finish.into_any())}
        <dialog class="rt-dialog" node_ref=dialog aria-labelledby="share-title">
            <h2 id="share-title">{tr!(staff_minutes.share_title)}</h2>
            <p>{tr!(staff_minutes.share_text, name = name.clone())}</p>
            <div class="rt-actions">
                <button class="rt-button" type="button" on:click=share>{tr!(staff_minutes.do_share)}</button>
                <button class="rt-button rt-button--quiet" type="button" on:click=move |_| close()>{tr!(form.cancel)}</button>
            </div>
        </dialog>
    }
}

/// What the other saved, in words.
fn told(meeting: &Meeting) -> String {
    let items = meeting.agenda.iter().filter_map(|item| {
        let outcome = item.outcome.as_ref()?;
        Some(format!("{}: {}", item.text, outcome_told(outcome)))
    });
    items.chain(meeting.minutes.iter().map(|minutes| minutes.summary.clone())).collect::<Vec<_>>().join("\n\n")
}

/// The meetings that something can be taken up at.
fn later_options(meetings: &[MeetingSummary], this: MeetingId) -> Vec<(String, String)> {
    let coming = meetings.iter().filter(|meeting| meeting.id != this && !meeting.has_begun && !meeting.is_cancelled);
    let mut options = vec![(String::new(), tr!(staff_minutes.no_meeting_yet).to_owned())];
    options.extend(
        coming.map(|meeting| (meeting.id.to_string(), format!("{} · {}", when::full(&meeting.time), meeting.purpose))),
    );
    options
}
