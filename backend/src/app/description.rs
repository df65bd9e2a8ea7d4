//! What all of the API has in common, said here in its description once rather than by every handler.

use contract::CONTRACT_HEADER;
use utoipa::openapi::{
    Content, Header, Object, OpenApi, RefOr, Required, Response, Type,
    path::{Operation, ParameterBuilder, ParameterIn},
    security::{Http, HttpAuthScheme, SecurityScheme},
};

use crate::{error::PROBLEM, request};

/// With the headers that are asked for and given, and with every refusal as a problem (RFC 9457).
pub(super) fn completed(mut description: OpenApi) -> OpenApi {
    for (path, item) in &mut description.paths.paths {
        let needs_contract = !request::is_for_others(path);
        for operation in [&mut item.get, &mut item.put, &mut item.post, &mut item.delete].into_iter().flatten() {
            refuses(operation);
            if needs_contract {
                asks(operation, CONTRACT_HEADER, Required::True, "The version of the contract that the client knows");
            }
        }
        if let Some(operation) = &mut item.put {
            gives_receipts(operation);
        }
    }
    let key = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    description.components.get_or_insert_default().add_security_scheme("integration", key);
    description
}

fn refuses(operation: &mut Operation) {
    if let Some(RefOr::T(refusal)) = operation.responses.responses.get_mut("default") {
        refusal.content = refusal.content.values().map(|it| (PROBLEM.to_owned(), it.clone())).collect();
    }
}

/// What is answered by a receipt asks for a precondition, and says the version that came of it.
fn gives_receipts(operation: &mut Operation) {
    let receipts: Vec<&mut Response> = operation.responses.responses.values_mut().filter_map(receipt).collect();
    if receipts.is_empty() {
        return;
    }
    for answer in receipts {
        let mut version = Header::default();
        version.description = Some("The version that the thing has now, in double quotes".to_owned());
        answer.headers.insert("ETag".to_owned(), RefOr::T(version));
    }
    let new = "`*` for what is new; this or `If-Match` is needed";
    asks(operation, "If-None-Match", Required::False, new);
    asks(operation, "If-Match", Required::False, "The version that is changed, in double quotes");
}

fn receipt(answer: &mut RefOr<Response>) -> Option<&mut Response> {
    let RefOr::T(answer) = answer else { return None };
    let is_receipt = answer.content.values().any(|content| match content {
        RefOr::T(Content { schema: Some(RefOr::Ref(named)), .. }) => named.ref_location.ends_with("/Receipt"),
        _ => false,
    });
    is_receipt.then_some(answer)
}

fn asks(operation: &mut Operation, name: &str, required: Required, description: &str) {
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(description))
        .schema(Some(Object::with_type(Type::String)));
    operation.parameters.get_or_insert_default().push(RefOr::T(parameter.build()));
}
