//! An object of JSON whose values stay text until they are asked for: of a record with thirty fields five are read.

use std::borrow::Cow;
use std::fmt::{Formatter, Result as FormatResult};
use std::ops::Range;
use std::sync::Arc;

use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use serde_json::Deserializer;
use serde_json::value::RawValue;

/// An object: a text, which others may share, with the places of its members in it.
#[derive(Clone, Debug)]
pub struct JsonObject {
    text: Arc<str>,
    members: Vec<Member>,
}

#[derive(Clone, Debug)]
struct Member {
    key: Key,
    value: Range<usize>,
}

#[derive(Clone, Debug)]
enum Key {
    AsWritten(Range<usize>),
    /// One with escapes.
    Plain(String),
}

impl Member {
    /// Whether it has a name; most are told apart by their lengths.
    fn is(&self, name: &str, of: &str) -> bool {
        match &self.key {
            Key::AsWritten(place) => place.len() == name.len() && of.as_bytes()[place.clone()] == *name.as_bytes(),
            Key::Plain(key) => key == name,
        }
    }
}

impl JsonObject {
    /// The object that a text is.
    ///
    /// # Errors
    /// What is no object.
    pub fn parse(text: &str) -> serde_json::Result<JsonObject> {
        let text = Arc::from(text);
        let members = members(&text, 0..text.len())?;
        Ok(JsonObject { text, members })
    }

    /// How many members it has.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// The names of its members.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|member| self.key(member))
    }

    fn key<'s>(&'s self, member: &'s Member) -> &'s str {
        match &member.key {
            Key::AsWritten(place) => &self.text[place.clone()],
            Key::Plain(key) => key,
        }
    }

    fn place(&self, name: &str) -> Option<Range<usize>> {
        // Of members with one name the last counts, as in every reader of JSON.
        Some(self.members.iter().rev().find(|member| member.is(name, &self.text))?.value.clone())
    }

    /// The text of a member's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.place(name).map(|place| &self.text[place])
    }

    /// Without a member, and with those of an object that stands in the text at `inner`; nothing if that is none.
    fn with(&self, left_out: &str, inner: Range<usize>) -> JsonObject {
        let own = self.members.iter().filter(|member| self.key(member) != left_out).cloned();
        let members = own.chain(members(&self.text, inner).unwrap_or_default()).collect();
        JsonObject { text: Arc::clone(&self.text), members }
    }

    /// A record for each element of a member that is an array: with its fields beside those of the object itself.
    /// Nothing where the member is no array.
    pub fn spread(&self, name: &str) -> Option<impl Iterator<Item = JsonObject>> {
        let place = self.place(name).filter(|place| self.text[place.clone()].starts_with('['))?;
        let within = elements(&self.text[place]);
        Some(within.into_iter().map(move |element| self.with(name, range_in(&self.text, element))))
    }

    /// The memory it takes, the text in full.
    pub fn bytes(&self) -> usize {
        self.text.len() + self.members.capacity() * size_of::<Member>()
    }
}

/// The value of a member of the object that a text is; nothing if that is none.
pub fn member<'t>(object: &'t str, name: &str) -> Option<&'t str> {
    let members = members(object, 0..object.len()).ok()?;
    members.iter().rev().find(|member| member.is(name, object)).map(|member| &object[member.value.clone()])
}

/// The elements of an array; none where a text is something else.
pub fn elements(array: &str) -> Vec<&str> {
    let elements: Vec<&RawValue> = serde_json::from_str(array).unwrap_or_default();
    elements.into_iter().map(RawValue::get).collect()
}

/// The string that a value of JSON is; `None` if it is something else.
pub fn string(value: &str) -> Option<Cow<'_, str>> {
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    Some(match inner.contains('\\') {
        false => Cow::Borrowed(inner),
        // Half of a pair of surrogates is no character: then it is shown as it stands.
        true => serde_json::from_str(value).map_or(Cow::Borrowed(inner), Cow::Owned),
    })
}

/// Where a part of a text lies in it.
fn range_in(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr() - text.as_ptr().addr();
    start..start + part.len()
}

fn members(text: &str, at: Range<usize>) -> serde_json::Result<Vec<Member>> {
    let mut deserializer = Deserializer::from_str(&text[at]);
    let members = deserializer.deserialize_map(Members(text))?;
    deserializer.end().map(|()| members)
}

/// Collects the places of members in a text.
struct Members<'t>(&'t str);

impl<'de> Visitor<'de> for Members<'de> {
    type Value = Vec<Member>;

    fn expecting(&self, f: &mut Formatter<'_>) -> FormatResult {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<Member>, A::Error> {
        let mut members = Vec::with_capacity(32);
        while let Some((key, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            let place = range_in(self.0, key.get());
            let key = match string(key.get()) {
                Some(Cow::Owned(key)) => Key::Plain(key),
                _ => Key::AsWritten(place.start + 1..place.end - 1),
            };
            members.push(Member { key, value: range_in(self.0, value.get()) });
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(object: &JsonObject) -> Vec<(&str, Option<&str>)> {
        object.names().map(|name| (name, object.get(name))).collect()
    }

    #[test]
    fn members_are_found_by_their_plain_names() {
        let object = JsonObject::parse(r#" {"a":1 , "b\u0063":"x\"y","n":{"a":[2]}, "a": 3} "#).unwrap();
        assert_eq!(object.len(), 4);
        assert_eq!(object.get("a"), Some("3"));
        assert_eq!(object.get("bc").and_then(string).as_deref(), Some("x\"y"));
        assert_eq!(object.get("n"), Some(r#"{"a":[2]}"#));
        assert_eq!(object.get("c"), None);
        for broken in ["", "[]", "{", r#"{"a"}"#, r#"{"a":1}x"#, r#"{a:1}"#, r#"{"a":01}"#, "{\"a\":\"\n\"}"] {
            assert!(JsonObject::parse(broken).is_err(), "{broken}");
        }
        assert_eq!(string(r#""\ud800""#).as_deref(), Some(r"\ud800"));
        assert_eq!(string("12"), None);
    }

    #[test]
    fn elements_of_a_list_take_on_the_fields_around_them() {
        let object = JsonObject::parse(r#"{"t":1,"results":[{"x":2},{"t":4},5]}"#).unwrap();
        let records: Vec<_> = object.spread("results").unwrap().collect();
        let written: Vec<_> = records.iter().map(written).collect();
        assert_eq!(written[0], [("t", Some("1")), ("x", Some("2"))]);
        assert_eq!(records[1].get("t"), Some("4"));
        assert_eq!(written[2], [("t", Some("1"))]);
        assert!(object.spread("t").is_none());
    }
}
