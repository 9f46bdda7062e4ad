//! Columns of CSV files that a scenario names, read with the caution due to a stranger's file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::nearest;

/// Largest data file that is read, in bytes.
const LARGEST: u64 = 512 << 20;

/// Where data files may lie.
#[derive(Clone, Debug, Default)]
pub struct DataFiles {
    folder: Option<PathBuf>,
    allow_outside: bool,
    columns: HashMap<(String, String), Arc<Vec<f64>>>,
    /// The bytes' digests by file, in the order of first use, for the scenario's hash.
    digests: Vec<(String, [u8; 32])>,
}

/// Why a column cannot be had, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataError {
    /// What is wrong.
    pub message: String,
    /// The remedy.
    pub help: String,
}

fn refuse<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, DataError> {
    Err(DataError { message: message.into(), help: help.into() })
}

impl DataFiles {
    /// No files at all: for scenarios that come as text.
    pub fn none() -> Self {
        DataFiles::default()
    }

    /// Files in the scenario's folder, or anywhere if that is allowed.
    pub fn beside(folder: &Path, allow_outside: bool) -> Self {
        DataFiles { folder: Some(folder.to_owned()), allow_outside, ..DataFiles::default() }
    }

    /// The digests of the files read so far.
    pub fn digests(&self) -> &[(String, [u8; 32])] {
        &self.digests
    }

    /// The values of a column.
    ///
    /// # Errors
    /// A file that is missing, irregular, too large, outside the folder or not a CSV of numbers in that column.
    pub fn column(&mut self, file: &str, column: &str) -> Result<Arc<Vec<f64>>, DataError> {
        let key = (file.to_owned(), column.to_owned());
        if let Some(values) = self.columns.get(&key) {
            return Ok(Arc::clone(values));
        }
        let bytes = self.bytes(file)?;
        if !self.digests.iter().any(|(f, _)| f == file) {
            self.digests.push((file.to_owned(), super::digest(&bytes)));
        }
        let values = Arc::new(parse(&bytes, file, column)?);
        self.columns.insert(key, Arc::clone(&values));
        Ok(values)
    }

    fn bytes(&self, file: &str) -> Result<Vec<u8>, DataError> {
        let Some(folder) = &self.folder else {
            return refuse("data files cannot be read here", "the scenario came as a text, without a folder");
        };
        if file.is_empty() || file.chars().any(crate::diagnostic::is_unsafe) {
            return refuse("this is not the name of a file", "write data('usage.csv', 'column')");
        }
        let path = folder.join(file);
        let real = match path.canonicalize() {
            Ok(real) => real,
            Err(error) => {
                let help = "the path is relative to the scenario's folder";
                return refuse(format!("cannot read `{file}`: {}", describe(&error)), help);
            }
        };
        let inside = folder.canonicalize().is_ok_and(|folder| real.starts_with(folder));
        if !inside && !self.allow_outside {
            let help = "copy it there, or run with --allow-data-outside if you trust the scenario";
            return refuse(format!("`{file}` lies outside the scenario's folder"), help);
        }
        read_regular(&real, file)
    }
}

fn read_regular(path: &Path, file: &str) -> Result<Vec<u8>, DataError> {
    // Asked before opening: opening a pipe would wait for a writer, reading a device would never end.
    let Ok(meta) = std::fs::metadata(path) else { return refuse(format!("cannot read `{file}`"), "check the path") };
    if !meta.is_file() {
        return refuse(format!("`{file}` is not a regular file"), "name a CSV file");
    }
    if meta.len() > LARGEST {
        return refuse(format!("`{file}` is larger than 512 MiB"), "keep the column that is needed, or a sample");
    }
    std::fs::read(path).or_else(|e| refuse(format!("cannot read `{file}`: {}", describe(&e)), "check its permissions"))
}

/// What the system says, without its error number.
fn describe(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        kind => kind.to_string(),
    }
}

fn parse(bytes: &[u8], file: &str, column: &str) -> Result<Vec<f64>, DataError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let separator = separator(bytes);
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).trim(csv::Trim::All).from_reader(bytes);
    let headers = match reader.headers() {
        Ok(headers) => headers.clone(),
        Err(_) => return refuse(format!("`{file}` is not a CSV file in UTF-8"), "save it as UTF-8 CSV"),
    };
    let Some(index) = headers.iter().position(|h| h == column) else {
        let names: Vec<&str> = headers.iter().take(20).collect();
        let help = match nearest(column, headers.iter()) {
            Some(near) => format!("did you mean '{near}'?"),
            None => format!("its columns are {}", names.join(", ")),
        };
        return refuse(format!("`{file}` has no column '{column}'"), help);
    };
    let mut values = Vec::new();
    for record in reader.byte_records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = line(bytes, error.position());
                let message = format!("line {line} of `{file}` has another number of cells than the header");
                return refuse(message, "mend the line");
            }
        };
        let cell = record.get(index).and_then(|c| std::str::from_utf8(c).ok()).unwrap_or("");
        match number(cell, separator) {
            Some(x) => values.push(x),
            _ => {
                let shown: String = cell.chars().take(30).collect();
                let line = line(bytes, record.position());
                let message = format!("line {line} of `{file}`: '{shown}' in column '{column}' is not a number");
                return refuse(message, "write numbers like 1234.5; leave out lines without a value");
            }
        }
    }
    match values.is_empty() {
        true => refuse(format!("`{file}` has no rows"), "give the column at least one value"),
        false => Ok(values),
    }
}

/// The line of a record, after the empty ones before it.
fn line(bytes: &[u8], position: Option<&csv::Position>) -> usize {
    let start = position.map_or(0, |position| position.byte() as usize).min(bytes.len());
    let empty = bytes[start..].iter().take_while(|b| matches!(**b, b'\r' | b'\n')).count();
    1 + bytes[..start + empty].iter().filter(|b| **b == b'\n').count()
}

/// What separates the cells: a comma, unless the header has only semicolons or tabs, as spreadsheets write them where the
/// comma is in the numbers.
fn separator(bytes: &[u8]) -> u8 {
    let header = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let other = |b: &&u8| matches!(**b, b';' | b'\t');
    if header.contains(&b',') { b',' } else { header.iter().find(other).copied().unwrap_or(b',') }
}

/// A finite number; with a decimal comma where that is not what separates the cells.
fn number(cell: &str, separator: u8) -> Option<f64> {
    let parsed = if separator == b',' { cell.parse() } else { cell.replace(',', ".").parse() };
    parsed.ok().filter(|x: &f64| x.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_and_faults_named() {
        let csv = b"\xef\xbb\xbfa, b\n1,2\n 3,4.5\n";
        assert_eq!(parse(csv, "f", "b"), Ok(vec![2.0, 4.5]));
        assert!(parse(csv, "f", "c").is_err());
        assert!(parse(b"a\nx\n", "f", "a").unwrap_err().message.contains("line 2"));
        assert!(parse(b"a\n1\n\nNA\n", "f", "a").unwrap_err().message.contains("line 4"));
        assert_eq!(parse(b"id;b\n1;2,5\n2;3\n", "f", "b"), Ok(vec![2.5, 3.0]));
        assert_eq!(parse(b"id\tb\n1\t2.5\n", "f", "b"), Ok(vec![2.5]));
        assert!(parse(b"a\nNaN\n", "f", "a").is_err());
        assert!(parse(b"a\n", "f", "a").is_err());
        assert!(parse(b"a,b\n1\n", "f", "a").is_err());
        assert!(parse(b"", "f", "a").is_err());
    }
}
