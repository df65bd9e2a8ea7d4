//! Fields: what they are called, what is said beside them, and what is read aloud when something is wrong.

use leptos::prelude::*;
use roed_traad_spa::{
    markup::view,
    ui::{Checkbox, DateField, DateInput, Field, Limit, Radios, Select, TextArea, TextField, TimeField, TimeInput},
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::screen::{description, happen, has_focus, open, settle, until, words};

#[wasm_bindgen_test]
async fn a_field_has_a_name_and_reads_its_hint() {
    let field = Field::new("name", "Anna");
    let screen =
        open(move || view! { <TextField field=field label="Navn" hint="Som du vil kaldes" optional="frivilligt"/> });
    let input = screen.field("Navn (frivilligt)");
    assert_eq!(description(&input), "Som du vil kaldes");
    assert_eq!(input.get_attribute("aria-invalid"), None);
    screen.fill("Navn", "Anna T");
    assert_eq!(field.text(), "Anna T");
}

#[wasm_bindgen_test]
async fn a_fault_marks_the_field_and_is_read_with_it_until_it_is_mended() {
    let field = Field::new("goal", "");
    let screen = open(move || view! { <TextArea field=field label="Mål" hint="Med dine egne ord"/> });
    let region = screen.one("#goal-error");
    assert_eq!(region.get_attribute("aria-live").as_deref(), Some("polite"), "it is there before the fault is");
    field.error.set(Some("Skriv et mål".to_owned()));
    screen.see("Skriv et mål").await;
    let input = screen.field("Mål");
    assert_eq!(description(&input), "Med dine egne ord Skriv et mål");
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    field.error.set(None);
    until("the mark is gone", || input.get_attribute("aria-invalid").is_none()).await;
    assert_eq!(description(&input), "Med dine egne ord");
}

#[wasm_bindgen_test]
async fn what_is_left_to_write_is_told_when_it_matters_and_read_when_typing_pauses() {
    let field = Field::new("text", "");
    let limit = Limit { max: 10, words: |left| format!("{left} tilbage") };
    let screen = open(move || view! { <TextArea field=field label="Tekst" limit=limit/> });
    screen.fill("Tekst", "1234567");
    settle().await;
    assert!(!screen.has("tilbage"));
    screen.fill("Tekst", "12345678æø");
    screen.see("0 tilbage").await;
    assert_eq!(description(&screen.field("Tekst")), "0 tilbage");
    let spoken = screen.one("[role='status']");
    assert_eq!(words(&spoken), "", "nothing is read at every key");
    until("it is read", || words(&spoken) == "0 tilbage").await;
    screen.fill("Tekst", "12345678æø!");
    screen.see("-1 tilbage").await;
    assert_eq!(field.text(), "12345678æø!", "nothing is cut off");
}

#[wasm_bindgen_test]
async fn leaving_a_field_whose_page_is_gone_does_nothing() {
    let page = Owner::new();
    let on_blur = page.with(|| Callback::new(|()| ()));
    let field = Field::new("left", "");
    let screen = open(move || view! { <TextField field=field label="Navn" on_blur=on_blur/> });
    page.cleanup();
    drop(page);
    happen(&screen.field("Navn"), "blur");
}

#[wasm_bindgen_test]
async fn a_date_is_three_named_fields_in_a_named_group() {
    let input = DateInput::new("by", Some(("3".to_owned(), "10".to_owned(), "2026".to_owned())));
    let parts = ["Dag", "Måned", "År"].map(str::to_owned);
    let screen =
        open(move || view! { <DateField input=input legend="Hvornår?" hint="For eksempel 3 10 2026" parts=parts/> });
    let group = screen.one("fieldset");
    assert_eq!(words(&screen.one("fieldset > legend")), "Hvornår?");
    assert_eq!(description(&group), "For eksempel 3 10 2026");
    assert_eq!(screen.field("Dag").id(), input.id(), "the error summary leads to the first");
    screen.fill("Måned", "2");
    screen.fill("Dag", "31");
    assert_eq!([input.day, input.month, input.year].map(|part| part.get_untracked()), ["31", "2", "2026"]);
    input.error.set(Some("Den dato findes ikke".to_owned()));
    screen.see("Den dato findes ikke").await;
    assert_eq!(description(&group), "For eksempel 3 10 2026 Den dato findes ikke");
    for part in ["Dag", "Måned", "År"] {
        assert_eq!(screen.field(part).get_attribute("aria-invalid").as_deref(), Some("true"), "{part}");
        assert_eq!(screen.field(part).get_attribute("inputmode").as_deref(), Some("numeric"), "{part}");
    }
}

#[wasm_bindgen_test]
async fn a_time_is_two_named_fields_in_a_named_group() {
    let input = TimeInput::new("at", None);
    let parts = ["Time", "Minut"].map(str::to_owned);
    let screen = open(move || view! { <TimeField input=input legend="Klokken" parts=parts/> });
    screen.fill("Time", "10");
    screen.fill("Minut", "15");
    assert_eq!([input.hour.get_untracked(), input.minute.get_untracked()], ["10", "15"]);
    input.error.set(Some("Det klokkeslæt findes ikke".to_owned()));
    screen.see("findes ikke").await;
    assert_eq!(description(&screen.one("fieldset")), "Det klokkeslæt findes ikke");
}

#[wasm_bindgen_test]
async fn radios_have_a_question_and_one_answer() {
    let field = Field::new("form", "phone");
    let options = [("here", "Her"), ("phone", "Telefon")].map(|(value, words)| (value.to_owned(), words.to_owned()));
    let screen = open(
        move || view! { <Radios field=field legend="Hvordan?" hint="Du kan ændre det" options=options.to_vec()/> },
    );
    let group = screen.one("fieldset");
    assert_eq!(words(&screen.one("fieldset > legend")), "Hvordan?");
    assert_eq!(description(&group), "Du kan ændre det");
    let is_chosen = |label| screen.field(label).matches(":checked").unwrap();
    assert!(is_chosen("Telefon") && !is_chosen("Her"));
    screen.field("Her").click();
    assert_eq!(field.text(), "here");
    until("one answer", || is_chosen("Her") && !is_chosen("Telefon")).await;
    field.error.set(Some("Vælg en".to_owned()));
    screen.see("Vælg en").await;
    assert_eq!(description(&group), "Du kan ændre det Vælg en");
    roed_traad_spa::ui::focus::on_id("form");
    until("the error summary can lead to it", || has_focus(&group)).await;
}

#[wasm_bindgen_test]
async fn a_list_and_a_tick_have_names_and_keep_what_is_chosen() {
    let (field, ticked) = (Field::new("area", "b"), RwSignal::new(false));
    let options = [("a", "Job"), ("b", "Bolig")].map(|(value, words)| (value.to_owned(), words.to_owned()));
    let screen = open(move || {
        view! {
            <Select field=field label="Område" hint="Hvad handler det om?" options=options.to_vec()/>
            <Checkbox id="shared" label="Del det" hint="Kun hvis du vil" checked=ticked/>
        }
    });
    let list = screen.field("Område");
    assert_eq!(description(&list), "Hvad handler det om?");
    assert_eq!(words(&screen.one("option:checked")), "Bolig");
    js_sys::Reflect::set(&list, &"value".into(), &"a".into()).unwrap();
    happen(&list, "change");
    assert_eq!(field.text(), "a");
    let tick = screen.field("Del det");
    assert_eq!(description(&tick), "Kun hvis du vil");
    tick.click();
    assert!(ticked.get_untracked());
}
