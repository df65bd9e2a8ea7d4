//! The citizen in their own words. Each text is shared by choice only.

use contract::{ContactWay, Language, NewProfile, Profile, Receipt, Version};
use leptos::prelude::*;
use roed_traad_spa::markup::view;
use web_sys::AbortController;

use crate::{
    api::{self, Failure},
    everywhere::SignOutEverywhere,
    form::{Form, limit},
    i18n,
    load::{Load, Reload},
    route,
    save::{Save, SaveState, SaveStatus},
    session::Current,
    tr,
    ui::{Checkbox, Field, Notice, Page, Radios, TextArea, TextField, leaving},
    versions::BothVersions,
    when, words,
};

/// The page.
#[component]
pub fn ProfilePage() -> impl IntoView {
    match Current::take().acting() {
        None => view! { <Load fetch=api::profile::read children=|profile| view! { <ProfileForm profile=profile/> }/> }
            .into_any(),
        Some(case) => {
            let title = tr!(profile.not_yours, name = case.name);
            view! { <Page title=title lead=tr!(profile.not_yours_text)>{()}</Page> }.into_any()
        }
    }
}

/// What stands in the form.
#[derive(Clone, Copy)]
struct Fields {
    name: Field,
    way: Field,
    note: Field,
    language: Field,
    situation: Field,
    is_situation_shared: RwSignal<bool>,
    strengths: Field,
    is_strengths_shared: RwSignal<bool>,
}

impl Fields {
    fn new(profile: &Profile) -> Self {
        let content = &profile.content;
        // Nothing has been chosen yet: the language that the page is read in is the best guess.
        let language = if profile.version.0 == 0 { i18n::tag() } else { language_value(content.language) };
        let line =
            |text: &Option<contract::Line>| text.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default();
        let prose =
            |text: &Option<contract::Prose>| text.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default();
        Self {
            name: Field::new("preferred-name", line(&content.preferred_name)),
            way: Field::new("contact-way", way_value(content.contact_way)),
            note: Field::new("contact-note", line(&content.contact_note)),
            language: Field::new("language", language),
            situation: Field::new("situation", prose(&content.situation)),
            is_situation_shared: RwSignal::new(content.is_situation_shared),
            strengths: Field::new("strengths", prose(&content.strengths)),
            is_strengths_shared: RwSignal::new(content.is_strengths_shared),
        }
    }

    /// Everything that stands there; empty when the page is gone.
    fn typed(self) -> Vec<String> {
        let texts = [self.name, self.way, self.note, self.language, self.situation, self.strengths];
        let ticks = [self.is_situation_shared, self.is_strengths_shared];
        let texts = texts.into_iter().filter_map(|field| field.value.try_get_untracked());
        texts
            .chain(ticks.into_iter().filter_map(|tick| tick.try_get_untracked()).map(|tick| tick.to_string()))
            .collect()
    }

    fn check(self, form: Form) -> Option<NewProfile> {
        let mut check = form.check();
        let preferred_name = check.optional::<200>(self.name);
        let contact_note = check.optional::<200>(self.note);
        let situation = check.optional::<4000>(self.situation);
        let strengths = check.optional::<4000>(self.strengths);
        if !check.done() {
            return None;
        }
        Some(NewProfile {
            preferred_name: preferred_name?,
            contact_way: way(&self.way.text()),
            contact_note: contact_note?,
            language: language(&self.language.text()),
            situation: situation?,
            is_situation_shared: self.is_situation_shared.get_untracked(),
            strengths: strengths?,
            is_strengths_shared: self.is_strengths_shared.get_untracked(),
        })
    }

    fn told(self) -> String {
        told_lines([
            (tr!(profile.name), self.name.text()),
            (tr!(profile.way), way_words(way(&self.way.text())).to_owned()),
            (tr!(profile.note), self.note.text()),
            (tr!(profile.language), language_words(language(&self.language.text())).to_owned()),
            (tr!(profile.situation), self.situation.text()),
            (tr!(profile.situation_share), yes_or_no(self.is_situation_shared.get_untracked())),
            (tr!(profile.strengths), self.strengths.text()),
            (tr!(profile.strengths_share), yes_or_no(self.is_strengths_shared.get_untracked())),
        ])
    }
}

