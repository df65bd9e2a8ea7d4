//! Parts of the page in a real browser, each held to what it promises those who listen and those who use keys.
#![allow(clippy::unwrap_used)]

mod autosave;
mod fields;
mod leaving;
mod pages;
mod reading;
mod screen;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
