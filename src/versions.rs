//! When somebody else saved first: both versions are shown, and the person chooses. Nobody's text is overwritten.

use leptos::{prelude::*, task::spawn_local};
use roed_traad_spa::markup::view;

use crate::{
    api::Failure,
    failure::FailureNotice,
    save::{Save, SaveState},
    tr,
    ui::focus,
    words,
};

/// Stands below a form's [`crate::save::SaveStatus`]; shows itself when the write meets another version.
#[component]
pub fn BothVersions<T, F, Fut>(
    /// The write.
    save: Save,
    /// An id, its own on the page.
    #[prop(into)]
    id: String,
    /// Asks for what stands now; nothing when there is nothing to choose between.
    fetch: F,
    /// Whether only the reader can have saved it: somewhere else, then.
    #[prop(default = false)]
    is_own: bool,
    /// What stands now, in words.
    theirs: fn(&T) -> String,
    /// What the person wrote, in words.
    mine: Callback<(), String>,
    /// Saves what the person wrote on top of what stands now.
    on_mine: Callback<T>,
    /// Shows what stands now instead.
    on_theirs: Callback<T>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    F: Fn() -> Fut + 'static,
    Fut: Future<Output = Result<Option<T>, Failure>> + 'static,
{
    let found = RwSignal::new(None::<Result<T, Failure>>);
    let turn = RwSignal::new(0_u32);
    let own_id = id.clone();
    Effect::new(move |_| {
        turn.track();
        match save.state() {
            SaveState::Received(_) | SaveState::Here => found.set(None),
            SaveState::Failed(_) if save.is_conflict() => {
                let (asked, id) = (fetch(), own_id.clone());
                spawn_local(async move {
                    if let Some(answer) = asked.await.transpose() {
                        found.try_set(Some(answer));
                        focus::on_id(&id);
                    }
                });
            }
            _ => {}
        }
    });
    let id = StoredValue::new(id);
    move || {
        found.get().map(|found_now| match found_now {
            Err(failure) => {
                let again = Callback::new(move |()| turn.update(|turn| *turn += 1));
                view! { <FailureNotice failure=failure on_retry=again/> }.into_any()
            }
            Ok(saved) => {
                let text = theirs(&saved);
                let other = saved.clone();
                let keep_mine = Callback::new(move |()| on_mine.run(saved.clone()));
                let keep_theirs = Callback::new(move |()| {
                    save.reset();
                    on_theirs.run(other.clone());
                });
                choice(id.get_value(), is_own, text, mine.run(()), keep_mine, keep_theirs)
            }
        })
    }
}

fn choice(
    id: String,
    is_own: bool,
    theirs: String,
    mine: String,
    keep_mine: Callback<()>,
    keep_theirs: Callback<()>,
) -> AnyView {
    let (saved, keep_saved) = if is_own {
        (tr!(form.saved_elsewhere), tr!(form.keep_saved))
    } else {
        (tr!(form.theirs), tr!(form.keep_theirs))
    };
    view! {
        <div class="rt-choice" id=id tabindex="-1" role="group" aria-label=tr!(failure.conflict_title)>
            <div class="rt-choice__option">
                <p><strong>{saved}</strong></p>
                {words::quote(theirs)}
                <div class="rt-actions">
                    <button class="rt-button rt-button--secondary" type="button" on:click=move |_| keep_theirs.run(())>
                        {keep_saved}
                    </button>
                </div>
            </div>
            <div class="rt-choice__option">
                <p><strong>{tr!(form.mine)}</strong></p>
                {words::quote(mine)}
                <div class="rt-actions">
                    <button class="rt-button rt-button--secondary" type="button" on:click=move |_| keep_mine.run(())>
                        {tr!(form.keep_mine)}
                    </button>
                </div>
            </div>
        </div>
    }
    .into_any()
}
