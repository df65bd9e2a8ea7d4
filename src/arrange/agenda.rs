//! What to talk about: items in order, moved by buttons, and the citizen's topics put on it with one action.

use contract::{AgendaItemId, Author, Meeting, NewAgendaItem, Topic, TopicId};
use leptos::prelude::*;
use roed_traad_spa::markup::view;

use crate::{
    cases::parts::nothing,
    form::Check,
    tr,
    ui::{Field, Icon, Keeper, TextField, focus},
    words,
};

/// One item.
#[derive(Clone, Copy)]
pub struct Item {
    pub id: AgendaItemId,
    topic: Option<TopicId>,
    pub text: Field,
    by: StoredValue<Option<Author>>,
}

impl Item {
    fn new(id: AgendaItemId, topic: Option<TopicId>, text: &str, by: Option<Author>) -> Self {
        Self { id, topic, text: Field::new(format!("item-{id}"), text), by: StoredValue::new(by) }
    }

    /// Reads it.
    pub fn check(self, check: &mut Check) -> Option<NewAgendaItem> {
        Some(NewAgendaItem { id: self.id, text: check.required(self.text)?, topic: self.topic })
    }
}

/// The items of a meeting.
pub fn rows(meeting: &Meeting) -> Vec<Item> {
    let row = |item: &contract::AgendaItem| Item::new(item.id, item.topic, &item.text, Some(item.proposed_by.clone()));
    meeting.agenda.iter().map(row).collect()
}

/// The items with their buttons, and the topics that are not among them.
#[component]
pub fn AgendaRows(agenda: RwSignal<Vec<Item>>, topics: Vec<Topic>) -> impl IntoView {
    let (told, keeper) = (RwSignal::new(String::new()), Keeper::here());
    let add = move |_| {
        let item = Item::new(AgendaItemId::make(), None, "", None);
        agenda.update(|items| items.push(item));
        focus::on_id(&item.text.id());
    };
    view! {
        {move || agenda.with(Vec::is_empty).then(|| nothing(tr!(staff_arrange.no_agenda)))}
        <ol class="rt-agenda">
            <For each=move || agenda.get() key=|item| item.id children=move |item| row(item, agenda, told)/>
        </ol>
        <p class="rt-hidden" role="status">{told}</p>
        <button type="button" id="add-item" class="rt-button rt-button--secondary rt-button--small" on:click=add>
            {tr!(staff_arrange.add_item)}
        </button>
        {offered(topics, agenda, told, keeper)}
    }
}

fn row(item: Item, agenda: RwSignal<Vec<Item>>, told: RwSignal<String>) -> AnyView {
    let id = item.id;
    let at = move || agenda.with(|items| items.iter().position(|other| other.id == id).unwrap_or(0));
    let count = move || agenda.with(Vec::len);
    let place = move || tr!(staff_arrange.item_place, number = at() + 1, count = count());
    let (up_id, down_id) = (format!("up-{id}"), format!("down-{id}"));
    let shift = move |by: isize, button: &str| {
        agenda.update(|items| {
            let Some(from) = items.iter().position(|other| other.id == id) else { return };
            let to = from.saturating_add_signed(by).min(items.len().saturating_sub(1));
            let item = items.remove(from);
            items.insert(to, item);
        });
        told.set(place());
        // A moved row loses focus in the browser.
        focus::on_id(button);
    };
    let (up_focus, down_focus) = (up_id.clone(), down_id.clone());
    let up = move |_| shift(-1, &up_focus);
    let down = move |_| shift(1, &down_focus);
    let remove = move |_| {
        agenda.update(|items| items.retain(|other| other.id != id));
        told.set(tr!(staff_arrange.item_removed).to_owned());
        focus::on_id("add-item");
    };
    let by = item.by.get_value().map(|by| tr!(staff_arrange.proposed_by, who = words::who(&by, false)));
    let text = if item.topic.is_some() {
        // The citizen's words: nobody else can change them.
        words::quote(item.text.text())
    } else {
        view! { <TextField field=item.text label=tr!(staff_arrange.item)/> }.into_any()
    };
    view! {
        <li>
            {text}
            {by.map(|by| view! { <p class="rt-agenda__by">{by}</p> })}
            <div class="rt-agenda__move" role="group" aria-label=place>
                <button type="button" id=up_id class="rt-button rt-button--small rt-button--quiet" on:click=up
                    aria-disabled=move || (at() == 0).then_some("true")>
                    <Icon name="up"/>{tr!(staff_arrange.up)}
                </button>
                <button type="button" id=down_id class="rt-button rt-button--small rt-button--quiet" on:click=down
                    aria-disabled=move || (at() + 1 >= count()).then_some("true")>
                    <Icon name="down"/>{tr!(staff_arrange.down)}
                </button>
                <button type="button" class="rt-link-button" on:click=remove>
                    {tr!(staff_arrange.remove)} <span class="rt-hidden">{move || format!(" {}", place())}</span>
                </button>
            </div>
        </li>
    }
    .into_any()
}

fn offered(topics: Vec<Topic>, agenda: RwSignal<Vec<Item>>, told: RwSignal<String>, keeper: Keeper) -> AnyView {
    let topics: Vec<_> = topics.into_iter().filter(|topic| topic.taken_back_at.is_none()).collect();
    if topics.is_empty() {
        return ().into_any();
    }
    let topics = StoredValue::new(topics);
    let row = move |topic: Topic| {
        let (id, text) = (topic.id, topic.text);
        let shown = text.clone();
        let put = move |_| {
            // The button is drawn anew with the list; the item stays.
            let Some(item) = keeper.keep(|| Item::new(AgendaItemId::make(), Some(id), &text, None)) else { return };
            agenda.update(|items| items.push(item));
            let count = agenda.with_untracked(Vec::len);
            told.set(tr!(staff_arrange.item_place, number = count, count = count));
            focus::on_id(&format!("up-{}", item.id));
        };
        view! {
            <li class="rt-said">
                {words::quote(shown)}
                <button type="button" class="rt-button rt-button--secondary rt-button--small" on:click=put>
                    {tr!(staff_arrange.put_on_agenda)}
                </button>
            </li>
        }
        .into_any()
    };
    (move || {
        let left: Vec<_> = agenda.with(|items| {
            topics.with_value(|topics| {
                topics.iter().filter(|topic| !items.iter().any(|item| item.topic == Some(topic.id))).cloned().collect()
            })
        });
        (!left.is_empty()).then(|| {
            view! {
                <h3>{tr!(staff_arrange.their_topics)}</h3>
                <ul class="rt-list rt-list--plain">{left.into_iter().map(row).collect_view()}</ul>
            }
        })
    })
    .into_any()
}
