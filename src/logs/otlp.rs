//! Spans of OpenTelemetry, as its protocol nests them in JSON: flat, with attributes by their keys.

use super::object::{JsonObject, elements, member, string};

/// All spans of a trace.
pub fn spans<'t>(trace: &'t JsonObject<'_>) -> Vec<JsonObject<'t>> {
    let resources = trace.get("resourceSpans").map_or_else(Vec::new, elements);
    let scopes = resources.iter().flat_map(|resource| inner(resource, "scopeSpans"));
    let spans = scopes.flat_map(|scope| inner(scope, "spans"));
    spans.filter_map(flat).collect()
}

/// The elements of a member that is a list.
fn inner<'t>(object: &'t str, name: &str) -> Vec<&'t str> {
    member(object, name).map_or_else(Vec::new, elements)
}

fn flat(span: &str) -> Option<JsonObject<'_>> {
    let mut record = JsonObject::parse(span).ok()?;
    for attribute in inner(span, "attributes") {
        let typed = member(attribute, "value").and_then(|value| JsonObject::parse(value).ok());
        // A value is an object with one member, whose name is its type.
        let value = typed.as_ref().and_then(|typed| typed.get(typed.names().next()?));
        if let Some((key, value)) = member(attribute, "key").and_then(string).zip(value) {
            record.set(key.into_owned(), value);
        }
    }
    Some(record)
}
