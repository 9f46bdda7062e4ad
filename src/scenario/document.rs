//! A scenario file as a tree of values with places, whatever they mean.

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use super::syntax::Remedies;
use crate::diagnostic::{Diagnostic, Span};

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: TomlValue,
}

/// A TOML value, or the text of an override.
#[derive(Clone, Debug)]
pub enum TomlValue {
    /// A table, in the order of the file.
    Table(TomlTable),
    /// An array.
    Array(Vec<Node>),
    /// A string. The second field is where its text begins in the source, when it stands there unchanged.
    Text(String, Option<usize>),
    /// An integer or a float, without underscores.
    Number(String),
    /// true or false
    Bool(bool),
    /// A day, or another moment, which nothing takes.
    Date(Option<Date>),
    /// The right-hand side of a `--set`, to be read as whatever the field is.
    Free(String, usize),
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct TomlTable {
    /// Its entries.
    pub entries: Vec<KeyValue>,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct KeyValue {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

impl TomlTable {
    /// The entry of a key.
    pub fn get(&self, key: &str) -> Option<&KeyValue> {
        self.entries.iter().find(|e| e.key == key)
    }

    /// The entry of a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut KeyValue> {
        self.entries.iter_mut().find(|e| e.key == key)
    }
}

impl TomlValue {
    /// What it is, for messages.
    pub fn describe(&self) -> &'static str {
        match self {
            TomlValue::Table(_) => "a table",
            TomlValue::Array(_) => "an array",
            TomlValue::Text(..) | TomlValue::Free(..) => "a text",
            TomlValue::Number(_) => "a number",
            TomlValue::Bool(_) => "true or false",
            TomlValue::Date(_) => "a date",
        }
    }
}

/// Parses TOML; mistakes of syntax are added to `problems` and the rest is still read.
pub fn parse(text: &str, source: u32, problems: &mut Vec<Diagnostic>) -> TomlTable {
    let (root, errors) = DeTable::parse_recoverable(text);
    let remedies = if errors.is_empty() { Remedies::of("") } else { Remedies::of(text) };
    for error in errors {
        let at = error.span().unwrap_or(0..0);
        let diagnostic = Diagnostic::error(Span::new(source, at.start, at.end), error.message().to_owned());
        problems.push(diagnostic.help(remedies.at(at.start)));
    }
    Reader { text, source }.table(root.get_ref())
}

struct Reader<'a> {
    text: &'a str,
    source: u32,
}

impl Reader<'_> {
    fn span(&self, at: std::ops::Range<usize>) -> Span {
        Span::new(self.source, at.start, at.end)
    }

    fn table(&self, table: &DeTable<'_>) -> TomlTable {
        let mut entries: Vec<KeyValue> = table
            .iter()
            .map(|(key, value)| KeyValue {
                key: key.get_ref().to_string(),
                key_span: self.span(key.span()),
                node: self.node(value.get_ref(), value.span()),
            })
            .collect();
        // The parser's own table is sorted by key; the file's order is what a person sees.
        entries.sort_by_key(|e| e.key_span);
        TomlTable { entries }
    }

    fn node(&self, value: &DeValue<'_>, at: std::ops::Range<usize>) -> Node {
        let value = match value {
            DeValue::String(s) => TomlValue::Text(s.to_string(), self.verbatim(s, at.clone())),
            DeValue::Integer(i) if i.radix() == 10 => TomlValue::Number(i.as_str().to_owned()),
            DeValue::Integer(i) => {
                let parsed = i128::from_str_radix(i.as_str(), i.radix());
                TomlValue::Number(parsed.map_or_else(|_| "inf".to_owned(), |x| x.to_string()))
            }
            DeValue::Float(f) => TomlValue::Number(f.as_str().to_owned()),
            DeValue::Boolean(b) => TomlValue::Bool(*b),
            DeValue::Datetime(moment) => TomlValue::Date(day(moment)),
            DeValue::Array(items) => TomlValue::Array(items.iter().map(|i| self.node(i.get_ref(), i.span())).collect()),
            DeValue::Table(table) => TomlValue::Table(self.table(table)),
        };
        Node { span: self.span(at), value }
    }

    /// Where a string's text begins in the file, if the file holds it unchanged: no escapes, no trimmed newline.
    fn verbatim(&self, text: &str, at: std::ops::Range<usize>) -> Option<usize> {
        let raw = self.text.get(at.clone())?;
        let quote = raw.chars().next()?;
        let inner = raw.trim_matches(quote);
        (inner == text).then(|| at.start + raw.len() - raw.trim_start_matches(quote).len())
    }
}

/// The day that is written, where that is all.
fn day(moment: &toml::value::Datetime) -> Option<Date> {
    let day = moment.date.filter(|_| moment.time.is_none() && moment.offset.is_none())?;
    Date::new(i16::try_from(day.year).ok()?, i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order_and_places() {
        let text = "b = \"1 to 2\"\n[a]\nz.y = 3\nz.x = 0x10\n";
        let mut problems = Vec::new();
        let table = parse(text, 0, &mut problems);
        assert!(problems.is_empty());
        let keys: Vec<_> = table.entries.iter().map(|e| e.key.as_str()).collect();
        assert_eq!(keys, ["b", "a"]);
        let TomlValue::Text(s, Some(at)) = &table.entries[0].node.value else { panic!() };
        assert_eq!(&text[*at..*at + s.len()], "1 to 2");
        let TomlValue::Table(a) = &table.entries[1].node.value else { panic!() };
        let TomlValue::Table(z) = &a.entries[0].node.value else { panic!() };
        assert!(matches!(&z.entries[1].node.value, TomlValue::Number(n) if n == "16"));
    }

    #[test]
    fn deep_and_broken_files_are_errors() {
        for text in
            ["[".repeat(200_000), format!("a = {}", "[".repeat(200_000)), "a.".repeat(100_000), "x = = 1".into()]
        {
            let mut problems = Vec::new();
            parse(&text, 0, &mut problems);
            assert!(!problems.is_empty());
        }
    }
}
