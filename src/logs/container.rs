//! What a log comes in: delimited text, JSON of several shapes, each perhaps compressed; recognised by the first bytes.

use std::io::{BufReader, Error, ErrorKind};

use flate2::bufread::MultiGzDecoder;

use super::ahead::{BATCH, ahead};
use super::hashed::Hashed;
use super::json;
use super::object::JsonObject;
use super::quoted;
use super::records::{LONGEST_RECORD, MOST_CELLS, Record, RecordBatch, RecordFault, Records};
use super::row::{Header, LogRow};
use crate::diagnostic::{Refusal, refuse, system_words};

/// Bytes that a container is recognised by; a header of columns should lie within them.
const HEAD: usize = 64 << 10;

/// What has been read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Records, whatever became of them.
    pub records: u64,
    /// SHA-256 of the bytes as they came, compressed or not.
    pub digest: [u8; 32],
}

/// Where a log comes from.
pub type Source<'a> = &'a mut (dyn std::io::Read + Send);

/// What is done with a record.
type Sink<'a> = &'a mut dyn FnMut(&LogRow<'_>) -> Result<(), Refusal>;

/// Hands every record of what is called `name` to `sink`, until that says so by an error.
///
/// # Errors
/// What is no log, or one beyond the bounds, and what `sink` returns.
pub fn each(source: Source<'_>, name: &str, sink: Sink<'_>) -> Result<Read, Refusal> {
    let mut source = Hashed::new(source);
    let records = unpacked(&mut source, name, sink)?;
    Ok(Read { records, digest: source.digest() })
}

fn unpacked(source: Source<'_>, name: &str, sink: Sink<'_>) -> Result<u64, Refusal> {
    let mut source = Peeked::new(source);
    if source.head.starts_with(&[0x1f, 0x8b]) {
        let mut inner = MultiGzDecoder::new(BufReader::with_capacity(HEAD, source));
        return plain(Peeked::new(&mut inner), name, sink);
    }
    recognised(&mut source, name).and_then(|()| plain(source, name, sink))
}

/// # Errors
/// Containers that other programs read, with the line that converts them.
fn recognised(source: &mut Peeked<'_>, name: &str) -> Result<(), Refusal> {
    let head = source.head.as_slice();
    let (kind, from) = if head.starts_with(b"PAR1") {
        ("a Parquet file", format!("read_parquet('{name}')"))
    } else if head.starts_with(b"SQLite format 3\0") {
        ("an SQLite database", format!("sqlite_scan('{name}', 'TABLE')"))
    } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        // The ending says what is inside, as far as anything does.
        let reader = if name.contains(".csv") { "read_csv" } else { "read_json" };
        ("compressed with zstd", format!("{reader}('{name}', compression='zstd')"))
    } else {
        return Ok(());
    };
    let help = format!("convert it: duckdb -csv -c \"select * from {from}\" | breakeven workload -");
    refuse(format!("`{name}` is {kind}, which is not read"), help)
}

fn plain(mut source: Peeked<'_>, name: &str, sink: Sink<'_>) -> Result<u64, Refusal> {
    let head = source.head.as_slice();
    if head.is_empty() {
        return match source.fault.take() {
            Some(error) => Err(unreadable(name, &error, 0)),
            None => refuse(format!("`{name}` is empty"), "name a file that has records"),
        };
    }
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return refuse(format!("`{name}` is in UTF-16"), "save it as UTF-8");
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    match text.iter().find(|b| !b.is_ascii_whitespace()) {
        Some(b'{' | b'[') => objects(source, name, sink),
        _ => lines(source, name, sink),
    }
}

/// A source whose beginning has been looked at.
struct Peeked<'a> {
    head: Vec<u8>,
    used: usize,
    /// What ended the look.
    fault: Option<Error>,
    rest: Source<'a>,
}

impl<'a> Peeked<'a> {
    fn new(source: Source<'a>) -> Peeked<'a> {
        let (mut head, mut used, mut fault) = (vec![0; HEAD], 0, None);
        while used < HEAD {
            match source.read(&mut head[used..]) {
                Ok(0) => break,
                Ok(read) => used += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    fault = Some(error);
                    break;
                }
            }
        }
        head.truncate(used);
        Peeked { head, used: 0, fault, rest: source }
    }
}

