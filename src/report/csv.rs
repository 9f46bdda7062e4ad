//! Tables as CSV, in one of two dialects, and no text that a spreadsheet would take for a formula.

use std::io::Write;

use super::format::number_text;
use crate::model::Model;
use crate::tables::{Cell, Column, Table};

/// How CSV is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// RFC 4180: commas between cells and points for decimals, read alike by every program.
    #[default]
    Standard,
    /// What Excel opens by a double click where the comma is the decimal mark: semicolons between cells, and a
    /// byte-order mark, without which it takes UTF-8 for the local encoding.
    Excel,
}

impl Dialect {
    fn mark(self) -> &'static str {
        match self {
            Dialect::Standard => "",
            Dialect::Excel => "\u{feff}",
        }
    }

    fn separator(self) -> u8 {
        match self {
            Dialect::Standard => b',',
            Dialect::Excel => b';',
        }
    }

    /// The shortest decimal that reads back as the same number.
    fn number(self, x: f64) -> String {
        match self {
            Dialect::Standard => number_text(x),
            Dialect::Excel => number_text(x).replace('.', ","),
        }
    }

    fn record(self, fields: impl Iterator<Item = String>) -> Vec<u8> {
        let mut builder = csv::WriterBuilder::new();
        let mut writer = builder.delimiter(self.separator()).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        // Writing to memory cannot fail; were it to, an empty line would be seen at once.
        let written = writer.write_record(fields.map(String::into_bytes));
        written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_else(|| b"\r\n".to_vec())
    }
}

/// A whole table.
pub fn table_bytes(table: &Table, dialect: Dialect) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = write_table(table, dialect, &mut bytes);
    bytes
}

/// Writes a whole table, row by row.
///
/// # Errors
/// What `out` says.
pub fn write_table(table: &Table, dialect: Dialect, out: &mut dyn Write) -> std::io::Result<()> {
    out.write_all(&header_bytes(&table.columns, dialect))?;
    table.rows.iter().try_for_each(|row| out.write_all(&row_bytes(row, dialect)))
}

/// The beginning of a file: the header, and what the dialect puts before it.
pub fn header_bytes(columns: &[Column], dialect: Dialect) -> Vec<u8> {
    let mut bytes = dialect.mark().as_bytes().to_vec();
    bytes.extend(dialect.record(columns.iter().map(|column| harmless(&column.key))));
    bytes
}

/// A row.
pub fn row_bytes(row: &[Cell], dialect: Dialect) -> Vec<u8> {
    dialect.record(row.iter().map(|cell| match cell {
        Cell::Text(text) => harmless(text),
        Cell::Number(x) => dialect.number(*x),
    }))
}

/// About how many bytes so many rows of single trials take: numbers have some 17 digits.
pub fn bytes_of_trials(model: &Model, rows: u64) -> u64 {
    let [inputs, options] = [model.program.variables.len(), model.options.len()].map(|n| n as u64);
    rows * (8 + 19 * (inputs + 2 * options) + 3 * options.saturating_sub(1))
}

/// A text that no spreadsheet reads as a formula: an apostrophe before what begins like one. So has a text that is one but for
/// its own apostrophes, or `=a` and `'=a` would read alike.
fn harmless(text: &str) -> String {
    let is_formula = text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Meaning;

    fn row() -> [Cell; 6] {
        let texts = ["=1+1", "a,\"b\"", "c;d"].map(Cell::text);
        let [formula, comma, semicolon] = texts;
        [formula, comma, semicolon, Cell::Number(-5.0), Cell::EMPTY, Cell::Number(0.1)]
    }

    #[test]
    fn texts_are_quoted_and_defused_and_numbers_are_not() {
        let bytes = row_bytes(&row(), Dialect::Standard);
        assert_eq!(String::from_utf8(bytes).unwrap(), "'=1+1,\"a,\"\"b\"\"\",c;d,-5,,0.1\r\n");
    }

    #[test]
    fn a_text_with_an_apostrophe_reads_unlike_one_that_was_given_it() {
        let row = ["=a", "'=a", "''-1", "'a", "it's"].map(Cell::text);
        let bytes = row_bytes(&row, Dialect::Standard);
        assert_eq!(String::from_utf8(bytes).unwrap(), "'=a,''=a,'''-1,'a,it's\r\n");
    }

    #[test]
    fn excel_has_semicolons_and_decimal_commas() {
        let bytes = row_bytes(&row(), Dialect::Excel);
        assert_eq!(String::from_utf8(bytes).unwrap(), "'=1+1;\"a,\"\"b\"\"\";\"c;d\";-5;;0,1\r\n");
    }

    #[test]
    fn the_mark_stands_at_the_beginning_only() {
        let rows = vec![vec![Cell::Number(1.5)], vec![Cell::Number(1e-9)]];
        let mut table = Table::new("t", [Column::number("x", Meaning::Value)]);
        table.rows = rows;
        assert_eq!(table_bytes(&table, Dialect::Excel), "\u{feff}x\r\n1,5\r\n1e-9\r\n".as_bytes());
        assert_eq!(table_bytes(&table, Dialect::Standard), b"x\r\n1.5\r\n1e-9\r\n");
    }
}
