//! Spans of OpenTelemetry, as its protocol nests them in JSON: flat, with attributes by their keys.

use super::object::{JsonObject, elements, member};

/// All spans of a trace.
pub fn spans(trace: &JsonObject) -> impl Iterator<Item = JsonObject> {
    let resources = trace.get("resourceSpans").map_or_else(Vec::new, elements);
    let scopes = resources.into_iter().flat_map(|resource| inner(resource, "scopeSpans"));
    let spans = scopes.flat_map(|scope| inner(scope, "spans"));
    spans.filter_map(|span| JsonObject::parse(&flat(span)).ok())
}

/// The elements of a member that is a list.
fn inner<'t>(object: &'t str, name: &str) -> Vec<&'t str> {
    member(object, name).map_or_else(Vec::new, elements)
}

/// A span with its attributes behind its own fields: of two fields of one name the last counts.
fn flat(span: &str) -> String {
    let Some(own) = span.strip_suffix('}') else { return span.to_owned() };
    let mut text = own.to_owned();
    for attribute in inner(span, "attributes") {
        // A value is an object with one member, whose name is its type.
        let typed = member(attribute, "value").and_then(|value| JsonObject::parse(value).ok());
        let value = typed.as_ref().and_then(|typed| typed.get(typed.names().next()?));
        if let Some((key, value)) = member(attribute, "key").filter(|key| key.starts_with('"')).zip(value) {
            text.extend([",", key, ":", value]);
        }
    }
    text + "}"
}
