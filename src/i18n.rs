//! The texts on the screen. `tr!(home.title)` is a text of `locales/<language>/home.json` in the page's language.
//!
//! The language is that of `<html lang>`, which the server sets from the cookie `rt_lang`. To change it is to load the
//! same address again: no text has to be reactive, which saves the phone a third of the code for each.

use std::sync::OnceLock;

use leptos::prelude::document;
use wasm_bindgen::JsCast;

#[allow(clippy::all, clippy::expect_used, clippy::pedantic, clippy::unwrap_used, missing_docs, unused)]
mod texts {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}
pub use texts::i18n::Locale;
#[doc(hidden)]
pub use texts::*;

/// The page's language.
pub fn lang() -> Locale {
    static LANG: OnceLock<Locale> = OnceLock::new();
    *LANG.get_or_init(|| {
        let lang = document().document_element().and_then(|html| html.get_attribute("lang"));
        if lang.is_some_and(|lang| lang.starts_with("en")) { Locale::en } else { Locale::da }
    })
}

/// The page's language as a tag for `Intl` and `lang`.
pub fn tag() -> &'static str {
    match lang() {
        Locale::da => "da",
        Locale::en => "en",
    }
}

/// The language that people here write in, for `lang` on their words; nothing when the page is in it anyway.
pub fn written() -> Option<&'static str> {
    (lang() != Locale::da).then_some("da")
}

/// Loads the same page in another language. The browser asks first if there is text that is not saved.
pub fn switch(to: &str) {
    if let Some(page) = document().dyn_ref::<web_sys::HtmlDocument>() {
        let _ = page.set_cookie(&format!("rt_lang={to}; Path=/; Max-Age=31536000; SameSite=Lax"));
    }
    let _ = leptos::prelude::window().location().reload();
}

/// A text in the page's language: `tr!(slice.key)` or `tr!(slice.key, name = value)`.
#[macro_export]
macro_rules! tr {
    ($($key:tt)*) => {
        leptos_i18n::td_string!($crate::i18n::lang(), $($key)*)
    };
}
