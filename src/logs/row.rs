//! A record as it is written, and its fields by their names or paths.

use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;

use super::marks::Marks;
use super::number;
use super::object::{JsonObject, string};
use super::records::Record;

/// The names of a delimited text's columns, and what its numbers look like.
pub struct Header {
    names: Vec<String>,
    /// Each name once, with the first column of it, by length and letters.
    places: Vec<(String, usize)>,
    has_decimal_comma: bool,
    /// Of the columns that numbers were read from.
    marks: RefCell<Vec<Marks>>,
    /// A name that was asked for and stands twice.
    doubled: RefCell<Option<String>>,
}

impl Header {
    /// The names of columns, which `separator` separates.
    pub fn new(names: Vec<String>, separator: u8) -> Header {
        let names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
        let mut places: Vec<(String, usize)> = names.iter().cloned().zip(0..).collect();
        places.sort_by(|(a, i), (b, k)| by_length(a, b).then(i.cmp(k)));
        places.dedup_by(|(a, _), (b, _)| a == b);
        let marks = RefCell::new(vec![Marks::default(); names.len()]);
        Header { names, places, has_decimal_comma: separator != b',', marks, doubled: RefCell::new(None) }
    }

    /// The names as they stand.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// A name that was asked for and stands over two columns.
    pub fn doubled(&self) -> Option<String> {
        self.doubled.borrow().clone()
    }

    /// Columns whose numbers can be read in two ways, with the marks of their cells.
    pub fn marks(&self) -> Vec<(String, Marks)> {
        self.names.iter().cloned().zip(self.marks.borrow().iter().cloned()).collect()
    }

    fn place(&self, name: &str) -> Option<usize> {
        let found = self.places.binary_search_by(|(known, _)| by_length(known, name)).ok()?;
        let place = self.places[found].1;
        if self.places.len() < self.names.len() && self.names[place + 1..].iter().any(|n| n == name) {
            *self.doubled.borrow_mut() = Some(name.to_owned());
        }
        Some(place)
    }
}

/// An order of names that mostly needs no look at their letters.
fn by_length(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// A record, wherever it comes from.
pub struct LogRow<'a> {
    /// Its number, from 1.
    pub number: u64,
    body: Body<'a>,
    /// Objects within it, by where their text lies: several fields are mostly asked of one.
    parsed: RefCell<Vec<(usize, Option<Rc<JsonObject>>)>>,
}

