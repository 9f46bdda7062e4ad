//! The part of JSON Schema that is used: types, properties, items, words, choices, references.

use serde_json::Value;

/// Says where a value is not what a schema asks for.
pub fn conforms(schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    Schema { root: schema }.check(schema, value, at)
}

struct Schema<'a> {
    root: &'a Value,
}

impl Schema<'_> {
    fn check(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        if let Some(name) = schema["$ref"].as_str() {
            let place = name.strip_prefix('#').expect("a reference within the schema");
            return self.check(self.root.pointer(place).expect("what it refers to"), value, at);
        }
        if let Some(choices) = schema["anyOf"].as_array() {
            let wrong: Vec<String> = choices.iter().filter_map(|one| self.check(one, value, at).err()).collect();
            return if wrong.len() < choices.len() { Ok(()) } else { Err(wrong.join("; ")) };
        }
        let words = schema["enum"].as_array().cloned().or_else(|| schema.get("const").map(|word| vec![word.clone()]));
        match words {
            Some(words) if words.contains(value) => Ok(()),
            Some(words) => Err(format!("{at}: {value} is none of {words:?}")),
            None => is_of(&schema["type"], value, at).and_then(|()| self.within(schema, value, at)),
        }
    }

    /// What an object or an array holds.
    fn within(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        match value {
            Value::Object(object) => {
                for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                    object.get(key).ok_or_else(|| format!("{at}: `{key}` is missing"))?;
                }
                let known = |key: &str| schema["properties"].get(key).unwrap_or(&schema["additionalProperties"]);
                object.iter().try_for_each(|(key, value)| match known(key) {
                    known @ Value::Object(_) => self.check(known, value, &format!("{at}.{key}")),
                    Value::Null if schema.get("properties").is_none() => Ok(()),
                    _ => Err(format!("{at}: `{key}` is not in the schema")),
                })
            }
            Value::Array(items) => items.iter().try_for_each(|item| self.check(&schema["items"], item, at)),
            _ => Ok(()),
        }
    }
}

fn is_of(types: &Value, value: &Value, at: &str) -> Result<(), String> {
    let kind = match value {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        Value::Null => "null",
        Value::Number(n) if n.is_f64() => "number",
        Value::Number(_) => "integer",
    };
    let takes = |t: &Value| t == kind || t == "number" && kind == "integer";
    let is_one = takes(types) || types.as_array().is_some_and(|all| all.iter().any(takes));
    if is_one { Ok(()) } else { Err(format!("{at}: {value} is no {types}")) }
}
