//! Pages, and what is said on them: heading, title, focus, error summary, notices, waiting.

use leptos::prelude::*;
use roed_traad_spa::{
    markup::view,
    ui::{Empty, ErrorSummary, Field, Notice, Page, Skeleton, TextField},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::screen::{has_focus, open, settle, until, words};

fn go(path: &str) {
    window().history().unwrap().push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(path)).unwrap();
}

#[wasm_bindgen_test]
async fn a_heading_about_somebody_stays_out_of_the_windows_title() {
    let page = open(|| view! { <Page title="Hej Anna" window_title="Hjem"><p>"Mere"</p></Page> });
    settle().await;
    assert_eq!(document().title(), "Hjem – Rød Tråd");
    assert_eq!(words(&page.one("h1")), "Hej Anna");
}

#[wasm_bindgen_test]
async fn a_page_has_a_title_and_one_heading_that_takes_focus_when_the_address_changes() {
    let page = |title: &'static str| open(move || view! { <Page title=title lead="Kort sagt"><p>"Mere"</p></Page> });
    go("/first");
    let first = page("Dine møder");
    settle().await;
    assert_eq!(document().title(), "Dine møder – Rød Tråd");
    assert_eq!(words(&first.one("h1")), "Dine møder");
    drop(first);
    go("/second");
    let second = page("Min plan");
    until("focus is on the heading", || has_focus(&second.one("h1"))).await;
    document().active_element().unwrap().unchecked_into::<web_sys::HtmlElement>().blur().unwrap();
    drop(second);
    let same = page("Min plan");
    settle().await;
    assert!(!has_focus(&same.one("h1")), "the same page, drawn again, leaves focus where it is");
}

#[wasm_bindgen_test]
async fn an_error_summary_takes_focus_and_leads_to_each_field() {
    let (name, way) = (Field::new("summed-name", ""), Field::new("summed-way", ""));
    let errors = RwSignal::new(Vec::new());
    let screen = open(move || {
        view! {
            <ErrorSummary title="Ret det her" errors=errors/>
            <TextField field=name label="Navn"/>
            <TextField field=way label="Måde"/>
        }
    });
    assert!(screen.all("[role='alert']").is_empty());
    let fault = |id: &str, words: &str| (id.to_owned(), words.to_owned());
    errors.set(vec![fault("summed-name", "Skriv et navn"), fault("summed-way", "Vælg en måde")]);
    screen.see("Skriv et navn").await;
    let summary = screen.one("[role='alert']");
    until("it takes focus", || has_focus(&summary)).await;
    let named_by = summary.get_attribute("aria-labelledby").unwrap();
    assert_eq!(words(&screen.one(&format!("#{named_by}"))), "Ret det her");
    let before = window().location().href().unwrap();
    screen.click("Måde: Vælg en måde");
    until("it leads to the field", || has_focus(&screen.field("Måde"))).await;
    assert_eq!(window().location().href().unwrap(), before, "the address stays");
    errors.set(Vec::new());
    until("it goes away", || screen.all("[role='alert']").is_empty()).await;
}

#[wasm_bindgen_test]
async fn a_notice_is_said_politely_and_has_a_heading() {
    let screen = open(|| {
        view! {
            <Notice kind="problem" title="Noget gik galt" text="Prøv igen."><button type="button">"Prøv igen"</button></Notice>
            <Empty icon="calendar" title="Ingen møder" text="Dit næste møde står her."/>
        }
    });
    let notice = screen.one("[role='status']");
    assert_eq!(words(&screen.one("[role='status'] h2")), "Noget gik galt");
    assert!(words(&notice).contains("Prøv igen."));
    for icon in screen.all("svg") {
        assert_eq!(icon.get_attribute("aria-hidden").as_deref(), Some("true"), "an icon says nothing");
    }
    screen.see("Dit næste møde står her.").await;
}

#[wasm_bindgen_test]
async fn waiting_is_said_politely() {
    let screen = open(|| view! { <Skeleton text="Henter …"/> });
    assert_eq!(words(&screen.one("[aria-busy='true'] [role='status']")), "Henter …");
    assert_eq!(screen.one("[aria-busy='true'] > [aria-hidden='true']").text_content().as_deref(), Some(""));
}
