//! The records of a delimited text, in one pass and in bounded memory, whatever a stranger's file holds.

use std::io::Read;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Most bytes of a record.
pub const LONGEST_RECORD: usize = 16 << 20;
/// Most cells of a record.
pub const MOST_CELLS: usize = 4096;
/// Bytes that are read at a time.
const CHUNK: usize = 64 << 10;

/// Why records cannot be read on.
#[derive(Debug)]
pub enum RecordFault {
    /// A record, which begins at this line, has more than [`LONGEST_RECORD`] bytes.
    TooLong(u64),
    /// A record, which begins at this line, has more than [`MOST_CELLS`] cells.
    TooManyCells(u64),
    /// A NUL byte, at this line: no text, or one in UTF-16.
    NotText(u64),
    /// The system's refusal.
    System(std::io::Error),
}

/// Records, read one after the other from the bytes of a file.
pub struct Records<R> {
    source: R,
    core: Reader,
    separator: u8,
    chunk: Box<[u8]>,
    /// The part of the chunk that has not been used.
    unused: std::ops::Range<usize>,
    /// Lines that ended before the part that has not been used.
    lines: u64,
    cells: Vec<u8>,
    ends: Vec<usize>,
    /// Whether the quotation marks of the record so far are odd in number.
    is_quoted: bool,
}

/// One record.
pub struct Record<'a> {
    /// The line at which it begins, from 1.
    pub line: u64,
    cells: &'a [u8],
    ends: &'a [usize],
}

impl Record<'_> {
    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no cells at all.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All its cells, one behind the other.
    pub fn bytes(&self) -> &[u8] {
        self.cells
    }

    /// The bytes of a cell, without spaces around them; empty where there is none.
    pub fn cell(&self, i: usize) -> &[u8] {
        let start = if i == 0 { Some(&0) } else { self.ends.get(i - 1) };
        let bytes = start.zip(self.ends.get(i)).and_then(|(start, end)| self.cells.get(*start..*end));
        bytes.unwrap_or_default().trim_ascii()
    }
}

/// Some records, one behind the other.
#[derive(Default)]
pub struct RecordBatch {
    cells: Vec<u8>,
    ends: Vec<usize>,
    /// By record: its line, and where its cells and their ends end.
    records: Vec<(u64, usize, usize)>,
}

impl RecordBatch {
    /// Adds one.
    pub fn push(&mut self, record: &Record<'_>) {
        self.cells.extend_from_slice(record.cells);
        self.ends.extend_from_slice(record.ends);
        self.records.push((record.line, self.cells.len(), self.ends.len()));
    }

    /// The bytes that it takes.
    pub fn bytes(&self) -> usize {
        self.cells.len() + size_of_val(&self.ends[..])
    }

    /// Each of them.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        let begins = std::iter::once((0, 0)).chain(self.records.iter().map(|(_, cells, ends)| (*cells, *ends)));
        self.records.iter().zip(begins).map(|((line, cells, ends), (from, first))| Record {
            line: *line,
            cells: &self.cells[from..*cells],
            ends: &self.ends[first..*ends],
        })
    }
}

impl<R: Read> Records<R> {
    /// Begins to read. Cells are separated by commas, unless the first line has only semicolons or tabs, as spreadsheets
    /// write them where the comma is in the numbers.
    ///
    /// # Errors
    /// What [`Records::read`] says.
    pub fn new(source: R) -> Result<Records<R>, RecordFault> {
        let mut records = Records {
            source,
            core: Reader::new(),
            separator: b',',
            chunk: vec![0; CHUNK].into(),
            unused: 0..0,
            lines: 0,
            cells: vec![0; CHUNK],
            ends: vec![0; MOST_CELLS],
            is_quoted: false,
        };
        records.fill()?;
        if records.chunk[records.unused.clone()].starts_with(b"\xef\xbb\xbf") {
            records.unused.start += 3;
        }
        records.separator = separator(&records.chunk[records.unused.clone()]);
        records.core = ReaderBuilder::new().delimiter(records.separator).build();
        Ok(records)
    }

    /// What separates the cells.
    pub fn separator(&self) -> u8 {
        self.separator
    }

    /// Whether the last record that was read has a quotation mark that is not closed: the text ends within it.
    pub fn is_cut(&self) -> bool {
        self.is_quoted
    }

