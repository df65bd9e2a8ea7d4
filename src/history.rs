//! What has happened, in whole sentences.

use contract::Event;

/// One event as a sentence.
pub fn sentence(event: &Event) -> String {
    format!("{:?}", event.kind)
}
