//! Lists in a request have an end, so that no request takes the server long.

use serde::{Deserialize, Deserializer, de::Error};

/// Reads a list of at most `MOST` things.
pub(crate) fn at_most<'de, const MOST: usize, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    let list = Vec::deserialize(from)?;
    if list.len() > MOST { Err(Error::custom(format_args!("more than {MOST}"))) } else { Ok(list) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use uuid::Uuid;

    use crate::{NewMeeting, NewMinutes, NewOpening, NewSending};

    fn is_read<T: serde::de::DeserializeOwned>(mut body: Value, field: &str, item: &Value, count: usize) -> bool {
        body[field] = vec![item.clone(); count].into();
        serde_json::from_value::<T>(body).is_ok()
    }

    #[test]
    fn a_list_in_a_request_has_an_end() {
        let id = Uuid::nil();
        macro_rules! ends {
            ($kind:ty, $body:expr, $field:literal, $item:expr, $most:expr) => {
                let (body, item) = ($body, $item);
                assert!(is_read::<$kind>(body.clone(), $field, &item, $most), "{}", $field);
                assert!(!is_read::<$kind>(body, $field, &item, $most + 1), "{}", $field);
            };
        }
        let meeting = json!({ "purpose": "x", "local_start": "2026-03-30T10:15:00", "minutes": 45, "participants": [], "agenda": [] });
        let guest = json!({ "id": id, "who": { "employee": { "employee": id } }, "why": "x" });
        ends!(NewMeeting, meeting.clone(), "participants", guest, 50);
        ends!(NewMeeting, meeting, "agenda", json!({ "id": id, "text": "x" }), 50);
        ends!(NewMinutes, json!({ "summary": "", "share": false }), "outcomes", json!({ "item": id }), 50);
        ends!(NewSending, json!({}), "drafts", json!({ "id": id, "version": 1 }), 500);
        ends!(NewOpening, json!({}), "items", json!({ "kind": "goal", "id": id, "version": 1 }), 500);
    }
}
