//! Parts of the page in a real browser.

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_browser_knows_danish_dates() {
    let words = js_sys::Date::new_0().to_locale_date_string("da-DK", &js_sys::Object::new());
    assert!(words.length() > 0);
}
