//! Objects cut out of JSON, one after the other: lines, arrays, and documents whose `data` or `daily` is an array.

use std::io::Read;

use super::object::JsonObject;
use super::otlp;
use super::records::LONGEST_RECORD;

/// Most objects and arrays within each other.
const DEEPEST: usize = 128;
/// Bytes that are read at a time.
const CHUNK: usize = 64 << 10;
/// Members of a document whose elements are the records.
const LISTS: [&str; 2] = ["data", "daily"];

/// Why objects cannot be read on.
#[derive(Debug)]
pub enum JsonFault {
    /// Longer than a record may be.
    TooLong,
    /// More fields than a record may have.
    TooWide,
    /// More levels than are read.
    TooDeep,
    /// Something other than an object.
    NoObject,
    /// Not JSON; what is wrong.
    Malformed(String),
    /// A NUL byte: no text, or one in UTF-16.
    NotText,
    /// The text ends within a record or an array.
    Cut,
    /// The system's refusal.
    System(std::io::Error),
}

/// JSON, read as a stream.
struct Scanner<R> {
    source: R,
    chunk: Box<[u8]>,
    unused: std::ops::Range<usize>,
}

/// Hands every object of the stream to `sink`, until that says so by an error.
///
/// # Errors
/// What is no sequence of objects, and what `sink` returns.
pub fn each<E: From<JsonFault>>(source: impl Read, sink: &mut dyn FnMut(JsonObject) -> Result<(), E>) -> Result<(), E> {
    let mut scanner = Scanner { source, chunk: vec![0; CHUNK].into(), unused: 0..0 };
    scanner.fill()?;
    if scanner.chunk[scanner.unused.clone()].starts_with(b"\xef\xbb\xbf") {
        scanner.unused.start += 3;
    }
    while let Some(byte) = scanner.next_sign()? {
        match byte {
            b'[' => {
                scanner.unused.start += 1;
                elements(&mut scanner, sink)?;
            }
            b'{' if !line(&mut scanner, sink)? => document(&mut scanner, sink)?,
            b'{' => {}
            _ => return Err(JsonFault::NoObject.into()),
        }
    }
    Ok(())
}

/// Hands on the object that stands on a line by itself, as most do; false, with nothing read, where none does.
fn line<R: Read, E: From<JsonFault>>(
    scanner: &mut Scanner<R>,
    sink: &mut dyn FnMut(JsonObject) -> Result<(), E>,
) -> Result<bool, E> {
    let unused = &scanner.chunk[scanner.unused.clone()];
    let Some(end) = unused.iter().position(|byte| *byte == b'\n') else { return Ok(false) };
    let Ok(object) = parse(&unused[..end]) else { return Ok(false) };
    if LISTS.iter().any(|list| object.get(list).is_some_and(|value| value.starts_with('['))) {
        return Ok(false);
    }
    scanner.unused.start += end;
    flatten(object, sink).map(|()| true)
}

/// The objects of an array whose bracket has been read.
fn elements<R: Read, E: From<JsonFault>>(
    scanner: &mut Scanner<R>,
    sink: &mut dyn FnMut(JsonObject) -> Result<(), E>,
) -> Result<(), E> {
    let mut text = Vec::new();
    loop {
        match scanner.next_sign()?.ok_or(JsonFault::Cut)? {
            b']' => {
                scanner.unused.start += 1;
                return Ok(());
            }
            b',' => scanner.unused.start += 1,
            b'{' => {
                text.clear();
                scanner.value(&mut text, 0)?;
                flatten(parse(&text)?, sink)?;
            }
            _ => return Err(JsonFault::NoObject.into()),
        }
    }
}

/// An object: a record, or what holds a list of them.
fn document<R: Read, E: From<JsonFault>>(
    scanner: &mut Scanner<R>,
    sink: &mut dyn FnMut(JsonObject) -> Result<(), E>,
) -> Result<(), E> {
    scanner.unused.start += 1;
    let (mut text, mut has_list) = (vec![b'{'], false);
    loop {
        match scanner.next_sign()?.ok_or(JsonFault::Cut)? {
            b'}' => {
                scanner.unused.start += 1;
                text.push(b'}');
                return if has_list { Ok(()) } else { flatten(parse(&text)?, sink) };
            }
            b'"' => {
                let key = text.len();
                scanner.value(&mut text, 0)?;
                let is_list = LISTS.iter().any(|list| text[key + 1..text.len() - 1] == *list.as_bytes());
                has_list |= member(scanner, &mut text, is_list, sink)?;
            }
            byte => {
                text.push(byte);
                scanner.unused.start += 1;
            }
        }
        if text.len() > LONGEST_RECORD {
            return Err(JsonFault::TooLong.into());
        }
    }
}

