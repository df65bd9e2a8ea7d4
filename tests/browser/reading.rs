//! Reading and writing: waiting, failed, loaded; here, sending, received.

use std::{cell::Cell, rc::Rc};

use contract::{Problem, ProblemCode, Receipt, Version};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::untrack;
use roed_traad_spa::{
    api::Failure,
    load::{Load, Reload},
    markup::view,
    save::{Save, SaveState, SaveStatus},
    words,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::screen::{has_focus, open, until};

fn failure(code: ProblemCode) -> Failure {
    let problem = Problem { r#type: "about:blank".to_owned(), status: 500, title: String::new(), code, field: None };
    Failure::Problem(Box::new(problem))
}

fn receipt() -> Receipt {
    Receipt {
        number: "7F3K-2M9P".to_owned(),
        received_at: "2026-03-30T12:03:00Z".parse().unwrap(),
        version: Version(1),
    }
}

#[wasm_bindgen_test]
async fn a_page_waits_says_what_failed_and_tries_again() {
    let turn = Rc::new(Cell::new(0));
    let fetch = move |_| {
        turn.set(turn.get() + 1);
        let is_first = turn.get() == 1;
        async move {
            TimeoutFuture::new(20).await;
            if is_first { Err(failure(ProblemCode::Internal)) } else { Ok("Dit møde") }
        }
    };
    let screen = open(move || view! { <Load fetch=fetch children=|words: &'static str| view! { <p>{words}</p> }/> });
    screen.see("Henter …").await;
    screen.see("Noget gik galt hos os").await;
    assert!(screen.all("[aria-busy]").is_empty());
    screen.click("Prøv igen");
    screen.see("Dit møde").await;
    assert!(!screen.has("Noget gik galt hos os"));
}

#[wasm_bindgen_test]
async fn what_is_read_again_stays_on_the_screen_until_the_new_is_there_and_can_take_focus() {
    let turn = Rc::new(Cell::new(0));
    let fetch = move |_| {
        turn.set(turn.get() + 1);
        let answer = turn.get();
        async move {
            TimeoutFuture::new(20).await;
            Ok::<_, Failure>(answer)
        }
    };
    let draw = |turn: i32| {
        let reload = Reload::take();
        view! {
            <h2 id="read-again" tabindex="-1">{format!("Udgave {turn}")}</h2>
            <button type="button" on:click=move |_| reload.then_focus("read-again")>"Hent igen"</button>
        }
    };
    let screen = open(move || view! { <Load fetch=fetch children=draw/> });
    screen.see("Udgave 1").await;
    screen.click("Hent igen");
    assert!(screen.has("Udgave 1") && screen.all("[aria-busy]").is_empty());
    screen.see("Udgave 2").await;
    until("focus follows", || has_focus(&screen.one("h2"))).await;
}

#[wasm_bindgen_test]
async fn a_write_says_that_it_is_sent_and_then_that_it_is_received_and_goes_out_once() {
    let save = Save::new();
    let sent = Rc::new(Cell::new(0));
    let press = {
        let sent = sent.clone();
        move || {
            let sent = sent.clone();
            let write = move || {
                sent.set(sent.get() + 1);
                async {
                    TimeoutFuture::new(40).await;
                    Ok(receipt())
                }
            };
            save.run(write, |_| ());
        }
    };
    let screen = open(move || view! { <SaveStatus save=save/> });
    press();
    press();
    assert!(untrack(|| save.is_busy()));
    screen.see("Sender …").await;
    assert_eq!(screen.all("[role='status']").len(), 1, "it is said politely, in one place");
    screen.see("Modtaget kl.").await;
    assert!(screen.has("7F3K-2M9P"));
    assert_eq!(sent.get(), 1);
}

#[wasm_bindgen_test]
async fn a_write_without_a_connection_says_so_and_is_repeated() {
    let save = Save::new();
    let turn = Rc::new(Cell::new(0));
    let screen = open(move || view! { <SaveStatus save=save/> });
    save.run(
        move || {
            turn.set(turn.get() + 1);
            let is_first = turn.get() == 1;
            async move { if is_first { Err(Failure::Offline) } else { Ok(receipt()) } }
        },
        |_| (),
    );
    screen.see("Din tekst er her stadig. Vi prøver igen af os selv.").await;
    screen.see("Modtaget kl.").await;
}

#[wasm_bindgen_test]
async fn a_refused_write_says_why_and_can_be_forgotten() {
    let save = Save::new();
    let screen = open(move || view! { <SaveStatus save=save/> });
    save.run(|| async { Err::<Receipt, _>(failure(ProblemCode::VersionConflict)) }, |_| ());
    screen.see("Nogen har gemt en ændring før dig").await;
    assert!(untrack(|| save.is_conflict()));
    save.reset();
    until("it is forgotten", || !screen.has("Nogen har gemt")).await;
    assert_eq!(untrack(|| save.state()), SaveState::Here);
}

#[wasm_bindgen_test]
fn a_long_text_is_a_heading_and_the_rest_of_it() {
    let heading = |text: &str| words::heading(text);
    assert_eq!(heading(" Vi tales ved. \n"), ("Vi tales ved.".to_owned(), None));
    let (first, rest) = heading("Vi tales ved.\n\nTag din kalender med.\nVi ses.");
    assert_eq!((first.as_str(), rest.as_deref()), ("Vi tales ved.", Some("Tag din kalender med.\nVi ses.")));
    let long = "ord ".repeat(60);
    let (first, rest) = heading(&format!("{long}\nSlut."));
    assert!(first.chars().count() <= 141 && first.ends_with("ord…"), "{first}");
    assert!(rest.is_some_and(|rest| rest.starts_with("…ord ") && rest.ends_with("\nSlut.")));
    let (first, rest) = heading(&"å".repeat(150));
    assert_eq!((first.chars().count(), rest.map(|rest| rest.chars().count())), (141, Some(11)));
}
