//! Spans of OpenTelemetry, as its protocol nests them in JSON: flat, with attributes by their keys.

use serde_json::{Map, Value};

/// All spans of a trace.
pub fn spans(trace: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let resources = list(trace.get("resourceSpans"));
    let scopes = resources.iter().flat_map(|resource| list(resource.get("scopeSpans")));
    let spans = scopes.flat_map(|scope| list(scope.get("spans")));
    spans.filter_map(Value::as_object).map(flat).collect()
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn flat(span: &Map<String, Value>) -> Map<String, Value> {
    let mut record = span.clone();
    record.shift_remove("attributes");
    for attribute in list(span.get("attributes")) {
        let key = attribute.get("key").and_then(Value::as_str);
        // A value is an object with one member, whose name is its type.
        let value = attribute.get("value").and_then(Value::as_object).and_then(|typed| typed.values().next());
        if let Some((key, value)) = key.zip(value) {
            record.insert(key.to_owned(), value.clone());
        }
    }
    record
}
