//! The Danish alphabet: Æ, Ø and Å come after Z, and Aa is Å. The databases each have an order of their own.

use icu_collator::{Collator, options::CollatorOptions};
use icu_locale_core::locale;

use crate::error::{Error, Result};

/// Sorts by name; who has the same name stays in the same order.
///
/// # Errors
/// [`Error::Internal`] when the alphabet is not there, which is built in.
pub fn sort<T>(people: &mut [T], name: impl Fn(&T) -> &str) -> Result<()> {
    let danish = Collator::try_new(locale!("da").into(), CollatorOptions::default());
    let danish = danish.map_err(|_| Error::Internal("there is no Danish alphabet"))?;
    people.sort_by(|one, other| danish.compare(name(one), name(other)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_in_the_order_of_the_danish_alphabet() {
        let sorted = ["Adam", "anna Berg", "Anna Dahl", "Zenia", "Ærø", "Øjvind", "Aase Holm", "Åse Lund"];
        let mut names = sorted;
        names.sort_unstable();
        sort(&mut names, |name| name).unwrap();
        assert_eq!(names, sorted);
    }
}
