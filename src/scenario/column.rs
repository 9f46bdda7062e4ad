//! A column of numbers in a delimited text: only its numbers are kept, in ascending order.

use std::io::Read;

use super::data::{DataError, refuse};
use super::records::{Fault, LONGEST_RECORD, MOST_CELLS, Record, Records};
use crate::diagnostic::{excerpt, nearest, system_words};

/// Most numbers of a column, which take 128 MiB.
const MOST: usize = 1 << 24;
/// Most letters of a cell or of a column's name that a message quotes.
const QUOTED: usize = 30;
/// Most names of columns that a message lists.
const LISTED: usize = 20;

/// What a file holds of a column.
pub struct Column {
    /// Its numbers in ascending order.
    pub values: Vec<f64>,
    /// Of the file's bytes.
    pub digest: [u8; 32],
}

/// Reads a column from the bytes of what is called `file`.
///
/// # Errors
/// No such column, a record without a number in it, or one beyond the bounds.
pub fn read(source: impl Read, file: &str, column: &str) -> Result<Column, DataError> {
    let fault = |fault| of_fault(file, &fault);
    let mut records = Records::new(source).map_err(fault)?;
    let (cells, index) = match records.next().map_err(fault)? {
        Some(header) => (header.len(), find(&header, file, column)?),
        None => return refuse(format!("`{file}` is empty"), "begin it with a line of column names"),
    };
    let separator = records.separator();
    let mut values = Vec::new();
    while let Some(record) = records.next().map_err(fault)? {
        if record.len() != cells {
            let message = format!("line {} of `{file}` has another number of cells than the header", record.line);
            return refuse(message, "mend the line");
        }
        if values.len() == MOST {
            return refuse(format!("`{file}` has more than {MOST} rows"), "keep a sample of them");
        }
        values.push(number(&record, index, separator, (file, column))?);
    }
    if values.is_empty() {
        return refuse(format!("`{file}` has no rows"), "give the column at least one value");
    }
    values.sort_unstable_by(f64::total_cmp);
    Ok(Column { values, digest: records.digest() })
}

/// The place of a column in the header.
fn find(header: &Record<'_>, file: &str, column: &str) -> Result<usize, DataError> {
    let mut names = Vec::with_capacity(header.len());
    for i in 0..header.len() {
        match std::str::from_utf8(header.cell(i)) {
            Ok(name) => names.push(name.trim()),
            Err(_) => return refuse(format!("`{file}` is not a CSV file in UTF-8"), "save it as UTF-8 CSV"),
        }
    }
    if let Some(index) = names.iter().position(|name| *name == column) {
        return Ok(index);
    }
    let help = match nearest(column, names.iter().copied()) {
        Some(near) => format!("did you mean '{near}'?"),
        None => {
            let listed: Vec<String> = names.iter().take(LISTED).map(|name| excerpt(name, QUOTED)).collect();
            let more = names.len().saturating_sub(LISTED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("its columns are {}{more}", listed.join(", "))
        }
    };
    refuse(format!("`{file}` has no column '{column}'"), help)
}

/// The finite number in a cell; with a decimal comma where that is not what separates the cells.
fn number(record: &Record<'_>, index: usize, separator: u8, (file, column): (&str, &str)) -> Result<f64, DataError> {
    let cell = std::str::from_utf8(record.cell(index)).map(str::trim).unwrap_or_default();
    let parsed = if separator == b',' { cell.parse() } else { cell.replace(',', ".").parse() };
    parsed.ok().filter(|x: &f64| x.is_finite()).map_or_else(
        || {
            let (line, shown) = (record.line, excerpt(cell, QUOTED));
            let message = format!("line {line} of `{file}`: '{shown}' in column '{column}' is not a number");
            refuse(message, "write numbers like 1234.5; leave out lines without a value")
        },
        Ok,
    )
}

fn of_fault(file: &str, fault: &Fault) -> DataError {
    let (message, help) = match fault {
        Fault::TooLong(line) => (
            format!("the record at line {line} of `{file}` has more than {LONGEST_RECORD} bytes (16 MiB)"),
            "look for a quotation mark that is not closed",
        ),
        Fault::TooManyCells(line) => {
            (format!("line {line} of `{file}` has more than {MOST_CELLS} cells"), "keep the columns that are needed")
        }
        Fault::NotText(line) => (
            format!("line {line} of `{file}` holds a NUL byte: it is no text in UTF-8"),
            "save it as UTF-8 CSV; spreadsheets may have written UTF-16",
        ),
        Fault::System(error) => (format!("cannot read `{file}`: {}", system_words(error)), "try again"),
    };
    DataError { message, help: help.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(csv: &[u8], column: &str) -> Result<Vec<f64>, DataError> {
        read(csv, "f", column).map(|column| column.values)
    }

    #[test]
    fn columns_are_found_and_faults_named() {
        let csv = b"\xef\xbb\xbfa, b\n1,4.5\n 3,2\n";
        assert_eq!(parse(csv, "b"), Ok(vec![2.0, 4.5]));
        assert!(parse(csv, "c").is_err());
        assert!(parse(b"a\nx\n", "a").unwrap_err().message.contains("line 2"));
        assert!(parse(b"a\n1\n\nNA\n", "a").unwrap_err().message.contains("line 4"));
        assert_eq!(parse(b"id;b\n1;2,5\n2;3\n", "b"), Ok(vec![2.5, 3.0]));
        assert_eq!(parse(b"id\tb\n1\t2.5\n", "b"), Ok(vec![2.5]));
        assert!(parse(b"a\nNaN\n", "a").is_err());
        assert!(parse(b"a\n", "a").is_err());
        assert!(parse(b"a,b\n1\n", "a").is_err());
        assert!(parse(b"", "a").is_err());
    }

    #[test]
    fn messages_quote_little() {
        let header = (0..4000).map(|i| format!("{}{i}", "x".repeat(1000))).collect::<Vec<_>>().join(",");
        let error = parse(header.as_bytes(), "a").unwrap_err();
        assert!(error.help.len() < 1000 && error.help.contains("3980 more"), "{}", error.help);
        let error = parse(format!("a\n{}", "y".repeat(1 << 20)).as_bytes(), "a").unwrap_err();
        assert!(error.message.len() < 200, "{}", error.message);
    }

    #[test]
    fn more_rows_than_are_kept_are_refused() {
        let rows = [b"a\n".to_vec(), b"1\n".repeat(MOST + 1)].concat();
        assert!(parse(&rows, "a").unwrap_err().message.contains("16777216 rows"));
    }
}
