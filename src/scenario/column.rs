//! A column of numbers in a delimited text: only its numbers are kept, in ascending order.

use std::io::Read;

use super::data::{DataError, refuse};
use crate::diagnostic::{excerpt, nearest, system_words};
use crate::logs::records::{LONGEST_RECORD, MOST_CELLS, Record, RecordFault, Records};
use crate::logs::{Hashed, Marks};

/// Most numbers of a column, which take 128 MiB.
const MOST: usize = 1 << 24;
/// Most letters of a cell or of a column's name that a message quotes.
const QUOTED: usize = 30;
/// Most names of columns that a message lists.
const LISTED: usize = 20;

/// What a file holds of a column.
pub struct DataColumn {
    /// Its numbers in ascending order.
    pub values: Vec<f64>,
    /// Of the file's bytes.
    pub digest: [u8; 32],
}

/// Reads a column from the bytes of what is called `file`.
///
/// # Errors
/// No such column, a record without a number in it, or one beyond the bounds.
pub fn read(source: impl Read, file: &str, column: &str) -> Result<DataColumn, DataError> {
    let mut source = Hashed::new(source);
    let mut values = numbers(&mut source, file, column)?;
    values.sort_unstable_by(f64::total_cmp);
    Ok(DataColumn { values, digest: source.digest() })
}

/// Its numbers in the order of the file.
fn numbers(source: impl Read, file: &str, column: &str) -> Result<Vec<f64>, DataError> {
    let fault = |fault| of_fault(file, &fault);
    let mut records = Records::new(source).map_err(fault)?;
    let (cells, index) = match records.read().map_err(fault)? {
        Some(header) => (header.len(), find(&header, file, column)?),
        None => return refuse(format!("`{file}` is empty"), "begin it with a line of column names"),
    };
    let separator = records.separator();
    let mut marks = Marks::default();
    let mut values = Vec::new();
    while let Some(record) = records.read().map_err(fault)? {
        if record.len() != cells {
            let message = format!("line {} of `{file}` has another number of cells than the header", record.line);
            return refuse(message, "mend the line");
        }
        if values.len() == MOST {
            return refuse(format!("`{file}` has more than {MOST} rows"), "keep a sample of them");
        }
        values.push(number(&record, index, separator, (file, column))?);
        if separator != b',' {
            marks.see(record.line, &String::from_utf8_lossy(record.cell(index)));
        }
    }
    check(&marks, file, column)?;
    if values.is_empty() {
        return refuse(format!("`{file}` has no rows"), "give the column at least one value");
    }
    Ok(values)
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
    let found: Vec<usize> = (0..names.len()).filter(|i| names[*i] == column).collect();
    match found[..] {
        [] => {}
        [index] => return Ok(index),
        [first, second, ..] => {
            let places = format!("the {} and the {}", ordinal(first + 1), ordinal(second + 1));
            return refuse(
                format!("`{file}` has {} columns '{column}', {places}", found.len()),
                "give each a name of its own",
            );
        }
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

/// # Errors
/// Both readings of a number, where nothing tells which is meant.
fn check(marks: &Marks, file: &str, column: &str) -> Result<(), DataError> {
    let Some(doubt) = marks.doubt() else { return Ok(()) };
    let (line, cell, thousands, decimal) = (doubt.line, doubt.cell, doubt.thousands, doubt.decimal);
    let message = format!("line {line} of `{file}`: '{cell}' in column '{column}' can be {thousands} or {decimal}");
    refuse(message, format!("write {thousands}, or {decimal}0 where it is the smaller, in that line at least"))
}

/// 1st, 2nd, 3rd, 4th.
fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (1, 1) | (1, 21..) => "st",
        (2, 2) | (2, 22..) => "nd",
        (3, 3) | (3, 23..) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

fn of_fault(file: &str, fault: &RecordFault) -> DataError {
    let (message, help) = match fault {
        RecordFault::TooLong(line) => (
            format!("the record at line {line} of `{file}` has more than {LONGEST_RECORD} bytes (16 MiB)"),
            "look for a quotation mark that is not closed",
        ),
        RecordFault::TooManyCells(line) => {
            (format!("line {line} of `{file}` has more than {MOST_CELLS} cells"), "keep the columns that are needed")
        }
        RecordFault::NotText(line) => (
            format!("line {line} of `{file}` holds a NUL byte: it is no text in UTF-8"),
            "save it as UTF-8 CSV; spreadsheets may have written UTF-16",
        ),
        RecordFault::System(error) => (format!("cannot read `{file}`: {}", system_words(error)), "try again"),
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
    fn thousands_are_not_taken_for_decimals() {
        for csv in ["t\tb\n\"1,234\"\t2\n", "t;b\n1.234;2\n987;3\n", "t;b\n987;1\n-12,345;2\n"] {
            let error = parse(csv.as_bytes(), "t").unwrap_err();
            assert!(error.message.contains(" can be ") && error.help.starts_with("write "), "{error:?}");
        }
        // What is told apart by another cell, by a lone 0, by an exponent, or by the separator.
        for csv in
            ["t;b\n1.234;2\n1.2340;3\n", "t;b\n0,234;2\n", "t;b\n1.234e3;2\n", "t,b\n1.234,2\n", "t;b\n1234.567;1\n"]
        {
            assert!(parse(csv.as_bytes(), "t").is_ok(), "{csv}");
        }
        assert!(parse(b"t;b\n1.234.567;2\n", "t").is_err());
    }

    #[test]
    fn a_column_of_two_is_refused() {
        let error = parse(b"b,t,t\n0,1,100\n", "t").unwrap_err();
        assert_eq!(error.message, "`f` has 2 columns 't', the 2nd and the 3rd");
        assert!(parse(b"b,b,t\n0,1,100\n", "t").is_ok());
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