#[component]
fn ProfileForm(profile: Profile) -> impl IntoView {
    let reload = Reload::take();
    let municipality = Current::take().municipality();
    let fields = Fields::new(&profile);
    let version = RwSignal::new(profile.version);
    let first = StoredValue::new(fields.typed());
    let first_language = StoredValue::new(fields.language.text());
    let (form, save) = (Form::new(), Save::new());
    let is_dirty = move || {
        let typed = fields.typed();
        first.try_with_value(|first| first.len() == typed.len() && *first != typed).unwrap_or(false)
    };
    leaving::guard(is_dirty, tr!(profile.leave).to_owned());
    let send = move |base: Version| {
        let Some(body) = fields.check(form) else { return };
        let (sent, chosen) = (fields.typed(), language_value(body.language));
        let is_other_language = first_language.with_value(|first| first != chosen);
        // Version 0 is a profile that was never saved.
        let base = (base.0 > 0).then_some(base);
        save.run(
            move || {
                let body = body.clone();
                async move { api::profile::save(base, &body).await }
            },
            move |receipt: Receipt| {
                version.try_set(receipt.version);
                first.try_set_value(sent);
                first_language.try_set_value(chosen.to_owned());
                if is_other_language && chosen != i18n::tag() && !is_dirty() {
                    i18n::switch(chosen);
                }
            },
        );
    };
    Effect::new(move |_| {
        if let SaveState::Failed(Failure::Problem(problem)) = save.state() {
            let known = [
                ("preferred_name", fields.name),
                ("contact_note", fields.note),
                ("situation", fields.situation),
                ("strengths", fields.strengths),
            ];
            form.refused(&problem, &known);
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        send(version.get_untracked());
    };
    let protected = tr!(profile.protected, phone = municipality.phone.replace(' ', "\u{a0}"));
    let saved_at = profile.saved_at.map(|at| tr!(profile.saved_at, when = when::moment(at)));
    view! {
        <Page title=tr!(profile.title) lead=tr!(profile.lead) above=form.summary()>
            <form class="rt-form" on:submit=submit novalidate aria-label=tr!(profile.title)>
                {profile.is_protected.then(|| view! {
                    <Notice kind="info" title=tr!(profile.protected_title)>
                        <p>{protected}</p>
                        <p><a class="rt-link" href=route::PROTECTED_NAME>{tr!(profile.protected_more)}</a></p>
                    </Notice>
                })}
                {contact(fields, profile.registered_name)}
                <section class="rt-section" aria-labelledby="own-words">
                    <h2 id="own-words">{tr!(profile.own_words)}</h2>
                    <p>{tr!(profile.choice)}</p>
                    <p>{tr!(profile.who_sees)} " " <a href=route::PLAN>{tr!(profile.who_sees_link)}</a></p>
                    {words::safety(&municipality)}
                    <TextArea field=fields.situation label=tr!(profile.situation) optional=tr!(form.optional)
                        hint=tr!(profile.situation_hint) rows=6 limit=limit(4000)/>
                    <Checkbox id="situation-shared" label=tr!(profile.situation_share) hint=tr!(profile.share_hint)
                        checked=fields.is_situation_shared/>
                    <TextArea field=fields.strengths label=tr!(profile.strengths) optional=tr!(form.optional)
                        hint=tr!(profile.strengths_hint) rows=6 limit=limit(4000)/>
                    <Checkbox id="strengths-shared" label=tr!(profile.strengths_share) hint=tr!(profile.share_hint)
                        checked=fields.is_strengths_shared/>
                </section>
                {saved_at.map(|line| view! { <p class="rt-muted">{line}</p> })}
                <SaveStatus save=save/>
                <BothVersions
                    save=save
                    id="both"
                    fetch=read_again
                    is_own=true
                    theirs=told
                    mine=Callback::new(move |()| fields.told())
                    on_mine=Callback::new(move |saved: Profile| send(saved.version))
                    on_theirs=Callback::new(move |_: Profile| {
                        first.set_value(fields.typed());
                        reload.then_focus("preferred-name");
                    })
                />
                <div class="rt-actions">
                    <button class="rt-button" type="submit" aria-busy=move || save.is_busy().then_some("true")>{tr!(profile.save)}</button>
                </div>
            </form>
            <section class="rt-section" aria-labelledby="choices">
                <h2 id="choices">{tr!(profile.choices)}</h2>
                <p>{tr!(profile.choices_text)}</p>
                <div class="rt-actions"><a class="rt-more" href=route::CHOICES>{tr!(profile.choices_link)}</a></div>
            </section>
            <section class="rt-section" aria-labelledby="looks">
                <h2 id="looks">{tr!(profile.looks)}</h2>
                <p>{tr!(profile.looks_text)}</p>
                <div class="rt-actions"><a class="rt-more" href=route::LOOKS>{tr!(profile.looks_link)}</a></div>
            </section>
            <section class="rt-section" aria-labelledby="representatives">
                <h2 id="representatives">{tr!(profile.representatives)}</h2>
                <p>{tr!(profile.representatives_text)}</p>
                <div class="rt-actions"><a class="rt-more" href=route::REPRESENTATIVES>{tr!(profile.representatives_link)}</a></div>
            </section>
            <section class="rt-section" aria-labelledby="data">
                <h2 id="data">{tr!(profile.data)}</h2>
                <p>{tr!(profile.data_text)}</p>
                <div class="rt-actions"><a class="rt-more" href=route::DATA>{tr!(profile.data_link)}</a></div>
            </section>
            <SignOutEverywhere/>
        </Page>
    }
}

fn contact(fields: Fields, registered_name: String) -> AnyView {
    let ways =
        [ContactWay::Any, ContactWay::Phone, ContactWay::TextMessage, ContactWay::DigitalPost, ContactWay::Letter];
    let ways = ways.into_iter().map(|way| (way_value(way).to_owned(), way_words(way).to_owned())).collect();
    let languages = [Language::Da, Language::En];
    let languages =
        languages.map(|language| (language_value(language).to_owned(), language_words(language).to_owned()));
    view! {
        <section class="rt-section" aria-labelledby="contact">
            <h2 id="contact">{tr!(profile.contact)}</h2>
            <p>{tr!(profile.contact_seen)}</p>
            <TextField field=fields.name label=tr!(profile.name) optional=tr!(form.optional)
                hint=tr!(profile.name_hint, name = registered_name)/>
            <Radios field=fields.way legend=tr!(profile.way) hint=tr!(profile.way_hint) options=ways/>
            <TextField field=fields.note label=tr!(profile.note) optional=tr!(form.optional) hint=tr!(profile.note_hint)/>
            <Radios field=fields.language legend=tr!(profile.language) hint=tr!(profile.language_hint) options=languages.to_vec()/>
        </section>
    }
    .into_any()
}

async fn read_again() -> Result<Option<Profile>, Failure> {
    let controller = AbortController::new().map_err(|_| Failure::Unreadable)?;
    api::profile::read(controller.signal()).await.map(Some)
}

fn told(profile: &Profile) -> String {
    let content = profile.content.clone();
    let line = |text: Option<contract::Line>| text.map(String::from).unwrap_or_default();
    let prose = |text: Option<contract::Prose>| text.map(String::from).unwrap_or_default();
    told_lines([
        (tr!(profile.name), line(content.preferred_name)),
        (tr!(profile.way), way_words(content.contact_way).to_owned()),
        (tr!(profile.note), line(content.contact_note)),
        (tr!(profile.language), language_words(content.language).to_owned()),
        (tr!(profile.situation), prose(content.situation)),
        (tr!(profile.situation_share), yes_or_no(content.is_situation_shared)),
        (tr!(profile.strengths), prose(content.strengths)),
        (tr!(profile.strengths_share), yes_or_no(content.is_strengths_shared)),
    ])
}

fn told_lines(lines: [(&str, String); 8]) -> String {
    let lines = lines.into_iter().filter(|(_, text)| !text.trim().is_empty());
    lines.map(|(label, text)| format!("{label}: {text}")).collect::<Vec<_>>().join("\n")
}

fn yes_or_no(is_yes: bool) -> String {
    if is_yes { tr!(profile.yes) } else { tr!(profile.no) }.to_owned()
}

fn way_value(way: ContactWay) -> &'static str {
    match way {
        ContactWay::Any => "any",
        ContactWay::Phone => "phone",
        ContactWay::TextMessage => "text_message",
        ContactWay::DigitalPost => "digital_post",
        ContactWay::Letter => "letter",
    }
}

fn way(value: &str) -> ContactWay {
    match value {
        "phone" => ContactWay::Phone,
        "text_message" => ContactWay::TextMessage,
        "digital_post" => ContactWay::DigitalPost,
        "letter" => ContactWay::Letter,
        _ => ContactWay::Any,
    }
}

/// A way to be contacted, in words.
pub fn way_words(way: ContactWay) -> &'static str {
    match way {
        ContactWay::Any => tr!(profile.way_any),
        ContactWay::Phone => tr!(profile.way_phone),
        ContactWay::TextMessage => tr!(profile.way_text_message),
        ContactWay::DigitalPost => tr!(profile.way_digital_post),
        ContactWay::Letter => tr!(profile.way_letter),
    }
}

fn language_value(language: Language) -> &'static str {
    match language {
        Language::Da => "da",
        Language::En => "en",
    }
}

fn language(value: &str) -> Language {
    if value == "en" { Language::En } else { Language::Da }
}

/// A language by its own name.
pub fn language_words(language: Language) -> &'static str {
    match language {
        Language::Da => tr!(app.danish),
        Language::En => tr!(app.english),
    }
}