    /// The next record; empty lines are none.
    ///
    /// # Errors
    /// A record beyond the bounds, a byte that is in no text, or what the system says.
    pub fn read(&mut self) -> Result<Option<Record<'_>>, RecordFault> {
        self.skip_empty_lines()?;
        let line = self.lines + 1;
        self.is_quoted = false;
        let (mut cells, mut ends) = (0, 0);
        loop {
            let input = &self.chunk[self.unused.clone()];
            let (result, read, written, ended) =
                self.core.read_record(input, &mut self.cells[cells..], &mut self.ends[ends..]);
            (cells, ends) = (cells + written, ends + ended);
            self.used(read);
            match result {
                ReadRecordResult::InputEmpty => self.fill()?,
                ReadRecordResult::OutputFull if self.cells.len() >= LONGEST_RECORD => {
                    return Err(RecordFault::TooLong(line));
                }
                ReadRecordResult::OutputFull => self.cells.resize(2 * self.cells.len(), 0),
                ReadRecordResult::OutputEndsFull => return Err(RecordFault::TooManyCells(line)),
                ReadRecordResult::Record => {
                    return Ok(Some(Record { line, cells: &self.cells[..cells], ends: &self.ends[..ends] }));
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    /// Whether nothing follows but empty lines.
    ///
    /// # Errors
    /// What [`Records::read`] says.
    pub fn is_last(&mut self) -> Result<bool, RecordFault> {
        let is_quoted = self.is_quoted;
        self.skip_empty_lines()?;
        self.is_quoted = is_quoted;
        Ok(self.unused.is_empty())
    }

    fn skip_empty_lines(&mut self) -> Result<(), RecordFault> {
        loop {
            let unused = &self.chunk[self.unused.clone()];
            let empty = unused.iter().take_while(|b| matches!(**b, b'\r' | b'\n')).count();
            let all = empty == unused.len();
            self.used(empty);
            if !all {
                return Ok(());
            }
            self.fill()?;
            if self.unused.is_empty() {
                return Ok(());
            }
        }
    }

    /// Leaves so many bytes behind.
    fn used(&mut self, bytes: usize) {
        let used = &self.chunk[self.unused.start..self.unused.start + bytes];
        self.lines += count(used, b'\n');
        self.is_quoted ^= count(used, b'"') % 2 == 1;
        self.unused.start += bytes;
    }

    /// Reads more once all is used; nothing at the end.
    fn fill(&mut self) -> Result<(), RecordFault> {
        let read = loop {
            match self.source.read(&mut self.chunk) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                read => break read.map_err(RecordFault::System)?,
            }
        };
        self.unused = 0..read;
        let read = &self.chunk[..read];
        match read.iter().position(|b| *b == 0) {
            Some(at) => Err(RecordFault::NotText(self.lines + count(&read[..at], b'\n') + 1)),
            None => Ok(()),
        }
    }
}

fn count(bytes: &[u8], byte: u8) -> u64 {
    bytes.iter().filter(|b| **b == byte).count() as u64
}

fn separator(text: &[u8]) -> u8 {
    let header = text.split(|b| *b == b'\n').next().unwrap_or_default();
    let other = |b: &&u8| matches!(**b, b';' | b'\t');
    if header.contains(&b',') { b',' } else { header.iter().find(other).copied().unwrap_or(b',') }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one byte at a time: every boundary falls between two reads.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let n = self.0.len().min(1);
            buffer[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }

    fn all(source: impl Read) -> Result<Vec<(u64, Vec<String>)>, RecordFault> {
        let mut records = Records::new(source)?;
        let mut found = Vec::new();
        while let Some(record) = records.read()? {
            let cells = (0..record.len()).map(|i| String::from_utf8_lossy(record.cell(i)).into_owned());
            found.push((record.line, cells.collect()));
        }
        Ok(found)
    }

    #[test]
    fn lines_are_those_of_the_file_however_it_is_read() {
        let text = b"a,b\r\n\r\n1, 2\n\n\n\"x\ny\",\"q\"\"q\"\n3,4";
        let wanted = [(1, ["a", "b"]), (3, ["1", "2"]), (6, ["x\ny", "q\"q"]), (8, ["3", "4"])];
        let wanted: Vec<(u64, Vec<String>)> =
            wanted.into_iter().map(|(line, cells)| (line, cells.map(str::to_owned).to_vec())).collect();
        assert_eq!(all(text.as_slice()).unwrap(), wanted);
        assert_eq!(all(Drops(text)).unwrap(), wanted);
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_is_seen() {
        for (text, is_cut) in [("a\n1\n\"x\"\n", false), ("a\n1\n\"x\"\"\n", true), ("a\n\"", true)] {
            let mut records = Records::new(text.as_bytes()).unwrap();
            while records.read().unwrap().is_some() {
                assert!(!records.is_cut() || is_cut, "{text}");
            }
        }
    }

    #[test]
    fn bounds_hold() {
        let wide = [b"a\n".to_vec(), b",".repeat(MOST_CELLS)].concat();
        assert!(matches!(all(wide.as_slice()), Err(RecordFault::TooManyCells(2))));
        let most = b",".repeat(MOST_CELLS - 1);
        assert_eq!(all(most.as_slice()).unwrap()[0].1.len(), MOST_CELLS);
        let long = [b"a\n\"".to_vec(), vec![b'\n'; LONGEST_RECORD + 1]].concat();
        assert!(matches!(all(long.as_slice()), Err(RecordFault::TooLong(2))));
        assert!(matches!(all(b"a\n1\n2\0\n".as_slice()), Err(RecordFault::NotText(3))));
    }
}
