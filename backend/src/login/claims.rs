use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use crate::cpr::Cpr;

/// What a token whose signature is checked says.
#[derive(Clone, Default)]
pub(super) struct Claims(Map<String, Value>);

impl Claims {
    /// The middle part of a token.
    pub fn of_token(token: &str) -> Option<Self> {
        let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
        serde_json::from_slice(&payload).ok().map(Self)
    }

    pub fn of_value(value: Value) -> Option<Self> {
        match value {
            Value::Object(fields) => Some(Self(fields)),
            _ => None,
        }
    }

    /// These, and of the others those that are not among them.
    pub fn and(mut self, others: Self) -> Self {
        for (name, value) in others.0 {
            self.0.entry(name).or_insert(value);
        }
        self
    }

    /// Whether a text anywhere in it may be a CPR number.
    pub fn may_name_a_cpr(&self) -> bool {
        self.0.values().any(may_be_cpr)
    }

    /// The names of the claims that stand in it, or their paths with dots.
    pub fn paths(&self) -> Vec<String> {
        fn add(to: &mut Vec<String>, fields: &Map<String, Value>, before: &str) {
            for (name, value) in fields {
                let path = format!("{before}{name}");
                match value {
                    Value::Object(fields) => add(to, fields, &format!("{path}.")),
                    _ => to.push(path),
                }
            }
        }
        let mut paths = Vec::new();
        add(&mut paths, &self.0, "");
        paths
    }

    /// A claim by its name, which may have dots in it (`dk.cpr`), or by a path with dots (`realm_access.roles`).
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).or_else(|| {
            let (first, rest) = name.split_once('.')?;
            rest.split('.').try_fold(self.0.get(first)?, |value, part| value.get(part))
        })
    }

    /// A claim that is one text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    /// A claim that is an instant, in seconds since 1970.
    pub fn seconds(&self, name: &str) -> Option<i64> {
        self.get(name).and_then(Value::as_i64)
    }

    /// A claim that is one text or several.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        match self.get(name) {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

fn may_be_cpr(value: &Value) -> bool {
    match value {
        Value::String(text) => Cpr::parse(text).is_some(),
        Value::Array(values) => values.iter().any(may_be_cpr),
        Value::Object(fields) => fields.values().any(may_be_cpr),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_claim_is_found_by_its_name_before_its_path() {
        let value = json!({ "dk.cpr": "a", "dk": { "cpr": "b" }, "realm_access": { "roles": ["x", "y", 3] } });
        let claims = Claims::of_value(value).unwrap();
        assert_eq!(claims.text("dk.cpr"), Some("a"));
        assert_eq!(claims.texts("realm_access.roles"), ["x", "y"]);
        assert_eq!((claims.text("realm_access.none"), claims.text("")), (None, None));
    }
}
