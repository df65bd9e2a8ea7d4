//! What people say beside a goal, an effort, a step or minutes. Nobody but the writer can change it.

use contract::{Assessment, Comment, CommentKind, CommentedKind, Receipt, paths::Subject};
use leptos::prelude::*;
use roed_traad_spa::markup::view;
use uuid::Uuid;

use super::comment_form::CommentForm;
use crate::{save::received, session::Current, tr, ui::focus, when, words};

/// Everything said beside one thing, and the way to say more. `Subject::Me` is the citizen; anybody else is staff.
#[component]
pub fn Beside(
    /// What kind of thing.
    kind: CommentedKind,
    /// Its id.
    id: Uuid,
    /// Comments; those that stand beside something else are left out.
    comments: Vec<Comment>,
    /// What the thing is called, for those who hear the buttons one by one.
    #[prop(into)]
    about: Signal<String>,
    /// Whose case.
    #[prop(default = Subject::Me)]
    citizen: Subject,
) -> impl IntoView {
    let is_citizen = citizen == Subject::Me;
    let mut own: Vec<_> = comments.into_iter().filter(|said| said.beside == kind && said.beside_id == id).collect();
    own.sort_by_key(|said| said.id);
    let said = RwSignal::new(own);
    let writing = RwSignal::new(None::<CommentKind>);
    let receipt = RwSignal::new(None::<Receipt>);
    let base = format!("{}-{id}", word(kind));
    let region_id = format!("{base}-said");
    // How and by when one can complain stands where the disagreement does, also after it was sent.
    let is_disagreed = Memo::new(move |_| {
        is_citizen && said.with(|said| said.iter().any(|said| said.kind == CommentKind::Disagreement))
    });
    let municipality = Current::take().municipality();
    let deadline =
        tr!(plan.disagree_deadline, deadline = municipality.complaint_deadline, phone = municipality.phone.clone());
    let phone = municipality.phone;
    let place = Place { kind, id, citizen, said, receipt };

    let form_base = base.clone();
    let form_region = region_id.clone();
    let form = move || {
        let (base, region) = (form_base.clone(), form_region.clone());
        writing.get().map(move |kind| {
            let on_close = Callback::new(move |()| {
                writing.set(None);
                focus::on_id(&region);
            });
            view! { <CommentForm place=place kind=kind base=base on_close=on_close/> }
        })
    };
    let open = move |kind| {
        receipt.set(None);
        writing.set(Some(kind));
        focus::on_id(&format!("{base}-comment"));
    };
    let open = Callback::new(open);
    let buttons = move || {
        writing.get().is_none().then(|| {
            let about = about.with(|about| short(about));
            let (comment, disagree) = ways(kind);
            view! {
                <div class="rt-step__actions">
                    <button type="button" class="rt-link-button" on:click=move |_| open.run(CommentKind::Remark)>
                        {comment}<span class="rt-hidden">": " {about.clone()}</span>
                    </button>
                    {is_citizen.then(|| view! {
                        <button type="button" class="rt-link-button" on:click=move |_| open.run(CommentKind::Disagreement)>
                            {disagree}<span class="rt-hidden">": " {about}</span>
                        </button>
                    })}
                </div>
            }
        })
    };
    view! {
        <div class="rt-beside" id=region_id tabindex="-1" role="group" aria-label=move || tr!(plan.said_about, what = about.with(|about| short(about)))>
            <For each=move || said.get() key=|said| (said.id, said.version.0) children=move |said| row(said, place)/>
            {move || is_disagreed.get().then(|| view! { <p class="rt-muted">{words::with_call(&deadline, &phone)}</p> })}
            <div role="status">
                {move || receipt.get().map(|receipt| view! { <p class="rt-save rt-save--saved">{received(&receipt)}</p> })}
            </div>
            {form}
            {buttons}
        </div>
    }
}