impl std::io::Read for Peeked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let left = &self.head[self.used..];
        if left.is_empty() {
            return self.fault.take().map_or_else(|| self.rest.read(buffer), Err);
        }
        let read = left.len().min(buffer.len());
        buffer[..read].copy_from_slice(&left[..read]);
        self.used += read;
        Ok(read)
    }
}

/// Why a stop in the middle of JSON: by the text or by who reads it.
enum Stop {
    Fault(json::JsonFault),
    Log(Refusal),
    /// Nobody reads on.
    Unwanted,
}

impl From<json::JsonFault> for Stop {
    fn from(fault: json::JsonFault) -> Stop {
        Stop::Fault(fault)
    }
}

fn objects(source: Peeked<'_>, name: &str, sink: Sink<'_>) -> Result<u64, Refusal> {
    let mut records = 0;
    let read = ahead(
        |send| batches_of_objects(source, send),
        |batch: Vec<JsonObject>| {
            batch.iter().try_for_each(|object| {
                records += 1;
                sink(&LogRow::of_object(records, object)).map_err(Stop::Log)
            })
        },
    );
    match read {
        Ok(()) | Err(Stop::Unwanted) => Ok(records),
        Err(Stop::Log(error)) => Err(error),
        Err(Stop::Fault(fault)) => Err(broken(name, fault, records)),
    }
}

fn batches_of_objects(source: Peeked<'_>, send: &mut dyn FnMut(Vec<JsonObject>) -> bool) -> Result<(), Stop> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    let read = json::each(source, &mut |object| {
        if object.len() > MOST_CELLS {
            return Err(json::JsonFault::TooWide.into());
        }
        bytes += object.bytes();
        batch.push(object);
        if bytes < BATCH {
            return Ok(());
        }
        bytes = 0;
        if send(std::mem::take(&mut batch)) { Ok(()) } else { Err(Stop::Unwanted) }
    });
    send(batch);
    read
}

/// What is said of JSON that cannot be read on after so many records.
fn broken(name: &str, fault: json::JsonFault, records: u64) -> Refusal {
    let place = format!("record {} of `{name}`", records + 1);
    let (message, help) = match fault {
        json::JsonFault::TooLong => (format!("{place} has more than {LONGEST_RECORD} bytes (16 MiB)"), BRACKET),
        json::JsonFault::TooWide => {
            (format!("{place} has more than {MOST_CELLS} fields"), "keep the fields that are needed")
        }
        json::JsonFault::TooDeep => (format!("{place} has more than 128 objects or lists within each other"), BRACKET),
        json::JsonFault::NoObject => {
            (format!("{place} is no object"), "a log is made of objects: one a line, or in a list")
        }
        json::JsonFault::Malformed(why) => (format!("{place} is no JSON: {why}"), "export it again"),
        json::JsonFault::NotText => (format!("{place} holds a NUL byte: it is no text in UTF-8"), "save it as UTF-8"),
        json::JsonFault::Cut => return cut(name, records),
        json::JsonFault::System(error) => return unreadable(name, &error, records),
    };
    Refusal { message, help: help.to_owned() }
}

const BRACKET: &str = "look for a bracket or a quotation mark that is not closed";

fn cut(name: &str, records: u64) -> Refusal {
    let message = format!("`{name}` is cut off: it ends within a record, after {records} whole ones");
    Refusal { message, help: "copy or export it again, to its end".to_owned() }
}

fn unreadable(name: &str, error: &Error, records: u64) -> Refusal {
    match error.kind() {
        ErrorKind::UnexpectedEof => cut(name, records),
        ErrorKind::InvalidInput | ErrorKind::InvalidData => Refusal {
            message: format!("`{name}` is damaged: its compressed bytes make no sense after {records} records"),
            help: "copy or export it again".to_owned(),
        },
        _ => Refusal {
            message: format!("cannot read `{name}` after {records} records: {}", system_words(error)),
            help: "try again".to_owned(),
        },
    }
}

fn lines(source: Peeked<'_>, name: &str, sink: Sink<'_>) -> Result<u64, Refusal> {
    let mut number = 0;
    let mut records = Records::new(source).map_err(|fault| of_fault(name, fault, 0))?;
    let names = match records.read().map_err(|fault| of_fault(name, fault, 0))? {
        Some(header) => names(&header, name)?,
        None => return refuse(format!("`{name}` is empty"), "name a file that has records"),
    };
    let header = Header::new(names, records.separator());
    let width = header.names().len();
    ahead(
        |send| batches_of_records(&mut records, (name, width), send),
        |batch: RecordBatch| {
            batch.records().try_for_each(|record| {
                number += 1;
                sink(&LogRow::of_cells(number, &header, &record))?;
                single(&header, name)
            })
        },
    )?;
    unambiguous(&header, name).map(|()| number)
}

