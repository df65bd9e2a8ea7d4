use axum::http::HeaderValue;
use base64::Engine as _;
use sha2::{Digest as _, Sha256};

use super::stored::{Cache, Stored};
use crate::config::{Colours, Config};

/// A page in both languages.
#[derive(Debug)]
pub(super) struct Pages {
    da: Stored,
    en: Stored,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Da,
    En,
}

impl Pages {
    pub(super) fn fill(template: &str, config: &Config, theme: &str) -> Self {
        let page = |language| {
            let html = fill(template, &|name| value(name, config, theme, language), language);
            let policy = policy(&html);
            Stored::compress("text/html; charset=utf-8", html, Cache::Revalidate).into_page(&policy)
        };
        Self { da: page(Language::Da), en: page(Language::En) }
    }

    /// By the cookie that the language switcher sets.
    pub(super) fn choose(&self, cookies: Option<&HeaderValue>) -> &Stored {
        let cookies = cookies.and_then(|it| it.to_str().ok()).unwrap_or_default();
        let is_english = cookies.split(';').any(|cookie| cookie.trim() == "rt_lang=en");
        if is_english { &self.en } else { &self.da }
    }
}

/// The municipality's colours, for the style sheet to take.
pub(super) fn theme(colours: &Colours) -> String {
    let Colours { primary, primary_dark, accent } = colours;
    format!(":root{{--rt-primary:{primary};--rt-primary-dark:{primary_dark};--rt-accent:{accent}}}")
}

fn value(name: &str, config: &Config, theme: &str, language: Language) -> Option<String> {
    let municipality = &config.municipality;
    let value = match name {
        "municipality_name" => municipality.name.clone(),
        "department" => municipality.department.clone(),
        "phone" => municipality.phone.clone(),
        "phone_digits" => municipality.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
        "phone_hours" => municipality.phone_hours.clone(),
        "mail" => municipality.mail.clone(),
        "theme" => theme.to_owned(),
        "lang" => match language {
            Language::Da => "da".to_owned(),
            Language::En => "en".to_owned(),
        },
        _ => return None,
    };
    Some(html_escape::encode_quoted_attribute(&value).into_owned())
}

/// Puts values for `{{name}}`, and one of the two texts for `{{t:dansk|english}}`, in which names may stand.
/// What is no placeholder stays as it is.
fn fill(template: &str, value: &dyn Fn(&str) -> Option<String>, language: Language) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = rest.find("{{") {
        let (before, from) = rest.split_at(start);
        filled.push_str(before);
        let Some(end) = closing(from) else {
            rest = from;
            break;
        };
        let inside = &from[2..end];
        if let Some(texts) = inside.strip_prefix("t:") {
            let (da, en) = texts.split_once('|').unwrap_or((texts, texts));
            filled.push_str(&fill(if language == Language::Da { da } else { en }, value, language));
        } else if let Some(text) = value(inside.trim()) {
            filled.push_str(&text);
        } else {
            filled.push_str(&from[..end + 2]);
        }
        rest = &from[end + 2..];
    }
    filled.push_str(rest);
    filled
}

/// Where the `}}` stands that closes the `{{` at the beginning.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        let here = &text.as_bytes()[at..];
        if here.starts_with(b"{{") {
            depth += 1;
            at += 2;
        } else if here.starts_with(b"}}") {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
            at += 2;
        } else {
            at += 1;
        }
    }
    None
}

/// What the page may load: its own origin, and the inline scripts that stand in it, by their hashes.
fn policy(html: &str) -> String {
    let mut scripts = String::new();
    for script in inline_scripts(html) {
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script));
        scripts.push_str(&format!(" 'sha256-{hash}'"));
    }
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; img-src 'self'; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

fn inline_scripts(html: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find("<script") {
        rest = &rest[start + "<script".len()..];
        let Some((attributes, after)) = rest.split_once('>') else { break };
        let Some((body, after)) = after.split_once("</script") else { break };
        if !attributes.contains("src=") {
            found.push(body);
        }
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, language: Language) -> String {
        let mut config = Config::demo().unwrap();
        config.municipality.name = "A & B <script>".to_owned();
        fill(template, &|name| value(name, &config, "/theme.css?v=1", language), language)
    }

    #[test]
    fn placeholders_are_filled_and_escaped() {
        assert_eq!(filled("<p>{{municipality_name}}</p>", Language::Da), "<p>A &amp; B &lt;script&gt;</p>");
        assert_eq!(filled("tel:{{phone_digits}}", Language::Da), "tel:00102030");
    }

    #[test]
    fn texts_are_in_the_language_and_may_hold_names() {
        let template = "<html lang=\"{{lang}}\">{{t:Ring på {{phone_digits}}|Call {{phone_digits}}}}!";
        assert_eq!(filled(template, Language::Da), "<html lang=\"da\">Ring på 00102030!");
        assert_eq!(filled(template, Language::En), "<html lang=\"en\">Call 00102030!");
    }

    #[test]
    fn what_is_no_placeholder_stays() {
        for text in ["if(a){{b()}}", "{{unknown}}", "{{", "a }} b", "{{t:æ"] {
            assert_eq!(filled(text, Language::Da), text);
        }
    }

    #[test]
    fn the_policy_names_inline_scripts_only() {
        let html = "<script>a()</script><script src=\"/x.js\"></script><script type=\"module\">b()</script>";
        assert_eq!(inline_scripts(html), ["a()", "b()"]);
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest("a()"));
        assert!(policy(html).contains(&format!("'sha256-{hash}'")));
    }
}
