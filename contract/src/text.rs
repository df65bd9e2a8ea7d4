use serde::{Deserialize, Serialize};

/// Text a person wrote that is sent: at least one visible character, at most `MAX` characters (Unicode scalar values)
/// after trimming, without control characters other than line break and tab.
///
/// Errors: [`TextFault`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX: usize>(String);

/// One line: a title, a name, a place. At most 200 characters.
pub type Line = Text<200>;

/// A few paragraphs. At most 4000 characters.
pub type Prose = Text<4000>;

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// Nothing visible is written.
    Empty,
    /// There are more than `max` characters.
    TooLong {
        /// How many characters there may be.
        max: usize,
        /// How many there are.
        count: usize,
    },
    /// There is a character that cannot be shown or stored.
    ControlCharacter,
}

impl<const MAX: usize> Text<MAX> {
    /// How many characters there may be.
    pub const MAX: usize = MAX;

    /// Checks and trims what a person wrote.
    ///
    /// # Errors
    /// Any [`TextFault`].
    pub fn parse(text: &str) -> Result<Self, TextFault> {
        let text = text.trim();
        if !text.chars().any(is_visible) {
            return Err(TextFault::Empty);
        }
        check(text, MAX)?;
        Ok(Self(text.to_owned()))
    }

    /// Like [`Text::parse`], but nothing written is fine.
    ///
    /// # Errors
    /// [`TextFault::TooLong`] and [`TextFault::ControlCharacter`].
    pub fn parse_optional(text: &str) -> Result<Option<Self>, TextFault> {
        match Self::parse(text) {
            Ok(text) => Ok(Some(text)),
            Err(TextFault::Empty) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// The text as written, trimmed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Text that is not yet sent: may be empty and much longer than what can be sent, so that nothing typed is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DraftText(String);

impl DraftText {
    /// How many characters there may be.
    pub const MAX: usize = 20_000;

    /// Takes what a person wrote as it is, but for control characters, which are left out.
    ///
    /// # Errors
    /// [`TextFault::TooLong`].
    pub fn parse(text: &str) -> Result<Self, TextFault> {
        let text: String = text.chars().filter(|&c| !is_forbidden(c)).collect();
        check(&text, Self::MAX)?;
        Ok(Self(text))
    }

    /// The text as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(text: &str, max: usize) -> Result<(), TextFault> {
    let count = text.chars().count();
    if count > max {
        return Err(TextFault::TooLong { max, count });
    }
    if text.chars().any(is_forbidden) {
        return Err(TextFault::ControlCharacter);
    }
    Ok(())
}

fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// Blanks, zero-width characters and direction marks alone are nothing to read.
fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{3164}')
}

impl std::fmt::Display for TextFault {
    /// The stable word that a problem's `code` has.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Empty => "text_empty",
            Self::TooLong { .. } => "text_too_long",
            Self::ControlCharacter => "text_control_character",
        })
    }
}

impl std::error::Error for TextFault {}

impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = TextFault;
    fn try_from(text: String) -> Result<Self, TextFault> {
        Self::parse(&text)
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> Self {
        text.0
    }
}

impl TryFrom<String> for DraftText {
    type Error = TextFault;
    fn try_from(text: String) -> Result<Self, TextFault> {
        Self::parse(&text)
    }
}

impl From<DraftText> for String {
    fn from(text: DraftText) -> Self {
        text.0
    }
}

#[cfg(feature = "openapi")]
mod schema {
    use utoipa::openapi::{ObjectBuilder, RefOr, Schema, schema::Type};

    fn string(min: usize, max: usize) -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).min_length(Some(min)).max_length(Some(max)).into()
    }

    impl<const MAX: usize> utoipa::PartialSchema for super::Text<MAX> {
        fn schema() -> RefOr<Schema> {
            string(1, MAX)
        }
    }

    impl<const MAX: usize> utoipa::ToSchema for super::Text<MAX> {
        fn name() -> std::borrow::Cow<'static, str> {
            format!("Text{MAX}").into()
        }
    }

    impl utoipa::PartialSchema for super::DraftText {
        fn schema() -> RefOr<Schema> {
            string(0, super::DraftText::MAX)
        }
    }

    impl utoipa::ToSchema for super::DraftText {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blank_and_invisible_text_is_empty() {
        for text in ["", "  \n\t ", "\u{200b}", "\u{202e}\u{202c}", "\u{feff} "] {
            assert_eq!(Line::parse(text), Err(TextFault::Empty), "{text:?}");
            assert_eq!(Line::parse_optional(text), Ok(None));
        }
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert!(Line::parse(&"å".repeat(200)).is_ok());
        assert_eq!(Line::parse(&"😀".repeat(201)), Err(TextFault::TooLong { max: 200, count: 201 }));
    }

    #[test]
    fn control_characters_are_refused_in_text_and_left_out_of_drafts() {
        assert_eq!(Line::parse("a\0b"), Err(TextFault::ControlCharacter));
        assert_eq!(DraftText::parse("a\0b\nc").map(String::from), Ok("ab\nc".to_owned()));
    }

    #[test]
    fn markup_and_right_to_left_text_is_kept_as_written() {
        for text in ["<script>alert(1)</script>", "{{x}}", "مرحبا", "a & b"] {
            assert_eq!(Prose::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    proptest! {
        #[test]
        fn a_parsed_text_parses_to_itself(text in ".*") {
            if let Ok(parsed) = Prose::parse(&text) {
                prop_assert_eq!(Prose::parse(parsed.as_str()), Ok(parsed));
            }
        }

        #[test]
        fn a_draft_keeps_every_visible_character(text in "[a-zæøå 😀\n]{0,400}") {
            prop_assert_eq!(DraftText::parse(&text).map(String::from), Ok(text));
        }
    }
}
