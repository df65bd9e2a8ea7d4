//! "Hvem må se hvad": what the citizen opens to employees who work with other areas.

use contract::{Area, Choices, LegalGround, NewChoices, Receipt, Version};
use leptos::prelude::*;
use roed_traad_spa::markup::view;
use web_sys::AbortController;

use crate::{
    api::{self, Failure},
    load::{Load, Reload},
    route,
    save::{Save, SaveStatus},
    tr,
    ui::{Field, Page, Radios, leaving},
    versions::BothVersions,
    when, words,
};

const OPEN: &str = "open";
const CLOSED: &str = "closed";

/// The page.
#[component]
pub fn ChoicesPage() -> impl IntoView {
    view! { <Load fetch=api::choices::read children=|choices| view! { <ChoicesForm choices=choices/> }/> }
}

/// What stands in the form.
#[derive(Clone, Copy)]
struct Fields {
    social: Field,
    health: Field,
}

impl Fields {
    fn new(chosen: NewChoices) -> Self {
        let value = |is_open| if is_open { OPEN } else { CLOSED };
        Self { social: Field::new("social", value(chosen.social)), health: Field::new("health", value(chosen.health)) }
    }

    /// Nothing when the page is gone.
    fn chosen(self) -> Option<NewChoices> {
        let is_open = |field: Field| field.value.try_get_untracked().map(|value| value == OPEN);
        Some(NewChoices { social: is_open(self.social)?, health: is_open(self.health)? })
    }
}

#[component]
fn ChoicesForm(choices: Choices) -> impl IntoView {
    let reload = Reload::take();
    let fields = Fields::new(choices.content);
    let version = RwSignal::new(choices.version);
    let first = StoredValue::new(choices.content);
    let save = Save::new();
    let is_dirty =
        move || fields.chosen().is_some_and(|chosen| first.try_get_value().is_some_and(|first| first != chosen));
    leaving::guard(is_dirty, tr!(choices.leave).to_owned());
    let send = move |base: Version| {
        let Some(chosen) = fields.chosen() else { return };
        // Version 0 was never saved.
        let base = (base.0 > 0).then_some(base);
        save.run(
            move || async move { api::choices::save(base, chosen).await },
            move |receipt: Receipt| {
                version.try_set(receipt.version);
                first.try_set_value(chosen);
            },
        );
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        send(version.get_untracked());
    };
    let saved_at = choices.saved_at.map(|at| tr!(choices.saved_at, when = when::moment(at)));
    let options =
        || vec![(CLOSED.to_owned(), tr!(choices.closed).to_owned()), (OPEN.to_owned(), tr!(choices.open).to_owned())];
    view! {
        <Page title=tr!(choices.title) lead=tr!(choices.lead) back=(route::PROFILE.to_owned(), tr!(choices.back).to_owned())>
            <p>{tr!(choices.free)}</p>
            <form class="rt-form" on:submit=submit novalidate aria-label=tr!(choices.title)>
                <Radios field=fields.social legend=tr!(choices.social) hint=tr!(choices.social_hint) options=options()/>
                <Radios field=fields.health legend=tr!(choices.health) hint=tr!(choices.health_hint) options=options()/>
                {saved_at.map(|line| view! { <p class="rt-muted">{line}</p> })}
                <SaveStatus save=save/>
                <BothVersions
                    save=save
                    id="both"
                    fetch=read_again
                    is_own=true
                    theirs=|choices: &Choices| told(choices.content)
                    mine=Callback::new(move |()| fields.chosen().map(told).unwrap_or_default())
                    on_mine=Callback::new(move |saved: Choices| send(saved.version))
                    on_theirs=Callback::new(move |_: Choices| {
                        first.set_value(fields.chosen().unwrap_or_default());
                        reload.then_focus("social");
                    })
                />
                <div class="rt-actions">
                    <button class="rt-button" type="submit" aria-busy=move || save.is_busy().then_some("true")>{tr!(choices.save)}</button>
                </div>
            </form>
            {(!choices.grounds.is_empty()).then(|| grounds(choices.grounds))}
            <section class="rt-section" aria-labelledby="always">
                <h2 id="always">{tr!(choices.always)}</h2>
                <p>{tr!(choices.always_text)}</p>
                <p>{tr!(choices.glass)} " " <a href=route::LOOKS>{tr!(choices.glass_link)}</a></p>
            </section>
        </Page>
    }
}

/// Who sees some of it by law.
fn grounds(grounds: Vec<LegalGround>) -> AnyView {
    let line = |ground: LegalGround| {
        let who = tr!(choices.ground, of = words::area(ground.of), to = words::area(ground.to));
        view! { <li><p>{who}</p><p class="rt-muted" lang="da">{ground.text}</p></li> }.into_any()
    };
    view! {
        <section class="rt-section" aria-labelledby="grounds">
            <h2 id="grounds">{tr!(choices.grounds)}</h2>
            <ul class="rt-list">{grounds.into_iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}

async fn read_again() -> Result<Option<Choices>, Failure> {
    let controller = AbortController::new().map_err(|_| Failure::Unreadable)?;
    api::choices::read(controller.signal()).await.map(Some)
}

fn told(chosen: NewChoices) -> String {
    let line = |area, is_open| {
        let state = if is_open { tr!(choices.open) } else { tr!(choices.closed) };
        format!("{}: {state}", words::area(area))
    };
    [line(Area::Social, chosen.social), line(Area::Health, chosen.health)].join("\n")
}