fn batches_of_records(
    records: &mut Records<Peeked<'_>>,
    (name, width): (&str, usize),
    send: &mut dyn FnMut(RecordBatch) -> bool,
) -> Result<(), Refusal> {
    let mut number = 0;
    let mut batch = RecordBatch::default();
    loop {
        let read = whole(records, (name, width), number, &mut batch);
        if !matches!(read, Ok(true)) {
            send(batch);
            return read.map(|_| ());
        }
        number += 1;
        if batch.bytes() >= BATCH && !send(std::mem::take(&mut batch)) {
            return Ok(());
        }
    }
}

/// Adds the next record to a batch; false at the end.
///
/// # Errors
/// One that is not as wide as the header, is no text or is cut off.
fn whole(
    records: &mut Records<Peeked<'_>>,
    (name, width): (&str, usize),
    number: u64,
    batch: &mut RecordBatch,
) -> Result<bool, Refusal> {
    let Some(record) = records.read().map_err(|fault| of_fault(name, fault, number))? else {
        return if records.is_cut() { Err(cut(name, number.saturating_sub(1))) } else { Ok(false) };
    };
    let (line, cells) = (record.line, record.len());
    if cells == width {
        valid(&record, name)?;
        batch.push(&record);
        return Ok(true);
    }
    if records.is_last().map_err(|fault| of_fault(name, fault, number))? {
        return Err(cut(name, number));
    }
    let message = format!("line {line} of `{name}` has {cells} cells where the header has {width}");
    refuse(message, "mend the line; cells that hold the separator are put in quotation marks")
}

/// # Errors
/// A column that was asked for and stands twice.
fn single(header: &Header, name: &str) -> Result<(), Refusal> {
    let Some(twice) = header.doubled() else { return Ok(()) };
    refuse(format!("`{name}` has two columns '{}'", quoted(&twice)), "give each a name of its own")
}

fn names(header: &Record<'_>, name: &str) -> Result<Vec<String>, Refusal> {
    valid(header, name)?;
    Ok((0..header.len()).map(|i| String::from_utf8_lossy(header.cell(i)).into_owned()).collect())
}

/// # Errors
/// A record that is not in UTF-8.
fn valid(record: &Record<'_>, name: &str) -> Result<(), Refusal> {
    match std::str::from_utf8(record.bytes()) {
        Ok(_) => Ok(()),
        Err(_) => refuse(format!("line {} of `{name}` is not in UTF-8", record.line), "save it as UTF-8"),
    }
}

/// # Errors
/// A column of which every number can be thousands or decimals.
fn unambiguous(header: &Header, name: &str) -> Result<(), Refusal> {
    let Some((column, doubt)) = header.marks().into_iter().find_map(|(name, marks)| Some((name, marks.doubt()?)))
    else {
        return Ok(());
    };
    let (line, thousands, decimal) = (doubt.line, doubt.thousands, doubt.decimal);
    let shown = format!("'{}' in column '{}'", quoted(&doubt.cell), quoted(&column));
    let message = format!("line {line} of `{name}`: {shown} can be {thousands} or {decimal}");
    refuse(message, format!("write {thousands}, or {decimal}0 where it is the smaller, in that line at least"))
}

fn of_fault(name: &str, fault: RecordFault, records: u64) -> Refusal {
    let record = records + 1;
    let (message, help) = match fault {
        RecordFault::TooLong(line) => (
            format!("record {record} of `{name}`, at line {line}, has more than {LONGEST_RECORD} bytes (16 MiB)"),
            "look for a quotation mark that is not closed",
        ),
        RecordFault::TooManyCells(line) => (
            format!("record {record} of `{name}`, at line {line}, has more than {MOST_CELLS} fields"),
            "keep the columns that are needed",
        ),
        RecordFault::NotText(line) => (
            format!("line {line} of `{name}` holds a NUL byte: it is no text in UTF-8"),
            "save it as UTF-8; spreadsheets may have written UTF-16",
        ),
        RecordFault::System(error) => return unreadable(name, &error, records),
    };
    Refusal { message, help: help.to_owned() }
}
