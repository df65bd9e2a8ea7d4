//! The JSON Schema of the format. What the contract already describes for OpenAPI 3.1 is taken from there.

use std::{borrow::Cow, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::Value;
use utoipa::openapi::{RefOr, Schema as OpenApiSchema};

use super::File;

/// Stands for a type of the contract where a schema is asked for.
pub(super) struct Of<T>(PhantomData<T>);

impl<T: utoipa::ToSchema> JsonSchema for Of<T> {
    fn schema_name() -> Cow<'static, str> {
        T::name()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut named = vec![(T::name().into_owned(), T::schema())];
        T::schemas(&mut named);
        let schema = serde_json::to_value(T::schema()).unwrap_or(Value::Bool(true));
        Schema::try_from(inlined(schema, &named)).unwrap_or_default()
    }
}

/// A reference into an OpenAPI document leads nowhere here, so what it names stands in its place.
fn inlined(schema: Value, named: &[(String, RefOr<OpenApiSchema>)]) -> Value {
    match schema {
        Value::Object(mut fields) => {
            let name = fields.get("$ref").and_then(Value::as_str).and_then(|it| it.rsplit('/').next());
            if let Some((_, found)) = named.iter().find(|(known, _)| Some(known.as_str()) == name) {
                return inlined(serde_json::to_value(found).unwrap_or(Value::Bool(true)), named);
            }
            for value in fields.values_mut() {
                *value = inlined(value.take(), named);
            }
            Value::Object(fields)
        }
        Value::Array(items) => Value::Array(items.into_iter().map(|item| inlined(item, named)).collect()),
        other => other,
    }
}

/// The whole schema, as it stands in `docs/import.schema.json`.
#[must_use]
pub fn schema() -> String {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<File>();
    schema.insert("title".to_owned(), "Rød Tråd: what can be imported and exported".into());
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_in_the_documentation_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/import.schema.json");
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(written == schema(), "run: cargo run -p roed-traad -- schema > docs/import.schema.json");
    }

    #[test]
    fn nothing_refers_to_what_is_not_there() {
        let schema = schema();
        assert!(!schema.contains("#/components"));
        assert!(schema.contains("\"maxLength\": 200") && schema.contains("not_started"));
    }
}