/// Where a comment stands, and what the page knows of it.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub kind: CommentedKind,
    pub id: Uuid,
    pub citizen: Subject,
    pub said: RwSignal<Vec<Comment>>,
    pub receipt: RwSignal<Option<Receipt>>,
}

impl Place {
    /// Shows a comment that was saved, new or changed.
    pub fn show(self, comment: Comment) {
        self.said.try_update(|said| match said.iter_mut().find(|other| other.id == comment.id) {
            Some(old) => *old = comment,
            None => said.push(comment),
        });
    }
}

fn row(comment: Comment, place: Place) -> AnyView {
    let base = format!("comment-{}", comment.id);
    let (id, is_mine, kind) = (base.clone(), comment.is_mine, comment.kind);
    let changing = RwSignal::new(false);
    let shown = comment_view(&comment, place.citizen == Subject::Me);
    let change = is_mine.then_some(move || {
        let comment = comment.clone();
        let base = base.clone();
        if changing.get() {
            let home = base.clone();
            let on_close = Callback::new(move |()| {
                changing.try_set(false);
                focus::on_id(&home);
            });
            view! { <CommentForm place=place kind=kind base=base old=comment on_close=on_close/> }.into_any()
        } else {
            let begin = move |_| {
                place.receipt.set(None);
                changing.set(true);
                focus::on_id(&format!("{base}-comment"));
            };
            let name = format!("{}: {}", tr!(plan.change_comment), short(&comment.text));
            view! {
                <button type="button" class="rt-link-button rt-no-print" aria-label=name on:click=begin>
                    {tr!(plan.change_comment)}
                </button>
            }
            .into_any()
        }
    });
    view! { <div id=id tabindex="-1">{shown}{change}</div> }.into_any()
}

/// A comment with its writer and date; for reading only.
pub fn comment_view(comment: &Comment, is_citizen: bool) -> AnyView {
    let is_disagreement = comment.kind == CommentKind::Disagreement;
    let by = match (is_citizen && comment.is_mine, &comment.by) {
        (true, _) => tr!(plan.said_by_you, when = when::moment(comment.at)),
        (false, by) => tr!(plan.said_by, who = words::who(by, is_citizen), when = when::moment(comment.at)),
    };
    let assessment = is_disagreement.then(|| match comment.assessment {
        None => tr!(plan.not_assessed),
        Some(Assessment::Complaint) => tr!(plan.is_complaint),
        Some(Assessment::NoComplaint) => tr!(plan.no_complaint),
    });
    view! {
        <div class="rt-said" class:rt-said--disagree=is_disagreement>
            {is_disagreement.then(|| view! { <p class="rt-said__label">{tr!(plan.disagree)}</p> })}
            {words::quote(comment.text.clone())}
            <p class="rt-said__by">{by}</p>
            {assessment.map(|words| view! { <p class="rt-muted">{words}</p> })}
            {(comment.is_mine && !comment.openings.opened.is_empty()).then(|| words::opened(&comment.openings, is_citizen))}
        </div>
    }
    .into_any()
}

/// What the buttons say: to comment, to disagree.
fn ways(kind: CommentedKind) -> (&'static str, &'static str) {
    match kind {
        CommentedKind::Goal => (tr!(plan.comment_goal), tr!(plan.disagree_goal)),
        CommentedKind::Effort => (tr!(plan.comment_effort), tr!(plan.disagree_effort)),
        CommentedKind::Step => (tr!(plan.comment_step), tr!(plan.disagree_step)),
        CommentedKind::Minutes => (tr!(plan.comment_minutes), tr!(plan.disagree_minutes)),
    }
}

fn word(kind: CommentedKind) -> &'static str {
    match kind {
        CommentedKind::Goal => "goal",
        CommentedKind::Effort => "effort",
        CommentedKind::Step => "step",
        CommentedKind::Minutes => "minutes",
    }
}

/// The beginning of a text, on one line.
pub(super) fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}