/// The value of a member; whether it was a list of records.
fn member<R: Read, E: From<JsonFault>>(
    scanner: &mut Scanner<R>,
    text: &mut Vec<u8>,
    is_list: bool,
    sink: &mut dyn FnMut(JsonObject) -> Result<(), E>,
) -> Result<bool, E> {
    if scanner.next_sign()?.ok_or(JsonFault::Cut)? != b':' {
        return Err(JsonFault::Malformed("a key has no value".to_owned()).into());
    }
    scanner.unused.start += 1;
    text.push(b':');
    let first = scanner.next_sign()?.ok_or(JsonFault::Cut)?;
    if !(is_list && first == b'[') {
        scanner.value(text, 0)?;
        return Ok(false);
    }
    scanner.unused.start += 1;
    if matches!(scanner.next_sign()?.ok_or(JsonFault::Cut)?, b'{' | b']') {
        elements(scanner, sink)?;
        text.extend_from_slice(b"null");
        return Ok(true);
    }
    text.push(b'[');
    scanner.value(text, 1)?;
    Ok(false)
}

/// A bucket with `results` is one record for each of them, with the bucket's own fields; a trace one for each span.
fn flatten<E>(bucket: JsonObject, sink: &mut dyn FnMut(JsonObject) -> Result<(), E>) -> Result<(), E> {
    if bucket.get("resourceSpans").is_some() {
        return otlp::spans(&bucket).try_for_each(sink);
    }
    if let Some(mut records) = bucket.spread("results") {
        return records.try_for_each(sink);
    }
    sink(bucket)
}

fn parse(text: &[u8]) -> Result<JsonObject, JsonFault> {
    let text = std::str::from_utf8(text).map_err(|_| JsonFault::Malformed("it is not in UTF-8".to_owned()))?;
    JsonObject::parse(text).map_err(|error| JsonFault::Malformed(error.to_string()))
}

impl<R: Read> Scanner<R> {
    /// The next byte that is no space; it stays unread. Nothing at the end.
    fn next_sign(&mut self) -> Result<Option<u8>, JsonFault> {
        loop {
            let unused = &self.chunk[self.unused.clone()];
            match unused.iter().position(|b| !b.is_ascii_whitespace()) {
                Some(at) => {
                    self.unused.start += at;
                    return Ok(Some(self.chunk[self.unused.start]));
                }
                None => {
                    self.fill()?;
                    if self.unused.is_empty() {
                        return Ok(None);
                    }
                }
            }
        }
    }

    /// Appends a value that begins here, or the rest of one that is `depth` levels deep.
    fn value(&mut self, text: &mut Vec<u8>, depth: usize) -> Result<(), JsonFault> {
        let begins = text.len();
        let mut state = Nesting { depth, is_string: false, is_escaped: false, is_scalar: false };
        loop {
            let unused = &self.chunk[self.unused.clone()];
            let (used, is_done) = state.until_end(unused)?;
            text.extend_from_slice(&unused[..used]);
            self.unused.start += used;
            if text.len() - begins > LONGEST_RECORD {
                return Err(JsonFault::TooLong);
            }
            if is_done {
                return Ok(());
            }
            self.fill()?;
            if self.unused.is_empty() {
                return if state.is_scalar && state.depth == 0 { Ok(()) } else { Err(JsonFault::Cut) };
            }
        }
    }

    /// Reads more once all is used; nothing at the end.
    fn fill(&mut self) -> Result<(), JsonFault> {
        let read = loop {
            match self.source.read(&mut self.chunk) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Err(JsonFault::Cut),
                read => break read.map_err(JsonFault::System)?,
            }
        };
        self.unused = 0..read;
        if self.chunk[..read].contains(&0) { Err(JsonFault::NotText) } else { Ok(()) }
    }
}

/// Where in a value the reading is.
struct Nesting {
    depth: usize,
    is_string: bool,
    is_escaped: bool,
    /// Whether it is a number or a word, which the next sign ends.
    is_scalar: bool,
}

impl Nesting {
    /// How many of these bytes belong to the value, and whether it ends with them.
    fn until_end(&mut self, bytes: &[u8]) -> Result<(usize, bool), JsonFault> {
        for (i, byte) in bytes.iter().enumerate() {
            if self.is_string {
                match byte {
                    _ if self.is_escaped => self.is_escaped = false,
                    b'\\' => self.is_escaped = true,
                    b'"' => {
                        self.is_string = false;
                        if self.depth == 0 {
                            return Ok((i + 1, true));
                        }
                    }
                    _ => {}
                }
                continue;
            }
            if self.is_scalar && self.depth == 0 && (matches!(byte, b',' | b'}' | b']') || byte.is_ascii_whitespace()) {
                return Ok((i, true));
            }
            match byte {
                b'"' => self.is_string = true,
                b'{' | b'[' if self.depth == DEEPEST => return Err(JsonFault::TooDeep),
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth == 1 => return Ok((i + 1, true)),
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => self.is_scalar = true,
            }
        }
        Ok((bytes.len(), false))
    }
}