enum Body<'a> {
    Cells { header: &'a Header, record: &'a Record<'a> },
    Object(&'a JsonObject),
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum LogCell<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// A number of JSON.
    Number(f64),
    /// true or false.
    Flag(bool),
    /// Nothing: null.
    Null,
    /// An object or an array.
    Structure,
}

impl<'a> LogRow<'a> {
    /// A line of a delimited text.
    pub fn of_cells(number: u64, header: &'a Header, record: &'a Record<'a>) -> LogRow<'a> {
        LogRow { number, body: Body::Cells { header, record }, parsed: RefCell::default() }
    }

    /// An object.
    pub fn of_object(number: u64, object: &'a JsonObject) -> LogRow<'a> {
        LogRow { number, body: Body::Object(object), parsed: RefCell::default() }
    }

    /// The line at which it begins, where lines are known.
    pub fn line(&self) -> Option<u64> {
        match &self.body {
            Body::Cells { record, .. } => Some(record.line),
            Body::Object(_) => None,
        }
    }

    /// Its fields' names, of the outermost level.
    pub fn names(&self) -> Vec<String> {
        match &self.body {
            Body::Cells { header, .. } => header.names.clone(),
            Body::Object(object) => object.names().map(str::to_owned).collect(),
        }
    }

    /// What a field holds; nothing where there is none of that name.
    pub fn get(&self, field: &str) -> Option<LogCell<'_>> {
        match &self.body {
            Body::Object(object) => self.within(object, field),
            Body::Cells { header, record, .. } => {
                if let Some(place) = header.place(field) {
                    return Some(LogCell::Text(text(record, place)));
                }
                let (place, rest) = prefixes(field).find_map(|(head, rest)| Some((header.place(head)?, rest)))?;
                std::str::from_utf8(record.cell(place)).ok().and_then(|text| self.within_text(text, rest))
            }
        }
    }

    /// The text of a field as a filter compares it; nothing where it is missing or null.
    pub fn text(&self, field: &str) -> Option<Cow<'_, str>> {
        match self.get(field)? {
            LogCell::Text(text) => Some(text),
            LogCell::Number(x) => Some(x.to_string().into()),
            LogCell::Flag(flag) => Some(flag.to_string().into()),
            LogCell::Null | LogCell::Structure => None,
        }
    }

    /// Whether a field holds something: neither null nor an empty text.
    pub fn holds(&self, field: &str) -> bool {
        self.get(field).is_some_and(|cell| match cell {
            LogCell::Null => false,
            LogCell::Text(text) => !text.is_empty() && text != "null",
            _ => true,
        })
    }

    /// The number in a field, nothing where there is none of that name or it holds nothing.
    ///
    /// # Errors
    /// The text that is no finite number.
    pub fn number(&self, field: &str) -> Result<Option<f64>, String> {
        match self.get(field) {
            None | Some(LogCell::Null) => Ok(None),
            Some(LogCell::Number(x)) => Ok(Some(x)),
            Some(LogCell::Text(text)) if text.is_empty() || text == "null" => Ok(None),
            Some(LogCell::Text(text)) => self.parse(field, &text).map(Some).ok_or_else(|| text.into_owned()),
            Some(LogCell::Flag(flag)) => Err(flag.to_string()),
            Some(LogCell::Structure) => Err("an object".to_owned()),
        }
    }

    fn parse(&self, field: &str, text: &str) -> Option<f64> {
        let Body::Cells { header, record, .. } = &self.body else { return number::parse(text) };
        let Some(place) = header.place(field).filter(|_| header.has_decimal_comma) else {
            return number::parse(text);
        };
        header.marks.borrow_mut()[place].see(record.line, text);
        number::parse(&text.replace(',', "."))
    }

    /// The value at a path below an object; a key of that very name wins.
    fn within<'o>(&self, object: &'o JsonObject, path: &str) -> Option<LogCell<'o>> {
        if let Some(value) = object.get(path) {
            return Some(cell(value));
        }
        prefixes(path).find_map(|(head, rest)| self.within_text(object.get(head)?, rest))
    }

    /// The value at a path below the object that a text is, or that is written in the string which it is.
    fn within_text(&self, text: &str, path: &str) -> Option<LogCell<'static>> {
        if !text.starts_with(['{', '"']) {
            return None;
        }
        self.within(&*self.parsed(text)?, path).map(owned)
    }

    fn parsed(&self, text: &str) -> Option<Rc<JsonObject>> {
        let place = text.as_ptr().addr();
        if let Some((_, object)) = self.parsed.borrow().iter().find(|(p, _)| *p == place) {
            return object.clone();
        }
        let inner = string(text).unwrap_or(Cow::Borrowed(text));
        let object = inner.starts_with('{').then(|| JsonObject::parse(&inner).ok()).flatten().map(Rc::new);
        self.parsed.borrow_mut().push((place, object.clone()));
        object
    }
}

fn text<'a>(record: &'a Record<'_>, place: usize) -> Cow<'a, str> {
    let cell = record.cell(place);
    std::str::from_utf8(cell).map_or_else(|_| String::from_utf8_lossy(cell), Cow::Borrowed)
}

/// A path cut in two at each of its dots, the longest head first.
fn prefixes(path: &str) -> impl Iterator<Item = (&str, &str)> {
    let dots = path.bytes().enumerate().rev().filter(|(_, byte)| *byte == b'.');
    dots.map(|(at, _)| (&path[..at], &path[at + 1..]))
}

fn cell(value: &str) -> LogCell<'_> {
    match value.as_bytes().first() {
        Some(b'"') => LogCell::Text(string(value).unwrap_or_default()),
        Some(b'{' | b'[') => LogCell::Structure,
        Some(b'n') | None => LogCell::Null,
        Some(b't') => LogCell::Flag(true),
        Some(b'f') => LogCell::Flag(false),
        Some(_) => LogCell::Number(value.parse().unwrap_or(f64::NAN)),
    }
}

fn owned(cell: LogCell<'_>) -> LogCell<'static> {
    match cell {
        LogCell::Text(text) => LogCell::Text(Cow::Owned(text.into_owned())),
        LogCell::Number(x) => LogCell::Number(x),
        LogCell::Flag(flag) => LogCell::Flag(flag),
        LogCell::Null => LogCell::Null,
        LogCell::Structure => LogCell::Structure,
    }
}
