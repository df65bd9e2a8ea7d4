//! The one way a page gets its data: waiting, failed and loaded.

use leptos::{prelude::*, task::spawn_local};
use roed_traad_spa::markup::view;
use web_sys::{AbortController, AbortSignal};

use crate::{
    api::Failure,
    failure::{FailureNotice, FailurePage},
    tr,
    ui::{InPage, Skeleton, focus},
};

/// Loads the page's data once more, behind what is shown.
#[derive(Clone, Copy)]
pub struct Reload {
    turn: RwSignal<u32>,
    focus: StoredValue<Option<String>>,
}

impl Reload {
    /// The nearest one above. Take it in a component's body.
    pub fn take() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    fn new() -> Self {
        Self { turn: RwSignal::new(0), focus: StoredValue::new(None) }
    }

    /// Loads again.
    pub fn run(self) {
        self.turn.try_update(|turn| *turn += 1);
    }

    /// Loads again, then moves focus to the element with this id.
    pub fn then_focus(self, id: impl Into<String>) {
        self.focus.try_set_value(Some(id.into()));
        self.run();
    }
}

type Draw = Box<dyn FnOnce() -> AnyView>;

enum State {
    Waiting,
    Failed(Failure),
    Loaded(StoredValue<Option<Draw>, LocalStorage>),
}

/// Fetches, and draws what came. A new value of a signal read in `fetch` fetches again.
#[component]
pub fn Load<T, F, Fut, C, V>(
    /// Asks for the data; the signal ends it when the page is gone.
    fetch: F,
    /// Draws it.
    children: C,
) -> impl IntoView
where
    T: 'static,
    F: Fn(AbortSignal) -> Fut + 'static,
    Fut: Future<Output = Result<T, Failure>> + 'static,
    C: Fn(T) -> V + Clone + 'static,
    V: IntoView + 'static,
{
    let state = RwSignal::new_local(State::Waiting);
    let reload = Reload::new();
    provide_context(reload);
    let running = StoredValue::new_local(None::<AbortController>);
    let stop = move || {
        if let Some(controller) = running.try_update_value(Option::take).flatten() {
            controller.abort();
        }
    };
    on_cleanup(stop);
    Effect::new(move |_| {
        reload.turn.track();
        stop();
        let Ok(controller) = AbortController::new() else { return };
        let signal = controller.signal();
        let answer = fetch(signal.clone());
        running.set_value(Some(controller));
        let children = children.clone();
        spawn_local(async move {
            let answer = answer.await;
            if signal.aborted() {
                // A newer request is on its way, or the page is gone.
                return;
            }
            running.try_set_value(None);
            match answer {
                Ok(data) => {
                    let draw: Draw = Box::new(move || children(data).into_any());
                    state.try_set(State::Loaded(StoredValue::new_local(Some(draw))));
                }
                Err(failure) => {
                    state.try_set(State::Failed(failure));
                }
            }
        });
    });
    shown(state, reload)
}

/// Not generic, so that it stands once in the bundle.
fn shown(state: RwSignal<State, LocalStorage>, reload: Reload) -> AnyView {
    let is_part = use_context::<InPage>().is_some();
    let view = move || {
        state.with(|state| match state {
            State::Waiting => view! { <Skeleton text=tr!(failure.loading)/> }.into_any(),
            State::Failed(failure) => {
                let again = Callback::new(move |()| {
                    reload.run();
                });
                if is_part {
                    view! { <FailureNotice failure=failure.clone() on_retry=again/> }.into_any()
                } else {
                    view! { <FailurePage failure=failure.clone() on_retry=again/> }.into_any()
                }
            }
            State::Loaded(draw) => {
                let draw = draw.try_update_value(Option::take).flatten();
                if let Some(id) = reload.focus.try_update_value(Option::take).flatten() {
                    focus::on_id(&id);
                }
                draw.map_or_else(|| ().into_any(), |draw| draw())
            }
        })
    };
    view.into_any()
}
